"""PDFs drawn here, read back."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw
from pypdfium2 import PdfDocument
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from docextract.document import WAITING, Box, Page
from docextract.errors import EmptyInput, EncryptedInput, MalformedInput, TooLargeInput
from docextract.readers.options import ReadOptions
from docextract.readers.pdf import reader as pdf

A4 = (595, 842)
PROSE = "The supplier shall deliver the goods and the buyer shall pay for them within thirty days"


def drawn(*pages: Callable[[Canvas], object], size=A4, **options) -> bytes:
    """A PDF with a page for each function, which draws with y down as boxes count."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text(*lines: str, x: float = 72, top: float = 100) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for n, line in enumerate(lines):
            canvas.drawString(x, canvas._pagesize[1] - top - 14 * n, line)

    return draw


def scan(*extra: str, colour: int = 255, share: float = 1.0) -> Callable[[Canvas], None]:
    """A page-wide picture of a scribble, and lines of text printed over it."""

    def draw(canvas: Canvas) -> None:
        picture = Image.new("L", (1240, 1754), colour)
        ImageDraw.Draw(picture).line((100, 100, 900, 900), fill=0, width=5)
        width, height = canvas._pagesize
        canvas.drawImage(ImageReader(picture), 0, 0, width, height * share)
        text(*extra)(canvas)

    return draw


def read(data: bytes, **options) -> tuple[Page, ...]:
    pages = pdf.read(data, ReadOptions(**options)).pages
    assert pages is not None
    return pages


def lines(page: Page) -> list[str]:
    return [" ".join(word.text for word in line) for line in page.lines]


def edited(data: bytes, change: Callable) -> bytes:
    """The PDF after `change(page)` on its first page."""
    out = io.BytesIO()
    with PdfDocument(data) as document:
        page = document[0]
        change(page)
        page.gen_content()
        page.close()
        document.save(out)
    return out.getvalue()


def test_words_have_boxes_in_points_from_the_top_left():
    (page,) = read(drawn(text("Total 12.50", x=72, top=100)))
    (line,) = page.lines
    assert [word.text for word in line] == ["Total", "12.50"]
    box = line[0].box
    assert (page.width, page.height, page.read_by, page.reason) == (595, 842, "text-layer", "")
    assert box.x0 == pytest.approx(72, abs=1)
    assert box.bottom == pytest.approx(100, abs=1)  # the baseline
    assert 7 < box.height < 12 and 24 < box.width < 30


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_turned_by_its_rotate_entry_has_boxes_where_they_are_seen(turn):
    def upright_when_turned(canvas: Canvas) -> None:
        width, height = canvas._pagesize
        canvas.translate(width / 2, height / 2)
        canvas.rotate(turn)  # counter-clockwise, which /Rotate undoes
        canvas.drawString(0, 0, "Total here")

    data = edited(drawn(upright_when_turned), lambda page: page.set_rotation(turn))
    (page,) = read(data)
    assert lines(page) == ["Total here"] and page.rotation == 0
    assert (page.width, page.height) == (A4 if turn % 180 == 0 else A4[::-1])
    word = page.lines[0][0]
    assert word.box.x0 == pytest.approx(page.width / 2, abs=1)
    assert word.box.bottom == pytest.approx(page.height / 2, abs=1)
    assert_ink(data, word.box)


