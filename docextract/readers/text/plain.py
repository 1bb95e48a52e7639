"""Reader of plain text: lines as they are, with form feeds as page breaks."""

from collections.abc import Iterator

from docextract.errors import MalformedInput
from docextract.readers.content import Content
from docextract.readers.options import ReadOptions
from docextract.readers.text.encoding import decode_text
from docextract.readers.typesetting.blocks import Block, Break, Text
from docextract.readers.typesetting.page_flow import typeset


def read(data: bytes, options: ReadOptions) -> Content:
    """Read text in any common encoding. Raises EmptyInput, MalformedInput or TooLargeInput."""
    return Content(typeset(_blocks(decode_plain_text(data)), read_by="text", options=options))


def decode_plain_text(data: bytes) -> str:
    """The decoded text. Raises MalformedInput for bytes that are no text."""
    text = decode_text(data)
    if text is None:
        raise MalformedInput("these bytes are text in no known encoding")
    return text


def _blocks(text: str) -> Iterator[Block]:
    for page in text.split("\f"):
        yield Text(page, preformatted=True)
        yield Break.PAGE
