"""What a document made to deceive is: its words, how they were read, and a clerk's record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from docextract.document import Document
from docextract.readers import ReadOptions, Source, read
from tests.conftest import page_of
from tests.e_invoices import page as printed

#: Fields that are not judged: addresses have tests of their own, and rows only where a case asks.
ASIDE = frozenset({"seller_address", "buyer_address", "merchant_address", "line_items"})


@dataclass(frozen=True)
class Case:
    """A document, and the record that a careful clerk would write of it.

    `pages` are texts, in which two blanks begin a new column; of "html" the one source. `wanted`
    has every field that the clerk fills, as text: what it does not name is empty. `rows` are the
    amounts of the table, where they are the trap. `fails` says in plain words why rules alone do
    not get it right.
    """

    name: str
    kind: str
    pages: tuple[str, ...]
    wanted: Mapping[str, str]
    rows: tuple[str, ...] | None = None
    via: str = "text-layer"
    fails: str = ""

    def document(self) -> Document:
        """As the reader gives it: words with boxes, of a text layer, an engine or a file."""
        if self.via in ("html", "pdf"):
            lines = self.pages[0].split("\n")
            data = self.pages[0].encode() if self.via == "html" else printed(*lines)
            made = read(Source(f"made.{self.via}", data=data), ReadOptions()).document
            assert made is not None
            return made
        pages = (page_of(*text.split("\n"), number=n) for n, text in enumerate(self.pages, 1))
        return Document("made.pdf", pages=tuple(replace(page, read_by=self.via) for page in pages))


def differing(case: Case, data: Mapping[str, Any]) -> dict[str, tuple[Any, str | None]]:
    """The fields in which a record is not the clerk's: what it has, what the clerk has."""
    judged = data.keys() - ASIDE
    wrong = {
        name: (data[name], case.wanted.get(name))
        for name in sorted(judged)
        if not same(data[name], case.wanted.get(name))
    }
    if case.rows is not None:
        column = "net_amount" if case.kind == "invoice" else "amount"
        found = [row[column] for row in data["line_items"]]
        if not (len(found) == len(case.rows) and all(map(same, found, case.rows))):
            wrong["line_items"] = (found, str(case.rows))
    return wrong


def same(found: Any, wanted: str | None) -> bool:
    """Amounts by value, dates by day, words without their case and marks."""
    if found is None or wanted is None:
        return found is wanted
    if isinstance(found, Decimal):
        return found == Decimal(wanted)
    if isinstance(found, date):
        return found.isoformat() == wanted
    return plain(str(found)) == plain(wanted)


def plain(text: str) -> str:
    """Letters and digits alone."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
