"""Drops candidates of fields that a document has one value of or none, where several differ.

A bill with two tax rates has no rate of its own, and taking either of them for it would make the
checks fail of a bill that is right. So where what was found differs, nothing was.
"""

from collections.abc import Iterable, Iterator

from docextract.document import Value
from docextract.evidence.comparison import same
from docextract.schema import Schema


def without_several(schema: Schema, values: Iterable[Value]) -> Iterator[Value]:
    """The values but for those of fields that the schema wants only one of, and that have more.

    The values of a column of the same name count with them. What the file states stays: it is
    certain, whatever else is on the page.
    """
    found = list(values)
    told: dict[str, set[object]] = {}
    for value in found:
        told.setdefault(_name(value), set()).add(same(value.value))
    for value in found:
        is_sole = value.row is None and schema.field(value.field).pick == "only"
        if value.is_stated or not is_sole or len(told[value.field]) == 1:
            yield value


def _name(value: Value) -> str:
    """The name of a field, or of a column without its table."""
    return value.field.rpartition(".")[2]
