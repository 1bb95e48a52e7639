"""Reader of XML of any vocabulary: each text and attribute beside the name of its element.

Of an e-invoice, what it states is kept as `Content.stated` too.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docextract.errors import MalformedInput
from docextract.readers.content import Content
from docextract.readers.e_invoice.parser import parse_e_invoice
from docextract.readers.options import ReadOptions
from docextract.readers.text.encoding import detect_encoding
from docextract.readers.typesetting.blocks import Block, Text
from docextract.readers.typesetting.page_flow import typeset

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Names of the format, not of the content.
_UNTOLD = ("{http://www.w3.org/2001/XMLSchema-instance}", "{http://www.w3.org/XML/1998/namespace}")


def read(data: bytes, options: ReadOptions) -> Content:
    """Read the text of an XML file. Raises EmptyInput, MalformedInput or TooLargeInput."""
    root = parse_xml(data)
    pages = typeset(_blocks(root), read_by="xml", options=options)
    return Content(pages, stated=parse_e_invoice(root))


def parse_xml(data: bytes) -> "_Element":
    """The root of an XML document. Entities are refused, and nothing is fetched.

    Raises MalformedInput.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    # lxml tells no UTF-16 without a mark of order; the declaration in it may then be missing too.
    wide = detect_encoding(data) if b"\0" in data[:64] else None
    try:
        root = etree.fromstring(data.decode(wide).encode("utf-16") if wide else data, parser)
    except (etree.XMLSyntaxError, UnicodeDecodeError) as error:
        raise MalformedInput(f"not well-formed XML: {error}") from error
    document = root.getroottree().docinfo
    if document.doctype or document.internalDTD is not None:
        raise MalformedInput("the XML declares a document type; not read, for safety")
    return root


def _blocks(root: "_Element") -> Iterator[Block]:
    lines = []
    for element in root.iter("*"):
        name = local_name(element.tag)
        for key, value in element.attrib.items():
            if not key.startswith(_UNTOLD):
                lines.append(f"{name} {local_name(key)}\t{_line(value)}")
        texts = (element.text or "", *(child.tail or "" for child in element))
        if content := _line(" ".join(texts)):
            lines.append(f"{name}\t{content}")
    yield Text("\n".join(lines), preformatted=True)


def _line(text: str) -> str:
    return " ".join(text.split())


def local_name(name: str) -> str:
    """The element's name without its namespace."""
    return name.rpartition("}")[2]
