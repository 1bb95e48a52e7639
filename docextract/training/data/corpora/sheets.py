"""Sets of documents whose fields are labelled: words with boxes, values, and where they stand.

A line of such a file has `pages` of words, `fields` (name -> right answers) and `spans` (field,
page, first and last word). An answer that is missing is not labelled, an empty list is known to
be absent, and an answer without a span was not found on the page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from docextract.resources import available_resources
from docextract.schema import Schema
from docextract.training.data.aligning.align import from_document
from docextract.training.data.corpora.given import given, passage
from docextract.training.data.examples import Example, Mark


@dataclass(frozen=True)
class FieldSet:
    """How a data set is laid out and what its fields are called here.

    Attributes:
        kind: What all its documents are.
        names: The set's field names -> ours; a field that is not in it is not used.
        many: Our fields with several right answers, compared as a set.
        suffix: The ending of the file to read, in place of the one that the truth names.
        month_first: Whether the truth's dates have the month first.
        group: The set's field whose value tells vendors apart; "": each document by itself.
    """

    kind: str
    names: Mapping[str, str]
    many: frozenset[str] = frozenset()
    suffix: str = ""
    month_first: bool = False
    group: str = ""


_SAME = (
    "invoice_number issue_date due_date seller_name seller_address seller_vat_id seller_iban "
    "buyer_name buyer_address buyer_vat_id currency net_total tax_total grand_total"
)

FIELD_SETS: Mapping[str, FieldSet] = {
    "receipts-sroie": FieldSet(
        "receipt",
        {
            "company": "merchant_name",
            "address": "merchant_address",
            "date": "date",
            "total": "total",
        },
        group="company",
    ),
    "adbuys": FieldSet(
        "ad_buy",
        {
            "contract_num": "contract_number",
            "advertiser": "advertiser",
            "gross_amount": "gross_amount",
            "flight_from": "flight_start",
            "flight_to": "flight_end",
        },
        month_first=True,
        group="station",
    ),
    "einvoices": FieldSet(
        "invoice",
        {name: name for name in _SAME.split()},
        suffix=".visual.pdf",
        group="seller_name",
    ),
    "ndas": FieldSet(
        "nda",
        {
            "party": "parties",
            "effective_date": "effective_date",
            "jurisdiction": "jurisdiction",
            "term": "term",
        },
        many=frozenset({"parties"}),
    ),
    "invoices-1000": FieldSet(
        "invoice",
        {
            "invoice_number": "invoice_number",
            "invoice_date": "issue_date",
            "seller_name": "seller_name",
            "seller_address": "seller_address",
            "seller_tax_id": "seller_vat_id",
            "client_name": "buyer_name",
            "client_address": "buyer_address",
            "client_tax_id": "buyer_vat_id",
            "iban": "seller_iban",
        },
        month_first=True,
    ),
    "receipts-indo": FieldSet(
        "receipt",
        {
            "store_name": "merchant_name",
            "date": "date",
            "time": "time",
            "subtotal": "subtotal",
            "total": "total",
        },
    ),
}

#: Types of documents in the sets that are of no kind of ours.
_NO_KIND = frozenset({"purchase_order"})
#: Totals that are printed alike when there is no tax: their spans cannot be told apart.
_TOTALS = ("net_total", "grand_total", "tax_total")
#: The call sign of a US station, which stands on everything that it prints.
_STATION = re.compile(r"\b[KW][A-Z]{2,3}\b")
#: A party's name and its span: least likeness of letters (0 to 100).
_LIKE = 80


def read(name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """The documents of the set `name`, in the order of its file."""
    layout = FIELD_SETS[name]
    for row in rows:
        yield _example(name, row, layout)


def _example(name: str, row: Mapping[str, Any], layout: FieldSet) -> Example:
    words = passage(row["pages"])
    spans = list(_spans(row))
    marks = [
        Mark(f"{layout.kind}.{layout.names[field]}", start, end)
        for field, start, end in spans
        if field in layout.names
    ]
    asked = _asked(row, layout, spans, words.texts)
    rows = _rows(row, layout) if row.get("line_items") else None
    if rows:
        marks += rows.marks
        asked |= rows.asked
    return Example(
        name=row["id"],
        source=name,
        group=group(row, layout),
        passage=words,
        marks=tuple(sorted(dict.fromkeys(m for m in marks if m.label in asked), key=_start)),
        asked=asked,
        kind=None if row["type"] in _NO_KIND else layout.kind,
        language=row["language"],
    )


def _rows(row: Mapping[str, Any], layout: FieldSet) -> Example:
    """The document with its line items aligned: the set has their values, not their places."""
    document = given(row["pages"], row["id"])
    table = {"line_items": row["line_items"]}
    return from_document(document, {}, _schema(layout.kind), rows=table).example


@cache
def _schema(kind: str) -> Schema:
    return Schema.load(available_resources("schemas")[kind])


def _spans(row: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    """(field, first, last) with words counted through all pages, blank ones left out."""
    places: list[list[int]] = []
    total = 0
    for page in row["pages"]:
        at = [total]
        for text, *_ in page["words"]:
            total += bool(text.strip())
            at.append(total)
        places.append(at)
    for span in row["spans"]:
        at = places[span["page"]]
        start, end = at[span["start"]], at[span["end"]]
        if start < end:
            yield span["field"], start, end


def _asked(
    row: Mapping[str, Any],
    layout: FieldSet,
    spans: Sequence[tuple[str, int, int]],
    texts: Sequence[str],
) -> frozenset[str]:
    """Labels whose places are all known."""
    printed: dict[str, list[str]] = {}
    for field, start, end in spans:
        printed.setdefault(field, []).append(" ".join(texts[start:end]))
    unsure = _unsure(row["fields"])
    return frozenset(
        f"{layout.kind}.{ours}"
        for field, ours in layout.names.items()
        if field in row["fields"]
        and field not in unsure
        and _found(row["fields"][field], printed.get(field, []), ours in layout.many)
    )


def _found(values: Sequence[str], printed: Sequence[str], many: bool) -> bool:
    if not many:
        return not values or bool(printed)
    return all(
        any(fuzz.ratio(value.casefold(), text.casefold()) >= _LIKE for text in printed)
        for value in values
    )


def _unsure(fields: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Totals that are nothing or the same as another: any "0,00" on the page was marked."""
    values = {name: float(fields[name][0]) for name in _TOTALS if fields.get(name)}
    times = Counter(values.values())
    return frozenset(name for name, value in values.items() if not value or times[value] > 1)


def group(row: Mapping[str, Any], layout: FieldSet) -> str:
    """What tells vendors, stations or documents of a set apart."""
    if layout.group == "station":
        words = " ".join(word[0] for word in row["pages"][0]["words"][:60])
        found = _STATION.search(words)
        return found.group() if found else str(row["id"])
    named = row["fields"].get(layout.group)
    if not named:
        return str(row["id"])
    return "".join(sign for sign in named[0].casefold() if sign.isalnum())


def _start(mark: Mark) -> int:
    return mark.start
