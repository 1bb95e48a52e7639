"""Reader of CSV and other delimited text: rows of cells."""

import csv
from collections.abc import Iterator

from docextract.readers.content import Content
from docextract.readers.options import ReadOptions
from docextract.readers.text.plain import decode_plain_text
from docextract.readers.typesetting.blocks import Block, Grid, Text, simple_grid
from docextract.readers.typesetting.page_flow import typeset

_DELIMITERS = ",;\t|"
#: Characters from which the delimiter is told. The module's expressions take quadratic time: 0.2 s
#: for that many quotes and commas, 3 s for four times as many.
_SAMPLE = 4 * 1024
#: Rows set as one table: columns of a long file are measured, and printed, in parts.
MAX_TABLE_ROWS = 2000


def read(data: bytes, options: ReadOptions) -> Content:
    """Read a table of text. Raises EmptyInput, MalformedInput or TooLargeInput."""
    return Content(typeset(_blocks(decode_plain_text(data)), read_by="csv", options=options))


def _blocks(text: str) -> Iterator[Block]:
    """The rows as tables; as lines of text where they are none."""
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    try:
        dialect = csv.Sniffer().sniff("".join(lines)[:_SAMPLE], _DELIMITERS)
        rows = [row for row in csv.reader(lines, dialect) if any(row)]
    except csv.Error:  # no delimiter to be found, or a field over the module's limit
        yield Text(text, preformatted=True)
        return
    yield from split_tables(rows)


def split_tables(rows: list[list[str]]) -> Iterator[Grid]:
    """Tables of at most `MAX_TABLE_ROWS` rows."""
    for first in range(0, len(rows), MAX_TABLE_ROWS):
        yield simple_grid(rows[first : first + MAX_TABLE_ROWS])
