"""Groups against leakage between e-invoice sets: one invoice, or one template, is one group.

The same sample invoices are in several sets, as other files, in other profiles and drawn in other
layouts. Examples whose invoice or template is known from another one must be on the same side of
a split, whichever set they are of.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from docextract.training.data.corpora import CORPORA, Split, load, read_json_lines
from docextract.training.data.examples import Example

#: Sets of electronic invoices: read from PDFs with their data, or drawn from the data alone.
E_INVOICE_SETS = ("einvoices", "einvoices-more", "invoices-rendered")


def load_linked(data: Path, split: Split, names: Sequence[str] = E_INVOICE_SETS) -> list[Example]:
    """Load the examples of several sets with groups that are linked over all of them.

    Raises ConfigError and InputError as `load` does.
    """
    examples = load(data, names, split)
    documents = [
        document for name in names for document in read_json_lines(CORPORA[name].file(data, split))
    ]
    groups = dict(zip((str(one["id"]) for one in documents), linked_groups(documents), strict=True))
    return [replace(example, group=groups[example.name]) for example in examples]


def linked_groups(documents: Sequence[Mapping[str, Any]]) -> list[str]:
    """The group of each document: those with an invoice or a template in common, and theirs.

    An invoice is told by its number and its grand total. A group is named by the first, in the
    alphabet, of its documents' ids, so that it does not depend on their order.
    """
    parents: dict[Hashable, Hashable] = {}

    def root(key: Hashable) -> Hashable:
        while parents.setdefault(key, key) != key:
            parents[key] = parents[parents[key]]
            key = parents[key]
        return key

    for document in documents:
        for key in _keys(document):
            parents[root(key)] = root(("document", document["id"]))
    names: dict[Hashable, str] = {}
    roots = [root(("document", document["id"])) for document in documents]
    for document, group in sorted(
        zip(documents, roots, strict=True), key=lambda one: str(one[0]["id"])
    ):
        names.setdefault(group, str(document["id"]))
    return [names[group] for group in roots]


def _keys(document: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """What a document shares with others of its group."""
    numbers, totals = (document["fields"].get(name) for name in ("invoice_number", "grand_total"))
    if numbers and totals:
        number = "".join(sign for sign in numbers[0].casefold() if sign.isalnum())
        yield "invoice", number, _amount(totals[0])
    if template := document.get("template"):
        yield "template", str(template)


def _amount(text: str) -> str:
    """The same for 120.0 and 120.00."""
    try:
        return str(Decimal(text).normalize())
    except InvalidOperation:
        return text
