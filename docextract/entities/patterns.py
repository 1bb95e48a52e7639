"""What the rules look for: one literal table of patterns with their validators.

Confidence says how often such a find is right, on one scale for all rules:

    CHECKED   0.99  a checksum holds that few random texts satisfy (IBAN, ISIN), or a single
                    check digit beside the words that announce such a number
    NAMED     0.90  the shape is right, and words or signs beside it say what it is
    SHAPED    0.80  the shape alone; little else looks like it
    LIKELY    0.60  the shape alone; other things look like it
    POSSIBLE  0.40  a number that could be many things

Patterns read the raw text, so that offsets hold. Every repetition is bounded, so that no text
costs more than a constant a character. A line may end inside a match where print wraps, a page
may not. All but three labels have a digit in them, and most text has none nearby: patterns see
only the stretches around digits, which makes them five times as fast on contracts.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docextract.entities import addresses as spacy_addresses
from docextract.entities.finders import Finder, Stretches, matches, shrinking
from docextract.values import identifiers
from docextract.values.dates import parsing as dates
from docextract.values.dates.styles import Style
from docextract.values.dates.times import TIME
from docextract.values.dates.vocabulary import MONTH_FORMS
from docextract.values.numbers.currencies import MARK
from docextract.values.numbers.units import UNITS

CHECKED, NAMED, SHAPED, LIKELY, POSSIBLE = 0.99, 0.90, 0.80, 0.60, 0.40

_B = r"[^\S\f]"  # blank or line's end
_H = r"[^\S\f\n]"  # blank within a line
_NUMBER = r"(?<![\w.,])[0-9]{1,15}(?:[.,'\u2019\u00a0\u202f][0-9]{1,15}){0,6}"
_BARE = (
    r"(?<![\w.,$/:%-])(?:(?:0|[1-9][0-9]{0,2})(?:[,.'][0-9]{3}){0,5}"
    # A group that begins with 0 continues the number before the blank; another may be its own.
    r"|[0-9]{1,3}(?:[ ][0-9]{3}){0,3}[ ]0[0-9]{2}|[1-9][0-9]{3,8})"
    r"[.,][0-9]{2}(?![\w%/:]|[.,-][0-9])"
)
_SPACED = r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,4}(?:[.,][0-9]{2})?(?![0-9])"
_LARGE = r"(?:million(?:en)?|billion|trillion|thousand|milliarden|(?:mio|mrd)\b\.?|bn|mn)(?!\w)"
_MONTH = rf"(?:{'|'.join(MONTH_FORMS)})\b\.?"
#: A number given to something has a digit in it and ends with a letter or digit.
_GIVEN = r"(?P<value>(?=[A-Z/._-]{0,12}[0-9])[A-Z0-9](?:[A-Z0-9/._-]{0,28}[A-Z0-9])?)(?![\w])"
_NO = rf"(?:{_H}?(?:numbers?|nummer|number|num|nos?|nrs?|n°|nº|id|code)\b{_H}?\.?|{_H}?[#№])"
_SIGN = rf"{_H}{{0,3}}[:#.]?{_B}{{0,3}}[#:]?{_H}?"


@dataclass(frozen=True, slots=True)
class Rule:
    """Finds entities of one label. Its name is their origin: "rule:iban"."""

    name: str
    label: str
    confidence: float
    find: Finder


def _dates(text: str, stretches: Stretches) -> Iterator[tuple[int, int]]:
    for start, end in stretches:
        for found in dates.find(text, start, end):
            if found.style is not Style.COMPACT:  # eight digits are mostly another number
                yield found.start, found.end


def _numbered(things: str) -> Finder:
    """The number behind "THING No." or "THING-Nr.:", on the same line or the next."""
    return matches(rf"\b(?:{things})[- ]?{_NO}{_SIGN}{_GIVEN}", ignore_case=True)


def _units(*, word: bool) -> str:
    """Printed units: the long ones, which stand apart, or the short ones, which must not."""
    no_units = {"x", "un", "no", "nos", "st", "each", "in", "set", "sets", "unit", "units"}
    spans = {"day", "days", "tag", "tage", "jour", "jours"}
    known = [
        form
        for form, symbol in UNITS.items()
        if symbol not in ("weeks", "months", "years") and form not in no_units | spans
    ]
    chosen = [re.escape(form) for form in known if (len(form) > 2) == word]
    return "|".join(sorted(chosen, key=len, reverse=True))


_FORMS = (
    r"(?:Form|FORM|Schedule|Formular|Vordruck)[ \u00a0]"
    r"(?P<value>[A-Z]{0,4}-?[0-9]{1,5}[A-Z]?(?:-[A-Z0-9]{1,5})?)(?![\w-])"
)
_KNOWN_FORMS = (
    r"(?<![\w-])(?:W-(?:2G?|4P?|7|8(?:[ -]?(?:BEN(?:-E)?|ECI|IMY|EXP))?|9)|1099-[A-Z]{1,4}"
    r"|1098-[A-Z]|1040(?:-[A-Z]{1,3}|EZ)|DD[ -]?214|I-9|I-94|(?:SF|DS)-[0-9]{2,4}|EUR\. ?(?:1|MED)"
    r"|T2L|10-[KQ]|8-K|S-[1348])(?![\w-])"
)
_A1 = r"(?i:certificate|bescheinigung|portable document|attestation|form)[ \u00a0](?P<value>A1)\b"

#: Every rule there is. To add one: add its line, and an example to tests/test_entities.py.
RULES: tuple[Rule, ...] = (
    Rule("date", "DATE", NAMED, _dates),
    Rule(
        "day-and-month",
        "DATE",
        LIKELY,
        matches(
            rf"\b{_MONTH}{_B}(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![\w:%]|[.,][0-9])"
            rf"|\b(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th|\.)?{_B}{_MONTH}(?!\w)",
            ignore_case=True,
        ),
    ),
    Rule(
        "month-and-year",
        "DATE",
        SHAPED,
        matches(
            rf"\b{_MONTH},?{_B}(?:of{_B})?(?:19|20)[0-9]{{2}}(?![\w%]|[.,][0-9])", ignore_case=True
        ),
    ),
    Rule("time", "TIME", NAMED, matches(TIME)),
    Rule(
        "money",
        "MONEY",
        NAMED,
        matches(
            rf"(?:(?<![\w.])[-(]{_H}?)?{MARK}{_H}?-?(?:{_SPACED}|[0-9]{{1,15}}(?:[.,'’][0-9]{{1,15}}){{0,6}})"
            rf"(?!\w)(?:{_H}(?i:{_LARGE}))?"
            rf"|{_NUMBER}(?:{_H}(?i:{_LARGE}))?{_H}?{MARK}(?!\w|{_H}?[0-9])"
            rf"|(?<![\w.,]){_SPACED}{_H}?{MARK}(?!\w|{_H}?[0-9])"
        ),
    ),
    Rule("amount", "MONEY", POSSIBLE, matches(_BARE)),
    Rule(
        "percent",
        "PERCENT",
        NAMED,
        matches(
            rf"-?{_NUMBER}{_H}?(?:%|(?:percent|per{_H}cent|prozent|pour{_H}cent|por{_H}ciento)\b)",
            ignore_case=True,
        ),
    ),
    Rule(
        "quantity",
        "QUANTITY",
        SHAPED,
        matches(rf"{_NUMBER}{_H}?(?:{_units(word=True)})(?!\w)", ignore_case=True),
    ),
    Rule("short-unit", "QUANTITY", LIKELY, matches(rf"{_NUMBER}(?:{_units(word=False)})(?!\w)")),
    Rule(
        "email",
        "EMAIL",
        NAMED,
        matches(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{3,190}\w", identifiers.email, digits=False),
    ),
    Rule(
        "url",
        "URL",
        NAMED,
        matches(
            r"\b(?:(?:https?|ftp)://|www\.)[^\s<>\"'|]{3,300}[\w/]",
            identifiers.url,
            ignore_case=True,
            digits=False,
        ),
    ),
    Rule(
        "phone-with-country",
        "PHONE",
        NAMED,
        matches(r"(?<![\w+])\+[0-9][0-9 ()/.-]{6,20}[0-9](?![\w])", identifiers.phone),
    ),
    Rule(
        "phone-after-its-word",
        "PHONE",
        NAMED,
        matches(
            r"\b(?:tel(?:ephone|efon|\.?no)?|phone|fax|mobile?|mob|hp|handy|fon|telp|hotline|call)\b"
            r"[ .:#]{0,4}(?:(?:no|nr|number)\b[ .:]{0,3})?"
            r"(?P<value>[(+0-9][0-9 ()/.-]{5,18}[0-9])(?![\w])",
            identifiers.phone,
            ignore_case=True,
        ),
    ),
    Rule(
        "american-phone",
        "PHONE",
        SHAPED,
        matches(
            r"(?<![\w.+-])(?:1[ -])?(?:\([0-9]{3}\) ?|[0-9]{3}[-.])[0-9]{3}[-.][0-9]{4}(?![\w.-])",
            identifiers.phone,
        ),
    ),
    Rule(
        "iban",
        "IBAN",
        CHECKED,
        shrinking(
            r"\b[A-Z]{2}[0-9]{2}(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?"
            r"(?![A-Z0-9])",
            identifiers.iban,
        ),
    ),
    Rule(
        "bic",
        "BIC",
        NAMED,
        matches(
            r"\b(?:BIC|SWIFT|Swift|Bic)(?:[-/ ](?:BIC|SWIFT|[Cc]ode|CODE))?[ .:]{0,4}\n?"
            r"(?P<value>[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b",
            identifiers.bic,
            digits=False,
        ),
    ),
    Rule(
        "vat-id",
        "VAT_ID",
        CHECKED,
        shrinking(
            rf"\b(?:{identifiers.VAT_COUNTRIES})[ -]?[A-Z0-9]"
            r"(?:[ .-]?[A-Z0-9]){7,13}(?![A-Z0-9])",
            identifiers.vat_id,
        ),
    ),
    Rule(
        "credit-card",
        "CREDIT_CARD",
        NAMED,
        matches(
            r"(?<![\w.-])[2-6][0-9]{3}(?:[ -]?[0-9]{4}){2}[ -]?[0-9]{2,7}(?![\w-])",
            identifiers.credit_card,
        ),
    ),
    Rule(
        "gtin-after-its-word",
        "GTIN",
        CHECKED,
        matches(
            r"\b(?:GTIN|EAN|UPC|barcode)(?:[- ]?(?:8|12|13|14))?(?:[ -]?(?:no|nr|code))?"
            r"[ .:#]{0,4}\n?"
            r"(?P<value>[0-9]{8}|[0-9][0-9 ]{10,15}[0-9])(?![\w])",
            identifiers.gtin,
            ignore_case=True,
        ),
    ),
    Rule(
        "gtin",
        "GTIN",
        LIKELY,
        matches(r"(?<![\w.,/-])[0-9]{13}(?![\w/-]|[.,][0-9])", identifiers.gtin),
    ),
    Rule("isin", "ISIN", CHECKED, matches(r"\b[A-Z]{2}[A-Z0-9]{9}[0-9]\b", identifiers.isin)),
    Rule(
        "invoice-number",
        "INVOICE_NUMBER",
        NAMED,
        _numbered(
            r"invoice|inv|bill|receipt|rcpt|[a-zäöü]{0,20}rechnungs?|"
            r"gutschrift|facture|factura|faktur|credit note"
        ),
    ),
    Rule(
        "order-number",
        "ORDER_NUMBER",
        NAMED,
        _numbered(
            r"purchase order|p\.?o\.?|(?:sales )?order|bestell(?:ungs?)?|auftrags?|commande|"
            r"pedido|contract"
        ),
    ),
    Rule(
        "product-number",
        "PRODUCT_NUMBER",
        NAMED,
        _numbered(
            r"product|item|article|artikel|art\.?|part|model|modell|material|catalog(?:ue)?|stock|sku"
        ),
    ),
    Rule("address", "ADDRESS", NAMED, spacy_addresses.complete),
    Rule("street", "ADDRESS", LIKELY, spacy_addresses.streets),
    Rule("form", "FORM", NAMED, matches(_FORMS)),
    Rule("known-form", "FORM", SHAPED, matches(_KNOWN_FORMS)),
    Rule("a1-certificate", "FORM", NAMED, matches(_A1)),
)

#: Label -> names of the rules that find it.
LABELS: Mapping[str, tuple[str, ...]] = {
    label: tuple(rule.name for rule in RULES if rule.label == label)
    for label in dict.fromkeys(rule.label for rule in RULES)
}
