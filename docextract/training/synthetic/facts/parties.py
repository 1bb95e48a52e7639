"""Companies and people as documents name them: with addresses, numbers and accounts."""

from dataclasses import dataclass
from random import Random

from docextract.training.synthetic.facts import identifiers as ids
from docextract.training.synthetic.facts.addresses import Address, address
from docextract.training.synthetic.facts.firms import firm_name
from docextract.training.synthetic.facts.people import person
from docextract.training.synthetic.facts.vocabulary import loaded

_TOP = {
    "DE": "de", "AT": "at", "CH": "ch", "FR": "fr", "ES": "es", "GB": "co.uk", "US": "com",
    "IT": "it", "NL": "nl", "MY": "com.my",
}  # fmt: skip
_MAILBOXES = ("info", "office", "kontakt", "mail", "service", "rechnung", "buchhaltung")
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ñ": "n"})


@dataclass(frozen=True)
class Party:
    """A company or a person: what letterheads, address blocks and footers say of it."""

    name: str
    address: Address
    contact: str
    vat_id: str
    tax_number: str
    phone: str
    email: str
    web: str
    bank: str
    iban: str
    bic: str
    register: str
    person: bool = False

    @property
    def country(self) -> str:
        """ISO code."""
        return self.address.country


def company(rng: Random, country: str) -> Party:
    """A firm of the country."""
    return party(rng, firm_name(rng, country), country)


def someone(rng: Random, country: str) -> Party:
    """A private person."""
    return party(rng, person(rng, country), country, private=True)


def party(
    rng: Random, name: str, country: str, *, private: bool = False, place: Address | None = None
) -> Party:
    """One of this name; a place and numbers are invented."""
    place = place or address(rng, country)
    short = "".join(c for c in name.lower().translate(_PLAIN) if c.isascii() and c.isalnum())[:18]
    domain = ids.domain(short or "post", _TOP[country])
    return Party(
        name=name,
        address=place,
        contact=person(rng, country),
        vat_id=ids.vat_id(rng, country),
        tax_number=ids.tax_number(rng, country),
        phone=ids.phone(rng, country),
        email=f"{rng.choice(_MAILBOXES)}@{domain}",
        web=rng.choice((f"www.{domain}", f"https://{domain}", domain)),
        bank=rng.choice(loaded("firms")["banks"][country]).format(place.city),
        iban=ids.iban(rng, country),
        bic=ids.bic(rng, country),
        register=ids.register(rng, country, place.city),
        person=private,
    )
