"""PDF, through PDFium. The XML of an e-invoice inside it is kept as `Content.stated`.

A page goes to OCR when its text layer is not what a person sees on it:

* it has no words, and something is drawn: "no text layer";
* its words cannot be read: "garbled text layer: ..." (see `garbled` for the tests);
* it has fewer than 50 visible words over a picture that fills the page: a stamp on a scan.

Invisible words over a picture are a scanner's own OCR, and good enough unless they are garbled.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.document import WAITING, Issue, Line, Page, Table, Word
from docextract.errors import EmptyInput, MalformedInput, TooLargeInput
from docextract.readers.content import Content, PageImage
from docextract.readers.geometry import reading_order
from docextract.readers.geometry.rotation import onto
from docextract.readers.options import ReadOptions
from docextract.readers.pdf.attachments import stated_in
from docextract.readers.pdf.barcodes import page_codes
from docextract.readers.pdf.file import Frame, frame_of, opened, page_of
from docextract.readers.pdf.forms import filled_in, placed, widgets
from docextract.readers.pdf.garbled import garbled
from docextract.readers.pdf.objects import cover, has_drawing, is_hidden, pictures
from docextract.readers.pdf.raster import picture_of
from docextract.readers.pdf.tables import tables_of
from docextract.readers.pdf.words import Run, TextLayer, text_layer, words_of

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
    with opened(data, options.password) as pdf:
        pages, issues = [], []
        for number in _numbers(len(pdf), options):
            try:
                pages.append(_page(pdf, number, options))
            except MalformedInput as error:
                issues.append(Issue("read", error.category, str(error), page=number))
                pages.append(Page(number, 0, 0, read_by="none", reason=str(error)))
        if len(issues) == len(pages):
            raise MalformedInput(issues[0].message)
        stated, late = stated_in(pdf, options)
    return Content(tuple(pages), issues=(*issues, *late), stated=stated)


def image(data: bytes, number: int, options: ReadOptions) -> PageImage:
    """Page `number` as a picture, turned as the PDF says. Raises InputError."""
    with opened(data, options.password) as pdf:
        if not 1 <= number <= len(pdf):
            raise MalformedInput(f"the PDF has no page {number}; it has {len(pdf)}")
        with page_of(pdf, number) as page:
            return picture_of(page, number, options.max_pixels)


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
    with page_of(pdf, number) as page:
        frame = frame_of(page)
        fields = widgets(page)
        bare = Page(number, *frame.size, form_fields=placed(fields, frame))
        if options.ocr_mode == "always":
            return replace(bare, read_by=WAITING, reason="asked for")
        layer = _text(page, number)
        if options.ocr_mode == "auto" and (reason := _why_not(page, frame, layer)):
            return replace(bare, read_by=WAITING, reason=reason)
        if runs := layer.runs + filled_in(fields):
            made = _laid_out(page, bare, frame, runs)
        else:
            made = replace(bare, reason="" if has_drawing(page) else "blank")
        return replace(made, codes=page_codes(page, frame, made, options))


def _laid_out(page: "PdfPage", bare: Page, frame: Frame, runs: list[Run]) -> Page:
    """The page with its words, turned so that most of them stand upright."""
    turn = _turn(runs, frame)
    upright = frame._replace(turn=(frame.turn + turn) % 360)
    tables = tables_of(page, upright)
    width, height = upright.size
    made = replace(bare, width=width, height=height, rotation=turn, tables=tables)
    fields = onto(made, bare.form_fields, frame.size)
    return replace(made, lines=_lines(runs, upright, tables), form_fields=fields)


def _text(page: "PdfPage", number: int) -> TextLayer:
    from pypdfium2 import PdfiumError

    try:
        textpage = page.get_textpage()
    except PdfiumError as error:
        raise MalformedInput(f"the text of page {number} of the PDF is damaged") from error
    try:
        return text_layer(textpage)
    finally:
        textpage.close()


def _why_not(page: "PdfPage", frame: Frame, layer: TextLayer) -> str:
    """Why the text layer is not what the page shows; "" when it is."""
    count = sum(len(run.words) for run in layer.runs)
    if not count:
        return "no text layer" if has_drawing(page) else ""
    if why := garbled(layer.text):
        return f"garbled text layer: {why}"
    if count < _FEW_WORDS:
        covered = sum(cover(picture, frame) for picture in pictures(page, frame))
        if covered >= _MOSTLY_PICTURE and not is_hidden(page):
            return f"text layer of only {count} words over a picture that fills the page"
    return ""


def _turn(runs: list[Run], frame: Frame) -> int:
    """The clockwise turn (0, 90, 180, 270) that sets most of the letters upright."""
    letters = dict.fromkeys((0, 90, 180, 270), 0)
    for run in runs:
        quarter = round((run.angle + frame.turn) / 90) * 90 % 360
        letters[quarter] += sum(len(word[0]) for word in run.words)
    return -max(letters, key=lambda quarter: letters[quarter]) % 360


def _lines(runs: list[Run], frame: Frame, tables: tuple[Table, ...]) -> tuple[Line, ...]:
    """Upright lines in reading order, then those that are written up, down or slanting."""
    upright: list[list[Word]] = []
    turned: list[Line] = []
    for run in runs:
        words = words_of(run, frame)
        if (run.angle + frame.turn + _LEAN) % 360 <= 2 * _LEAN:
            upright.append(words)
        else:
            turned.append(tuple(words))
    return (*reading_order.lines(upright, [table.box for table in tables]), *turned)
