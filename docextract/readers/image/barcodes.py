"""Barcode decoding on page images, through zxing-cpp (the extra `barcodes`).

Only the formats that fields are filled from are decoded: QR codes, which carry payments, and the
article numbers of the EAN family. Data Matrix would double the time on pages that programs drew,
and fill nothing. There is no second decoder: OpenCV reads QR codes alone, and what is found in a
document should not depend on which of two was there.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

from docextract.document import Box, Code
from docextract.errors import MissingDependency

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS = 72
#: Codes of one page that are kept. A sheet of labels has up to 65.
_MOST = 100
#: Larger pictures are made smaller before codes are looked for: A4 at 400 dpi.
_MOST_PIXELS = 16_000_000
#: zxing-cpp's names -> ours.
_FORMATS: Mapping[str, str] = {
    "QRCode": "qr",
    "QRCodeModel2": "qr",
    "EAN13": "ean13",
    "EAN8": "ean8",
    "UPCA": "upca",
    "UPCE": "upce",
}
#: The character set that the third line of a payment names (EPC069-12, version 2.1, section 2).
_CHARSETS: Mapping[bytes, str] = {
    b"1": "utf-8",
    b"2": "iso8859-1",
    b"3": "iso8859-2",
    b"4": "iso8859-4",
    b"5": "iso8859-5",
    b"6": "iso8859-7",
    b"7": "iso8859-10",
    b"8": "iso8859-15",
}
_PAYMENT = re.compile(rb"BCD\r?\n00[12]\r?\n([1-8])\r?\n")


@lru_cache(maxsize=1)
def is_installed() -> bool:
    """Whether zxing-cpp is installed."""
    return find_spec("zxingcpp") is not None


def require_decoder() -> None:
    """Raises MissingDependency, with the command that installs it, without zxing-cpp."""
    if not is_installed():
        raise MissingDependency(
            'barcodes = "always" needs zxing-cpp; try: pip install "docextract[barcodes]"'
        )


def decode_barcodes(image: "Image", dpi: float, *, scanned: bool) -> tuple[Code, ...]:
    """The barcodes of an image, boxes in points on it; none where zxing-cpp is not installed.

    Args:
        image: Any mode.
        dpi: How many of its pixels are an inch of the page.
        scanned: Whether codes may be blurred, askew, inverted or on their side. A QR code is found
            any way up in any case; a page that was drawn by a program takes half the time.
    """
    if not is_installed():
        return ()
    import zxingcpp

    formats = [getattr(zxingcpp.BarcodeFormat, name) for name in _FORMATS if name != "QRCodeModel2"]
    small, dpi = _smaller(image.convert("L"), dpi)
    found = zxingcpp.read_barcodes(
        small,
        formats=formats,
        try_rotate=scanned,
        try_downscale=scanned,
        try_invert=scanned,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return tuple(islice(_codes(found, _POINTS / dpi), _MOST))


def _smaller(image: "Image", dpi: float) -> tuple["Image", float]:
    factor = ceil(sqrt(image.width * image.height / _MOST_PIXELS))
    return (image.reduce(factor), dpi / factor) if factor > 1 else (image, dpi)


def _codes(found: list[Any], scale: float) -> Iterator[Code]:
    for one in found:
        if one.valid and one.format.name in _FORMATS:
            at = one.position
            corners = (at.top_left, at.top_right, at.bottom_left, at.bottom_right)
            across = [corner.x * scale for corner in corners]
            down = [corner.y * scale for corner in corners]
            box = Box(min(across), min(down), max(across), max(down))
            yield Code(_FORMATS[one.format.name], decode_content(one.bytes, one.text), box)


def decode_content(content: bytes, guess: str) -> str:
    """The text of a barcode: a payment names its character set; else `guess`."""
    declared = _PAYMENT.match(content)
    if declared is None:
        return guess
    try:
        return content.decode(_CHARSETS[declared[1]])
    except UnicodeDecodeError:
        return guess
