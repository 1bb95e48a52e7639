"""Payment QR codes (GiroCode and Swiss QR-bill) -> `Payment`. Strict: an invalid code is None.

Sources: EPC069-12, "Quick Response Code: Guidelines to Enable Data Capture for the Initiation of a
SEPA Credit Transfer", version 2.1 (GiroCode, BCD); SIX, "Swiss Implementation Guidelines for the
QR-bill", version 2.3 (SPC).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from docextract.values.identifiers import parse_bic, parse_iban

#: EUR 0.01 to 999999999.99; one decimal or none is allowed, a leading zero only before the point.
_EUROS = re.compile(r"EUR((?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,2})?)")
_FRANCS = re.compile(r"(?:0|[1-9][0-9]{0,8})\.[0-9]{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")

#: Lines of a SEPA payment up to the account, and with all that is optional.
_EPC_LEAST, _EPC_MOST = 7, 12
_EPC_BYTES = 331
#: Lines of a QR-bill up to its trailer, and with billing information and two other procedures.
_SWISS_LEAST, _SWISS_MOST = 31, 34
_SWISS_SIGNS = 997


@dataclass(frozen=True, slots=True)
class Payment:
    """A requested credit transfer. What the code leaves open is "" or None.

    `reference` is a structured one, its check digits right; `message` is free text.
    """

    standard: Literal["epc", "swiss"]
    iban: str
    name: str
    amount: Decimal | None
    currency: str
    reference: str = ""
    message: str = ""
    address: str = ""
    payer_name: str = ""
    payer_address: str = ""


def parse_payment(text: str) -> Payment | None:
    r"""The payment that a QR code's text asks for, or None. Never raises for text.

    >>> payment("BCD\n002\n1\nSCT\n\nRed Cross\nDE89370400440532013000\nEUR5").amount
    Decimal('5.00')
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if any(not line.isprintable() for line in lines):
        return None
    if lines[0] == "BCD" and len(text.encode("utf-8", "replace")) <= _EPC_BYTES:
        return _epc(lines)
    if lines[0] == "SPC" and len(text) <= _SWISS_SIGNS:
        return _swiss(lines)
    return None


def _epc(lines: Sequence[str]) -> Payment | None:
    # An element separator may follow the last element, and end a line of its own.
    lines = lines[:-1] if lines[-1] == "" else lines
    if not _EPC_LEAST <= len(lines) <= _EPC_MOST:
        return None
    _, version, charset, kind, bank, name, account, *rest = [line.strip() for line in lines]
    printed, purpose, reference, message, hint = [*rest, "", "", "", "", ""][:5]
    amount = _euros(printed)
    number = _account(account)
    wrong = (
        version not in ("001", "002"),
        charset not in tuple("12345678"),
        kind != "SCT",
        (bank or version == "001") and parse_bic(bank) is None,
        not 0 < len(name) <= 70,
        number is None,
        printed and amount is None,
        len(purpose) > 4 or len(message) > 140 or len(hint) > 70,
        reference and (message or not _is_creditor_reference(reference)),
    )
    if any(wrong) or number is None:
        return None
    return Payment("epc", number, name, amount, "EUR", reference, message)


def _euros(printed: str) -> Decimal | None:
    match = _EUROS.fullmatch(printed)
    return _positive(match[1]) if match else None


def _positive(digits: str) -> Decimal | None:
    """The amount with cents, or None for nothing at all."""
    return Decimal(digits).quantize(Decimal("0.01")) if Decimal(digits) else None


def _account(printed: str) -> str | None:
    """An IBAN as codes have it: without blanks, its check digits right."""
    return parse_iban(printed) if printed.isalnum() else None


def _swiss(lines: Sequence[str]) -> Payment | None:
    # Lines that follow the trailer are optional, and may be there and empty.
    if not _SWISS_LEAST <= len(lines) <= _SWISS_MOST:
        return None
    _, version, coding, account, *_ = lines
    payee, ultimate, payer = lines[4:11], lines[11:18], lines[20:27]
    printed, currency, (kind, reference, message, trailer) = lines[18], lines[19], lines[27:31]
    amount = _positive(printed) if _FRANCS.fullmatch(printed) else None
    number = _account(account)
    seller, buyer = _party(payee), _party(payer)
    wrong = (
        not re.fullmatch(r"02[0-9]{2}", version) or coding != "1" or trailer != "EPD",
        number is None or number[:2] not in ("CH", "LI"),
        any(ultimate),  # kept for the future: must be empty
        seller is None,
        any(payer) and buyer is None,
        # "0.00" asks for no money: the sheet is a notification.
        printed and amount is None and printed != "0.00",
        currency not in ("CHF", "EUR"),
        len(message) > 140,
    )
    if any(wrong) or number is None or seller is None:
        return None
    if not _is_swiss_reference(kind, reference, number):
        return None
    return Payment(
        "swiss", number, seller[0], amount, currency, reference, message, seller[1], *(buyer or ())
    )


def _party(lines: Sequence[str]) -> tuple[str, str] | None:
    """Name and address on one line of a structured ("S") or combined ("K") address."""
    kind, name, first, second, code, town, country = lines
    limits = (70, 16, 16, 35) if kind == "S" else (70, 70, 0, 0)
    parts = (first, second, code, town)
    if kind not in ("S", "K") or not 0 < len(name) <= 70 or not _COUNTRY.fullmatch(country):
        return None
    if any(len(part) > limit for part, limit in zip(parts, limits, strict=True)):
        return None
    if not (code and town if kind == "S" else second):
        return None
    if kind == "S":
        first, second = f"{first} {second}".strip(), f"{code} {town}"
    return name, ", ".join(part for part in (first, second) if part)


def _is_swiss_reference(kind: str, reference: str, account: str) -> bool:
    """Whether a reference is of its kind; a QR reference goes with a QR-IBAN and nothing else."""
    from stdnum.ch import esr

    # The bank's number in a QR-IBAN is 30000 to 31999 (the guidelines, section 4.2.2).
    if (kind == "QRR") != (30000 <= int(account[4:9]) <= 31999):
        return False
    if kind == "QRR":
        return bool(re.fullmatch(r"[0-9]{27}", reference)) and bool(esr.is_valid(reference))
    if kind == "SCOR":
        return _is_creditor_reference(reference)
    return kind == "NON" and not reference


def _is_creditor_reference(reference: str) -> bool:
    """Whether it is a reference of ISO 11649 ("RF18 ...") without blanks."""
    from stdnum import iso11649

    return reference.isalnum() and bool(iso11649.is_valid(reference))
