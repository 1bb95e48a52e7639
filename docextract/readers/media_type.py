"""Media type detection from a file's content."""

import re
from io import BytesIO
from pathlib import PurePosixPath

from docextract.readers.office.zip_package import package_type
from docextract.readers.text.encoding import detect_encoding
from docextract.readers.text.sniffing import is_html, is_mail, is_mailbox, is_xml

#: (offset, bytes there, media type), the first that fits.
_MAGIC = (
    (0, b"%PDF", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"II+\0", "image/tiff"),
    (0, b"MM\0+", "image/tiff"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    (4, b"ftypavif", "image/avif"),
    (0, b"\0\0\0\x0cjP  \r\n", "image/jp2"),
    (0, b"\0\0\x01\0", "image/vnd.microsoft.icon"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (0, b"AT&TFORM", "image/vnd.djvu"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"%!PS", "application/postscript"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (257, b"ustar", "application/x-tar"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (0, b"PAR1", "application/vnd.apache.parquet"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
    (8, b"WAVEfmt ", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second is an archive of nothing
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
#: A name in the root of an OLE2 file -> what the file is, the first that is there.
_IN_OLE = (
    ("EncryptedPackage", "application/encrypted"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
#: Sizes of the header that follows the file header of a BMP; "BM" alone may begin a text.
_BMP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
#: Readers look for the header of a PDF this far: PDF 1.7 reference, implementation note 13.
_HEADER_WITHIN = 1024
#: Bytes of a text that are examined; a mail's trace headers may be long.
_SAMPLE = 16 * 1024
#: Bytes before the first object of a PDF: junk, a header, comments.
_FIRST_OBJECT = 4096
_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")

_OPC = "application/vnd.openxmlformats-officedocument."
#: Media types by file name, used only where the content is plain text or nothing known. Text
#: where a PDF is promised is a PDF that is damaged, not a note.
_PROMISED = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".bmp": "image/bmp",
    ".webp": "image/webp",
    ".docx": _OPC + "wordprocessingml.document",
    ".xlsx": _OPC + "spreadsheetml.sheet",
    ".pptx": _OPC + "presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".msg": "application/vnd.ms-outlook",
    ".zip": "application/zip",
}
#: Kinds of plain text that only the file name distinguishes.
_TEXTS = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".csv": "text/csv",
    ".tsv": "text/csv",
    ".htm": "text/html",
    ".html": "text/html",
    ".eml": "message/rfc822",
}


def detect_media_type(data: bytes, name: str) -> str:
    """The media type of `data`; "application/octet-stream" for nothing known.

    `name` decides only between kinds of plain text, and what text or unknown bytes were
    meant to be.
    """
    suffix = PurePosixPath(name).suffix.lower()
    found = _by_magic(data) or _by_structure(data)
    if found:
        return found
    if detect_encoding(data) is None:
        return _PROMISED.get(suffix, "application/octet-stream")
    return _text_type(data, suffix)


def _by_magic(data: bytes) -> str | None:
    for offset, magic, media_type in _MAGIC:
        if data.startswith(magic, offset):
            return media_type
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    return None


def _by_structure(data: bytes) -> str | None:
    if data.startswith(_ZIP):
        return package_type(data)
    if data.startswith(_OLE):
        return _ole_type(data)
    if data.startswith(b"MZ") and b"PE\0\0" in data[:4096]:
        return "application/vnd.microsoft.portable-executable"
    return "application/pdf" if _is_headless_pdf(data) else None


def _is_headless_pdf(data: bytes) -> bool:
    """Whether it is a PDF with junk before its header, or without one."""
    if not _OBJECT.search(data, 0, _FIRST_OBJECT):
        return False
    has_header = b"%PDF-" in data[:_HEADER_WITHIN]
    return has_header or (b"endobj" in data and (b"trailer" in data or b"startxref" in data))


def _ole_type(data: bytes) -> str:
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(data)) as ole:
            names = {entry.name for entry in ole.root.kids}
    except (OSError, ValueError, LookupError, AttributeError, OverflowError, RecursionError):
        # Its directory is damaged; the names in it may still be there.
        names = {name for name, _ in _IN_OLE if name.encode("utf-16-le") in data}
    return next((kind for name, kind in _IN_OLE if name in names), "application/x-ole-storage")


def _text_type(data: bytes, suffix: str) -> str:
    """The media type of a text, by its markup, or else by the file's name."""
    beginning = _beginning(data)
    if is_mailbox(beginning):
        return "application/mbox"
    if is_mail(beginning):
        return "message/rfc822"
    if is_html(beginning, fragments=suffix not in _TEXTS):
        return "text/html"
    if is_xml(beginning):
        return "application/xml"
    return _TEXTS.get(suffix) or _PROMISED.get(suffix, "text/plain")


def _beginning(data: bytes) -> str:
    sample = data[:_SAMPLE]
    return sample.decode(detect_encoding(data) or "latin-1", "replace")
