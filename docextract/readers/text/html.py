"""Reader of HTML: the blocks of text and tables that a browser would show."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from docextract.errors import TooLargeInput
from docextract.readers.content import Content
from docextract.readers.options import ReadOptions
from docextract.readers.text.encoding import decode_declared
from docextract.readers.typesetting.blocks import Block, Cell, Grid, Text, spanned_grid
from docextract.readers.typesetting.monospace import strip_unprintable
from docextract.readers.typesetting.page_flow import typeset

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
#: The standard has a charset declared within this many bytes (HTML, "Specifying the encoding").
_CHARSET_WITHIN = 4096
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")

# fmt: off
_UNSHOWN = frozenset({
    "script", "style", "head", "noscript", "template", "svg", "math", "iframe", "object",
    "canvas", "audio", "video", "datalist",
})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "option",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})
# fmt: on
#: Sizes of headings in the default style sheet of the HTML standard, section 15.3.7.
_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17}
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_SHOWN_INPUTS = frozenset({"", "text", "number", "date", "email", "tel", "url", "search", "time"})
_SPACES = re.compile(r"[ \t\n\r\f]+")
_LINE_END = re.compile(r" *\n *")
#: A cell that claims to cover more is cut down.
_MOST_ACROSS, _MOST_DOWN = 50, 500


class _Edge(NamedTuple):
    """The start or end of a block element, and how the text after it is set."""

    size: float = 1.0
    preformatted: bool = False


def read(data: bytes, options: ReadOptions) -> Content:
    """Read a page as a browser without scripts, style sheets and network would show it.

    Raises EmptyInput or TooLargeInput.
    """
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    text = decode_declared(data, declared[1].decode("ascii") if declared else None)
    return Content(typeset(html_blocks(text), read_by="html", options=options))


def html_blocks(text: str) -> Iterator[Block]:
    """The blocks of a page of HTML. Raises TooLargeInput."""
    from lxml import etree

    # huge_tree allows 2048 elements within each other in place of 256; HTML has no entities
    # that could grow, so the limit on the file's size is the limit on the tree's.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    source = _DECLARATION.sub("", strip_unprintable(text)).encode("utf-8", "replace")
    try:
        root = etree.fromstring(source or b" ", parser)
    except etree.XMLSyntaxError:  # raised for "Document is empty" alone; HTML has no other errors
        return
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise TooLargeInput("its elements are nested too deeply to be read whole")
    if root is not None:
        yield from _blocks(_pieces(root))


def _blocks(pieces: Iterable[str | _Edge | Grid]) -> Iterator[Text | Grid]:
    edge, line = _Edge(), ""
    texts: list[str] = []
    for piece in (*pieces, _Edge()):
        if isinstance(piece, str):
            texts.append(piece)
            continue
        line = _collapsed("".join(texts))
        if line.strip():
            yield Text(line, edge.size, edge.preformatted)
        texts = []
        edge = piece if isinstance(piece, _Edge) else _Edge()
        if isinstance(piece, Grid):
            yield piece


def _collapsed(text: str) -> str:
    # Blanks of preformatted text and of &nbsp; are no-break spaces until here, so they stay.
    text = _LINE_END.sub("\n", re.sub(" {2,}", " ", text))
    return text.strip(" \n").replace("\xa0", " ")


def _pieces(root: "_Element") -> Iterator[str | _Edge | Grid]:
    r"""Text with white space collapsed, "\n" for a line break, edges of blocks, and tables."""
    from lxml import etree

    counts: dict[_Element, int] = {}
    preformatted = 0  # how many <pre> are open
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "end":
            preformatted -= tag == "pre"
            if tag in _BLOCKS:
                yield _edge(element.getparent())
            if element is not root:
                yield _text(element.tail, bool(preformatted))
            continue
        preformatted += tag == "pre"
        table = _table(element) if tag == "table" and element is not root else None
        if table or not _is_shown(element):
            walk.skip_subtree()
            if table:
                yield table
            continue
        if tag in _BLOCKS:
            yield _edge(element)
        yield _lead(element, counts)
        yield _text(element.text, bool(preformatted))


def _lead(element: "_Element", counts: dict["_Element", int]) -> str:
    """What is printed for an element itself: a line break, a number, a form's value."""
    parent = element.getparent()
    if element.tag == "br":
        return "\n"
    if element.tag == "input":
        return f" {element.get('value', '')} "
    if element.tag == "li" and parent is not None and parent.tag == "ol":
        counts[parent] = counts.get(parent, _number(parent.get("start"), 1) - 1) + 1
        return f"{counts[parent]}. "
    return ""


def _edge(element: "_Element | None") -> _Edge:
    if element is None:
        return _Edge()
    return _Edge(_SIZES.get(element.tag, 1.0), element.tag == "pre")


def _text(text: str | None, preformatted: bool) -> str:
    if not text:
        return ""
    return text.replace(" ", "\xa0") if preformatted else _SPACES.sub(" ", text)


def _is_shown(element: "_Element") -> bool:
    if element.tag in _UNSHOWN or element.get("hidden") is not None:
        return False
    if element.tag == "input":
        return element.get("type", "").lower() in _SHOWN_INPUTS
    if element.tag == "option":
        return element.get("selected") is not None
    return not _HIDING.search(element.get("style", ""))


def _table(table: "_Element") -> Grid | None:
    """The table's cells; None for one that only arranges the page."""
    if table.find(".//table") is not None:
        return None
    rows = [
        [_cell(cell) for cell in row.iterchildren("td", "th") if _is_shown(cell)]
        for row in table.iter("tr")
        if _is_shown(row)
    ]
    if max(map(len, rows), default=0) < 2 or table.find("caption") is not None:
        return None
    return spanned_grid(rows)


def _cell(cell: "_Element") -> Cell:
    texts = (block.text for block in _blocks(_pieces(cell)) if isinstance(block, Text))
    across = min(max(_number(cell.get("colspan"), 1), 1), _MOST_ACROSS)
    down = min(max(_number(cell.get("rowspan"), 1), 1), _MOST_DOWN)
    return Cell("\n".join(texts), across, down)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise
