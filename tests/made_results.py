"""Results made by hand, for the tests of exports: an invoice, with whatever data a test needs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from docextract.document import (
    CheckResult,
    Document,
    Issue,
    Kind,
    Page,
    Record,
    Result,
    Status,
    Value,
)
from docextract.export import ExportRow, Rows, row_of
from docextract.schema import Schema
from tests.made_values import make_span, make_tree, make_value

BILL = Schema.model_validate(
    {
        "name": "bill",
        "version": "2",
        "description": "A bill.",
        "fields": {
            "number": {"type": "code", "required": True},
            "issued": {"type": "date"},
            "at": {"type": "time"},
            "total": {"type": "money", "description": "total: what is to pay"},
            "copies": {"type": "integer"},
            "paid": {"type": "boolean"},
            "parties": {"type": "name", "many": True},
            "status": {"type": "text"},
            "lines": {
                "type": "rows",
                "fields": {"text": {"type": "text"}, "amount": {"type": "money"}},
            },
        },
        "checks": [{"rule": "sum(lines.amount) == total", "message": "the lines do not add up"}],
    }
)
NOTE = Schema.model_validate(
    {"name": "note", "fields": {"author": {"type": "name"}, "total": {"type": "text"}}}
)
EMPTY: Mapping[str, Any] = {
    name: [] if field.many or field.fields else None for name, field in BILL.fields.items()
}


def value(document: Document, field: str, raw: str, typed: Any, **more: Any) -> Value:
    """A value found where `raw` first stands in the document's text."""
    start = document.text.index(raw)
    spans = ((start, start + len(raw)),)
    return make_value(field, raw, typed, 0.87654, spans, "rule:anchor", **more)


def bill(
    document: Document,
    data: Mapping[str, Any] | None = None,
    evidence: Mapping[str, Any] | None = None,
    *,
    errors: tuple[Issue, ...] = (),
) -> Result:
    """The result of a bill with this data; the rest of its fields are empty."""
    record = Record("bill", "2", make_tree({**EMPTY, **(evidence or {})}, data))
    kind = Kind("bill", 0.98765, (("note", 0.01),), origin="rules")
    done = document.add(kind=kind, record=record, issues=errors)
    status = Status.PARTIAL if errors else Status.SUCCESS
    return Result(document.name, status, done, errors)


def note(document: Document, **data: Any) -> Result:
    """The result of a note."""
    record = Record("note", "1", make_tree({"author": None, "total": None}, data))
    done = document.add(kind=Kind("note", 0.5), record=record)
    return Result(document.name, Status.SUCCESS, done)


def full_bill(doc: Callable[..., Document]) -> Result:
    """A bill of two pages with everything that a record can have."""
    document = doc(["Bill B-7 of Jürgen", "31.05.2024"], ["Tea 2.50", "Cup 10.00", "Total 12.50"])
    number = value(document, "number", "B-7", "B-7")
    lost = value(document, "total", "10.00", Decimal("10.00"))
    total = value(
        document,
        "total",
        "12.50",
        Decimal("12.50"),
        alternatives=(lost,),
        checks=(CheckResult("sum(lines.amount) == total", True),),
    )
    tea = value(document, "lines.amount", "2.50", Decimal("2.50"), row=0)
    issued = value(document, "issued", "31.05.2024", date(2024, 5, 31))
    name = value(document, "parties", "Jürgen", "Jürgen")
    made = bill(
        document.add(entities=(make_span(12, 18, "PERSON", 0.5, "spacy"),)),
        evidence={
            "number": number,
            "issued": issued,
            "total": total,
            "parties": [name],
            "lines": [{"text": None, "amount": tea}],
        },
    )
    issue = Issue("check", "check", "the lines do not add up", field="total")
    assert made.document is not None
    pages = tuple(replace(page, reason="no text layer") for page in made.document.pages)
    return replace(made, document=replace(made.document, pages=pages).add(issues=(issue,)))


FAILED = ExportRow(
    "sub/locked.pdf",
    Status.FAILED,
    "f" * 64,
    errors=(Issue("read", "encrypted", "it needs a password; give --password", page=None),),
)


def rows(*results: Result | ExportRow) -> Rows:
    """What `write` takes."""
    made = [row if isinstance(row, ExportRow) else row_of(row) for row in results]
    return lambda: iter(made)


def unread_page(number: int) -> Page:
    """A page that could not be read."""
    return Page(number, 595, 842, read_by="none", reason="damaged")
