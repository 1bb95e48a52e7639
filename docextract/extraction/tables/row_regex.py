"""Line items by the schema's regular expressions, as on receipts without headers."""

from collections.abc import Iterator, Mapping

from docextract.document import Stretch
from docextract.extraction.context import Case
from docextract.extraction.tables.total_lines import left_out, totals
from docextract.schema import FieldSchema, FieldType

#: Column name -> where its cell is.
Groups = dict[str, Stretch]


def pattern_rows(case: Case, name: str, rows: FieldSchema) -> list[Groups]:
    """Rows by pattern above the first total: one line each, and the lines that belong to them.

    A line that matches nothing is the description of the row below it, if that has none. A line
    of columns that a row still lacks ("2 x 3.50") belongs to the row above or below it.
    """
    text = next((c for c, f in rows.fields.items() if f.type is FieldType.TEXT), "")
    made: list[Groups] = []
    parts: Groups = {}
    before: Stretch | None = None
    lines = list(_lines(case, rows))
    for at, (line, groups) in enumerate(lines):
        if groups is None:
            before = line
            continue
        below = lines[at + 1][1] if at + 1 < len(lines) else None
        above = made[-1] if made and at and lines[at - 1][1] is not None else None
        if text not in groups and not before and _joins_above(case, name, groups, above, below):
            made[-1] |= groups
            continue
        if text not in groups and below and text in below and not groups.keys() & below.keys():
            parts = groups
            continue
        lead = {text: before} if text and text not in groups and before else {}
        made.append({**lead, **parts, **groups})
        parts, before = {}, None
    return made


def _joins_above(
    case: Case, name: str, part: Groups, above: Groups | None, below: Groups | None
) -> bool:
    """Whether a part of a row completes the one above it rather than the one below.

    The schema's checks of rows tell where they can; else it is the one above.
    """
    if above is None or above.keys() & part.keys():
        return False
    if below is None or below.keys() & part.keys():
        return True
    return _holds(case, name, {**above, **part}) or not _holds(case, name, {**part, **below})


def _holds(case: Case, name: str, row: Mapping[str, Stretch]) -> bool:
    fields = case.schema.fields[name].fields
    typed = {column: case.type(fields[column], case.words(at)) for column, at in row.items()}
    outcomes = [
        check.expression.holds(typed, tolerance=check.tolerance)
        for check in case.schema.checks
        if check.each == name
    ]
    return True in outcomes and False not in outcomes


def _lines(case: Case, rows: FieldSchema) -> Iterator[tuple[Stretch, Groups | None]]:
    """Every line above the first total, with what the first pattern that matches it finds."""
    for page in case.sheet.doc.pages:
        for level in case.sheet.rows(page.number):
            if totals(case, level):
                return
            line = (level[0].start, level[-1].end)
            yield line, None if left_out(case, rows, level) else _matched(case, rows, line)


def _matched(case: Case, rows: FieldSchema, line: Stretch) -> Groups | None:
    start, end = line
    if start >= end:  # a level whose reading order is not from left to right
        return None
    for pattern in rows.patterns:
        groups = case.patterns.full_match(pattern, case.sheet.text[start:end])
        if groups:
            return {
                column: (start + a, start + b)
                for column, (a, b) in groups.items()
                if column in rows.fields
            }
    return None
