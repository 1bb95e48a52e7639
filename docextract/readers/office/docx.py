"""Reader of DOCX: paragraphs, tables and text boxes in the order of the document."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docextract.errors import MalformedInput
from docextract.readers.content import Content
from docextract.readers.office.docx_numbering import Numbering
from docextract.readers.office.docx_text import W, is_enabled, paragraph_text, text_boxes
from docextract.readers.office.zip_package import open_package
from docextract.readers.options import ReadOptions
from docextract.readers.typesetting.blocks import (
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
    from docx.document import Document as DocxDocument
    from lxml.etree import _Element

#: What python-docx and lxml raise on packages that lack parts or have odd ones.
_DAMAGED = (KeyError, ValueError, AttributeError, IndexError, TypeError, OSError, SyntaxError)

#: Elements that wrap blocks without a meaning for the text.
_WRAPPERS = frozenset(
    {W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag"}
)
#: Sizes of headings by level, as in HTML.
_SIZES = {"Title": 2.0, "Heading 1": 2.0, "Heading 2": 1.5, "Heading 3": 1.17}


def read(data: bytes, options: ReadOptions) -> Content:
    """Read the text as it is printed: numbered, without deleted, hidden and commenting text.

    Headers come first and footers last, each different one once. Raises EncryptedInput,
    MalformedInput, EmptyInput or TooLargeInput.
    """
    import docx

    with open_package(data, options):
        pass
    try:
        document = docx.Document(BytesIO(data))
        blocks = list(_blocks(document))
    except _DAMAGED as error:
        raise MalformedInput(f"the DOCX file is damaged: {error}") from error
    return Content(typeset(blocks, read_by="docx", options=options))


def _blocks(document: "DocxDocument") -> Iterator[Block]:
    sizes = {style.style_id: _SIZES.get(style.name or "", 1.0) for style in document.styles}
    body = _Body(Numbering.of(document), sizes)
    yield from body.margin(document, "header")
    yield from body.blocks(document.element.body)
    notes = _part(document, "footnotes")
    if notes is not None:
        yield from body.blocks(notes)
    yield from body.margin(document, "footer")


class _Body:
    """Walks through block-level elements and counts the numbering on."""

    def __init__(self, numbering: Numbering, sizes: dict[str, float]) -> None:
        self._numbering = numbering
        self._sizes = sizes

    def blocks(self, parent: "_Element") -> Iterator[Block]:
        for element in parent:
            if element.tag == W + "p":
                yield from self._paragraph(element)
            elif element.tag == W + "tbl":
                yield self._table(element)
            elif element.tag in _WRAPPERS or element.tag == W + "footnote":
                yield from self.blocks(element)

    def margin(self, document: "DocxDocument", kind: str) -> Iterator[Block]:
        """Headers or footers of all sections, each different one once."""
        seen: set[str] = set()
        for section in document.sections:
            for name in (kind, f"first_page_{kind}", f"even_page_{kind}"):
                part: Any = getattr(section, name)
                if part.is_linked_to_previous:
                    continue
                blocks = list(self.blocks(part._element))
                if str(blocks) not in seen:
                    seen.add(str(blocks))
                    yield from blocks

    def _paragraph(self, element: "_Element") -> Iterator[Block]:
        properties = element.find(W + "pPr")
        size = 1.0
        number = ""
        if properties is not None:
            if is_enabled(properties.find(W + "pageBreakBefore")):
                yield Break.PAGE
            style = properties.find(W + "pStyle")
            name = style.get(W + "val", "") if style is not None else ""
            size = self._sizes.get(name, 1.0)
            number = self._numbering.next(properties, name)
        pages = paragraph_text(element).split("\f")
        for n, text in enumerate(pages):
            if n:
                yield Break.PAGE
            line = f"{number} {text}" if number and not n and text.strip() else text
            if line.strip():
                yield Text(line, size)
        for box in text_boxes(element):
            yield from self.blocks(box)
        if properties is not None and _ends_page(properties):
            yield Break.PAGE

    def _table(self, table: "_Element") -> Grid:
        rows: list[list[Cell]] = []
        open_at: dict[int, tuple[int, int]] = {}  # column -> (row, place) of its merged cell
        for row in _rows(table):
            cells: list[Cell] = []
            column = 0
            for element in _cells(row):
                properties = element.find(W + "tcPr")
                across = _span(properties)
                merge = properties.find(W + "vMerge") if properties is not None else None
                if merge is not None and merge.get(W + "val") != "restart" and column in open_at:
                    r, c = open_at[column]
                    above = rows[r][c]
                    rows[r][c] = Cell(above.text, above.across, above.down + 1)
                else:
                    open_at.pop(column, None)
                    if merge is not None:
                        open_at[column] = (len(rows), len(cells))
                    cells.append(Cell(self._cell_text(element), across))
                column += across
            rows.append(cells)
        return spanned_grid(rows)

    def _cell_text(self, cell: "_Element") -> str:
        texts = (block_text(block) for block in self.blocks(cell) if not isinstance(block, Break))
        return "\n".join(texts)


def _rows(table: "_Element") -> Iterator["_Element"]:
    for element in table:
        if element.tag == W + "tr" and element.find(f"{W}trPr/{W}del") is None:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _rows(element)


def _cells(row: "_Element") -> Iterator["_Element"]:
    for element in row:
        if element.tag == W + "tc":
            yield element
        elif element.tag in _WRAPPERS:
            yield from _cells(element)


def _span(properties: "_Element | None") -> int:
    span = properties.find(W + "gridSpan") if properties is not None else None
    # Word has at most 63 columns.
    return min(max(int(span.get(W + "val", "1")), 1), 63) if span is not None else 1


def _ends_page(properties: "_Element") -> bool:
    """Whether a section ends with this paragraph, and the next begins on a new page."""
    section = properties.find(W + "sectPr")
    if section is None:
        return False
    kind = section.find(W + "type")
    return kind is None or kind.get(W + "val") not in {"continuous", "nextColumn"}


def _part(document: "DocxDocument", name: str) -> "_Element | None":
    """The root of a part that python-docx keeps as bytes, None when there is none."""
    from lxml import etree

    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{name}") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return etree.fromstring(relation.target_part.blob, parser)
    return None
