"""Counts how often each rule is right: the table behind the confidence of rules' candidates.

Counted on the training parts of the labelled sets with their own words, kind given, and on
synthetic documents, which have kinds and fields that no set has. A candidate counts once a
document, field and value; a date counts as right where its words are the right ones, whichever
way they are read.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from docextract.document import Value, readings
from docextract.extraction.rule_precision import Counts, rule_key
from docextract.schema import Schema
from docextract.training.fitting.cases import Solved


def counted(solved: Iterable[Solved], schemas: Mapping[str, Schema]) -> Counts:
    """Rule -> type of field -> (right, all), of documents whose candidates are rules' alone."""
    found: defaultdict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for one in solved:
        schema = schemas[one.case.kind]
        for value in _once(one.document.candidates):
            if one.case.knows(value):
                field = schema.field(value.field)
                right = any(one.case.has(field, each) for each in (value, *readings(value)))
                found[rule_key(value.first.origin), field.type.value][right] += 1
    made: dict[str, dict[str, tuple[int, int]]] = {}
    for (rule, kind), count in sorted(found.items()):
        made.setdefault(rule, {})[kind] = (count[True], count.total())
    return made


def _once(values: Iterable[Value]) -> list[Value]:
    """A rule that says one thing several times says it once, but for the cells of rows."""
    known = {
        (value.field, value.row, rule_key(value.first.origin), value.value): value
        for value in values
        if value.first.origin.source == "rule"
    }
    return list(known.values())
