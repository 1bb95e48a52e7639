"""ZIP packages: Office Open XML and OpenDocument files, opened within limits."""

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile, ZipInfo

from docextract.errors import EncryptedInput, InputError, MalformedInput, TooLargeInput
from docextract.readers.options import ReadOptions

#: What `zipfile` raises on a damaged archive.
DAMAGED = (BadZipFile, zlib.error, LZMAError, struct.error, EOFError, OSError, ValueError)

_CHUNK = 64 * 1024
#: Of the part that says what a package is, as much is read; it is a few kilobytes long.
_TYPES = 1024 * 1024

#: Content type of the main part -> media type, the first that is there.
_MAIN = (
    (b"wordprocessingml.document.main+xml", "wordprocessingml.document"),
    (b"wordprocessingml.template.main+xml", "wordprocessingml.template"),
    (b"spreadsheetml.sheet.main+xml", "spreadsheetml.sheet"),
    (b"presentationml.presentation.main+xml", "presentationml.presentation"),
    (b"presentationml.slideshow.main+xml", "presentationml.slideshow"),
)
_OPC = "application/vnd.openxmlformats-officedocument."
#: With macros, which are never run: the same parts otherwise.
_WITH_MACROS = (
    (b"vnd.ms-word.document.macroEnabled.main+xml", "word.document"),
    (b"vnd.ms-excel.sheet.macroEnabled.main+xml", "excel.sheet"),
    (b"vnd.ms-excel.sheet.binary.macroEnabled.main", "excel.sheet.binary"),
    (b"vnd.ms-powerpoint.presentation.macroEnabled.main+xml", "powerpoint.presentation"),
)
#: A directory of parts -> what a package is whose own list is lost.
_PARTS = (
    (b"word/document.xml", "wordprocessingml.document"),
    (b"xl/workbook.xml", "spreadsheetml.sheet"),
    (b"ppt/presentation.xml", "presentationml.presentation"),
)
#: Formats that have a part "mimetype".
_SAYS_ITSELF = ("application/vnd.oasis.opendocument.", "application/epub+zip")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_XML = (".xml", ".rels", ".vml", ".rdf")


def package_type(data: bytes) -> str:
    """The media type of a ZIP file: a document's, or "application/zip"."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                kind = _read(archive, "mimetype").decode("ascii", "replace").strip()
                return kind if kind.startswith(_SAYS_ITSELF) else "application/zip"
            if "[Content_Types].xml" in names:
                return _opc_type(_read(archive, "[Content_Types].xml"))
    except (*DAMAGED, RuntimeError):  # the last for one that is locked or oddly compressed
        return next((_OPC + kind for part, kind in _PARTS if part in data), "application/zip")
    return "application/zip"


def _read(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_TYPES)


def _opc_type(types: bytes) -> str:
    for main, kind in _MAIN:
        if main in types:
            return _OPC + kind
    for main, kind in _WITH_MACROS:
        if main in types:
            return f"application/vnd.ms-{kind}.macroEnabled.12"
    return "application/zip"


def open_archive(data: bytes) -> ZipFile:
    """The ZIP archive, of which only the list of members has been read.

    Raises MalformedInput: it has none, or one of a version that zipfile does not know.
    """
    try:
        return ZipFile(BytesIO(data))
    except (*DAMAGED, NotImplementedError) as error:
        raise MalformedInput(f"the ZIP structure of the file is damaged: {error}") from error


@contextmanager
def open_package(data: bytes, options: ReadOptions) -> Iterator[ZipFile]:
    """The open package, once all its parts were unpacked within the limits and checked.

    The libraries that read a package unpack its parts whole and resolve the entities that their
    XML declares: a bomb must not get that far.

    Raises EncryptedInput, MalformedInput; TooLargeInput over `max_unpacked`.
    """
    with open_archive(data) as archive:
        left = options.max_unpacked
        if sum(info.file_size for info in archive.infolist()) > left:
            raise too_large_error(options)
        for info in archive.infolist():
            left -= _check(archive, info, left, options)
        yield archive


def _check(archive: ZipFile, info: ZipInfo, left: int, options: ReadOptions) -> int:
    """Unpack one part, piece by piece; returns its size."""
    size = 0
    is_xml = info.filename.lower().endswith(_XML)
    before = b""
    for chunk in unpack_member(archive, info):
        size += len(chunk)
        if size > left:
            raise too_large_error(options)
        if is_xml:
            # A declaration may lie across two chunks, and its letters be two bytes wide.
            seen = (before + chunk).replace(b"\0", b"")
            if _DECLARATION.search(seen):
                raise MalformedInput(
                    f"{info.filename} declares a document type or entities, which no office "
                    "program writes; not read, for safety"
                )
            before = seen[-16:]
    return size


def unpack_member(archive: ZipFile, info: ZipInfo, password: str = "") -> Iterator[bytes]:
    """The content of a member, in chunks.

    Raises EncryptedInput when the password does not open it, MalformedInput for damage.
    """
    locked = bool(info.flag_bits & 1)
    if locked and not password:
        raise EncryptedInput(f"{info.filename} needs a password; give one with --password")
    try:
        with archive.open(info, pwd=password.encode() if locked else None) as part:
            while chunk := part.read(_CHUNK):
                yield chunk
    except RuntimeError as error:  # also NotImplementedError: a way of compression, or AES
        raise _locked(info, error) if locked else _damaged(info, error) from error
    except DAMAGED as error:
        # A wrong password passes the check in one of 256 cases and then gives rubbish.
        raise _locked(info, error) if locked else _damaged(info, error) from error


def _locked(info: ZipInfo, error: Exception) -> InputError:
    return EncryptedInput(f"{info.filename} cannot be opened with this password: {error}")


def _damaged(info: ZipInfo, error: Exception) -> InputError:
    return MalformedInput(f"{info.filename} cannot be unpacked: {error}")


def too_large_error(options: ReadOptions) -> TooLargeInput:
    """The error for a package or archive that grows over `max_unpacked`."""
    return TooLargeInput(
        f"unpacked it is over {options.max_unpacked / 2**20:.0f} MB; raise max_unpacked in the "
        "pipeline's [read] table"
    )
