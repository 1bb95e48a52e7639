"""The labelled data sets: their documents, and what each field's right answer is.

A data set is a folder with `train.jsonl.gz`, `dev.jsonl.gz` and the documents in `files/`; a
line has `file`, `pages` of words with boxes, and `fields`: name -> list of the right answers.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from docextract.document import Box, Document, Line, Page, Word


@dataclass(frozen=True)
class DataSet:
    """How a data set is laid out and what its fields are called here.

    `names` maps the set's field names onto ours; a field of the set that is not in it is not
    scored. `many` are fields with several right answers, compared as a set.
    """

    kind: str
    names: Mapping[str, str]
    many: frozenset[str] = frozenset()
    #: The ending of the file to read, in place of the one that the truth names.
    suffix: str = ""
    #: Whether the truth's dates have the month first.
    month_first: bool = False


DATA_SETS: Mapping[str, DataSet] = {
    "receipts-sroie": DataSet(
        "receipt",
        {
            "company": "merchant_name",
            "address": "merchant_address",
            "date": "date",
            "total": "total",
        },
    ),
    "adbuys": DataSet(
        "ad_buy",
        {
            "contract_num": "contract_number",
            "advertiser": "advertiser",
            "gross_amount": "gross_amount",
            "flight_from": "flight_start",
            "flight_to": "flight_end",
        },
        month_first=True,
    ),
    "einvoices": DataSet(
        "invoice",
        {
            name: name
            for name in (
                "invoice_number",
                "issue_date",
                "due_date",
                "seller_name",
                "seller_address",
                "seller_vat_id",
                "seller_iban",
                "buyer_name",
                "buyer_address",
                "buyer_vat_id",
                "currency",
                "net_total",
                "tax_total",
                "grand_total",
            )
        },
        suffix=".visual.pdf",
    ),
    "ndas": DataSet(
        "nda",
        {
            "party": "parties",
            "effective_date": "effective_date",
            "jurisdiction": "jurisdiction",
            "term": "term",
        },
        many=frozenset({"parties"}),
    ),
    "invoices-1000": DataSet(
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
    "receipts-indo": DataSet(
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


@dataclass(frozen=True)
class Example:
    """One document with its right answers.

    `answers` maps our field names onto the right answers: an empty tuple is known to be absent,
    a field that is missing here is not scored. `rows` are the line items, where they are known.
    """

    name: str
    path: Path | None
    given: Document
    answers: Mapping[str, tuple[str, ...]]
    rows: tuple[Mapping[str, str | None], ...] | None = None


def examples(data: Path, name: str, split: Literal["train", "dev"]) -> Iterator[Example]:
    """The documents of a part of the data set `name` under the folder `data`."""
    folder = data / "fields" / name
    with gzip.open(folder / f"{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _example(json.loads(line), folder, DATA_SETS[name])


def _example(row: Mapping[str, Any], folder: Path, layout: DataSet) -> Example:
    printed = {span["field"] for span in row["spans"]}
    answers = {
        layout.names[field]: tuple(values)
        for field, values in row["fields"].items()
        # A value that is only in an e-invoice's XML and not on the page cannot be read there.
        if field in layout.names and (not values or field in printed or not layout.suffix)
    }
    rows = row.get("line_items") or None
    return Example(
        row["id"],
        _file(row["file"], folder, layout),
        given(row["pages"], row["id"]),
        answers,
        tuple(rows) if rows else None,
    )


def _file(name: str | None, folder: Path, layout: DataSet) -> Path | None:
    if not name:
        return None
    path = folder / name
    return path.with_suffix(layout.suffix) if layout.suffix else path


def given(pages: list[Mapping[str, Any]], name: str) -> Document:
    """A document made of a data set's words, on pages as wide as A4 (595 points)."""
    made = []
    for number, page in enumerate(pages, 1):
        scale = 595 / page["width"]
        words = [
            Word(text, Box(x0 * scale, y0 * scale, max(x0, x1) * scale, max(y0, y1) * scale))
            for text, x0, y0, x1, y1 in page["words"]
            if text.strip()
        ]
        lines = tuple(lines_of(words))
        made.append(Page(number, 595, page["height"] * scale, lines, read_by="given"))
    return Document(name, pages=tuple(made))


def lines_of(words: list[Word]) -> Iterator[Line]:
    """Words in reading order -> lines: a line ends where the next word is not level with it.

    A word is level with a line when its centre lies within the height of the line's last word
    and it stands to the right of it.
    """
    line: list[Word] = []
    for word in words:
        if line and not _follows(line[-1].box, word.box):
            yield tuple(line)
            line = []
        line.append(word)
    if line:
        yield tuple(line)


def _follows(last: Box, box: Box) -> bool:
    slack = 0.5 * max(last.height, box.height)
    level = last.top <= box.y <= last.bottom or box.top <= last.y <= box.bottom
    return level and box.x0 >= last.x1 - slack
