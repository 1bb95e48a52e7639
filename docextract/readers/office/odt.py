"""Reader of ODT: paragraphs, lists, tables and text boxes in the order of the document."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docextract.errors import EncryptedInput, MalformedInput, TooLargeInput
from docextract.readers.content import Content
from docextract.readers.office.zip_package import open_package, unpack_member
from docextract.readers.options import ReadOptions
from docextract.readers.text.xml import parse_xml
from docextract.readers.typesetting.blocks import (
    MAX_CELLS,
    Block,
    Break,
    Cell,
    Grid,
    Text,
    block_text,
    spanned_grid,
)
from docextract.readers.typesetting.page_flow import typeset

if TYPE_CHECKING:
    from lxml.etree import _Element

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE = _NS % "text", _NS % "table", _NS % "office"
_STYLE, _DRAW, _MANIFEST = _NS % "style", _NS % "drawing", _NS % "manifest"
_FO = _NS % "xsl-fo-compatible"

_PARAGRAPHS = frozenset({_TEXT + "p", _TEXT + "h"})
#: Not printed: deleted text, comments, and what was deleted of tracked changes.
_UNPRINTED = frozenset(
    {_TEXT + "tracked-changes", _OFFICE + "annotation", _OFFICE + "forms", _TEXT + "note-citation"}
)
#: Element -> the character that it prints.
_PRINTED = {
    _TEXT + "tab": "\t",
    _TEXT + "line-break": "\n",
    _TEXT + "soft-page-break": "\f",
}
#: What hangs on a paragraph and follows it as blocks.
_HANGING = frozenset({_DRAW + "text-box", _TEXT + "note-body"})
#: Sizes of headings by level, as in HTML.
_SIZES = {"1": 2.0, "2": 1.5, "3": 1.17}
_MOST_BLANKS = 200  # that one element may stand for
_MOST_ACROSS, _MOST_DOWN = 50, 500


def read(data: bytes, options: ReadOptions) -> Content:
    """Read the text as it is printed: headers first, footers last, each different one once.

    Raises EncryptedInput, MalformedInput, EmptyInput or TooLargeInput.
    """
    with open_package(data, options) as archive:
        parts = {}
        for name in ("META-INF/manifest.xml", "content.xml", "styles.xml"):
            if name in archive.namelist():
                parts[name] = b"".join(unpack_member(archive, archive.getinfo(name)))
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise EncryptedInput("a document with a password; save it without one")
    if "content.xml" not in parts:
        raise MalformedInput("the ODT file has no content.xml")
    content = parse_xml(parts["content.xml"])
    styles = parse_xml(parts["styles.xml"]) if "styles.xml" in parts else None
    return Content(typeset(_blocks(content, styles), read_by="odt", options=options))


def _blocks(content: "_Element", styles: "_Element | None") -> Iterator[Block]:
    breaks = _breaking(content)
    if styles is not None:
        yield from _margin(styles, "header", breaks)
    for body in content.iter(_OFFICE + "text"):
        yield from _inside(body, breaks)
    if styles is not None:
        yield from _margin(styles, "footer", breaks)


def _margin(styles: "_Element", kind: str, breaks: frozenset[str]) -> Iterator[Block]:
    seen: set[str] = set()
    for margin in styles.iter(_STYLE + kind, f"{_STYLE}{kind}-left", f"{_STYLE}{kind}-first"):
        blocks = list(_inside(margin, breaks))
        if str(blocks) not in seen:
            seen.add(str(blocks))
            yield from blocks


def _breaking(content: "_Element") -> frozenset[str]:
    """Names of styles whose paragraphs begin a new page."""
    return frozenset(
        style.get(_STYLE + "name", "")
        for style in content.iter(_STYLE + "style")
        for properties in style.iter(_STYLE + "paragraph-properties")
        if properties.get(_FO + "break-before") == "page"
    )


def _inside(parent: "_Element", breaks: frozenset[str]) -> Iterator[Block]:
    for element in parent.iterchildren("*"):
        if element.tag in _PARAGRAPHS:
            yield from _paragraph(element, breaks)
        elif element.tag == _TABLE + "table":
            yield _table(element, breaks)
        elif element.tag not in _UNPRINTED:
            yield from _inside(element, breaks)


def _paragraph(element: "_Element", breaks: frozenset[str]) -> Iterator[Block]:
    if element.get(_TEXT + "style-name") in breaks:
        yield Break.PAGE
    size = _SIZES.get(element.get(_TEXT + "outline-level", ""), 1.0)
    for n, text in enumerate("".join(_printed(element)).split("\f")):
        if n:
            yield Break.PAGE
        if text.strip():
            yield Text(text, size if element.tag == _TEXT + "h" else 1.0)
    for hanging in element.iter(*_HANGING):
        if not any(above.tag in _HANGING for above in _between(hanging, element)):
            yield from _inside(hanging, breaks)


def _between(inner: "_Element", outer: "_Element") -> Iterator["_Element"]:
    for ancestor in inner.iterancestors():
        if ancestor is outer:
            return
        yield ancestor


def _printed(element: "_Element") -> Iterator[str]:
    """The text in an element; runs of white space count once, as the format has it."""
    yield _collapsed(element.text)
    for child in element:
        if child.tag == _TEXT + "s":
            yield " " * min(_count(child, _TEXT + "c"), _MOST_BLANKS)
        elif child.tag in _PRINTED:
            yield _PRINTED[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _UNPRINTED | _HANGING:
            yield from _printed(child)
        yield _collapsed(child.tail)


def _collapsed(text: str | None) -> str:
    if not text:
        return ""
    blank = " " if text[0].isspace() else ""
    return blank + " ".join(text.split()) + (" " if text[-1].isspace() and text.strip() else "")


def _table(table: "_Element", breaks: frozenset[str]) -> Grid:
    rows: list[list[Cell]] = []
    cells = 0
    for row in table.iter(_TABLE + "table-row"):
        if next(row.iterancestors(_TABLE + "table")) is not table:
            continue  # of a table within a cell, which is text there
        made = _row(row, breaks)
        # Empty rows to the end of a sheet are one row, repeated.
        times = _count(row, _TABLE + "number-rows-repeated") if any(c.text for c in made) else 1
        cells += len(made) * times
        if cells > MAX_CELLS:
            raise TooLargeInput(f"a table of more than {MAX_CELLS:,} cells")
        rows += [made] * times
    return spanned_grid(rows)


def _row(row: "_Element", breaks: frozenset[str]) -> list[Cell]:
    made: list[Cell] = []
    for cell in row.iterchildren(_TABLE + "table-cell"):
        blocks = (block for block in _inside(cell, breaks) if not isinstance(block, Break))
        text = "\n".join(block_text(block) for block in blocks)
        across = min(_count(cell, _TABLE + "number-columns-spanned"), _MOST_ACROSS)
        down = min(_count(cell, _TABLE + "number-rows-spanned"), _MOST_DOWN)
        times = _count(cell, _TABLE + "number-columns-repeated")
        made += [Cell(text, across, down)] * min(times, _MOST_ACROSS)
    while made and not made[-1].text and made[-1].across == 1:
        made.pop()  # so are empty cells to the end of a row
    return made


def _count(element: "_Element", attribute: str) -> int:
    text = element.get(attribute, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 10 else 1
