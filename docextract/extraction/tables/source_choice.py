"""Chooses whose rows a table has: the rules' or the model's.

Rules place cells by the heads over them, the model by what words say; either numbers its rows for
itself, so that their cells cannot be mixed.
"""

from collections.abc import Sequence

from docextract.document import Typed, Value
from docextract.extraction.context import Case
from docextract.extraction.tables.line_items import adds_up, whole


def one_source(case: Case, by_rules: Sequence[Value], asked: Sequence[Value]) -> list[Value]:
    """All values but those of tables that lost: a table is the rules' or the model's as a whole.

    The table counts whose column adds up to a sum that is printed with its label. Where both or
    neither does: the rules' if its rows are whole and, where the sum does not speak for them, the
    checks of each row hold; else the one that has more cells right, by what their confidences
    promise.
    """
    lost: set[tuple[str, bool]] = set()
    for name, field in case.schema.fields.items():
        ours, theirs = _of(name, by_rules), _of(name, asked)
        if field.fields and ours and theirs:
            lost.add((name, _ours_count(case, name, ours, theirs)))
    return [
        value
        for values, are_asked in ((by_rules, False), (asked, True))
        for value in values
        if (value.field.partition(".")[0], are_asked) not in lost
    ]


def _of(name: str, values: Sequence[Value]) -> list[Value]:
    return [value for value in values if value.field.startswith(f"{name}.")]


def _ours_count(case: Case, name: str, ours: Sequence[Value], theirs: Sequence[Value]) -> bool:
    sums = [adds_up(case, name, [(one.field, one.value) for one in of]) for of in (ours, theirs)]
    if sums[0] != sums[1]:
        return sums[0]
    is_whole = whole(case.schema.fields[name], [(cell.row, cell.field) for cell in ours])
    if is_whole and (sums[0] or _checked(case, name, ours)):
        return True
    return _promised(ours) >= _promised(theirs)


def _checked(case: Case, name: str, cells: Sequence[Value]) -> bool:
    """Whether checks of single rows hold in every row in which they say anything."""
    rows = _rows(cells)
    told = [
        holds
        for check in case.schema.checks
        if check.each == name
        for row in rows
        if (holds := check.expression.holds(row, tolerance=check.tolerance)) is not None
    ]
    return bool(told) and all(told)


def _rows(cells: Sequence[Value]) -> list[dict[str, Typed]]:
    """Column -> value for each row, the surest of several."""
    rows: dict[int | None, dict[str, Typed]] = {}
    for cell in sorted(cells, key=lambda one: one.confidence):
        rows.setdefault(cell.row, {})[cell.field.partition(".")[2]] = cell.value
    return list(rows.values())


def _promised(cells: Sequence[Value]) -> float:
    best: dict[tuple[str, int | None], float] = {}
    for cell in cells:
        key = (cell.field, cell.row)
        best[key] = max(cell.confidence, best.get(key, 0.0))
    return sum(best.values())
