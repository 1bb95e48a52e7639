"""The values in the evidence of a record, which has the shape of its schema."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from docextract.document import Value


def leaves(evidence: Any) -> Iterator[Value]:
    """Every value of an evidence tree."""
    if isinstance(evidence, Value):
        yield evidence
    parts = evidence.values() if isinstance(evidence, Mapping) else evidence
    for part in parts if isinstance(evidence, Mapping | list) else ():
        yield from leaves(part)


def changed(evidence: Any, change: Callable[[Value], Value]) -> Any:
    """The same tree with every value changed."""
    if isinstance(evidence, Value):
        return change(evidence)
    if isinstance(evidence, Mapping):
        return {name: changed(part, change) for name, part in evidence.items()}
    return [changed(part, change) for part in evidence] if isinstance(evidence, list) else evidence


def values_of(evidence: Any) -> Any:
    """The typed values of an evidence tree, in its shape."""
    if isinstance(evidence, list):
        return [values_of(part) for part in evidence]
    if isinstance(evidence, Mapping):
        return {name: values_of(part) for name, part in evidence.items()}
    return evidence.value if isinstance(evidence, Value) else None
