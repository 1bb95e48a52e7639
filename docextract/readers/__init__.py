"""Document readers: file bytes -> Document, one module a format, by the detected media type.

A format's module has

    read(data: bytes, options: ReadOptions) -> Content

and, where they apply,

    image(data: bytes, number: int, options: ReadOptions) -> PageImage
        the image of page `number`, for formats whose pages may wait for OCR;
    member(data: bytes, name: str, options: ReadOptions) -> bytes
        a document inside this one, for formats whose Content names members.

Each raises `InputError`s for a file that it cannot read.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from types import ModuleType

from docextract.document import WAITING, Document, Issue, Page
from docextract.errors import EmptyInput, InputError, TooLargeInput, UnsupportedInput
from docextract.ocr.page import read_page
from docextract.readers.content import Content, PageImage
from docextract.readers.geometry.rotation import map_onto_page
from docextract.readers.image.barcodes import decode_barcodes
from docextract.readers.media_type import detect_media_type
from docextract.readers.options import ReadOptions
from docextract.readers.source import Source

__all__ = ["FORMATS", "Content", "PageImage", "ReadOptions", "ReadResult", "Source", "page_image"]

_OPC = "application/vnd.openxmlformats-officedocument."

#: Media type -> module. To add a format: write the module, add the line, test it.
FORMATS: Mapping[str, str] = {
    "application/pdf": "docextract.readers.pdf.reader",
    "image/png": "docextract.readers.image.reader",
    "image/jpeg": "docextract.readers.image.reader",
    "image/tiff": "docextract.readers.image.reader",
    "image/bmp": "docextract.readers.image.reader",
    "image/webp": "docextract.readers.image.reader",
    _OPC + "wordprocessingml.document": "docextract.readers.office.docx",
    _OPC + "spreadsheetml.sheet": "docextract.readers.office.xlsx",
    _OPC + "presentationml.presentation": "docextract.readers.office.pptx",
    "application/vnd.ms-excel.sheet.macroEnabled.12": "docextract.readers.office.xlsx",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.12": "docextract.readers.office.pptx",
    "application/vnd.oasis.opendocument.text": "docextract.readers.office.odt",
    "text/html": "docextract.readers.text.html",
    "text/plain": "docextract.readers.text.plain",
    "text/markdown": "docextract.readers.text.markdown",
    "text/csv": "docextract.readers.text.delimited",
    "application/xml": "docextract.readers.text.xml",
    "message/rfc822": "docextract.readers.mail.eml",
    "application/vnd.ms-outlook": "docextract.readers.mail.msg",
    "application/zip": "docextract.readers.archive",
    "application/encrypted": "docextract.readers.office.encrypted",
}


@dataclass(frozen=True)
class ReadResult:
    """The result of reading a source: its document, and documents found inside it.

    `document` is None for a mere container. Its pages may be `WAITING` for `recognise_page`.
    """

    document: Document | None
    parts: tuple[Source, ...] = ()

    @property
    def waiting(self) -> tuple[int, ...]:
        """Numbers of the pages that wait for OCR."""
        pages = self.document.pages if self.document else ()
        return tuple(page.number for page in pages if page.read_by == WAITING)


def read(source: Source, options: ReadOptions) -> ReadResult:
    """Read everything but the pages that need OCR.

    Raises InputError when the document cannot be read.
    """
    if len(source.members) > options.max_depth:
        raise TooLargeInput(f"more than {options.max_depth} containers within each other")
    data = load_bytes(source, options)
    media_type, module = _format(data, source)
    content: Content = module.read(data, options)
    parts = tuple(source.member(name) for name in content.members)
    if content.pages is None:
        return ReadResult(None, parts)
    document = Document(
        name=source.name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        pages=content.pages,
        stated=content.stated,
        issues=content.issues,
    )
    return ReadResult(document, parts)


def recognise_page(source: Source, page: Page, options: ReadOptions) -> Page:
    """Read a waiting page by OCR. Raises InputError, or MissingDependency without an engine."""
    picture = page_image(source, page.number, options)
    found = read_page(
        picture.image, dpi=picture.dpi, engine=options.ocr_engine, languages=options.ocr_lang
    )
    made = replace(
        found,
        number=page.number,
        reason="; ".join(filter(None, (page.reason, found.reason))),
        form_fields=map_onto_page(found, page.form_fields, (page.width, page.height)),
    )
    if options.barcodes == "never":
        return made
    codes = decode_barcodes(picture.image, picture.dpi, scanned=True)
    size = (picture.image.width * 72 / picture.dpi, picture.image.height * 72 / picture.dpi)
    return replace(made, codes=map_onto_page(found, codes, size))


def page_image(source: Source, number: int, options: ReadOptions) -> PageImage:
    """The image of page `number` (from 1) as it is in the source, not yet rotated upright.

    Raises InputError; UnsupportedInput for a format without page images.
    """
    data = load_bytes(source, options)
    media_type, module = _format(data, source)
    if not hasattr(module, "image"):
        raise UnsupportedInput(f"{media_type} has no page images")
    made: PageImage = module.image(data, number, options)
    return made


def recognise_waiting_pages(source: Source, document: Document, options: ReadOptions) -> Document:
    """Read all waiting pages by OCR, in order; a page that fails becomes an issue."""
    pages: list[Page] = []
    issues = list(document.issues)
    for page in document.pages:
        if page.read_by != WAITING:
            pages.append(page)
            continue
        try:
            pages.append(recognise_page(source, page, options))
        except InputError as error:
            issues.append(Issue("read", error.category, str(error), page=page.number))
            pages.append(as_unread(page))
    return replace(document, pages=tuple(pages), issues=tuple(issues))


def as_unread(page: Page) -> Page:
    """A waiting page marked as unreadable, without words."""
    return replace(page, read_by="none")


def load_bytes(source: Source, options: ReadOptions) -> bytes:
    """The source's own bytes: the file's, or the member's at the end of the chain.

    Raises InputError, EmptyInput for no bytes at all.
    """
    if source.members:
        container = source.container
        data = _held(container, options, _stamp(container))
        _, module = _format(data, container)
        data = module.member(data, source.members[-1], options)
    else:
        data = source.load(max_bytes=options.max_bytes)
    if not data:
        raise EmptyInput("the file has no bytes")
    return data


# Each member is asked for by itself, mostly of the container that the last one was in. Without
# this, a member of an archive of 100 MB took 110 ms, and 380 ms of that archive inside another;
# with it 33 ms. One container is held, of at most `max_bytes` or `max_unpacked`.
@lru_cache(maxsize=1)
def _held(container: Source, options: ReadOptions, stamp: tuple[int, ...]) -> bytes:
    return load_bytes(container, options)


def _stamp(source: Source) -> tuple[int, ...]:
    """A stamp that changes with the source's file; empty where `load_bytes` will raise an error."""
    try:
        status = source.path.stat() if source.path else None
    except OSError:
        return ()
    return (status.st_ino, status.st_size, status.st_mtime_ns) if status else ()


def _format(data: bytes, source: Source) -> tuple[str, ModuleType]:
    media_type = detect_media_type(data, source.name)
    if media_type not in FORMATS:
        raise UnsupportedInput(f"no reader for {media_type}")
    return media_type, import_module(FORMATS[media_type])
