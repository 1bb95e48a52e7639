"""Rows of line items from the tables that the reader found: cells by the names in the head."""

from collections.abc import Iterator, Mapping, Sequence

from docextract.document import Box, Page, Placed, Table
from docextract.schema import FieldSchema
from docextract.stages.anchors import fold
from docextract.stages.case import Case
from docextract.stages.columns import tells

#: Column name -> the words of its cell.
Cells = dict[str, list[Placed]]

#: A head that goes on behind a label ("Amount EUR") counts from so many letters of the label on.
SHORTEST = 3


def grid_rows(case: Case, name: str, rows: FieldSchema) -> Iterator[Cells]:
    """The rows of every table whose head names columns of the field, over all pages.

    A table without a head goes on with the columns of the one before, if it has as many.
    """
    names: Mapping[int, str] = {}
    width = 0
    for page in case.sheet.doc.pages:
        for table in page.tables:
            lines = _filled(case, page, table)
            heads = [at for at, line in enumerate(lines) if _named(rows, line)]
            if not heads and width != len(table.rows[0]):
                continue
            if heads:
                names, width = _named(rows, lines[heads[0]]), len(table.rows[0])
            yield from (
                {names[at]: words for at, words in line.items() if at in names}
                for line in lines[heads[0] if heads else 0 :]
                if not _named(rows, line)
            )


def _filled(case: Case, page: Page, table: Table) -> list[dict[int, list[Placed]]]:
    """For each row of a table, column number -> the words whose centre lies in the cell."""
    inside = [
        placed
        for segment in case.sheet.between(page.number, table.box.top, table.box.bottom)
        for placed in segment.words
    ]
    return [
        {at: words for at, cell in enumerate(row) if cell and (words := _within(inside, cell))}
        for row in table.rows
    ]


def _within(words: Sequence[Placed], cell: Box) -> list[Placed]:
    found = [placed for placed in words if cell.contains(placed.word.box.x, placed.word.box.y)]
    return sorted(found, key=lambda placed: placed.start)


def _named(rows: FieldSchema, line: Mapping[int, Sequence[Placed]]) -> dict[int, str]:
    """Column number -> name, when a line is a head; each name once, better labels first."""
    offers = sorted(
        (rank, at, name)
        for at, words in line.items()
        for name, column in rows.fields.items()
        if (rank := _rank(column, fold("".join(one.word.text for one in words)))) is not None
    )
    names: dict[int, str] = {}
    for _, at, name in offers:
        if at not in names and name not in names.values():
            names[at] = name
    return names if tells(rows, names.values()) else {}


def _rank(column: FieldSchema, head: str) -> int | None:
    """The place of a head in the list of a column's labels; behind all where it says more."""
    labels = [fold(label) for label in column.anchors]
    if head in labels:
        return labels.index(head)
    begun = [at for at, label in enumerate(labels) if len(label) >= SHORTEST]
    longer = [at for at in begun if head.startswith(labels[at])]
    return len(labels) + longer[0] if longer else None
