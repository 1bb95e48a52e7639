"""Aligns a document with its record: labelled spans for the values found among its words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docextract.document import Document
from docextract.encoding.encoder_input import document_passage
from docextract.layout.labels import LabelLexicon, fold_label
from docextract.schema import FieldSchema, Schema
from docextract.training.data.alignment.row_matches import Row, align_rows
from docextract.training.data.alignment.search import Match, SearchableDocument
from docextract.training.data.alignment.value_matches import BY_VALUE, find_value, matches_of_field
from docextract.training.data.examples import Example, Mark

#: Repeats of a name with fewer letters may be anything.
_LEAST_LETTERS = 6


class UnalignedValue(NamedTuple):
    """A ground truth value that was not found in its document.

    `best_ratio` (0 to 1) is how like it the likest words are. 1: it is printed too often, and
    nowhere at a label of its field.
    """

    name: str
    field: str
    value: str
    best_ratio: float


class AlignedExample(NamedTuple):
    """A training example, and the values of its record that were not found in it."""

    example: Example
    unaligned: tuple[UnalignedValue, ...]


def align_document(  # noqa: PLR0913 - all but the first three have defaults
    document: Document,
    answers: Mapping[str, Sequence[str]],
    schema: Schema,
    *,
    rows: Mapping[str, Sequence[Row]] | None = None,
    source: str = "own",
    group: str = "",
    language: str = "en",
    month_first: bool = False,
) -> AlignedExample:
    """Align the document with its true values, for a training example.

    Args:
        document: Read, by OCR or not.
        answers: Field -> true values; an empty one is known to be absent. A field that is missing
            here, or whose values are not all found, is not asked for in training.
        schema: Of the document's kind.
        rows: Field of rows -> its rows, column -> value; None where a value is not known. No
            rows: known to have none.
        source: The data set.
        group: What must not be on both sides of a split; by default the document.
        language: ISO 639-1.
        month_first: Whether the true dates have the month first.

    Raises:
        KeyError: an answer's field is not one of the schema, or is one of rows.
    """
    sought = SearchableDocument(document, LabelLexicon(schema))
    marks: list[Mark] = []
    asked: set[str] = set()
    missed: list[UnalignedValue] = []
    for path, values in answers.items():
        found, lost = _align_field(sought, path, schema.fields[path], values, month_first)
        missed += lost
        if not lost:
            label = f"{schema.name}.{path}"
            asked.add(label)
            marks += [Mark(label, *run) for place in found for run in place.runs]
    for path, table in (rows or {}).items():
        label = f"{schema.name}.{path}"
        told = align_rows(sought, label, schema.fields[path], table, month_first=month_first)
        marks += told.marks
        asked |= told.asked
        missed += [
            UnalignedValue(document.name, f"{path}.{name}".rstrip("."), value, 0.0)
            for name, value in told.missed
        ]
    example = Example(
        name=document.name,
        source=source,
        group=group or document.name,
        passage=document_passage(document),
        marks=tuple(sorted(dict.fromkeys(marks), key=lambda mark: (mark.start, mark.end))),
        asked=frozenset(asked),
        kind=schema.name,
        language=language,
    )
    return AlignedExample(example, tuple(missed))


def _align_field(
    sought: SearchableDocument,
    path: str,
    field: FieldSchema,
    values: Sequence[str],
    month_first: bool,
) -> tuple[list[Match], list[UnalignedValue]]:
    """The matches of a field's values, and the values without one."""
    found = {value: _find(sought, path, field, value, month_first) for value in values}
    name = sought.document.name
    lost = [
        UnalignedValue(name, path, value, _best(sought, field, value, month_first))
        for value, there in found.items()
        if not there
    ]
    return [place for there in found.values() for place in there], lost


def _find(
    sought: SearchableDocument, path: str, field: FieldSchema, value: str, month_first: bool
) -> list[Match]:
    found = find_value(sought, field, value, month_first=month_first)
    if field.type in BY_VALUE or len(found) < 2:
        return matches_of_field(sought, path, field.type, found) if len(found) > 1 else found
    if field.many or len(fold_label(value)) >= _LEAST_LETTERS:
        return found
    return matches_of_field(sought, path, field.type, found) or found[:1]


def _best(sought: SearchableDocument, field: FieldSchema, value: str, month_first: bool) -> float:
    if field.type in BY_VALUE:
        return 1.0 if find_value(sought, field, value, month_first=month_first) else 0.0
    near = sought.best_match(value)
    return near.ratio if near else 0.0
