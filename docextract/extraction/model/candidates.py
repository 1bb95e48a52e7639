"""Candidates of the trained model: each field is asked for by its label sentence."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from docextract.document import Evidence, Origin, Value
from docextract.encoding.label_sentences import field_label_sentence
from docextract.encoding.score_calibration import ScoreCalibrator
from docextract.extraction.context import Case
from docextract.extraction.model.span_merging import joined
from docextract.extraction.model.typed_decoding import WORDED, Answer, answers
from docextract.schema import FieldSchema, FieldType

if TYPE_CHECKING:
    from docextract.models.bi_encoder.decoding import SpanCandidate
    from docextract.models.bi_encoder.encoded_passage import EncodedPassage

#: Below this score a span is not even a candidate. It leaves room for checks to choose.
LEAST = 0.1
#: Below this score a span is no row of a table.
LEAST_ROW = 0.3
#: Candidates of a field that has one value; of one that has many, and of a column.
MOST, MOST_MANY = 5, 1000


@dataclass(frozen=True)
class Model:
    """Who is asked: the origin of its values, and what its scores are worth."""

    origin: Origin
    calibration: ScoreCalibrator


def by_model(case: Case, reading: "EncodedPassage", model: Model) -> Iterator[Value]:
    """The model's values for the fields of the case's schema that it is asked for, rows and all."""
    paths = [path for path, field in case.schema.walk() if field.asked]
    found = _by_path(reading, [field_label_sentence(case.schema, path) for path in paths], paths)
    for name, field in case.schema.fields.items():
        if field.type is FieldType.ROWS:
            for row, path, answer in _cells(case, name, field, found):
                yield _value(case, path, answer, model, row)
        else:
            most = MOST_MANY if field.many else MOST
            made = answers(case, field, found.get(name, ()), most=most)
            if field.type in WORDED and not field.many:
                made = joined(case, field, made)
            for answer in made:
                yield _value(case, name, answer, model)


def _by_path(
    reading: "EncodedPassage", sentences: Sequence[str], paths: Sequence[str]
) -> dict[str, list["SpanCandidate"]]:
    found: dict[str, list[SpanCandidate]] = {path: [] for path in paths}
    for candidate in reading.spans(sentences, least=LEAST):
        found[paths[candidate.label]].append(candidate)
    return found


def _cells(
    case: Case, name: str, rows: FieldSchema, found: Mapping[str, Sequence["SpanCandidate"]]
) -> Iterator[tuple[int, str, Answer]]:
    """(row, path, value) of a table: a cell belongs to the row that has most of its words."""
    from docextract.models.bi_encoder.decoding import suppress_overlaps

    sure = [one for one in found.get(name, ()) if one.score >= LEAST_ROW]
    spans = sorted((one.first, one.last) for one in suppress_overlaps(sure))
    cells: dict[int, dict[str, list[Answer]]] = {}
    for column, field in rows.fields.items():
        path = f"{name}.{column}"
        for answer in answers(case, field, found.get(path, ()), most=MOST_MANY):
            row = _row_of(answer, spans)
            if row is not None:
                cells.setdefault(row, {}).setdefault(path, []).append(answer)
    for number, row in enumerate(sorted(cells)):
        for path, group in cells[row].items():
            field = case.schema.field(path)
            made = joined(case, field, group) if field.type in WORDED else group
            yield number, path, made[0]


def _row_of(answer: Answer, rows: Sequence[tuple[int, int]]) -> int | None:
    """The number of the row, of which none overlap, that shares most words with the answer."""
    at = max(0, bisect_right(rows, (answer.first, answer.first)) - 1)
    near = takewhile(lambda n: rows[n][0] < answer.last, range(at, len(rows)))
    shared = {n: min(answer.last, rows[n][1]) - max(answer.first, rows[n][0]) for n in near}
    best = max(shared, key=lambda n: shared[n], default=None)
    return best if best is not None and shared[best] > 0 else None


def _value(case: Case, path: str, answer: Answer, model: Model, row: int | None = None) -> Value:
    raw = "\n".join(case.sheet.text[start:end] for start, end in answer.spans)
    confidence = model.calibration(answer.score, case.schema.field(path).type)
    said = Evidence(model.origin, answer.value, raw, answer.spans, score=answer.score)
    return Value.found(path, said, confidence, row=row)
