"""Candidates whose truth is known, as the scorer's features: what it is fitted on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docextract.document import Document, Value, readings
from docextract.evidence.origins import source_group
from docextract.resolution.groups import Group, by_field, grouped
from docextract.resolution.record_builder import checked_alone
from docextract.resolution.scoring.features import FieldCandidates, expanded, features
from docextract.resolution.scoring.scorer import rival_fields
from docextract.schema import FieldSchema, FieldType, Schema
from docextract.training.fitting.cases import Case, Solved


@dataclass(frozen=True)
class Choice:
    """The candidates of one field of a document, one of which is right, or none.

    Attributes:
        document: Its name; documents are whole on one side of a split.
        features: Of each candidate, at all levels.
        placed: Whether each points at the right words, whichever way they are read.
        right: Whether each has the right value.
        ambiguous: Whether the words of each can be read in two ways.
        many: Whether the field can have many values.
        is_cell: Whether the candidate is a cell of a table.
    """

    document: str
    features: tuple[Mapping[str, float], ...]
    placed: tuple[bool, ...]
    right: tuple[bool, ...]
    ambiguous: tuple[bool, ...]
    many: bool = False
    is_cell: bool = False


def choices(found: Iterable[Solved], schemas: Mapping[str, Schema]) -> Iterator[Choice]:
    """Every field that is known to be right or wrong. Of fields of many values, and of cells,
    each candidate is a choice of its own.
    """  # noqa: D205
    for one in found:
        schema = schemas[one.case.kind]
        values = checked_alone(schema, one.document.candidates)
        yield from _fields(one.case, one.document, schema, by_field(values))
        for value in values:
            if value.row is not None and one.case.knows(value) and not value.is_stated:
                field = schema.field(value.field)
                candidates = FieldCandidates(field, grouped([value]))
                yield _choice(one.case, Document(""), candidates, value.field, [0])


def _fields(
    case: Case, doc: Document, schema: Schema, found: Mapping[str, list[Value]]
) -> Iterator[Choice]:
    asked = any(
        source_group(value.first.origin) == "model" for own in found.values() for value in own
    )
    rivals = rival_fields(schema)
    for name, own in found.items():
        field = schema.fields[name]
        if name in case.answers and field.type is not FieldType.ROWS:
            others = [value for rival in rivals.get(name, ()) for value in found.get(rival, ())]
            candidates = FieldCandidates(field, grouped(own), others, asked and field.asked)
            numbers = range(len(candidates.groups))
            for part in [[number] for number in numbers] if field.many else [list(numbers)]:
                yield _choice(case, doc, candidates, name, part)


def _choice(
    case: Case, doc: Document, candidates: FieldCandidates, path: str, numbers: Sequence[int]
) -> Choice:
    field = candidates.field
    groups = [candidates.groups[number] for number in numbers]
    right = [_is_right(case, field, group) for group in groups]
    placed = [_is_placed(case, field, group) for group in groups]
    return Choice(
        case.document.name,
        tuple(
            expanded(features(doc, candidates, number), case.kind, path, field)
            for number in numbers
        ),
        tuple(any(pair) for pair in zip(right, placed, strict=True)),
        tuple(right),
        tuple(is_ambiguous(field, group) for group in groups),
        field.many,
        "." in path,
    )


def _is_right(case: Case, field: FieldSchema, group: Group) -> bool:
    return any(case.has(field, value) for value in group.members)


def _is_placed(case: Case, field: FieldSchema, group: Group) -> bool:
    return any(case.has(field, other) for value in group.members for other in readings(value))


def is_ambiguous(field: FieldSchema, group: Group) -> bool:
    """Whether a group is a date that can be read in two ways."""
    return field.type is FieldType.DATE and all(readings(one) for one in group.members)
