"""XLSX workbook with the sheets records, line_items and errors.

Written by XlsxWriter row by row to temporary files, so memory stays flat; it also lets the date
of making be fixed, so the same records give the same bytes.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from docextract.errors import ConfigError
from docextract.export.columns import Cell, Column, clean, printed
from docextract.export.files import atomic
from docextract.export.record_reading import Written
from docextract.export.rows import Add, ExportRow, Target
from docextract.export.tables import ERROR_COLUMNS, Layout, Write, error_cells

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

#: Limits of the format: "Excel specifications and limits", support.microsoft.com.
MAX_ROWS = 1_048_576
_MAX_TEXT = 32_767
_MAX_DIGITS = 15
_FIRST_YEAR = 1900
#: Any will do, as long as it is always the same.
_MADE = datetime(2000, 1, 1)


@contextmanager
def workbook(target: Target) -> Iterator[Add]:
    """records.xlsx. Raises ConfigError when there are more rows than a sheet can have."""
    from xlsxwriter.workbook import Workbook

    layout = Layout(target.used, target.options.confidences, target.options.review)
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with atomic(target.out / "records.xlsx") as part, Workbook(str(part), options) as book:
        book.set_properties({"created": _MADE})
        record_row = _sheet(book, "records", layout.record_columns)
        line_row = _sheet(book, "line_items", layout.line_columns)
        error_row = _sheet(book, "errors", ERROR_COLUMNS)
        add_record = layout.adder(record_row, line_row)

        def add(row: ExportRow, record: Written | None) -> None:
            add_record(row, record)
            for cells in error_cells(row):
                error_row(cells)

        yield add


def _sheet(book: "Workbook", name: str, columns: Sequence[Column]) -> Write:
    """A sheet with its header, and what writes a row below the last."""
    sheet = book.add_worksheet(name)
    bold, clock = book.add_format({"bold": True}), book.add_format({"num_format": "hh:mm:ss"})
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.name, bold)
    filled = 1

    def write(cells: Sequence[Cell]) -> None:
        nonlocal filled
        if filled == MAX_ROWS:
            raise ConfigError(
                f"sheet {name!r} has more than {MAX_ROWS} rows, which Excel cannot hold; "
                "choose csv, parquet or sqlite"
            )
        for at, cell in enumerate(cells):
            if cell is not None:
                _write(sheet, (filled, at), cell, clock)
        filled += 1

    return write


def _write(sheet: "Worksheet", place: tuple[int, int], cell: Cell, clock: Any) -> None:
    """Write one cell. Text is written as text: never as a formula, a link or a number."""
    if isinstance(cell, bool):
        sheet.write_boolean(*place, cell)
    elif isinstance(cell, int | float | Decimal) and _fits(cell):
        sheet.write_number(*place, float(cell))
    elif isinstance(cell, time):
        sheet.write_datetime(*place, cell, clock)
    elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
        sheet.write_datetime(*place, datetime.combine(cell, time()))
    else:
        sheet.write_string(*place, clean(printed(cell))[:_MAX_TEXT])


def _fits(number: float | Decimal) -> bool:
    """Whether Excel keeps all its digits; if not, text keeps them."""
    return isinstance(number, float) or len(re.sub(r"\D", "", printed(number))) <= _MAX_DIGITS
