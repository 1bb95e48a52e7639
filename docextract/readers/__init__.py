"""Bytes -> Document. One module a format, found by the content's media type.

A format's module has

    read(data: bytes, options: ReadOptions) -> Content

and, where they apply,

    image(data: bytes, number: int, options: ReadOptions) -> PageImage
        the picture of page `number`, for formats whose pages may wait for OCR;
    member(data: bytes, name: str, options: ReadOptions) -> bytes
        a document inside this one, for formats whose Content names members.

Each raises `InputError`s of our own for a file that it cannot read.
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
from docextract.readers.detect import detect
from docextract.readers.geometry.rotation import onto
from docextract.readers.image.barcodes import codes_in
from docextract.readers.options import ReadOptions
from docextract.readers.source import Source

__all__ = ["FORMATS", "Content", "PageImage", "ReadOptions", "Reading", "Source", "page_image"]

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
class Reading:
    """What reading a source gave: the document, and documents found inside it.

    `document` is None for a mere container. Its pages may be `WAITING`: `recognise` reads those.
    """

    document: Document | None
    parts: tuple[Source, ...] = ()

    @property
    def waiting(self) -> tuple[int, ...]:
        """Numbers of the pages that wait for OCR."""
        pages = self.document.pages if self.document else ()
        return tuple(page.number for page in pages if page.read_by == WAITING)


def read(source: Source, options: ReadOptions) -> Reading:
    """Read everything but the pages that need OCR.

    Raises InputError when the document cannot be read.
    """
    if len(source.members) > options.max_depth:
        raise TooLargeInput(f"more than {options.max_depth} containers within each other")
    data = load(source, options)
    media_type, module = _format(data, source)
    content: Content = module.read(data, options)
    parts = tuple(source.member(name) for name in content.members)
    if content.pages is None:
        return Reading(None, parts)
    document = Document(
        name=source.name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        pages=content.pages,
        stated=content.stated,
        issues=content.issues,
    )
    return Reading(document, parts)


def recognise(source: Source, page: Page, options: ReadOptions) -> Page:
    """Read a waiting page by OCR. Raises InputError, or MissingDependency without an engine."""
    picture = page_image(source, page.number, options)
    found = read_page(
        picture.image, dpi=picture.dpi, engine=options.ocr_engine, languages=options.ocr_lang
    )
    made = replace(
        found,
        number=page.number,
        reason="; ".join(filter(None, (page.reason, found.reason))),
        form_fields=onto(found, page.form_fields, (page.width, page.height)),
    )
    if options.barcodes == "never":
        return made
    codes = codes_in(picture.image, picture.dpi, scanned=True)
    size = (picture.image.width * 72 / picture.dpi, picture.image.height * 72 / picture.dpi)
    return replace(made, codes=onto(found, codes, size))


def page_image(source: Source, number: int, options: ReadOptions) -> PageImage:
    """The picture of page `number` (from 1) as it stands in the source, not yet turned upright.

    Raises InputError; UnsupportedInput for a format without page images.
    """
    data = load(source, options)
    media_type, module = _format(data, source)
    if not hasattr(module, "image"):
        raise UnsupportedInput(f"{media_type} has no page images")
    made: PageImage = module.image(data, number, options)
    return made


def finish(source: Source, document: Document, options: ReadOptions) -> Document:
    """Read all waiting pages, one after the other; a page that fails becomes an issue."""
    pages: list[Page] = []
    issues = list(document.issues)
    for page in document.pages:
        if page.read_by != WAITING:
            pages.append(page)
            continue
        try:
            pages.append(recognise(source, page, options))
        except InputError as error:
            issues.append(Issue("read", error.category, str(error), page=page.number))
            pages.append(unread(page))
    return replace(document, pages=tuple(pages), issues=tuple(issues))


def unread(page: Page) -> Page:
    """A waiting page that could not be read: empty, and it says so."""
    return replace(page, read_by="none")


def load(source: Source, options: ReadOptions) -> bytes:
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
    return load(container, options)


def _stamp(source: Source) -> tuple[int, ...]:
    """What tells that the source's file is as it was; empty where `load` will say what is wrong."""
    try:
        status = source.path.stat() if source.path else None
    except OSError:
        return ()
    return (status.st_ino, status.st_size, status.st_mtime_ns) if status else ()


def _format(data: bytes, source: Source) -> tuple[str, ModuleType]:
    media_type = detect(data, source.name)
    if media_type not in FORMATS:
        raise UnsupportedInput(f"no reader for {media_type}")
    return media_type, import_module(FORMATS[media_type])
