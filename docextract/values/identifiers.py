"""Parsers of identifiers: bank accounts, cards, articles, tax numbers, telephones, web addresses.

Checksums are python-stdnum's, telephone plans the phonenumbers package's.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from docextract.values.characters import normalise_text
from docextract.values.dates.parsing import parse_date

#: Where a national telephone number may be from when nothing says.
REGIONS = ("US", "GB", "DE", "AT", "CH", "FR", "ES", "IT", "NL", "BE", "MY", "SG", "ID", "IN")

_EMAIL = re.compile(
    r"(?P<local>[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)"
    r"@(?P<host>(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24})"
)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}")
#: Length and alphabet of a value-added tax number, by country (European Commission, VIES).
_VAT_SHAPES = {
    "AT": r"U[0-9]{8}",
    "BE": r"[01][0-9]{9}",
    "BG": r"[0-9]{9,10}",
    "CHE": r"[0-9]{9}(?:MWST|TVA|IVA)?",
    "CY": r"[0-9]{8}[A-Z]",
    "CZ": r"[0-9]{8,10}",
    "DE": r"[0-9]{9}",
    "DK": r"[0-9]{8}",
    "EE": r"[0-9]{9}",
    "EL": r"[0-9]{9}",
    "ES": r"[A-Z0-9][0-9]{7}[A-Z0-9]",
    "FI": r"[0-9]{8}",
    "FR": r"[A-Z0-9]{2}[0-9]{9}",
    "GB": r"(?:[0-9]{9}|[0-9]{12}|GD[0-9]{3}|HA[0-9]{3})",
    "HR": r"[0-9]{11}",
    "HU": r"[0-9]{8}",
    "IE": r"[0-9][A-Z0-9+*][0-9]{5}[A-Z]{1,2}",
    "IT": r"[0-9]{11}",
    "LT": r"(?:[0-9]{9}|[0-9]{12})",
    "LU": r"[0-9]{8}",
    "LV": r"[0-9]{11}",
    "MT": r"[0-9]{8}",
    "NL": r"[0-9]{9}B[0-9]{2}",
    "PL": r"[0-9]{10}",
    "PT": r"[0-9]{9}",
    "RO": r"[0-9]{2,10}",
    "SE": r"[0-9]{12}",
    "SI": r"[0-9]{8}",
    "SK": r"[0-9]{10}",
    "XI": r"(?:[0-9]{9}|[0-9]{12}|GD[0-9]{3}|HA[0-9]{3})",
}
#: The country codes of those numbers, as alternatives of a pattern.
VAT_COUNTRIES = "|".join(_VAT_SHAPES)
_VAT = re.compile("|".join(f"{country}{shape}" for country, shape in _VAT_SHAPES.items()))
#: An American employer's number, which stands where a value-added tax number would.
_EIN = re.compile(r"[0-9]{2}-[0-9]{7}")
#: What card networks issue: Visa 4, Mastercard 51-55 and 22-27, Amex 34 and 37, Discover 6,
#: Diners 30, 36, 38, JCB 35 (ISO/IEC 7812 issuer numbers).
_CARD = re.compile(
    r"4[0-9]{12}(?:[0-9]{3}){0,2}|(?:5[1-5]|2[2-7]|6[0-9]|35)[0-9]{14}|3[04678][0-9]{12,13}"
)


_PHONE = re.compile(r"[+0-9(][0-9 ()/.+-]{5,24}(?:\s*(?:ext|x)\.?\s*[0-9]{1,6})?")


def parse_iban(text: str, *, verified: bool = True) -> str | None:
    """An international bank account number without blanks.

    With `verified` the country's shape and mod 97 hold; else what only looks like one will do,
    as a misread or made-up number does.
    """
    from stdnum import iban as check

    # On one line with it often stands "BIC ...", which an IBAN in blocks of four runs into.
    number = re.sub(r"(?<=[A-Z0-9]{15})(?:BIC|SWIFT).*", "", _compact(text))
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", number):
        return None
    return _checked(number, check.validate) if verified else number


def parse_bic(text: str) -> str | None:
    """A bank identifier (SWIFT) of 8 or 11 characters whose country exists; has no checksum."""
    from phonenumbers import SUPPORTED_REGIONS

    number = _compact(text)
    shaped = re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", number)
    return number if shaped and number[4:6] in SUPPORTED_REGIONS | {"XK"} else None


def parse_vat_id(text: str, *, verified: bool = True) -> str | None:
    """A European value-added tax number with its country, without blanks and dots.

    Or an American employer's number (EIN) as it is always printed, "12-3456789".

    Args:
        text: As printed: "DE 136 695 976", "ATU12345678".
        verified: Whether the country's checksum must hold, of an EIN that its first digits are
            given out; else its shape is enough.
    """
    from stdnum.ch import vat as swiss
    from stdnum.eu import vat as european
    from stdnum.gb import vat as british
    from stdnum.us import ein

    if _EIN.fullmatch(printed := normalise_text(text).strip(" .,:;")):
        return printed if not verified or ein.is_valid(printed) else None
    number = _compact(text)
    if not _VAT.fullmatch(number):
        return None
    if not verified:
        return number
    checks: dict[str, Callable[[str], str]] = {"CH": swiss.validate, "GB": british.validate}
    return number if _checked(number, checks.get(number[:2], european.validate)) else None


def parse_credit_card(text: str) -> str | None:
    """A payment card's number without blanks: a network's prefix and length, Luhn holds."""
    from stdnum import luhn

    number = _compact(text)
    return _checked(number, luhn.validate) if _CARD.fullmatch(number) else None


def parse_gtin(text: str) -> str | None:
    """An article number (EAN, UPC, GTIN of 8, 12, 13 or 14 digits) whose check digit holds."""
    from stdnum import ean

    number = _compact(text)
    return (
        _checked(number, ean.validate) if re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", number) else None
    )


def parse_isin(text: str) -> str | None:
    """A security's number of 12 characters whose check digit holds."""
    from stdnum import isin as check

    number = _compact(text)
    return (
        _checked(number, check.validate)
        if re.fullmatch(r"[A-Z]{2}[A-Z0-9]{9}[0-9]", number)
        else None
    )


