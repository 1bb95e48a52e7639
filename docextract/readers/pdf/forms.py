"""Form fields of a PDF and their values, which are no part of its text layer."""

from collections.abc import Iterator, Mapping, Sequence
from ctypes import byref, c_ushort
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from docextract.document import Box, FormField
from docextract.readers.pdf.file import PageFrame, PdfBox
from docextract.readers.pdf.text_layer import RawWord, TextRun

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_LINE = 12.0  # points: the usual height of a filled-in line

# Limits on what a file may say. Tax returns, the longest forms there are, have three hundred
# fields a page and lists of two hundred countries; a value of 32,000 signs fills ten pages.
_MOST_FIELDS = 1000  # of a page
_MOST_ANNOTATIONS = 5000  # looked at on a page
_MOST_OPTIONS = 300
_MOST_BYTES = 2**16  # of a name, a value or an option, in UTF-16; what is longer counts as none


class Widget(NamedTuple):
    """A form field's widget as `FormField` has it, its box in PDF coordinates."""

    name: str
    kind: Literal["text", "checkbox", "radio", "choice"]
    value: str
    box: PdfBox
    tooltip: str = ""
    checked: bool | None = None
    options: tuple[str, ...] = ()


def read_widgets(page: "PdfPage") -> list[Widget]:
    """The visible widgets of a page, without passwords, in the file's order.

    Empty for documents without a form. Of a page with thousands of fields the first thousand.
    """
    if page.formenv is None:
        return []
    form = page.formenv.raw
    found = (_widget(form, annotation) for annotation in _seen(page))
    return list(islice((widget for widget in found if widget), _MOST_FIELDS))


def to_form_fields(found: Sequence[Widget], frame: PageFrame) -> tuple[FormField, ...]:
    """The fields with their boxes on the visible page."""
    return tuple(
        FormField(one.name, one.kind, one.value, Box(*frame.place(one.box)), *one[4:])
        for one in found
    )


def value_runs(found: Sequence[Widget]) -> list[TextRun]:
    """The values of text and choice fields as runs of words, one for each printed line.

    Only where a word stands within its field is a guess: letters are taken to be equally wide.
    """
    written = (one for one in found if one.checked is None)
    return [run for one in written for run in _laid_out(one.value, one.box)]


def _seen(page: "PdfPage") -> Iterator[Any]:
    """Handles of the page's form fields that are not hidden, each closed after its turn."""
    from pypdfium2 import raw

    unseen = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
    for at in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, at)
        if not annotation:
            continue
        try:
            is_widget = raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET
            if is_widget and not raw.FPDFAnnot_GetFlags(annotation) & unseen:
                yield annotation
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _widget(form: Any, annotation: Any) -> Widget | None:
    """The field, or None for one that holds nothing to be read: a button, a signature, a secret."""
    from pypdfium2 import raw

    kinds: Mapping[int, Literal["text", "checkbox", "radio", "choice"]] = {
        raw.FPDF_FORMFIELD_TEXTFIELD: "text",
        raw.FPDF_FORMFIELD_CHECKBOX: "checkbox",
        raw.FPDF_FORMFIELD_RADIOBUTTON: "radio",
        raw.FPDF_FORMFIELD_COMBOBOX: "choice",
        raw.FPDF_FORMFIELD_LISTBOX: "choice",
    }
    kind = kinds.get(raw.FPDFAnnot_GetFormFieldType(form, annotation))
    rect = raw.FS_RECTF()
    if kind is None or not raw.FPDFAnnot_GetRect(annotation, byref(rect)):
        return None
    secret = raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & raw.FPDF_FORMFLAG_TEXT_PASSWORD
    if kind == "text" and secret:
        return None
    (left, right), (bottom, top) = sorted((rect.left, rect.right)), sorted((rect.bottom, rect.top))
    made = Widget(
        name=_read_string(raw.FPDFAnnot_GetFormFieldName, form, annotation),
        kind=kind,
        value="",
        box=(left, bottom, right, top),
        tooltip=_read_string(raw.FPDFAnnot_GetFormFieldAlternateName, form, annotation),
    )
    return _HOLDS[kind](made, form, annotation)


def _text(made: Widget, form: Any, annotation: Any) -> Widget:
    from pypdfium2 import raw

    return made._replace(value=_read_string(raw.FPDFAnnot_GetFormFieldValue, form, annotation))


def _tick(made: Widget, form: Any, annotation: Any) -> Widget:
    from pypdfium2 import raw

    return made._replace(
        value=_read_string(raw.FPDFAnnot_GetFormFieldExportValue, form, annotation),
        checked=bool(raw.FPDFAnnot_IsChecked(form, annotation)),
    )


def _choice(made: Widget, form: Any, annotation: Any) -> Widget:
    """With the labels that were chosen, which are what is seen; else with what was typed."""
    from pypdfium2 import raw

    count = min(raw.FPDFAnnot_GetOptionCount(form, annotation), _MOST_OPTIONS)
    options = [
        _read_string(raw.FPDFAnnot_GetOptionLabel, form, annotation, number)
        for number in range(count)
    ]
    chosen = [
        option
        for number, option in enumerate(options)
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, number)
    ]
    value = "\n".join(chosen) or _read_string(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
    return made._replace(value=value, options=tuple(options))


_HOLDS = {"text": _text, "checkbox": _tick, "radio": _tick, "choice": _choice}


def _read_string(call: Any, *arguments: Any) -> str:
    """What PDFium says. It writes UTF-16, and tells the length in bytes when arguments for it."""
    size: int = call(*arguments, None, 0)
    if size > _MOST_BYTES:
        return ""
    buffer = (c_ushort * (size // 2 + 1))()
    call(*arguments, buffer, size)
    return bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0")


def _laid_out(value: str, box: PdfBox) -> Iterator[TextRun]:
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
            yield TextRun(0, words)
