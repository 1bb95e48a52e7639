"""Reader of XLSX: each visible sheet is a table, its cells as they are displayed."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from docextract.document import Issue
from docextract.errors import MalformedInput, TooLargeInput
from docextract.readers.content import Content
from docextract.readers.office.cell_format import format_cell
from docextract.readers.office.zip_package import open_package
from docextract.readers.options import ReadOptions
from docextract.readers.text.delimited import MAX_TABLE_ROWS
from docextract.readers.typesetting.blocks import Block, Break, Cell, Text, spanned_grid
from docextract.readers.typesetting.page_flow import typeset

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

#: What openpyxl raises on packages that lack parts or have odd ones.
_DAMAGED = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError, SyntaxError,
    OSError, EOFError, BadZipFile, zlib.error, struct.error,
)  # fmt: skip
#: Rows of cells set on a page at most, see `flow`: more than so many pages cannot be wanted.
_ROWS_ON_PAGE = 53
#: Formatted rows without content follow the last one by the thousand; that many end a sheet.
_MOST_EMPTY = 100_000


def read(data: bytes, options: ReadOptions) -> Content:
    """Read the values that were calculated when the file was saved; formulas are not run.

    Hidden sheets are left out, with an issue. Raises EncryptedInput, MalformedInput, EmptyInput
    or TooLargeInput.
    """
    import openpyxl

    with open_package(data, options):
        pass
    try:
        book = openpyxl.load_workbook(
            BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        blocks = list(_blocks(book, options))
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    except _DAMAGED as error:
        raise MalformedInput(f"the XLSX file is damaged: {error}") from error
    issues = tuple(
        Issue("read", "hidden", f"sheet {title!r} is hidden and was not read") for title in hidden
    )
    return Content(typeset(blocks, read_by="xlsx", options=options), issues=issues)


def _blocks(book: "Workbook", options: ReadOptions) -> Iterator[Block]:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in shown:
        yield Break.PAGE
        if len(shown) > 1:
            yield Text(sheet.title, size=1.5)
        sheet.reset_dimensions()  # a file may claim any size; what is there counts
        rows = _rows(sheet, options)
        while part := list(islice(rows, MAX_TABLE_ROWS)):
            yield spanned_grid([_row(texts) for texts in _without_empty_columns(part)], sheet=True)


def _rows(sheet: Any, options: ReadOptions) -> Iterator[list[str]]:
    """The rows that show something, as displayed."""
    written = empty = 0
    for row in sheet.iter_rows():
        texts = [format_cell(cell.value, cell.number_format) if cell.value is not None else ""
                 for cell in row]  # fmt: skip
        if not any(texts):
            empty += 1
            if empty > _MOST_EMPTY:
                return
            continue
        written, empty = written + 1, 0
        if written > _ROWS_ON_PAGE * options.max_pages:
            raise TooLargeInput(
                f"sheet {sheet.title!r} has more rows than {options.max_pages} pages hold; raise "
                "max_pages in the pipeline's [read] table"
            )
        yield texts


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    used = sorted({c for row in rows for c, text in enumerate(row) if text})
    return [[row[c] if c < len(row) else "" for c in used] for row in rows]


def _row(texts: list[str]) -> list[Cell]:
    """A row of cells; a lone text runs over the empty cells to its right, as it is displayed."""
    if sum(map(bool, texts)) == 1:
        at = next(c for c, text in enumerate(texts) if text)
        return [*map(Cell, texts[:at]), Cell(texts[at], across=len(texts) - at)]
    return [*map(Cell, texts)]
