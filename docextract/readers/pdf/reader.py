"""Reader of PDF, through PDFium; also decides which pages go to OCR.

The XML of an e-invoice inside it is kept as `Content.stated`. A page goes to OCR when its text
layer is not what a person sees on it:

* it has no words, and something is drawn: "no text layer";
* its words cannot be read: "garbled text layer: ..." (see `text_quality`);
* it has fewer than 50 visible words over a picture that fills the page: a stamp on a scan.

Invisible words over a picture are a scanner's own OCR, and good enough unless they are garbled.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.document import WAITING, Issue, Line, Page, Table, Word
from docextract.errors import EmptyInput, MalformedInput, TooLargeInput
from docextract.readers.content import Content, PageImage
from docextract.readers.geometry import reading_order
from docextract.readers.geometry.rotation import map_onto_page
from docextract.readers.options import ReadOptions
from docextract.readers.pdf.attachments import find_e_invoice
from docextract.readers.pdf.barcodes import page_barcodes
from docextract.readers.pdf.file import PageFrame, load_page, open_pdf, page_frame
from docextract.readers.pdf.forms import read_widgets, to_form_fields, value_runs
from docextract.readers.pdf.page_objects import (
    coverage,
    has_drawing,
    has_hidden_text,
    image_objects,
)
from docextract.readers.pdf.rendering import render_page
from docextract.readers.pdf.tables import find_tables
from docextract.readers.pdf.text_layer import TextLayer, TextRun, read_text_layer, run_words
from docextract.readers.pdf.text_quality import garbled_reason

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

#: Headers, page numbers and stamps on scans have 5 to 30 words; a page of text has hundreds.
_FEW_WORDS = 50
#: Share of the page that pictures must cover to be what the page shows.
_MOSTLY_PICTURE = 0.5
#: Letters may lean this many degrees and still stand upright.
_LEAN = 20


def read(data: bytes, options: ReadOptions) -> Content:
    """The wanted pages; those that need OCR are `WAITING`, those that do not load empty.

    Raises EncryptedInput, MalformedInput, EmptyInput or TooLargeInput.
    """
    with open_pdf(data, options.password) as pdf:
        pages, issues = [], []
        for number in _numbers(len(pdf), options):
            try:
                pages.append(_page(pdf, number, options))
            except MalformedInput as error:
                issues.append(Issue("read", error.category, str(error), page=number))
                pages.append(Page(number, 0, 0, read_by="none", reason=str(error)))
        if len(issues) == len(pages):
            raise MalformedInput(issues[0].message)
        stated, late = find_e_invoice(pdf, options)
    return Content(tuple(pages), issues=(*issues, *late), stated=stated)


def image(data: bytes, number: int, options: ReadOptions) -> PageImage:
    """Page `number` as an image, turned as the PDF says. Raises InputError."""
    with open_pdf(data, options.password) as pdf:
        if not 1 <= number <= len(pdf):
            raise MalformedInput(f"the PDF has no page {number}; it has {len(pdf)}")
        with load_page(pdf, number) as page:
            return render_page(page, number, options.max_pixels)


def _numbers(count: int, options: ReadOptions) -> list[int]:
    """The wanted pages of so many."""
    if not count:
        raise MalformedInput("the PDF has no pages")
    numbers: list[int] = []
    for number in range(1, count + 1):
        if options.wanted(number):
            numbers.append(number)
        if len(numbers) > options.max_pages:
            raise TooLargeInput(
                f"it has more than {options.max_pages} pages; choose some with --page-range, "
                "or raise max_pages in the pipeline's [read] table"
            )
    if not numbers:
        raise EmptyInput(f"page range {options.page_range!r} has none of its {count} pages")
    return numbers


def _page(pdf: "PdfDocument", number: int, options: ReadOptions) -> Page:
    with load_page(pdf, number) as page:
        frame = page_frame(page)
        fields = read_widgets(page)
        bare = Page(number, *frame.size, form_fields=to_form_fields(fields, frame))
        if options.ocr_mode == "always":
            return replace(bare, read_by=WAITING, reason="asked for")
        layer = _text(page, number)
        if options.ocr_mode == "auto" and (reason := _why_not(page, frame, layer)):
            return replace(bare, read_by=WAITING, reason=reason)
        if runs := layer.runs + value_runs(fields):
            made = _laid_out(page, bare, frame, runs)
        else:
            made = replace(bare, reason="" if has_drawing(page) else "blank")
        return replace(made, codes=page_barcodes(page, frame, made, options))


def _laid_out(page: "PdfPage", bare: Page, frame: PageFrame, runs: list[TextRun]) -> Page:
    """The page with its words, turned so that most of them stand upright."""
    turn = _turn(runs, frame)
    upright = frame._replace(turn=(frame.turn + turn) % 360)
    tables = find_tables(page, upright)
    width, height = upright.size
    made = replace(bare, width=width, height=height, rotation=turn, tables=tables)
    fields = map_onto_page(made, bare.form_fields, frame.size)
    return replace(made, lines=_lines(runs, upright, tables), form_fields=fields)


def _text(page: "PdfPage", number: int) -> TextLayer:
    from pypdfium2 import PdfiumError

    try:
        textpage = page.get_textpage()
    except PdfiumError as error:
        raise MalformedInput(f"the text of page {number} of the PDF is damaged") from error
    try:
        return read_text_layer(textpage)
    finally:
        textpage.close()


def _why_not(page: "PdfPage", frame: PageFrame, layer: TextLayer) -> str:
    """Why the text layer is not what the page shows; "" when it is."""
    count = sum(len(run.words) for run in layer.runs)
    if not count:
        return "no text layer" if has_drawing(page) else ""
    if why := garbled_reason(layer.text):
        return f"garbled text layer: {why}"
    if count < _FEW_WORDS:
        covered = sum(coverage(picture, frame) for picture in image_objects(page, frame))
        if covered >= _MOSTLY_PICTURE and not has_hidden_text(page):
            return f"text layer of only {count} words over a picture that fills the page"
    return ""


def _turn(runs: list[TextRun], frame: PageFrame) -> int:
    """The clockwise turn (0, 90, 180, 270) that sets most of the letters upright."""
    letters = dict.fromkeys((0, 90, 180, 270), 0)
    for run in runs:
        quarter = round((run.angle + frame.turn) / 90) * 90 % 360
        letters[quarter] += sum(len(word[0]) for word in run.words)
    return -max(letters, key=lambda quarter: letters[quarter]) % 360


def _lines(runs: list[TextRun], frame: PageFrame, tables: tuple[Table, ...]) -> tuple[Line, ...]:
    """Upright lines in reading order, then those that are written up, down or slanting."""
    upright: list[list[Word]] = []
    turned: list[Line] = []
    for run in runs:
        words = run_words(run, frame)
        if (run.angle + frame.turn + _LEAN) % 360 <= 2 * _LEAN:
            upright.append(words)
        else:
            turned.append(tuple(words))
    return (*reading_order.order_lines(upright, [table.box for table in tables]), *turned)
