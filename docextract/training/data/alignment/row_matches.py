"""Aligns the rows of a table with the words of a document.

A row is first placed on a line, the one where most of its values are; then its numbers are told
apart by the columns that they share with the numbers of other rows and with printed heads, for
a quantity of 1 and a position of 1 are the same words.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from docextract.layout.labels import fold_label
from docextract.schema import FieldSchema, FieldType
from docextract.training.data.alignment.column_assignment import CellMatch, assign_columns
from docextract.training.data.alignment.search import Match, SearchableDocument, SearchRegion
from docextract.training.data.alignment.value_matches import BY_VALUE, LIKE_ADDRESS, find_value
from docextract.training.data.examples import Mark

Row = Mapping[str, str | None]
#: Runs [start, end) of word numbers.
Runs = tuple[tuple[int, int], ...]
#: A value stands at most so many lines from the line of its row, and a text goes on for so many.
_NEAR, _DEPTH = 1, 8
#: A row is on a line where at least so many of its values are (a near line counts half).
_LEAST = 1.0


class AlignedRows(NamedTuple):
    """Labelled spans of rows and cells, the labels that are fully annotated, missed values."""

    marks: tuple[Mark, ...] = ()
    asked: frozenset[str] = frozenset()
    missed: tuple[tuple[str, str], ...] = ()


class _Found(NamedTuple):
    """A row on its line, with the places of its values by column."""

    line: int
    cells: Mapping[str, Match]


def align_rows(
    sought: SearchableDocument,
    label: str,
    field: FieldSchema,
    rows: Sequence[Row],
    *,
    month_first: bool,
    known: Sequence[Mapping[str, Runs]] = (),
) -> AlignedRows:
    """Align rows in the order given; either all of them are found or none.

    Args:
        sought: The document.
        label: Of the rows, "invoice.line_items".
        field: Their schema.
        rows: Column -> value; None where it is not known.
        month_first: Whether the true dates have the month first.
        known: Of each row, column -> the words that print its value, where that is known; these
            are not searched for.

    Returns:
        A mark for each row, from its first word to its last, and for each value. A column is
        asked for when all its values were found; `missed` has (column, value) of those that
        were not.
    """
    given = [_matches(of) for of in known] or [{} for _ in rows]
    cells = [
        {**_cells(sought, field, row, month_first), **{name: [of[name]] for name in of}}
        for row, of in zip(rows, given, strict=True)
    ]
    lines = _lines(sought, field, rows, cells)
    if not rows or lines is None:
        missed = tuple(("", " ".join(filter(None, row.values()))) for row in rows)
        return AlignedRows((), frozenset() if rows else frozenset({label}), missed)
    placed = _placed(sought, field, rows, cells, lines, given)
    found = [_Found(line, row) for line, row in zip(lines, placed, strict=True)]
    return _marked(sought, label, rows, found, _main(field, rows))


def _matches(known: Mapping[str, Runs]) -> Mapping[str, Match]:
    return {name: Match(runs, 1.0) for name, runs in known.items()}


def _cells(
    sought: SearchableDocument, field: FieldSchema, row: Row, month_first: bool
) -> Mapping[str, list[Match]]:
    """Every place of every value that is compared by what it means."""
    return {
        name: find_value(sought, column, row[name] or "", month_first=month_first)
        for name, column in field.fields.items()
        if row.get(name) and (column.type in BY_VALUE or column.type is FieldType.CODE)
    }


def _lines(
    sought: SearchableDocument,
    field: FieldSchema,
    rows: Sequence[Row],
    cells: Sequence[Mapping[str, list[Match]]],
) -> list[int] | None:
    """The line of each row, ascending, so that as many values as possible are near their line."""
    main = _main(field, rows)
    texts = _texts(sought)
    best: dict[int, tuple[float, list[int]]] = {-1: (0.0, [])}
    for row, of in zip(rows, cells, strict=True):
        scores = _scores(sought, row.get(main) or "", of, texts)
        step: dict[int, tuple[float, list[int]]] = {}
        for line, score in scores.items():
            before = [told for last, told in best.items() if last < line]
            if before:
                total, path = max(before, key=lambda told: told[0])
                step[line] = (total + score, [*path, line])
        best = step
    return max(best.values(), key=lambda told: told[0])[1] if best else None


def _scores(
    sought: SearchableDocument,
    text: str,
    cells: Mapping[str, list[Match]],
    texts: Mapping[int, str],
) -> Mapping[int, float]:
    """Line -> how many of a row's values are on it or near it."""
    score: dict[int, float] = {}
    for found in cells.values():
        on = {sought.lines[place.start] for place in found}
        near = {line + by for line in on for by in range(-_NEAR, _NEAR + 1)} & texts.keys()
        for line in near:
            score[line] = score.get(line, 0.0) + (1.0 if line in on else 0.5)
    wanted = fold_label(text)
    if wanted:
        for line in score:
            score[line] += 2 * fuzz.partial_ratio(wanted, texts[line]) / 100
    return {line: total for line, total in score.items() if total >= _LEAST}


