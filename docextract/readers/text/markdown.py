"""Reader of Markdown: its text without the markup, its tables as tables."""

import re
from collections.abc import Iterator
from itertools import groupby

from docextract.readers.content import Content
from docextract.readers.options import ReadOptions
from docextract.readers.text.plain import decode_plain_text
from docextract.readers.typesetting.blocks import Block, Text, simple_grid
from docextract.readers.typesetting.page_flow import typeset

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]")
_FENCE = re.compile(r"\s*(```|~~~)")
_TABLE_RULE = re.compile(r"[\s:|-]+")
_RULE = re.compile(r" {0,3}([-*_=])(?:\s*\1){2,}\s*$")
_QUOTE = re.compile(r"\A\s*(?:>\s?)+")
_CELL_END = re.compile(r"(?<!\\)\|")

#: Mark -> what is left of it. Links keep their address: it may be the datum that is sought.
#: What stands between two marks is bounded, or a line of marks would take quadratic time.
_MARKS = (
    (re.compile(r"!\[([^\]\n]{0,300})\]\([^()\s]{0,2000}(?:\s+\"[^\"]{0,300}\")?\)"), r"\1"),
    (
        re.compile(r"(?<!!)\[([^\]\n]{1,300})\]\(<?([^()\s>]{1,2000})>?(?:\s+\"[^\"]{0,300}\")?\)"),
        r"\1 (\2)",
    ),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>"), r"\1"),
    (re.compile(r"<br\s{0,3}/?>", re.I), "\n"),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,500}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{1,500}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"(?<!`)(`{1,3})([^`].{0,500}?)\1"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)
#: Size of a heading's letters by its level, as browsers set h1 to h6.
_SIZES = (2.0, 1.5, 1.17, 1.0, 1.0, 1.0)


def read(data: bytes, options: ReadOptions) -> Content:
    """Read Markdown. Raises EmptyInput, MalformedInput or TooLargeInput."""
    return Content(typeset(_blocks(decode_plain_text(data)), read_by="markdown", options=options))


def _blocks(text: str) -> Iterator[Block]:
    """Blocks of source text: code as it is, tables, and lines of running text."""
    fenced = False
    for fence, run in groupby(text.splitlines(), key=lambda line: bool(_FENCE.match(line))):
        lines = list(run)
        if fence:
            fenced ^= len(lines) % 2 == 1
        elif fenced:
            yield Text("\n".join(lines), preformatted=True)
        else:
            yield from _running(lines)


def _running(lines: list[str]) -> Iterator[Block]:
    for row, run in groupby(lines, key=_is_row):
        part = list(run)
        if row and len(part) > 1 and "-" in part[1] and _TABLE_RULE.fullmatch(part[1]):
            yield simple_grid([_cells(line) for line in (part[0], *part[2:])])
        else:
            yield from _lines(part)


def _is_row(line: str) -> bool:
    cells = line.strip()
    return len(cells) > 1 and cells.startswith("|") and cells.endswith("|")


def _cells(line: str) -> list[str]:
    return [strip_markup(cell).strip() for cell in _CELL_END.split(line.strip())[1:-1]]


def _lines(lines: list[str]) -> Iterator[Text]:
    """Paragraphs parted by blank lines; a heading is one of its own."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        heading = _HEADING.match(line)
        if (heading or not line.strip()) and paragraph:
            yield Text(strip_markup("\n".join(paragraph)))
            paragraph = []
        if heading:
            title = line[heading.end() :].strip().rstrip("#").strip()
            yield Text(strip_markup(title), size=_SIZES[len(heading[1]) - 1])
        elif line.strip() and not _RULE.match(line):
            paragraph.append(_QUOTE.sub("", line))


def strip_markup(text: str) -> str:
    """`text` without the markup of emphasis, code, links and escapes."""
    for mark, left in _MARKS:
        text = mark.sub(left, text)
    return text