def parse_lei(text: str) -> str | None:
    """A legal entity identifier (ISO 17442) of 20 characters whose check digits hold."""
    from stdnum import lei as check

    number = _compact(text)
    shaped = re.fullmatch(r"[A-Z0-9]{18}[0-9]{2}", number)
    return _checked(number, check.validate) if shaped else None


def parse_phone(text: str, *, regions: Sequence[str] = ()) -> str | None:
    """A telephone number that a numbering plan has.

    With a country ("+49 ...", "0049 ...", or the first of `regions` whose plan fits) it comes in
    E.164 form, "+493012345". A national one without `regions` keeps its digits ("0312345678")
    when it is valid in any of REGIONS: its country would be a guess.

    Args:
        text: As printed, an extension included.
        regions: ISO 3166 codes, most likely first.
    """
    printed = re.sub(r"^00(?=[1-9])", "+", normalise_text(text).strip(" .,:;"))
    if not _PHONE.fullmatch(printed) or parse_date(printed):
        return None
    if found := _in_plan(printed, tuple(regions) or (None,)):
        return found
    if not regions and not printed.startswith("+") and _in_plan(printed, REGIONS):
        return "".join(char for char in printed.split("x")[0] if char.isdigit())
    return None


@lru_cache(maxsize=4096)
def _in_plan(printed: str, regions: tuple[str | None, ...]) -> str | None:
    import phonenumbers

    for region in regions:
        try:
            number = phonenumbers.parse(printed, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return None


def parse_email(text: str) -> str | None:
    """An e-mail address, its host in lower case."""
    printed = normalise_text(text).strip(" <>()[],;:.").removeprefix("mailto:")
    found = _EMAIL.fullmatch(printed)
    return f"{found['local']}@{found['host'].lower()}" if found else None


def parse_url(text: str) -> str | None:
    """A web address, its scheme and host in lower case; as printed where it has no scheme."""
    printed = normalise_text(text).strip(" <>()[],;:.\"'")
    if any(char.isspace() or not char.isprintable() for char in printed):
        return None
    scheme, mark, rest = printed.partition("://")
    if not mark:
        scheme, rest = "", printed
    try:
        parts = urlsplit(f"//{rest}")
        host = parts.hostname or ""
    except ValueError:  # brackets that hold no IPv6 address
        return None
    if scheme.lower() not in ("", "http", "https", "ftp") or not _HOST.fullmatch(host):
        return None
    if not mark and "@" in parts.netloc:
        return None
    return f"{scheme.lower()}{mark}{parts.netloc.lower()}{rest[len(parts.netloc) :]}"


def _compact(text: str) -> str:
    """Capitals and digits, without the blanks and marks that print groups them with."""
    return re.sub(r"[ .\-/]", "", normalise_text(text).strip(" :;,")).upper()


def _checked(number: str, validate: Callable[[str], str]) -> str | None:
    from stdnum.exceptions import ValidationError

    try:
        return str(validate(number))
    except ValidationError:
        return None
