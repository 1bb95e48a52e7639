"""Entity patterns: one literal table of regular expressions with their validators.

Patterns read the raw text, so that offsets hold. Every repetition is bounded, so that no text
costs more than a constant a character. A line may end inside a match where print wraps, a page
may not. All but three labels have a digit in them, and most text has none nearby: patterns see
only the stretches around digits, which makes them five times as fast on contracts.
"""

from collections.abc import Iterator, Mapping

from docextract.entities import address_finder
from docextract.entities.entity_rule import (
    CHECKED,
    LIKELY,
    NAMED,
    POSSIBLE,
    SHAPED,
    EntityRule,
)
from docextract.entities.finders import Finder, Ranges, regex_finder, shrinking_regex_finder
from docextract.entities.pattern_parts import (
    A1_CERTIFICATE,
    ANY_BLANK,
    BARE_AMOUNT,
    BLANK,
    COLON,
    FORM_NUMBER,
    GIVEN_CODE,
    KNOWN_FORM,
    LARGE_UNIT,
    MONTH,
    NUMBER,
    NUMBER_WORD,
    SPACED_NUMBER,
    unit_alternatives,
)
from docextract.values import identifiers
from docextract.values.dates import parsing as dates
from docextract.values.dates.styles import DateStyle
from docextract.values.dates.times import TIME_PATTERN
from docextract.values.numbers.currencies import CURRENCY_PATTERN


def _dates(text: str, stretches: Ranges) -> Iterator[tuple[int, int]]:
    for start, end in stretches:
        for found in dates.find_dates(text, start, end):
            if found.style is not DateStyle.COMPACT:  # eight digits are mostly another number
                yield found.start, found.end


def _numbered(things: str) -> Finder:
    """Finder of the number after "THING No." or "THING-Nr.:", on the same line or the next."""
    return regex_finder(rf"\b(?:{things})[- ]?{NUMBER_WORD}{COLON}{GIVEN_CODE}", ignore_case=True)


