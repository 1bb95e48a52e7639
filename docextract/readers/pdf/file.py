"""Opening of PDF files, and the visible frame of a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from docextract.errors import EncryptedInput, MalformedInput

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

#: (x0, y0, x1, y1) in points with y up, as a PDF counts.
PdfBox = tuple[float, float, float, float]


class PageFrame(NamedTuple):
    """The visible part of a page, and the clockwise turn (0, 90, 180, 270) that it is shown with.

    Left, bottom, right and top are the PDF's own: y up, of the page before it is turned.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Visible width and height, in points."""
        width, height = self.right - self.left, self.top - self.bottom
        return (width, height) if self.turn % 180 == 0 else (height, width)

    def place(self, box: PdfBox) -> PdfBox:
        """A box of the PDF as (x0, top, x1, bottom) on the visible page, y down."""
        x0, y0, x1, y1 = box
        if self.turn == 90:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turn == 180:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        if self.turn == 270:
            return self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0


@contextmanager
def open_pdf(data: bytes, password: str) -> Iterator["PdfDocument"]:
    """The PDF, closed at the end, with its form fields ready where it has any.

    Raises EncryptedInput, or MalformedInput.
    """
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FORMTYPE_NONE, FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

    try:
        pdf = PdfDocument(data, password=password or None)
    except PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise EncryptedInput(_locked(password)) from error
        if error.err_code == FPDF_ERR_SECURITY:
            raise EncryptedInput("it is encrypted in a way that cannot be read") from error
        raise MalformedInput("the PDF is damaged: no pages can be found in it") from error
    with pdf:
        if pdf.get_formtype() != FORMTYPE_NONE:
            pdf.init_forms()
        yield pdf


def _locked(password: str) -> str:
    if password:
        return "the password does not open it; give the right one with --password"
    return "it needs a password; give it with --password"


@contextmanager
def load_page(pdf: "PdfDocument", number: int) -> Iterator["PdfPage"]:
    """Page `number`, from 1. Raises MalformedInput when it cannot be loaded."""
    from pypdfium2 import PdfiumError

    try:
        page = pdf.get_page(number - 1)
    except PdfiumError as error:
        raise MalformedInput(f"page {number} of the PDF is damaged and does not load") from error
    try:
        yield page
    finally:
        page.close()


def page_frame(page: "PdfPage") -> PageFrame:
    """The visible frame of a page: its crop box within its media box, turned by /Rotate."""
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation()
    return PageFrame(min(left, right), min(bottom, top), max(left, right), max(bottom, top), turn)
