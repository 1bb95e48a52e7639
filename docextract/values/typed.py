"""Type dispatch: a field's printed words -> its typed value, by the name of the field's type.

To add a type: write its function in a module of this package, add its line to `_READERS`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from docextract.document import Typed
from docextract.values import identifiers
from docextract.values import text as texts
from docextract.values.characters import fold_text
from docextract.values.dates import parsing as dates
from docextract.values.dates import times
from docextract.values.numbers import amounts
from docextract.values.numbers.currencies import THREE_DECIMALS, parse_currency
from docextract.values.parties import addresses

#: Printed answer, folded -> meaning; the forms of five languages and of ticked boxes.
_ANSWERS: Mapping[bool, str] = {
    True: "yes y true ja j wahr oui vrai si verdadero ya x on checked ☒ ☑ ✓ ✔ 1",
    False: "no n false nein falsch non faux falso tidak off unchecked ☐ 0",
}
#: Types in which "1.234" can be either.
_MARKED = frozenset({"money", "number", "integer"})
_MEANING = {word: meaning for meaning, words in _ANSWERS.items() for word in words.split()}


@dataclass(frozen=True)
class _Given:
    """Locale and schema options that a parser may use."""

    day_first: bool | None
    decimal: str | None
    latest: date | None
    choices: tuple[str, ...]


def parse_value(
    field_type: str,
    text: str,
    *,
    day_first: bool | None = None,
    decimal: str | None = None,
    latest: date | None = None,
    choices: Sequence[str] = (),
) -> Typed | None:
    """The typed value of `text`, or None when it is no value of this type. Never raises for text.

    Args:
        field_type: The value of a `docextract.schema.FieldType` other than "rows".
        text: As printed.
        day_first: The document's order in dates like 01/02/2024.
        decimal: The document's decimal mark, "." or ",".
        latest: The day that a date with a year of two digits is not after.
        choices: What a "choice" may be.

    Raises:
        KeyError: for a type that has no printed form.
    """
    return _read(field_type, text, _Given(day_first, decimal, latest, tuple(choices)))


@lru_cache(maxsize=4096)
def _read(field_type: str, text: str, given: _Given) -> Typed | None:
    # Rules and the search for alternative readings parse the same words again and again.
    return _READERS[field_type](text, given)


def possible_values(
    field_type: str,
    text: str,
    *,
    day_first: bool | None = None,
    decimal: str | None = None,
    latest: date | None = None,
) -> tuple[Typed, ...]:
    """Every value that an ambiguous `text` can have, likeliest first.

    The first is what `parse_value` gives; a second means that the text is ambiguous:
    "03/04/2024", or "1.234" without a currency. Arguments are those of `parse_value`.
    """
    orders: Sequence[bool | None] = (day_first,)
    marks: Sequence[str | None] = (decimal,)
    if field_type == "date" and day_first is None:
        orders = (None, True, False)
    if field_type in _MARKED and decimal is None and not _rounded(text):
        marks = (None, ".", ",")
    found = (
        parse_value(field_type, text, day_first=order, decimal=mark, latest=latest)
        for order in orders
        for mark in marks
    )
    return tuple(dict.fromkeys(value for value in found if value is not None))


def _rounded(text: str) -> bool:
    """Whether a currency says that three digits are thousands: few have three decimals."""
    code = parse_currency(text)
    return code is not None and code not in THREE_DECIMALS


def _integer(text: str, given: _Given) -> int | None:
    value = amounts.parse_number(text, decimal=given.decimal)
    return int(value) if value is not None and value == value.to_integral_value() else None


def _number(text: str, given: _Given) -> Decimal | None:
    """A bare number, or that of a quantity or an amount: "12 Stk." and "12 EUR" are 12."""
    value = amounts.parse_number(text, decimal=given.decimal)
    if value is not None:
        return value
    measured = amounts.parse_quantity(text, decimal=given.decimal)
    return measured[0] if measured else amounts.parse_amount(text, decimal=given.decimal)


def _boolean(text: str, _: _Given) -> bool | None:
    return _MEANING.get(fold_text(text).strip(" .,:;[]()"))


def _choice(text: str, given: _Given) -> str | None:
    """The choice that is printed, in any case; else the only one whose words are in the text."""
    printed = _as_words(text)
    spoken = {choice: _as_words(choice) for choice in given.choices}
    whole = [choice for choice, words in spoken.items() if words == printed]
    inside = [choice for choice, words in spoken.items() if words.strip() and words in printed]
    found = whole or inside
    return found[0] if len(found) == 1 else None


def _as_words(text: str) -> str:
    """The words alone, each between blanks, so that `in` finds whole words only."""
    words = re.findall(r"[^\W_]+", fold_text(text))
    return f" {' '.join(words)} "


_READERS: Mapping[str, Callable[[str, _Given], Typed | None]] = {
    "text": lambda text, _: texts.trim_text(text),
    "name": lambda text, _: texts.clean_name(text),
    "address": lambda text, _: addresses.format_address(text),
    "code": lambda text, _: texts.clean_code(text),
    "money": lambda text, given: amounts.parse_amount(text, decimal=given.decimal),
    "number": _number,
    "integer": _integer,
    "percent": lambda text, given: amounts.parse_percentage(text, decimal=given.decimal),
    "date": lambda text, given: dates.parse_date(
        text, day_first=given.day_first, latest=given.latest
    ),
    "time": lambda text, _: times.parse_time(text),
    "currency": lambda text, _: parse_currency(text),
    "duration": lambda text, _: times.parse_duration(text),
    "boolean": _boolean,
    "choice": _choice,
    "iban": lambda text, _: identifiers.parse_iban(text, verified=False),
    # Many printed numbers fail their country's checksum and are still what the document says.
    "vat_id": lambda text, _: identifiers.parse_vat_id(text, verified=False),
    "phone": lambda text, _: identifiers.parse_phone(text),
    "email": lambda text, _: identifiers.parse_email(text),
    "url": lambda text, _: identifiers.parse_url(text),
}
