"""Random companies and people with addresses, identifiers and bank accounts."""

from dataclasses import dataclass
from random import Random

from docextract.training.synthetic.facts import identifiers as ids
from docextract.training.synthetic.facts.addresses import Address, random_address
from docextract.training.synthetic.facts.firms import random_firm_name
from docextract.training.synthetic.facts.people import random_person_name
from docextract.training.synthetic.facts.vocabulary import word_lists

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


def random_company(rng: Random, country: str) -> Party:
    """A random company of the country."""
    return named_party(rng, random_firm_name(rng, country), country)


def random_private_person(rng: Random, country: str) -> Party:
    """A random private person of the country."""
    return named_party(rng, random_person_name(rng, country), country, private=True)


def named_party(
    rng: Random, name: str, country: str, *, private: bool = False, place: Address | None = None
) -> Party:
    """A party of this name; address, identifiers and accounts are random unless given."""
    place = place or random_address(rng, country)
    short = "".join(c for c in name.lower().translate(_PLAIN) if c.isascii() and c.isalnum())[:18]
    domain = ids.domain(short or "post", _TOP[country])
    return Party(
        name=name,
        address=place,
        contact=random_person_name(rng, country),
        vat_id=ids.vat_id(rng, country),
        tax_number=ids.tax_number(rng, country),
        phone=ids.phone(rng, country),
        email=f"{rng.choice(_MAILBOXES)}@{domain}",
        web=rng.choice((f"www.{domain}", f"https://{domain}", domain)),
        bank=rng.choice(word_lists("firms")["banks"][country]).format(place.city),
        iban=ids.iban(rng, country),
        bic=ids.bic(rng, country),
        register=ids.register(rng, country, place.city),
        person=private,
    )
