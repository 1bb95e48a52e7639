"""CSV that a spreadsheet opens without running anything in it."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from docextract.export.columns import Cell, Column, clean, printed
from docextract.export.files import atomic
from docextract.export.record_reading import Written
from docextract.export.rows import Add, ExportOptions, ExportRow, Target
from docextract.export.tables import ERROR_COLUMNS, Layout, Write, error_cells

#: What makes spreadsheets take a cell for a formula, with its full-width forms
#: (owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@contextmanager
def tables(target: Target) -> Iterator[Add]:
    """records.csv and line_items.csv."""
    options = target.options
    layout = Layout(target.used, options.confidences, options.review)
    with (
        _table(target.out / "records.csv", layout.record_columns, options) as record_row,
        _table(target.out / "line_items.csv", layout.line_columns, options) as line_row,
    ):
        yield layout.adder(record_row, line_row)


@contextmanager
def errors(target: Target) -> Iterator[Add]:
    """errors.csv: a row for each thing that went wrong in reading a document."""
    with _table(target.out / "errors.csv", ERROR_COLUMNS, target.options) as error_row:

        def add(row: ExportRow, _: Written | None) -> None:
            for cells in error_cells(row):
                error_row(cells)

        yield add


@contextmanager
def _table(path: Path, columns: Sequence[Column], options: ExportOptions) -> Iterator[Write]:
    encoding = "utf-8-sig" if options.csv_excel else "utf-8"
    with atomic(path) as part, part.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(
            file,
            delimiter=";" if options.csv_excel else ",",
            lineterminator="\r\n" if options.csv_excel else "\n",
        )
        writer.writerow([column.name for column in columns])
        point = "," if options.csv_excel else "."
        yield lambda cells: writer.writerow([_cell(cell, point) for cell in cells])


def _cell(cell: Cell, point: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal | float):
        return printed(cell).replace(".", point)
    return harmless(clean(cell)) if isinstance(cell, str) else printed(cell)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: with an apostrophe before what might be."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
