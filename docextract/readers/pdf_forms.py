"""What people filled into a PDF's form fields; PDFium's text does not show it."""

from collections.abc import Iterator
from ctypes import byref, c_ushort
from typing import TYPE_CHECKING, Any

from docextract.readers.pdf_file import Raw
from docextract.readers.pdf_words import RawWord, Run

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_LINE = 12.0  # points: the usual height of a filled-in line


def filled_in(page: "PdfPage") -> list[Run]:
    """The values of the page's text and choice fields, a run for each printed line.

    Only where a word stands within its field is a guess: letters are taken to be equally wide.
    Empty for documents without a form.
    """
    from pypdfium2 import raw

    if page.formenv is None:
        return []
    shown = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
    form = page.formenv.raw
    runs: list[Run] = []
    for widget in _widgets(page):
        rect = raw.FS_RECTF()
        if raw.FPDFAnnot_GetFormFieldType(form, widget) in shown and raw.FPDFAnnot_GetRect(
            widget, byref(rect)
        ):
            bottom, top = sorted((rect.bottom, rect.top))
            runs += _laid_out(_value(form, widget), (rect.left, bottom, rect.right, top))
    return runs


def _widgets(page: "PdfPage") -> Iterator[Any]:
    """Handles of the page's form fields that are not hidden, each closed after its turn."""
    from pypdfium2 import raw

    unseen = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
    for at in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, at)
        if not annotation:
            continue
        try:
            is_widget = raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET
            if is_widget and not raw.FPDFAnnot_GetFlags(annotation) & unseen:
                yield annotation
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _value(form: Any, widget: Any) -> str:
    """What the field holds. PDFium writes UTF-16, and tells the length in bytes when asked."""
    from pypdfium2 import raw

    size: int = raw.FPDFAnnot_GetFormFieldValue(form, widget, None, 0)
    buffer = (c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetFormFieldValue(form, widget, buffer, size)
    return bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0")


def _laid_out(value: str, box: Raw) -> Iterator[Run]:
    """The value's lines from the top of the box, their letters spread evenly from the left."""
    lines = value.splitlines()
    if not lines:
        return
    x0, y0, x1, y1 = box
    height = min((y1 - y0) / len(lines), _LINE)
    # One line stands in the middle of its field, several begin at the top.
    top = (y0 + y1 + height) / 2 if len(lines) == 1 else y1
    longest = max(map(len, lines))
    letter = min((x1 - x0) / max(longest, 1), height / 2)
    for number, line in enumerate(lines):
        bottom = top - (number + 1) * height
        words: list[RawWord] = []
        at = 0
        for text in line.split():
            at = line.index(text, at)
            left = x0 + at * letter
            at += len(text)
            words.append((text, left, bottom, x0 + at * letter, bottom + height))
        if words:
            yield Run(0, words)
