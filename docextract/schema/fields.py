"""Fields of a schema: their types, and where and how their values are found."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, DecimalException
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator


class FieldType(StrEnum):
    """Types of fields: what the printed words become."""

    TEXT = "text"  # str, white space collapsed
    NAME = "name"  # str: a person's or an organisation's name
    ADDRESS = "address"  # str: one line, parts joined by ", "
    CODE = "code"  # str without inner white space at its ends: a number given to something
    MONEY = "money"  # Decimal
    NUMBER = "number"  # Decimal
    INTEGER = "integer"  # int
    PERCENT = "percent"  # Decimal: 19 for "19 %"
    DATE = "date"  # date
    TIME = "time"  # time
    CURRENCY = "currency"  # str: ISO 4217 code
    DURATION = "duration"  # str: "2 years"
    BOOLEAN = "boolean"  # bool
    CHOICE = "choice"  # str: one of `choices`
    IBAN = "iban"  # str without spaces, checksum verified
    VAT_ID = "vat_id"  # str without spaces
    PHONE = "phone"  # str
    EMAIL = "email"  # str
    URL = "url"  # str
    ROWS = "rows"  # a list of mappings, one a row


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {text!r}: {error}") from error
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]


def _bound(given: object) -> Decimal | date:
    if isinstance(given, date):
        return given.date() if isinstance(given, datetime) else given
    try:
        text = str(given)
        return date.fromisoformat(text) if text.count("-") == 2 else Decimal(text)
    except (ValueError, DecimalException) as error:
        raise ValueError(f"neither a number nor a date: {given!r}") from error


#: A number, or a date (1990-01-01).
Bound = Annotated[Decimal | date, BeforeValidator(_bound)]


#: Whether a bound is a date -> the types that it goes with.
_BOUNDED = {
    True: frozenset({FieldType.DATE}),
    False: frozenset({FieldType.MONEY, FieldType.NUMBER, FieldType.INTEGER, FieldType.PERCENT}),
}


class SchemaPart(BaseModel):
    """Base of all parts of a schema: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldSchema(SchemaPart):
    """One field. `anchors` are printed labels that stand before, above or beside its value."""

    type: FieldType = FieldType.TEXT
    description: str = ""
    #: Names that other systems give the same field; accepted wherever a name is.
    aliases: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    #: Printed labels, as words, best first: "invoice number", "Rechnungsnummer". Case is ignored.
    anchors: tuple[str, ...] = ()
    #: Labels that look like an anchor of this field and are another's: "sub total" for total.
    not_anchors: tuple[str, ...] = ()
    #: Where the value stands from its anchor, tried in this order. "section" is the running
    #: text under it, or behind it, down to the next heading.
    look: tuple[Literal["right", "below", "above", "section"], ...] = ("right", "below")
    #: Which one counts where several values of the type stand at an anchor: both dates of
    #: "Flight 1/2/20 - 1/9/20" stand at one label. "only": none does where a document has several
    #: that differ, in a column of the same name too, as an invoice with two tax rates has.
    pick: Literal["first", "last", "only"] = "first"
    #: Whether the trained model is asked for it: it may not have learnt what a field of its own
    #: kind is, and then takes a total for what was paid. Rules look for it in any case.
    asked: bool = True
    #: Regular expressions over the document's text; the group "value", else the first, else all.
    #: Of rows: over one printed line; the groups are named after the columns.
    patterns: tuple[Pattern, ...] = ()
    #: Entity labels that can fill the field when no anchor or pattern does.
    entities: tuple[str, ...] = ()
    #: Where on the document such an entity must stand, and which one counts. A name or an
    #: address can stand in the "heading" (the first lines of page 1: who writes) or in the
    #: "recipient" block (the address above the text, to whom), a name or a text in the "title"
    #: (the largest letters of the upper half of page 1); these three need no entity.
    place: Literal[
        "anywhere", "top", "bottom", "first", "last", "largest", "heading", "recipient", "title"
    ] = "anywhere"
    #: The name of a party: what stands in the block under that field's label belongs to it.
    #: Of a column: another one of numbers whose cells may hold its words, too, as in "20 pcs".
    within: str = ""
    #: The field of another party, which never has the same value.
    unlike: str = ""
    #: A text value must match this as a whole.
    format: Pattern | None = None
    choices: tuple[str, ...] = ()
    #: Of a date: that it is not in the future, so that a birth in "45" was in 1945.
    past: bool = False
    #: What a number or date plausibly is at least, and at most; one outside is kept, but doubted.
    minimum: Bound | None = None
    maximum: Bound | None = None
    #: The columns of a row, for type "rows" only.
    fields: Mapping[str, "FieldSchema"] = {}

    @model_validator(mode="after")
    def _consistent(self) -> "FieldSchema":
        if (self.type is FieldType.ROWS) != bool(self.fields):
            raise ValueError('type = "rows" and a table of fields go together')
        if (self.type is FieldType.CHOICE) != bool(self.choices):
            raise ValueError('type = "choice" and choices go together')
        if self.past and self.type is not FieldType.DATE:
            raise ValueError('past = true needs type = "date"')
        for bound in (self.minimum, self.maximum):
            if bound is not None and self.type not in _BOUNDED[isinstance(bound, date)]:
                raise ValueError(f'a bound of {bound} does not go with type = "{self.type}"')
        if any(column.fields for column in self.fields.values()):
            raise ValueError("rows within rows are not supported")
        return self
