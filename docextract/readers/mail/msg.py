"""Reader of Outlook messages (MSG, an OLE2 file)."""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from docextract.document import Issue
from docextract.errors import MalformedInput, TooLargeInput
from docextract.readers.content import Content
from docextract.readers.members import member_names
from docextract.readers.office.zip_package import too_large_error
from docextract.readers.options import ReadOptions
from docextract.readers.text import html
from docextract.readers.text.encoding import decode_declared
from docextract.readers.typesetting.blocks import Block, Text
from docextract.readers.typesetting.page_flow import typeset

if TYPE_CHECKING:
    from oxmsg import Message

#: What olefile and oxmsg raise on a damaged file.
_DAMAGED = (
    OSError, ValueError, LookupError, AttributeError, AssertionError, OverflowError,
    RecursionError, struct.error,
)  # fmt: skip


def read(data: bytes, options: ReadOptions) -> Content:
    """Read the headers and the text; attachments are members.

    A message attached to the message is left out, with an issue. Raises MalformedInput,
    EmptyInput; TooLargeInput over `max_members` or `max_unpacked`.
    """
    message = _load(data, options)
    try:
        lines, body, markup = _headers(message), message.body or "", _markup(message)
        unread = [one.file_name for one in message.attachments if one.file_bytes is None]
    except _DAMAGED as error:
        raise MalformedInput(f"the Outlook message is damaged: {error}") from error
    pages = typeset(_blocks(lines, body, markup), read_by="msg", options=options)
    issues = tuple(
        Issue("read", "unread", f"attachment {name or 'without a name'!r} is a message or a link")
        for name in unread
    )
    return Content(pages, members=tuple(_attached(message, options)), issues=issues)


def member(data: bytes, name: str, options: ReadOptions) -> bytes:
    """The content of the attachment that `read` calls `name`. Raises MalformedInput."""
    attached = _attached(_load(data, options), options)
    if name not in attached:
        raise MalformedInput(f"no attachment {name} in the message")
    return attached[name]


def _load(data: bytes, options: ReadOptions) -> "Message":
    from olefile import OleFileIO
    from oxmsg import Message

    try:
        # Streams may overlap and claim any size, and all are read at once.
        with OleFileIO(BytesIO(data)) as ole:
            size = sum(entry.size for entry in ole.direntries if entry is not None)
        if size <= options.max_unpacked:
            return Message.load(data)
    except _DAMAGED as error:
        raise MalformedInput(f"the Outlook message is damaged: {error}") from error
    raise too_large_error(options)


def _headers(message: "Message") -> list[str]:
    """Lines as a mail has them; blind copies are told from copies only by sent headers."""
    to = ", ".join(f"{one.name} <{one.email_address}>" for one in message.recipients)
    date = message.sent_date
    headers = {
        "From": message.sender,
        "To": to,
        "Subject": message.subject,
        "Date": date.isoformat(sep=" ", timespec="minutes") if date else "",
    }
    return [f"{name}: {' '.join(value.split())}" for name, value in headers.items() if value]


def _markup(message: "Message") -> str:
    """The HTML body, which is bytes or text; "" when there is none."""
    from oxmsg.domain.constants import PID_BODY_HTML, PID_HTML

    if content := message.properties.binary_prop_value(PID_HTML):
        return decode_declared(content, message.properties.body_encoding)
    return message.properties.str_prop_value(PID_BODY_HTML) or ""


def _blocks(lines: list[str], body: str, markup: str) -> Iterator[Block]:
    yield Text("\n".join(lines))
    if body.strip():
        yield Text(body.replace("\f", "\n"), preformatted=True)
    elif markup:
        yield from html.html_blocks(markup)


def _attached(message: "Message", options: ReadOptions) -> dict[str, bytes]:
    """Harmless name -> content, of the attachments that are in the file."""
    try:
        found = [(one.file_name or "", one.file_bytes) for one in message.attachments]
    except _DAMAGED as error:
        raise MalformedInput(f"an attachment of the message is damaged: {error}") from error
    kept = [(name, content) for name, content in found if content is not None]
    if len(kept) > options.max_members:
        raise TooLargeInput(
            f"{len(kept)} attachments are over the limit of {options.max_members}; raise "
            "max_members in the pipeline's [read] table"
        )
    names = member_names((name for name, _ in kept), otherwise="attachment")
    return dict(zip(names, (content for _, content in kept), strict=True))