def _texts(sought: SearchableDocument) -> Mapping[int, str]:
    """Line -> its folded letters."""
    made: dict[int, list[str]] = {}
    for line, text in zip(sought.lines, sought.texts, strict=True):
        made.setdefault(line, []).append(fold_label(text))
    return {line: "".join(parts) for line, parts in made.items()}


def _main(field: FieldSchema, rows: Sequence[Row]) -> str:
    """The column with the most text: what a row is about. "" without a column of text."""
    able = [
        name
        for name, column in field.fields.items()
        if column.type in (FieldType.TEXT, FieldType.NAME)
    ]
    return max(able, key=lambda name: sum(len(row.get(name) or "") for row in rows), default="")


def _placed(
    sought: SearchableDocument,
    field: FieldSchema,
    rows: Sequence[Row],
    cells: Sequence[Mapping[str, list[Match]]],
    lines: Sequence[int],
    given: Sequence[Mapping[str, Match]],
) -> Iterator[Mapping[str, Match]]:
    """The one match of each value: the given one, else the likeliest column's, else by text."""
    near = [
        CellMatch(number, name, place, abs(sought.lines[place.start] - line))
        for number, (row, line) in enumerate(zip(cells, lines, strict=True))
        for name, found in row.items()
        for place in found
        if abs(sought.lines[place.start] - line) <= _NEAR
        and sought.lines[place.start] not in {*lines[:number], *lines[number + 1 :]}
        and name not in given[number]
        and not any(_words(place) & _words(other) for other in given[number].values())
    ]
    chosen = assign_columns(sought, near, list(field.fields), len(rows))
    ends = [*lines[1:], lines[-1] + _DEPTH]
    for number, (row, line, end) in enumerate(zip(rows, lines, ends, strict=True)):
        made = {**chosen.get(number, {}), **given[number]}
        taken = frozenset(word for place in made.values() for word in _words(place))
        for name in field.fields:
            value = row.get(name)
            if value and name not in cells[number]:
                kept = _text(sought, value, range(line, min(end, line + _DEPTH)), taken)
                made |= {name: kept} if kept else {}
        yield made


def _words(place: Match) -> frozenset[int]:
    return frozenset(word for run in place.runs for word in range(*run))


def _text(
    sought: SearchableDocument, value: str, lines: range, taken: frozenset[int]
) -> Match | None:
    """The words of a row that are most like a text, none of them taken by a number."""
    near = range(lines.start - _NEAR, lines.stop)
    found = [sought.best_match(value, SearchRegion(part, taken)) for part in (lines, near)]
    best = max(filter(None, found), key=lambda one: one.ratio, default=None)
    if best and best.ratio < 1:
        # The longest run shows the column: the others may be words of the columns between.
        longest = max(best.runs, key=lambda run: sum(map(len, sought.texts[slice(*run)])))
        under = sought.best_match(value, SearchRegion(near, taken, Match((longest,), best.ratio)))
        best = max((best, under), key=lambda one: one.ratio) if under else best
    return best if best and best.ratio >= LIKE_ADDRESS else None


def _marked(
    sought: SearchableDocument, label: str, rows: Sequence[Row], found: Sequence[_Found], main: str
) -> AlignedRows:
    missed = tuple(
        (name, value)
        for row, one in zip(rows, found, strict=True)
        for name, value in row.items()
        if value and name not in one.cells
    )
    bounds = [
        (min(place.start for place in one.cells.values()), max(p.end for p in one.cells.values()))
        if one.cells and (not row.get(main) or main in one.cells)
        else None
        for row, one in zip(rows, found, strict=True)
    ]
    whole = [bound for bound in bounds if bound]
    apart = all(a[1] <= b[0] for a, b in pairwise(whole))
    if len(whole) < len(rows) or not apart:
        return AlignedRows(missed=missed or (("", "rows that run into each other"),))
    lost = {name for name, _ in missed} | {name for row in rows for name in row if not row[name]}
    kept = {name for row in rows for name in row} - lost
    marks = [Mark(label, *bound) for bound in whole]
    marks += [
        Mark(f"{label}.{name}", *run)
        for one in found
        for name, place in one.cells.items()
        if name in kept
        for run in place.runs
    ]
    return AlignedRows(tuple(marks), frozenset({label} | {f"{label}.{n}" for n in kept}), missed)
