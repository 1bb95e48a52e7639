"""Read options: engine, languages, page range, limits, with their defaults."""

import re
from dataclasses import dataclass, field
from typing import Literal

from docextract.errors import ConfigError
from docextract.ocr import engine_path
from docextract.readers.image.barcodes import require_decoder

_RANGE = re.compile(r"(\d+)(?:\s*-\s*(\d*))?")


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """Options of reading; the `[read]` table of a pipeline has the same names."""

    #: "auto", "tesseract", "tesserocr", "rapidocr", or "package.module:Class".
    ocr_engine: str = "auto"
    #: Tesseract's language codes; an empty tuple means the engine's own choice.
    ocr_lang: tuple[str, ...] = ()
    #: "auto": where a page has no usable text layer. "always": every page. "never".
    ocr_mode: Literal["auto", "always", "never"] = "auto"
    #: Whether barcodes are decoded. "auto": where zxing-cpp is installed, on pages that have
    #: something which can be a code. "always": on every page, thoroughly. "never".
    barcodes: Literal["auto", "always", "never"] = "auto"
    #: Pages to read, from 1: "1-4,7,9-". Empty: all.
    page_range: str = ""
    #: For encrypted documents.
    password: str = field(default="", repr=False)

    # Limits. A document over one of them fails as `too_large`, which says so.
    max_bytes: int = 256 * 2**20  # of a file
    max_pages: int = 2000  # of a document, after page_range
    max_pixels: int = 120_000_000  # of one page image: A3 at 600 dpi is 70 million
    max_depth: int = 4  # containers within containers
    max_members: int = 1000  # documents in one container
    max_attached: int = 16 * 2**20  # bytes of an XML file inside a PDF
    max_unpacked: int = 512 * 2**20  # bytes that one compressed file may grow to

    def __post_init__(self) -> None:
        # The user's mistakes are told before any document is opened.
        self.wanted(1)
        engine_path(self.ocr_engine)
        if self.barcodes == "always":
            require_decoder()

    def wanted(self, number: int) -> bool:
        """Whether page `number` (from 1) is in the page range.

        Raises ConfigError for a range that cannot be read.
        """
        if not self.page_range.strip():
            return True
        inside = False
        for part in self.page_range.split(","):
            match = _RANGE.fullmatch(part.strip())
            if not match or match[1] == "0":
                raise ConfigError(
                    f"page range {self.page_range!r}: write it like 1-4,7,9- (pages count from 1)"
                )
            first = int(match[1])
            last = first if match[2] is None else int(match[2] or 10**9)
            inside |= first <= number <= last
        return inside