#: Every rule there is. To add one: add its line, and an example to tests/test_entities.py.
ENTITY_RULES: tuple[EntityRule, ...] = (
    EntityRule("date", "DATE", NAMED, _dates),
    EntityRule(
        "day-and-month",
        "DATE",
        LIKELY,
        regex_finder(
            rf"\b{MONTH}{ANY_BLANK}(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![\w:%]|[.,][0-9])"
            rf"|\b(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th|\.)?{ANY_BLANK}{MONTH}(?!\w)",
            ignore_case=True,
        ),
    ),
    EntityRule(
        "month-and-year",
        "DATE",
        SHAPED,
        regex_finder(
            rf"\b{MONTH},?{ANY_BLANK}(?:of{ANY_BLANK})?(?:19|20)[0-9]{{2}}(?![\w%]|[.,][0-9])",
            ignore_case=True,
        ),
    ),
    EntityRule("time", "TIME", NAMED, regex_finder(TIME_PATTERN)),
    EntityRule(
        "money",
        "MONEY",
        NAMED,
        regex_finder(
            rf"(?:(?<![\w.])[-(]{BLANK}?)?{CURRENCY_PATTERN}{BLANK}?-?(?:{SPACED_NUMBER}|[0-9]{{1,15}}(?:[.,'’][0-9]{{1,15}}){{0,6}})"
            rf"(?!\w)(?:{BLANK}(?i:{LARGE_UNIT}))?"
            rf"|{NUMBER}(?:{BLANK}(?i:{LARGE_UNIT}))?{BLANK}?{CURRENCY_PATTERN}(?!\w|{BLANK}?[0-9])"
            rf"|(?<![\w.,]){SPACED_NUMBER}{BLANK}?{CURRENCY_PATTERN}(?!\w|{BLANK}?[0-9])"
        ),
    ),
    EntityRule("amount", "MONEY", POSSIBLE, regex_finder(BARE_AMOUNT)),
    EntityRule(
        "percent",
        "PERCENT",
        NAMED,
        regex_finder(
            rf"-?{NUMBER}{BLANK}?(?:%|(?:percent|per{BLANK}cent|prozent|pour{BLANK}cent|por{BLANK}ciento)\b)",
            ignore_case=True,
        ),
    ),
    EntityRule(
        "quantity",
        "QUANTITY",
        SHAPED,
        regex_finder(
            rf"{NUMBER}{BLANK}?(?:{unit_alternatives(word=True)})(?!\w)", ignore_case=True
        ),
    ),
    EntityRule(
        "short-unit",
        "QUANTITY",
        LIKELY,
        regex_finder(rf"{NUMBER}(?:{unit_alternatives(word=False)})(?!\w)"),
    ),
    EntityRule(
        "email",
        "EMAIL",
        NAMED,
        regex_finder(
            r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{3,190}\w", identifiers.parse_email, digits=False
        ),
    ),
    EntityRule(
        "url",
        "URL",
        NAMED,
        regex_finder(
            r"\b(?:(?:https?|ftp)://|www\.)[^\s<>\"'|]{3,300}[\w/]",
            identifiers.parse_url,
            ignore_case=True,
            digits=False,
        ),
    ),
    EntityRule(
        "phone-with-country",
        "PHONE",
        NAMED,
        regex_finder(r"(?<![\w+])\+[0-9][0-9 ()/.-]{6,20}[0-9](?![\w])", identifiers.parse_phone),
    ),
    EntityRule(
        "phone-after-its-word",
        "PHONE",
        NAMED,
        regex_finder(
            r"\b(?:tel(?:ephone|efon|\.?no)?|phone|fax|mobile?|mob|hp|handy|fon|telp|hotline|call)\b"
            r"[ .:#]{0,4}(?:(?:no|nr|number)\b[ .:]{0,3})?"
            r"(?P<value>[(+0-9][0-9 ()/.-]{5,18}[0-9])(?![\w])",
            identifiers.parse_phone,
            ignore_case=True,
        ),
    ),
    EntityRule(
        "american-phone",
        "PHONE",
        SHAPED,
        regex_finder(
            r"(?<![\w.+-])(?:1[ -])?(?:\([0-9]{3}\) ?|[0-9]{3}[-.])[0-9]{3}[-.][0-9]{4}(?![\w.-])",
            identifiers.parse_phone,
        ),
    ),
    EntityRule(
        "iban",
        "IBAN",
        CHECKED,
        shrinking_regex_finder(
            r"\b[A-Z]{2}[0-9]{2}(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?"
            r"(?![A-Z0-9])",
            identifiers.parse_iban,
        ),
    ),
    EntityRule(
        "bic",
        "BIC",
        NAMED,
        regex_finder(
            r"\b(?:BIC|SWIFT|Swift|Bic)(?:[-/ ](?:BIC|SWIFT|[Cc]ode|CODE))?[ .:]{0,4}\n?"
            r"(?P<value>[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b",
            identifiers.parse_bic,
            digits=False,
        ),
    ),
    EntityRule(
        "vat-id",
        "VAT_ID",
        CHECKED,
        shrinking_regex_finder(
            rf"\b(?:{identifiers.VAT_COUNTRIES})[ -]?[A-Z0-9]"
            r"(?:[ .-]?[A-Z0-9]){7,13}(?![A-Z0-9])",
            identifiers.parse_vat_id,
        ),
    ),
    EntityRule(
        "credit-card",
        "CREDIT_CARD",
        NAMED,
        regex_finder(
            r"(?<![\w.-])[2-6][0-9]{3}(?:[ -]?[0-9]{4}){2}[ -]?[0-9]{2,7}(?![\w-])",
            identifiers.parse_credit_card,
        ),
    ),
    EntityRule(
        "gtin-after-its-word",
        "GTIN",
        CHECKED,
        regex_finder(
            r"\b(?:GTIN|EAN|UPC|barcode)(?:[- ]?(?:8|12|13|14))?(?:[ -]?(?:no|nr|code))?"
            r"[ .:#]{0,4}\n?"
            r"(?P<value>[0-9]{8}|[0-9][0-9 ]{10,15}[0-9])(?![\w])",
            identifiers.parse_gtin,
            ignore_case=True,
        ),
    ),
    EntityRule(
        "gtin",
        "GTIN",
        LIKELY,
        regex_finder(r"(?<![\w.,/-])[0-9]{13}(?![\w/-]|[.,][0-9])", identifiers.parse_gtin),
    ),
    EntityRule(
        "isin",
        "ISIN",
        CHECKED,
        regex_finder(r"\b[A-Z]{2}[A-Z0-9]{9}[0-9]\b", identifiers.parse_isin),
    ),
    EntityRule(
        "invoice-number",
        "INVOICE_NUMBER",
        NAMED,
        _numbered(
            r"invoice|inv|bill|receipt|rcpt|[a-zäöü]{0,20}rechnungs?|"
            r"gutschrift|facture|factura|faktur|credit note"
        ),
    ),
    EntityRule(
        "order-number",
        "ORDER_NUMBER",
        NAMED,
        _numbered(
            r"purchase order|p\.?o\.?|(?:sales )?order|bestell(?:ungs?)?|auftrags?|commande|"
            r"pedido|contract"
        ),
    ),
    EntityRule(
        "product-number",
        "PRODUCT_NUMBER",
        NAMED,
        _numbered(
            r"product|item|article|artikel|art\.?|part|model|modell|material|catalog(?:ue)?|stock|sku"
        ),
    ),
    EntityRule("address", "ADDRESS", NAMED, address_finder.find_addresses),
    EntityRule("street", "ADDRESS", LIKELY, address_finder.find_streets),
    EntityRule("form", "FORM", NAMED, regex_finder(FORM_NUMBER)),
    EntityRule("known-form", "FORM", SHAPED, regex_finder(KNOWN_FORM)),
    EntityRule("a1-certificate", "FORM", NAMED, regex_finder(A1_CERTIFICATE)),
)

#: Label -> names of the rules that find it.
RULES_BY_LABEL: Mapping[str, tuple[str, ...]] = {
    label: tuple(rule.name for rule in ENTITY_RULES if rule.label == label)
    for label in dict.fromkeys(rule.label for rule in ENTITY_RULES)
}
