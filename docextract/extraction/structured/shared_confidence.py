"""Divides a source's confidence where it gives one field several values."""

from collections.abc import Sequence
from dataclasses import replace

from docextract.document import Value
from docextract.evidence.comparison import same
from docextract.schema import Schema


def shared(schema: Schema, values: Sequence[Value]) -> list[Value]:
    """The values of one source, each trusted by its part where the source gives a field several."""
    distinct: dict[str, set[object]] = {}
    for value in values:
        distinct.setdefault(value.field, set()).add(same(value.value))
    parts = {path: 1 if schema.field(path).many else len(found) for path, found in distinct.items()}
    return [replace(value, confidence=value.confidence / parts[value.field]) for value in values]
