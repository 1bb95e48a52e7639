"""Rows of a table from two sources: which counts, and what the other one adds to it.

Rules place cells by the heads over them, the model by what words say; either numbers its rows for
itself. One of them gives the table, and its rows take from the other's the columns they lack.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docextract.document import Value
from docextract.stages.case import Case
from docextract.stages.rows import adds_up

#: A row of one source: column's path -> its cells.
_Row = Mapping[str, Sequence[Value]]


def one_source(case: Case, by_rules: Sequence[Value], asked: Sequence[Value]) -> list[Value]:
    """All values but those of tables that lost, where what their rows add is numbered anew.

    The table counts whose column adds up to a sum that is printed with its label. Where both or
    neither does: the rules' if its rows are whole, else the one that has more cells right, by
    what their confidences promise.
    """
    lost: set[tuple[str, bool]] = set()
    added: list[Value] = []
    for name, field in case.schema.fields.items():
        ours, theirs = _of(name, by_rules), _of(name, asked)
        if field.fields and ours and theirs:
            is_ours = _ours_count(case, name, ours, theirs)
            lost.add((name, is_ours))
            added += _lacking(*((ours, theirs) if is_ours else (theirs, ours)))
    kept = [
        value
        for values, are_asked in ((by_rules, False), (asked, True))
        for value in values
        if (value.field.partition(".")[0], are_asked) not in lost
    ]
    return [*kept, *added]


def _of(name: str, values: Sequence[Value]) -> list[Value]:
    return [value for value in values if value.field.startswith(f"{name}.")]


def _ours_count(case: Case, name: str, ours: Sequence[Value], theirs: Sequence[Value]) -> bool:
    sums = [adds_up(case, name, [(one.field, one.value) for one in of]) for of in (ours, theirs)]
    if sums[0] != sums[1]:
        return sums[0]
    if sums[0] and _whole(case, name, ours):
        return True
    return _promised(ours) >= _promised(theirs)


def _whole(case: Case, name: str, cells: Sequence[Value]) -> bool:
    """Whether every row has the columns that all rows have."""
    wanted = {
        f"{name}.{key}" for key, one in case.schema.fields[name].fields.items() if one.required
    }
    return all(wanted <= row.keys() for row in _rows(cells).values())


def _promised(cells: Sequence[Value]) -> float:
    best: dict[tuple[str, int | None], float] = {}
    for cell in cells:
        key = (cell.field, cell.row)
        best[key] = max(cell.confidence, best.get(key, 0.0))
    return sum(best.values())


def _rows(cells: Sequence[Value]) -> dict[int, dict[str, list[Value]]]:
    rows: dict[int, dict[str, list[Value]]] = {}
    for cell in cells:
        rows.setdefault(cell.row or 0, {}).setdefault(cell.field, []).append(cell)
    return rows


def _lacking(kept: Sequence[Value], lost: Sequence[Value]) -> Iterator[Value]:
    """The cells of lost rows in columns that the kept row lacks whose words they share.

    Two rows are the same when they have a cell in common, in one column at the same words; a
    cell whose words are another's of the kept table adds nothing.
    """
    others = _rows(lost)
    taken = {span for cell in kept for span in cell.spans}
    for number, row in _rows(kept).items():
        same = [other for other in others.values() if _meet(row, other)]
        if len(same) != 1:
            continue
        for field, cells in same[0].items():
            if field not in row:
                fresh = [cell for cell in cells if not _over(cell, taken)]
                yield from (replace(cell, row=number) for cell in fresh)


def _meet(row: _Row, other: _Row) -> bool:
    return any(
        {span for cell in row[field] for span in cell.spans}
        & {span for cell in other[field] for span in cell.spans}
        for field in row.keys() & other.keys()
    )


def _over(cell: Value, taken: set[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in cell.spans for start, end in taken)
