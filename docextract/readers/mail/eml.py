"""Reader of mail (EML): headers and text are a document, each attachment is one of its own."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message

from docextract.errors import EncryptedInput, MalformedInput, TooLargeInput
from docextract.readers.content import Content
from docextract.readers.members import member_names
from docextract.readers.options import ReadOptions
from docextract.readers.text import html
from docextract.readers.text.encoding import decode_declared
from docextract.readers.typesetting.blocks import Block, Text
from docextract.readers.typesetting.page_flow import typeset

HEADERS = ("From", "To", "Cc", "Subject", "Date")
#: Seals, not documents.
_SIGNATURES = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_ENCRYPTED = frozenset(
    {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)
#: Kinds of parts without a name that need an ending to be told apart.
_ENDINGS = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt"}

#: Parts within parts; a mail forwarded ten times has about thirty.
_DEEPEST = 100


def read(data: bytes, options: ReadOptions) -> Content:
    """Read the headers and the text; attachments are members.

    Raises EncryptedInput, EmptyInput; TooLargeInput over `max_members`.
    """
    mail = _parse(data)
    if mail.get_content_type() in _ENCRYPTED and not _is_signed(mail):
        raise EncryptedInput("an encrypted mail; save it decrypted from the mail program")
    pages = typeset(_blocks(mail), read_by="mail", options=options)
    return Content(pages, members=tuple(_attached(mail, options)))


def member(data: bytes, name: str, options: ReadOptions) -> bytes:
    """The content of the attachment that `read` calls `name`. Raises MalformedInput."""
    parts = _attached(_parse(data), options)
    if name not in parts:
        raise MalformedInput(f"no attachment {name} in the mail")
    part = parts[name]
    if part.get_content_type() == "message/rfc822":
        return _inner(part)
    return _payload(part)


def _parse(data: bytes) -> Message:
    # The old policy: the new one parses headers when they are asked for, and its parser raises
    # errors of many types on what strangers write.
    try:
        mail = message_from_bytes(data, policy=policy.compat32)
    except RecursionError as error:
        raise TooLargeInput("its parts are nested too deeply") from error
    level = [mail]
    for _ in range(_DEEPEST):
        level = [inner for part in level for inner in _parts(part)]
    if level:
        raise TooLargeInput(f"its parts are nested more than {_DEEPEST} deep")
    return mail


def _is_signed(mail: Message) -> bool:
    return mail.get_param("smime-type") in {"signed-data", "certs-only"}


def _blocks(mail: Message) -> Iterator[Block]:
    lines = [f"{name}: {value}" for name in HEADERS if (value := decoded_header(mail, name))]
    yield Text("\n".join(lines))
    for part in _texts(mail):
        charset = part.get_param("charset")
        text = decode_declared(_payload(part), charset if isinstance(charset, str) else None)
        if part.get_content_subtype() == "html":
            yield from html.html_blocks(text)
        else:
            yield Text(text.replace("\f", "\n"), preformatted=True)


def decoded_header(mail: Message, name: str) -> str:
    """All headers of this name, decoded, on one line; "" when there is none."""
    return " ".join(" ".join(map(_decoded, map(str, mail.get_all(name, [])))).split())


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError):  # an unknown charset, or base64 that is none
        return value


def _texts(mail: Message) -> Iterator[Message]:
    """The parts that are the mail's text: of alternatives the plain one, if it says something."""
    if mail.get_content_type() == "multipart/alternative":
        parts = [list(_texts(part)) for part in _parts(mail)]
        nonempty = [texts for texts in parts if any(_payload(text).strip() for text in texts)]
        plain = [texts for texts in nonempty if texts[0].get_content_subtype() == "plain"]
        yield from next(iter(plain or nonempty), ())
    elif mail.is_multipart() and mail.get_content_maintype() == "multipart":
        for part in _parts(mail):
            yield from _texts(part)
    elif _is_text(mail):
        yield mail


def _is_text(part: Message) -> bool:
    kind = part.get_content_type()
    named = part.get_filename() or part.get_content_disposition() == "attachment"
    return kind in {"text/plain", "text/html"} and not named


def _attachments(mail: Message, *, around: str = "") -> Iterator[Message]:
    """The leaves that are neither text nor signatures nor pictures inside the text.

    `around` is the type of the part that has this one in it.
    """
    kind = mail.get_content_type()
    if mail.is_multipart() and mail.get_content_maintype() == "multipart":
        for part in _parts(mail):
            yield from _attachments(part, around=kind)
        return
    shown_inside = around == "multipart/related" and mail.get_content_maintype() == "image"
    if not (_is_text(mail) or shown_inside or kind in _SIGNATURES):
        yield mail


def _parts(mail: Message) -> list[Message]:
    payload = mail.get_payload()
    parts = payload if isinstance(payload, list) else []
    return [part for part in parts if isinstance(part, Message)]


def _attached(mail: Message, options: ReadOptions) -> dict[str, Message]:
    """Harmless name -> part, in the order of the mail."""
    if not mail.is_multipart() and _is_text(mail):
        return {}
    parts = list(_attachments(mail))
    if len(parts) > options.max_members:
        raise TooLargeInput(
            f"{len(parts)} attachments are over the limit of {options.max_members}; raise "
            "max_members in the pipeline's [read] table"
        )
    names = member_names((_name(part) for part in parts), otherwise="attachment")
    return dict(zip(names, parts, strict=True))


def _name(part: Message) -> str:
    # A folder in an attachment's name means nothing: the mail has none.
    given = _decoded(part.get_filename() or "").replace("\\", "/").rpartition("/")[2]
    kind = part.get_content_type()
    if not given and kind == "message/rfc822":
        given = decoded_header(_parts(part)[0], "Subject").replace("/", "_") if _parts(part) else ""
    ending = _ENDINGS.get(kind, "")
    return given if given.lower().endswith(ending) else given + ending


def _inner(part: Message) -> bytes:
    return b"".join(inner.as_bytes() for inner in _parts(part))


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
