"""Identifiers with valid check digits, made from invented stems."""


def iban(country: str, account: str) -> str:
    """An IBAN for `account` (bank and account number, no blanks), ISO 13616, mod 97-10."""
    digits = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{account}"


def german_vat_id(stem: str) -> str:
    """A German USt-IdNr. from eight digits, ISO 7064 mod 11,10."""
    product = 10
    for digit in stem:
        product = (int(digit) + product) % 10 or 10
        product = product * 2 % 11
    return f"DE{stem}{(11 - product) % 10}"


def british_vat_id(stem: str) -> str:
    """A British VAT number from seven digits, weighted sum mod 97."""
    total = sum(int(digit) * weight for digit, weight in zip(stem, range(8, 1, -1), strict=True))
    return f"GB{stem}{97 - total % 97:02d}"


def gtin(stem: str) -> str:
    """A GTIN-13 from twelve digits."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(stem))
    return f"{stem}{-total % 10}"


def grouped(identifier: str, size: int = 4) -> str:
    """As it is printed: "DE12 3456 ..."."""
    return " ".join(identifier[at : at + size] for at in range(0, len(identifier), size))
