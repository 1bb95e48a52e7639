"""A document and its record -> an example: which words print which value."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docextract.document import Document
from docextract.encoding.encoder_input import document_passage
from docextract.layout.labels import LabelLexicon, fold_label
from docextract.schema import FieldSchema, Schema
from docextract.training.data.aligning.page import Place, Sought
from docextract.training.data.aligning.rows import Row, find
from docextract.training.data.aligning.values import BY_VALUE, fitting, places
from docextract.training.data.examples import Example, Mark

#: Repeats of a name with fewer letters may be anything.
_LEAST_LETTERS = 6


class Unaligned(NamedTuple):
    """A value that was not found in its document.

    `best_ratio` (0 to 1) is how like it the likest words are. 1: it is printed too often, and
    nowhere at a label of its field.
    """

    name: str
    field: str
    value: str
    best_ratio: float


class Aligned(NamedTuple):
    """An example, and what of its record was not found in it."""

    example: Example
    unaligned: tuple[Unaligned, ...]


def from_document(  # noqa: PLR0913 - all but the first three have defaults
    document: Document,
    answers: Mapping[str, Sequence[str]],
    schema: Schema,
    *,
    rows: Mapping[str, Sequence[Row]] | None = None,
    source: str = "own",
    group: str = "",
    language: str = "en",
    month_first: bool = False,
) -> Aligned:
    """The document as an example for training.

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
    sought = Sought(document, LabelLexicon(schema))
    marks: list[Mark] = []
    asked: set[str] = set()
    missed: list[Unaligned] = []
    for path, values in answers.items():
        field, label = schema.fields[path], f"{schema.name}.{path}"
        found = {value: _find(sought, path, field, value, month_first) for value in values}
        missed += [
            Unaligned(document.name, path, value, _best(sought, field, value, month_first))
            for value, there in found.items()
            if not there
        ]
        if all(found.values()):
            asked.add(label)
            marks += [
                Mark(label, *run)
                for there in found.values()
                for place in there
                for run in place.runs
            ]
    for path, table in (rows or {}).items():
        label = f"{schema.name}.{path}"
        told = find(sought, label, schema.fields[path], table, month_first=month_first)
        marks += told.marks
        asked |= told.asked
        missed += [
            Unaligned(document.name, f"{path}.{name}".rstrip("."), value, 0.0)
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
    return Aligned(example, tuple(missed))


def _find(
    sought: Sought, path: str, field: FieldSchema, value: str, month_first: bool
) -> list[Place]:
    found = places(sought, field, value, month_first=month_first)
    if field.type in BY_VALUE or len(found) < 2:
        return fitting(sought, path, field.type, found) if len(found) > 1 else found
    if field.many or len(fold_label(value)) >= _LEAST_LETTERS:
        return found
    return fitting(sought, path, field.type, found) or found[:1]


def _best(sought: Sought, field: FieldSchema, value: str, month_first: bool) -> float:
    if field.type in BY_VALUE:
        return 1.0 if places(sought, field, value, month_first=month_first) else 0.0
    near = sought.likest(value)
    return near.ratio if near else 0.0