def assert_ink(data: bytes, box: Box) -> None:
    """The rendered page is dark within the box, and white just outside it."""
    picture = pdf.image(data, 1, ReadOptions())
    scale = picture.dpi / 72
    whole = picture.image.convert("L")
    sides = (box.x0, box.top, box.x1, box.bottom)
    assert whole.crop(tuple(round(side * scale) for side in sides)).getextrema()[0] < 64
    above = (box.x0, box.top - 6, box.x1, box.top - 1)
    assert whole.crop(tuple(round(side * scale) for side in above)).getextrema()[0] > 192


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_whose_text_is_turned_is_read_upright(angle):
    def sideways(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(angle)
        canvas.drawString(0, 14, "first line")
        canvas.drawString(0, 0, "second line")

    (page,) = read(drawn(sideways))
    assert lines(page) == ["first line", "second line"]
    assert page.rotation == angle  # drawn counter-clockwise, so a clockwise turn sets it right
    assert (page.width, page.height) == (A4 if angle == 180 else A4[::-1])


def test_a_line_written_up_the_margin_stays_a_line_of_its_own():
    def draw(canvas: Canvas) -> None:
        text(*["level text " * 3] * 4)(canvas)
        canvas.translate(30, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "form 17 b")

    (page,) = read(drawn(draw))
    assert lines(page)[-1] == "form 17 b" and len(page.lines) == 5
    assert page.rotation == 0


@pytest.mark.parametrize("box", [(100, 200, 500, 800), (-50, -50, 400, 700)])
def test_boxes_count_from_the_corner_of_the_crop_box(box):
    def crop(page) -> None:
        page.set_mediabox(-100, -100, 600, 900)
        page.set_cropbox(*box)

    data = edited(drawn(lambda canvas: canvas.drawString(150, 300, "Total")), crop)
    (page,) = read(data)
    left, bottom, right, top = box
    assert (page.width, page.height) == (right - left, top - bottom)
    word = page.lines[0][0]
    assert word.box.x0 == pytest.approx(150 - left, abs=1)
    assert word.box.bottom == pytest.approx(top - 300, abs=1)
    assert_ink(data, word.box)


def test_ligatures_soft_hyphens_and_invisible_characters():
    from docextract.readers.pdf.text_layer import _clean

    assert _clean("e\ufb03cient") == "efficient"
    assert _clean("inter\u00ad") == "inter-"
    assert _clean("in\u00adter\u200b") == "inter"
    assert _clean("agree\ufffe") == "agree-"
    assert _clean("\x02\u200b") == ""


def with_pictogram(units: str) -> bytes:
    """A page "A Phone 4 a": its font says that "A" is the character of these UTF-16 units."""
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> "
        f"endcodespacerange 1 beginbfchar <41> <{units}> endbfchar endcmap end"
    )
    content = "BT /F1 12 Tf 72 700 Td (A) Tj ( Phone 4 a) Tj 0 -20 Td (Total 9) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >> stream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        f"<< /Length {len(cmap)} >> stream\n{cmap}\nendstream",
    )
    body = "".join(f"{n} 0 obj\n{text}\nendobj\n" for n, text in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer << /Root 1 0 R /Size 7 >>\n%%EOF".encode()


@pytest.mark.parametrize(
    ("units", "seen"),
    [("D83DDCDE", "\U0001f4de "), ("D83D", ""), ("DCDE", ""), ("2709", "\u2709 ")],
)
def test_words_after_a_pictogram_keep_their_places(units, seen):
    (page,) = read(with_pictogram(units))
    assert lines(page) == [f"{seen}Phone 4 a", "Total 9"]
    for word in page.lines[0][-3:] + page.lines[1]:
        assert_ink(with_pictogram(units), word.box)
    phone, four, letter = (word.box for word in page.lines[0][-3:])
    assert phone.x1 < four.x0 < four.x1 < letter.x0
    assert four.x1 - four.x0 < 8 < phone.x1 - phone.x0
    assert page.lines[1][0].box.x0 == pytest.approx(72, abs=2)


def test_words_drawn_apart_without_a_space_are_two_words():
    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(72, 700)
        line.textOut("Total:")
        line.moveCursor(0, 0)
        canvas.drawText(line)
        canvas.drawString(72 + canvas.stringWidth("Total:") + 7, 700, "9,90")

    (page,) = read(drawn(draw))
    assert lines(page) == ["Total: 9,90"]


def test_digits_of_two_columns_drawn_as_one_text_are_two_words():
    def draw(canvas: Canvas) -> None:
        canvas._code.append("BT /F1 1 Tf 5 0 0 5 72 700 Tm [(3) -4700 (0)] TJ ET")

    (page,) = read(drawn(draw))
    first, second = page.lines[0]
    assert (first.text, second.text) == ("3", "0")
    assert first.box.x1 < 76 and second.box.x0 == pytest.approx(72 + 5 * 5.26, abs=2)


def test_letters_spaced_for_show_are_one_word():
    def draw(canvas: Canvas) -> None:
        canvas._code.append("BT /F1 12 Tf 20 Tc 72 700 Td (Total) Tj ET")

    (page,) = read(drawn(draw))
    assert lines(page) == ["Total"]


def test_a_page_with_a_picture_and_no_words_waits_for_ocr():
    (page,) = read(drawn(scan()))
    assert (page.read_by, page.reason, page.lines) == (WAITING, "no text layer", ())
    assert (page.width, page.height) == A4


def test_a_page_with_nothing_on_it_is_blank():
    (page,) = read(drawn(lambda canvas: None))
    assert (page.read_by, page.reason, page.lines) == ("text-layer", "blank", ())


def test_a_stamp_on_a_scan_does_not_keep_it_from_ocr():
    (page,) = read(drawn(scan("Received 17 May")))
    assert page.read_by == WAITING
    assert page.reason == "text layer of only 3 words over a picture that fills the page"


def test_a_small_picture_does_not_send_a_page_to_ocr():
    (page,) = read(drawn(scan("Short letter", share=0.2)))
    assert page.read_by == "text-layer" and lines(page) == ["Short letter"]


def test_the_hidden_text_of_a_scanner_is_used():
    def draw(canvas: Canvas) -> None:
        scan()(canvas)
        line = canvas.beginText(72, 700)
        line.setTextRenderMode(3)
        line.textOut("Title page")
        canvas.drawText(line)

    (page,) = read(drawn(draw))
    assert page.read_by == "text-layer" and lines(page) == ["Title page"]


def test_a_garbled_text_layer_waits_for_ocr_and_says_why():
    letters = "".join(chr(ord(c) + 1) if c != " " else c for c in PROSE)
    (page,) = read(drawn(text(letters, letters)))
    assert page.read_by == WAITING
    assert page.reason.startswith("garbled text layer: letters in proportions")


@pytest.mark.parametrize(
    ("mode", "words", "read_by", "reason"),
    [("always", "Total", WAITING, "asked for"), ("never", "", "text-layer", "")],
)
def test_ocr_mode_overrules_what_the_page_looks_like(mode, words, read_by, reason):
    (page,) = read(drawn(scan() if mode == "never" else text(words)), ocr_mode=mode)
    assert (page.read_by, page.reason) == (read_by, reason)


def test_each_page_is_judged_alone():
    pages = read(drawn(text("Letter"), scan(), lambda canvas: None))
    assert [page.read_by for page in pages] == ["text-layer", WAITING, "text-layer"]
    assert [page.number for page in pages] == [1, 2, 3]


def test_only_wanted_pages_are_read_and_keep_their_numbers():
    data = drawn(*[text(f"page {n}") for n in range(1, 6)])
    pages = read(data, page_range="2,4-")
    assert [(page.number, lines(page)) for page in pages] == [
        (2, ["page 2"]),
        (4, ["page 4"]),
        (5, ["page 5"]),
    ]


def test_too_many_pages_are_over_the_limit_unless_a_range_leaves_few():
    data = drawn(*[text("page")] * 4)
    with pytest.raises(TooLargeInput, match="max_pages"):
        read(data, max_pages=3)
    assert len(read(data, max_pages=3, page_range="2-4")) == 3


def test_a_range_without_pages_is_told():
    with pytest.raises(EmptyInput, match=r"7-9.*none of its 1 pages"):
        read(drawn(text("page")), page_range="7-9")


@pytest.mark.parametrize(
    ("password", "message"), [("", "needs a password"), ("no", "does not open")]
)
def test_a_missing_or_wrong_password_says_which_option_gives_it(password, message):
    data = drawn(text("secret"), encrypt="open sesame")
    with pytest.raises(EncryptedInput, match=f"{message}.*--password"):
        read(data, password=password)


def test_the_right_password_opens():
    (page,) = read(drawn(text("secret"), encrypt="open sesame"), password="open sesame")
    assert lines(page) == ["secret"]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n%%EOF", b"no pdf at all", b"%PDF-1.4\n" + b"\0" * 99])
def test_a_damaged_file_is_malformed(data):
    with pytest.raises(MalformedInput):
        read(data)


def broken_second_page() -> bytes:
    """Three pages, of which the second is no page object."""
    kids = b"[3 0 R 4 0 R 3 0 R]"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 3 /Kids " + kids + b" >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>",
        b"(not a page)",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for n, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    return out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def test_a_page_that_does_not_load_is_an_issue_and_the_others_are_read():
    content = pdf.read(broken_second_page(), ReadOptions())
    assert [page.read_by for page in content.pages or ()] == ["text-layer", "none", "text-layer"]
    (issue,) = content.issues
    assert (issue.stage, issue.category, issue.page) == ("read", "malformed", 2)


def test_a_document_without_one_page_that_loads_is_malformed():
    with pytest.raises(MalformedInput, match="page 2"):
        read(broken_second_page(), page_range="2")


def test_what_was_typed_into_form_fields_is_read():
    def draw(canvas: Canvas) -> None:
        text("Name:", x=72, top=100)(canvas)
        canvas.acroForm.textfield(name="n", value="Ann Other", x=150, y=735, width=200, height=20)
        canvas.acroForm.textfield(name="e", value="", x=150, y=700, width=200, height=20)

    (page,) = read(drawn(draw))
    assert lines(page) == ["Name: Ann Other"]
    name = page.lines[0][1]
    assert page.read_by == "text-layer"
    assert 150 <= name.box.x0 < name.box.x1 <= 350 and 87 <= name.box.top < name.box.bottom <= 107


def grid(canvas: Canvas) -> None:
    cells = [["Item", "Amount"], ["Paper", "3.00"], ["Ink", "9.50"]]
    canvas.grid([100, 250, 400], [700, 680, 660, 640])
    for r, row in enumerate(cells):
        for c, cell in enumerate(row):
            canvas.drawString(105 + 150 * c, 685 - 20 * r, cell)


def test_a_ruled_table_is_a_grid_of_cells():
    (page,) = read(drawn(grid))
    (table,) = page.tables
    assert [len(row) for row in table.rows] == [2, 2, 2]
    cell = table.rows[1][1]
    assert cell is not None
    within = [w.text for line in page.lines for w in line if cell.contains(w.box.x, w.box.y)]
    assert within == ["3.00"]
    box = table.box
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((100, 142, 400, 202), abs=1)


def test_a_merged_cell_covers_the_places_of_those_it_replaces():
    def draw(canvas: Canvas) -> None:
        canvas.rect(100, 600, 300, 60)
        canvas.line(100, 640, 400, 640)
        canvas.line(100, 620, 400, 620)
        canvas.line(250, 600, 250, 640)  # not through the first row
        text("Title", x=110, top=195)(canvas)

    (page,) = read(drawn(draw))
    (table,) = page.tables
    title = table.rows[0][0]
    assert [[cell is not None for cell in row] for row in table.rows] == [
        [True, False],
        [True, True],
        [True, True],
    ]
    assert title is not None and title.width == pytest.approx(300, abs=2)


def test_underlines_are_no_table():
    def draw(canvas: Canvas) -> None:
        for n in range(8):
            text(f"Label {n}", top=100 + 20 * n)(canvas)
            canvas.line(72, 740 - 20 * n, 300, 740 - 20 * n)

    (page,) = read(drawn(draw))
    assert page.tables == ()


def test_reading_leaves_the_order_of_a_two_column_page_to_its_columns():
    def draw(canvas: Canvas) -> None:
        words = PROSE.split()
        for n in range(6):
            for side, x in ((0, 60), (1, 320)):
                canvas.drawString(x, 700 - 14 * n, f"{side}{n} " + " ".join(words[n : n + 5]))

    (page,) = read(drawn(draw))
    assert [line[0].text for line in page.lines] == [f"{s}{n}" for s in (0, 1) for n in range(6)]
