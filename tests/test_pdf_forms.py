"""Form fields of PDFs, made here and read back."""

import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from docextract.document import WAITING, Box, Page, Word
from docextract.readers import recognise_page
from docextract.readers.options import ReadOptions
from docextract.readers.pdf import reader as pdf
from docextract.readers.source import Source


class Unread:
    """An OCR engine that gives one word, so that the page is of nobody's doing but the form's."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        pass

    def read(self, image, *, dpi: float) -> tuple[tuple[Word, ...], ...]:
        return ((Word("upright", Box(10, 10, 90, 20), 1.0),),)


def drawn(draw: Callable[[Canvas], object]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    draw(canvas)
    canvas.showPage()  # also where nothing but fields stands on it
    canvas.save()
    return out.getvalue()


def page_of(draw: Callable[[Canvas], object], **options) -> Page:
    pages = pdf.read(drawn(draw), ReadOptions(**options)).pages
    assert pages is not None
    return pages[0]


def test_a_text_field_has_its_name_tooltip_value_and_box():
    def draw(canvas: Canvas) -> None:
        canvas.acroForm.textfield(
            name="no", tooltip="Invoice №", value="RE-77", x=150, y=735, width=200, height=20
        )

    (field,) = page_of(draw).form_fields
    assert (field.name, field.kind, field.tooltip, field.value) == (
        *("no", "text", "Invoice №", "RE-77"),
    )
    assert field.checked is None
    assert field.box == Box(150, 842 - 755, 350, 842 - 735)


def test_radio_buttons_share_a_name_and_one_is_chosen():
    def draw(canvas: Canvas) -> None:
        for at, value in enumerate(["sale", "rent"]):
            chosen = value == "rent"
            canvas.acroForm.radio(name="deal", value=value, selected=chosen, x=72 + 90 * at, y=700)

    fields = page_of(draw).form_fields
    assert [(f.name, f.kind, f.value, f.checked) for f in fields] == [
        ("deal", "radio", "sale", False),
        ("deal", "radio", "rent", True),
    ]


@pytest.mark.parametrize("checked", [True, False])
def test_a_checkbox_is_a_mark_in_the_field_and_no_word_on_the_page(checked):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(90, 700, "Sale")
        canvas.acroForm.checkbox(name="sale", checked=checked, x=72, y=700, size=12)

    page = page_of(draw)
    (field,) = page.form_fields
    assert (field.kind, field.checked) == ("checkbox", checked)
    assert [word.text for line in page.lines for word in line] == ["Sale"]


def test_a_choice_holds_the_label_that_is_seen_and_what_else_there_was():
    def draw(canvas: Canvas) -> None:
        options = [("Euro", "E"), ("Dollar", "D")]
        canvas.acroForm.choice(name="c", value="D", options=options, x=72, y=650, width=80)

    page = page_of(draw)
    (field,) = page.form_fields
    assert (field.kind, field.value, field.options) == ("choice", "Dollar", ("Euro", "Dollar"))
    assert [word.text for line in page.lines for word in line] == ["Dollar"]


@pytest.mark.parametrize(
    "secret",
    [{"fieldFlags": "password"}, {"annotationFlags": "hidden"}],
    ids=["password", "hidden"],
)
def test_what_is_not_to_be_seen_is_not_read(secret):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 760, "Login")
        canvas.acroForm.textfield(name="p", value="hunter2", x=72, y=735, **secret)

    page = page_of(draw)
    assert page.form_fields == ()
    assert "hunter2" not in str(page.lines)


def test_a_value_longer_than_the_limit_counts_as_none():
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 760, "Notes")
        canvas.acroForm.textfield(name="n", value="a " * 40_000, maxlen=0, x=72, y=735)

    page = page_of(draw)
    assert [field.value for field in page.form_fields] == [""]
    assert len(page.lines) == 1


def test_of_a_page_with_thousands_of_fields_the_first_thousand_are_read():
    def draw(canvas: Canvas) -> None:
        for at in range(1003):
            canvas.acroForm.textfield(
                name=f"f{at}",
                value="1",
                x=20 + at % 50 * 11,
                y=20 + at // 50 * 30,
                width=10,
                height=9,
            )

    fields = page_of(draw).form_fields
    assert [field.name for field in fields] == [f"f{at}" for at in range(1000)]


def test_boxes_turn_with_a_page_whose_letters_lie_on_their_side():
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 100)
        canvas.rotate(90)
        for n in range(3):
            canvas.drawString(0, -14 * n, "a line that is written up the page")
        canvas.acroForm.checkbox(name="c", x=500, y=60, size=12)  # of the page, not turned

    page = page_of(draw)
    assert (page.rotation, page.width, page.height) == (90, 842, 595)
    (field,) = page.form_fields
    # 60 points up from the bottom of the page is 60 from its left once it is turned clockwise,
    # and 500 from the left is 500 from the top.
    box = field.box
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((60, 500, 72, 512), abs=0.5)


def test_the_fields_of_a_page_that_ocr_reads_are_kept():
    data = drawn(lambda canvas: canvas.acroForm.checkbox(name="c", checked=True, x=72, y=700))
    options = ReadOptions(ocr_mode="always", ocr_engine=f"{__name__}:Unread")
    (page,) = pdf.read(data, options).pages or ()
    assert page.read_by == WAITING
    source = Source.of(data, name="form.pdf")
    assert recognise_page(source, page, options).form_fields == page.form_fields != ()
