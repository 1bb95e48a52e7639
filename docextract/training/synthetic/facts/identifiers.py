"""Random identifiers with valid check digits: phone, VAT id, tax number, IBAN, BIC, register."""

import string
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random

from docextract.training.synthetic.facts.people import faker_of, printable

#: Length of what follows the check digits of an IBAN, and how many letters it begins with.
_IBAN = {
    "DE": (18, 0),
    "AT": (16, 0),
    "CH": (17, 0),
    "FR": (23, 0),
    "ES": (20, 0),
    "GB": (18, 4),
    "IT": (23, 1),
    "NL": (14, 4),
}

#: Telephone numbers that regulators reserve for fiction; "#" is a digit.
_FREE = {
    "DE": ("030 23125 ###", "+49 40 66969 ###", "(069) 90009-###", "0221 / 4710 ###"),
    "US": ("(503) 555-01##", "206-555-01##", "312.555.01##"),
    "GB": ("01632 960###", "020 7946 0###", "+44 1632 960###"),
    "FR": ("01 99 00 ## ##", "03 53 01 ## ##"),
}
_FICTION: ContextVar[bool] = ContextVar("fiction", default=False)

#: Those that nobody takes for digits.
_CAPITALS = "ABCDEFGHKLMNPRSTVX"


@contextmanager
def fiction() -> Iterator[None]:
    """Context in which phone numbers and domains are reserved ones: for published documents.

    Elsewhere they are random in every format there is, for training.
    """
    before = _FICTION.set(True)
    try:
        yield
    finally:
        _FICTION.reset(before)


def domain(name: str, top: str) -> str:
    """The name in a top-level domain or, in fiction, in the one that is reserved."""
    return f"{name}.{'example' if _FICTION.get() else top}"


def random_digits(rng: Random, count: int) -> str:
    """So many random digits, the first no zero."""
    return str(rng.randint(1, 9)) + "".join(rng.choices(string.digits, k=count - 1))


def random_from_pattern(rng: Random, *shapes: str) -> str:
    """Fill one of the patterns: a random digit for each "#", a capital for each "?"."""
    made = ""
    for letter in rng.choice(shapes):
        if letter == "#":
            made += rng.choice("123456789" if not made[-1:].isdigit() else string.digits)
        else:
            made += rng.choice(_CAPITALS) if letter == "?" else letter
    return made


def phone(rng: Random, country: str) -> str:
    """A random phone number in a customary grouping."""
    if _FICTION.get():
        return "".join(
            rng.choice(string.digits) if sign == "#" else sign
            for sign in rng.choice(_FREE.get(country, _FREE["GB"][-1:]))
        )
    area, number = rng.randint(20, 9999), random_digits(rng, rng.randint(4, 8))
    if country == "DE":
        return rng.choice(
            (
                f"0{area} {number}",
                f"0{area} / {number}",
                f"+49 {area} {number}",
                f"0{area}-{number}",
                f"+49 (0){area} {number[:3]} {number[3:]}",
                f"(0{area}) {number}",
                f"0{area}/{number}-0",
            )
        ).strip()
    if country == "US":
        a, b, c = rng.randint(201, 989), rng.randint(200, 999), rng.randint(0, 9999)
        return rng.choice(("({}) {}-{:04}", "{}-{}-{:04}", "{}.{}.{:04}", "+1 {} {} {:04}")).format(
            a, b, c
        )
    if country == "MY":
        return rng.choice(
            (
                f"0{rng.randint(3, 9)}-{random_digits(rng, 8)}",
                f"0{rng.randint(3, 9)}-{random_digits(rng, 4)} {random_digits(rng, 4)}",
            )
        )
    return printable(faker_of(country).phone_number())


