"""Loader of field extraction sets: words with boxes, field values, and their spans.

A line of such a file has `pages` of words, `fields` (name -> right answers) and `spans` (field,
page, first and last word). An answer that is missing is not labelled, an empty list is known to
be absent, and an answer without a span was not found on the page. It can have `line_items`, and
`printed`: field -> whether the page shows the answer.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from docextract.layout.labels import LabelLexicon
from docextract.resources import available_resources
from docextract.schema import Schema
from docextract.training.data.alignment.row_matches import AlignedRows, align_rows
from docextract.training.data.alignment.search import SearchableDocument
from docextract.training.data.corpora.field_sets import FIELD_SETS, FieldSet
from docextract.training.data.corpora.line_items import (
    known_cells,
    printed_cells,
    printed_table,
    word_numbers,
)
from docextract.training.data.corpora.word_boxes import document_of_words, passage_of_words
from docextract.training.data.examples import Example, Mark

#: Types of documents in the sets that are of no kind of ours.
_NO_KIND = frozenset({"purchase_order"})
#: Totals that are printed alike when there is no tax: their spans cannot be told apart.
_TOTALS = ("net_total", "grand_total", "tax_total")
#: The call sign of a US station, which stands on everything that it prints.
_STATION = re.compile(r"\b[KW][A-Z]{2,3}\b")
#: A party's name and its span: least likeness of letters (0 to 100).
_LIKE = 80


def read(name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """Convert the documents of the set `name` to examples, in the order of its file."""
    layout = FIELD_SETS[name]
    for row in rows:
        yield _example(name, row, layout)


def _example(name: str, row: Mapping[str, Any], layout: FieldSet) -> Example:
    words = passage_of_words(row["pages"])
    spans = list(_spans(row))
    marks = [
        Mark(f"{layout.kind}.{layout.names[field]}", start, end)
        for field, start, end in spans
        if field in layout.names
    ]
    asked = _asked(row, layout, spans, words.texts)
    rows = _rows(row, layout)
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


def _rows(row: Mapping[str, Any], layout: FieldSet) -> AlignedRows:
    """The printed line items; cells whose words the set does not name are searched for."""
    items = printed_table(row.get("line_items") or ())
    if not items:
        return AlignedRows()
    schema = _schema(layout.kind)
    numbers = word_numbers(row["pages"])
    return align_rows(
        SearchableDocument(document_of_words(row["pages"], row["id"]), LabelLexicon(schema)),
        f"{layout.kind}.line_items",
        schema.fields["line_items"],
        [printed_cells(item) for item in items],
        month_first=layout.month_first,
        known=known_cells(items, numbers),
    )


@cache
def _schema(kind: str) -> Schema:
    return Schema.load(available_resources("schemas")[kind])


def _spans(row: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    """(field, first, last) of printed answers, with words counted through all pages."""
    numbers = word_numbers(row["pages"])
    for span in row["spans"]:
        of_page = numbers[span["page"]]
        start, end = of_page[span["start"]], of_page[span["end"]]
        if start < end and is_printed(row, span["field"]):
            yield span["field"], start, end


def is_printed(row: Mapping[str, Any], field: str) -> bool:
    """Whether the page shows the answer of a field, as far as the set says."""
    return bool(row.get("printed", {}).get(field, True))


def document_file(row: Mapping[str, Any], folder: Path, layout: FieldSet) -> Path | None:
    """The file to read: of an e-invoice the copy without its XML. None: the set has none."""
    if not row["file"]:
        return None
    path = folder / str(row["file"])
    if not layout.suffix or path.name.endswith(layout.suffix):
        return path
    return path.with_suffix(layout.suffix)


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
    """The group for a split: vendor, station, or the document by itself."""
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
