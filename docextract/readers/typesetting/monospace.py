"""Monospaced text: line splitting, tab alignment and wrapping."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

#: A longer stretch without white space is no word (encoded data, a script without spaces):
#: it is cut. As many letters fit on a line at the smallest size, see `flow`.
LONGEST_WORD = 247

#: Blanks between two columns; a single one would look like the space between two words.
GAP = 2

#: A cell longer than this pushes only its own line to the right, not the column.
_WIDEST_TABBED = 40

_BREAK = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_CUT = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
_WORD = re.compile(r"(\s*)(\S+)")

#: Characters that print nothing, and halves of surrogate pairs, which no encoding can write.
_UNPRINTED: dict[int, str | None] = {
    **dict.fromkeys([*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]),
    **dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]),
    **dict.fromkeys([*range(0x2060, 0x2070), 0xFEFF]),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def strip_unprintable(text: str) -> str:
    """`text` without characters that print nothing (controls, soft hyphens, marks of order)."""
    return text.translate(_UNPRINTED)


def split_lines(text: str) -> list[str]:
    """The lines of `text`, whichever way it ends them, with tabs set to aligned columns."""
    return align_tabs([line.rstrip() for line in _BREAK.split(strip_unprintable(text))])


def align_tabs(lines: Iterable[str]) -> list[str]:
    """Replace tabs by blanks so that tabbed columns of neighbouring lines are aligned."""
    aligned: list[str] = []
    for tabbed, run in groupby(lines, key=lambda line: "\t" in line):
        part = list(run)
        aligned += _columns([line.split("\t") for line in part]) if tabbed else part
    return aligned


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [0] * max(map(len, rows))
    for row in rows:
        for c, cell in enumerate(row[:-1]):
            widths[c] = max(widths[c], min(len(cell), _WIDEST_TABBED))
    return [
        "".join(cell.ljust(width) + " " * GAP for cell, width in zip(row, widths, strict=False))
        .rstrip()
        for row in rows
    ]  # fmt: skip


def wrap_line(line: str, width: int) -> list[str]:
    """Rows of at most `width` characters; further rows are indented as the first.

    Words are not cut: one that is longer than a row has the row, which is then too long, to
    itself.
    """
    if len(line) <= width:
        return [line]
    indent = " " * min(len(line) - len(line.lstrip()), width // 2)
    rows: list[str] = []
    row = ""
    for space, word in _WORD.findall(_CUT.sub(r"\g<0> ", line)):
        if row.strip() and len(row) + len(space) + len(word) > width:
            rows.append(row)
            row = indent + word
        else:
            row += (space if rows or row else indent) + word
    return [*rows, row]