def vat_id(rng: Random, country: str) -> str:
    """A random VAT id with valid check digits where the country has them; some in groups."""
    nine = random_digits(rng, 9)
    if country == "DE":
        return _spaced(rng, "DE", _german_vat(nine[:8]), (3, 3, 3))
    if country == "AT":
        return f"ATU{_austrian_vat(random_digits(rng, 7))}"
    if country == "CH":
        body = f"CHE-{nine[:3]}.{nine[3:6]}.{nine[6:]}"
        return f"{body} MWST" if rng.random() < 0.6 else body
    if country == "FR":
        siren = _luhn(nine[:8])
        return _spaced(rng, "FR", f"{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}", (2, 3, 3, 3))
    if country == "ES":
        return f"ES{rng.choice('AB')}{random_digits(rng, 8)}"
    if country == "IT":
        return f"IT{_luhn(random_digits(rng, 10))}"
    if country == "NL":
        return f"NL{nine}B{rng.randint(1, 20):02}"
    if country == "US":
        return f"{nine[:2]}-{nine[2:]}"
    if country == "MY":
        return f"00{random_digits(rng, 10)}"
    nine = _british_vat(nine[:7]) if _FICTION.get() else nine
    return _spaced(rng, "GB", nine, (3, 4, 2))


def _spaced(rng: Random, prefix: str, body: str, groups: tuple[int, ...]) -> str:
    if rng.random() < 0.8:
        return prefix + body
    parts, at = [prefix], 0
    for group in groups:
        parts.append(body[at : at + group])
        at += group
    return " ".join(parts)


def _german_vat(eight: str) -> str:
    """ISO 7064, modulus 11,10."""
    check = 10
    for digit in eight:
        total = (check + int(digit)) % 10 or 10
        check = 2 * total % 11
    return eight + str((11 - check) % 10)


def _austrian_vat(seven: str) -> str:
    total = sum(sum(divmod(int(d) * (1 + at % 2), 10)) for at, d in enumerate(seven))
    return seven + str((10 - (total + 4) % 10) % 10)


def _british_vat(seven: str) -> str:
    """Weights 8 to 2, modulus 97."""
    total = sum(int(d) * weight for d, weight in zip(seven, range(8, 1, -1), strict=True))
    return f"{seven}{97 - total % 97:02}"


def _luhn(body: str) -> str:
    total = 0
    for at, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if at % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str((10 - total % 10) % 10)


def tax_number(rng: Random, country: str) -> str:
    """A random national tax number, beside the VAT id."""
    shapes = {
        "DE": ("###/###/#####", "##/###/#####", "### #### ####", "###/####/####"),
        "FR": ("### ### ### #####",),
    }
    return random_from_pattern(rng, *shapes.get(country, ("#########",)))


def iban(rng: Random, country: str) -> str:
    """A random IBAN with valid check digits, mostly in groups; "" where the country has none."""
    if country not in _IBAN:
        return ""
    length, letters = _IBAN[country]
    body = "".join(rng.choices(string.ascii_uppercase, k=letters)) + random_digits(
        rng, length - letters
    )
    number = "".join(str(int(c, 36)) for c in f"{body}{country}00")
    whole = f"{country}{98 - int(number) % 97:02}{body}"
    if rng.random() < 0.25:
        return whole
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def bic(rng: Random, country: str) -> str:
    """A random BIC of eight or eleven characters."""
    last = rng.choice(
        ("", "XXX", "".join(rng.choices(string.ascii_uppercase + string.digits, k=3)))
    )
    bank = "".join(rng.choices(string.ascii_uppercase, k=4))
    return f"{bank}{country}{rng.choice(('FF', 'DE', 'MM', '2L', 'PP'))}{last}"


def register(rng: Random, country: str, city: str) -> str:
    """A random entry in the company register, as footers print it."""
    number = random_digits(rng, rng.randint(4, 6))
    if country in ("DE", "AT"):
        return rng.choice(
            (
                f"Amtsgericht {city} HRB {number}",
                f"HRB {number}, AG {city}",
                f"Registergericht: {city}, HRA {number}",
            )
        )
    if country == "FR":
        return f"RCS {city} B {random_digits(rng, 9)}"
    if country == "GB":
        return f"Registered in England No. {random_digits(rng, 8)}"
    return f"Reg. No. {number}"
