from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import openpyxl
import pptx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from odf import opendocument, table, text
from pptx.util import Pt

from docextract.document import Document, Page
from docextract.errors import EmptyInput, InputError, MalformedInput, TooLargeInput
from docextract.readers import ReadOptions, Source, read
from docextract.readers.office.cell_format import format_cell


def saved(made) -> bytes:
    stream = BytesIO()
    (made.write if hasattr(made, "write") else made.save)(stream)
    return stream.getvalue()


def document(data: bytes, options: ReadOptions | None = None) -> Document:
    found = read(Source("unnamed", data=data), options or ReadOptions()).document
    assert found is not None
    return found


def texts(page: Page) -> list[str]:
    return [" ".join(word.text for word in line) for line in page.lines]


def a_docx(*paragraphs: str) -> bytes:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    return saved(made)


def an_xlsx(*rows: list) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    return saved(made)


def a_pptx(said: str = "Hello") -> bytes:
    made = pptx.Presentation()
    made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = said
    return saved(made)


def an_odt(*paragraphs: str) -> bytes:
    made = opendocument.OpenDocumentText()
    for paragraph in paragraphs:
        made.text.addElement(text.P(text=paragraph))
    return saved(made)


def test_docx_paragraphs_and_tables_come_in_the_order_of_the_document():
    made = docx.Document()
    made.add_heading("Offer", 1)
    made.add_paragraph("before\tthe table")
    cells = made.add_table(rows=2, cols=2)
    for n, said in enumerate(["Item", "Amount", "Nut", "1.50"]):
        cells.cell(n // 2, n % 2).text = said
    made.add_paragraph("after")
    (page,) = document(saved(made)).pages
    assert texts(page) == ["Offer", "before the table", "Item Amount", "Nut 1.50", "after"]
    assert page.read_by == "docx"
    assert len(page.tables) == 1
    assert page.lines[0][0].box.height > page.lines[1][0].box.height


def test_docx_merged_cells_cover_their_places():
    made = docx.Document()
    cells = made.add_table(rows=3, cols=3)
    for r in range(3):
        for c in range(3):
            cells.cell(r, c).text = f"{r}{c}"
    cells.cell(0, 0).merge(cells.cell(0, 1))
    cells.cell(1, 2).merge(cells.cell(2, 2))
    (grid,) = document(saved(made)).pages[0].tables
    assert [[bool(cell) for cell in row] for row in grid.rows] == [
        [True, False, True],
        [True, True, True],
        [True, True, False],
    ]


def test_docx_headers_come_first_and_footers_last():
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "ACME Ltd"
    made.sections[0].footer.paragraphs[0].text = "IBAN"
    made.add_paragraph("body")
    assert document(saved(made)).text == "ACME Ltd\nbody\nIBAN"


def test_docx_numbers_are_printed_as_word_prints_them():
    made = docx.Document()
    for said, style in [("a", "List Number"), ("b", "List Number"), ("c", "List Bullet")]:
        made.add_paragraph(said, style=style)
    assert document(saved(made)).text == "1. a\n2. b\nc"


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        ("<w:del {ns}><w:r><w:delText>gone</w:delText></w:r></w:del>", "kept"),
        ("<w:ins {ns}><w:r><w:t>new</w:t></w:r></w:ins>", "kept new"),
        ("<w:r {ns}><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", "kept"),
        ("<w:r {ns}><w:instrText>PAGE</w:instrText></w:r>", "kept"),
        ("<w:hyperlink {ns}><w:r><w:t>link</w:t></w:r></w:hyperlink>", "kept link"),
        ("<w:sdt {ns}><w:sdtContent><w:r><w:t>field</w:t></w:r></w:sdtContent></w:sdt>",
         "kept field"),
        ("<w:r {ns}><w:br/><w:t>below</w:t></w:r>", "kept\nbelow"),
        ("<w:r {ns}><w:br w:type='page'/><w:t>next</w:t></w:r>", "kept\fnext"),
        ("<w:r {ns}><w:pict><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent>"
         "</w:pict></w:r>", "kept\nbox"),
    ],
)  # fmt: skip
def test_docx_text_is_what_is_printed(inside, printed):
    made = docx.Document()
    paragraph = made.add_paragraph("kept ")
    paragraph._p.append(parse_xml(inside.format(ns=nsdecls("w"))))
    assert document(saved(made)).text == printed


def test_xlsx_rows_are_displayed_as_a_user_sees_them():
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["Invoice 17 of ACME and Sons, Limited"])
    sheet.append([])
    sheet.append(["Item", None, "Amount", "On"])
    sheet.append(["Nut", None, 1234.5, date(2026, 3, 1)])
    sheet["C4"].number_format = '#,##0.00 "€"'
    (page,) = document(saved(made)).pages
    assert texts(page) == [
        "Invoice 17 of ACME and Sons, Limited",
        "Item Amount On",
        "Nut 1,234.50 € 2026-03-01",
    ]
    assert page.lines[1][1].box.x0 == page.lines[2][1].box.x0
    assert len(page.tables[0].rows) == 3


def test_xlsx_texts_stay_on_one_line_in_wider_columns_or_over_empty_cells():
    long = "payable within thirty days " * 4  # longer than a line of running text
    rows: list[list] = [
        ["No.", "Description of the goods", "Unit price before tax", "Amount"],
        [1, "Sandwiches and fruit, per guest", "24.50 per guest and day", 2082.5],
        ["Fallowbridge Public Library", None, "Total due in US dollars", 3814.73],
        [long, None, None, "enclosed"],
        [long, "kept", "apart", 1],
    ]
    (page,) = document(an_xlsx(*rows)).pages
    shown = [" ".join(str(said).strip() for said in row if said) for row in rows]
    assert texts(page)[:4] == shown[:4]
    assert len(texts(page)) == 6  # the last row needs two lines
    assert all(word.box.x1 <= page.width for line in page.lines for word in line)
    assert [[bool(box) for box in row] for row in page.tables[0].rows[2:4]] == [
        [True, True, True, True],
        [True, False, True, True],
    ]


def test_xlsx_hidden_sheets_are_left_out_and_told():
    made = openpyxl.Workbook()
    made.active.append(["seen"])
    hidden = made.create_sheet("Secret")
    hidden.append(["unseen"])
    hidden.sheet_state = "hidden"
    found = document(saved(made))
    assert found.text == "seen"
    assert "'Secret' is hidden" in found.issues[0].message


def test_xlsx_sheets_are_pages_under_their_titles():
    made = openpyxl.Workbook()
    made.active.append(["one"])
    made.create_sheet("Second").append(["two"])
    assert document(saved(made)).text == "Sheet\none\fSecond\ntwo"


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1234.5, "General", "1234.5"),
        (0.1 + 0.2, "General", "0.3"),
        (7, "General", "7"),
        (7, "0.00", "7.00"),
        (2.675, "0.00", "2.68"),
        (1234567.891, "#,##0.0", "1,234,567.9"),
        (0.195, "0.0%", "19.5%"),
        (5, '"EUR" 0.00', "EUR 5.00"),
        (5, "[$€-407] 0.00", "€ 5.00"),
        (-5.5, "0.00;[Red](0.00)", "(5.50)"),
        (-5.5, "0.00", "-5.50"),
        (0, '0;-0;"none"', "0"),
        (1.5, "0.0##", "1.5"),
        (12345.678, "0.00E+00", "12345.678"),
        (1e20, "General", "100000000000000000000"),
        (True, "General", "TRUE"),
        (datetime(2026, 3, 1), "dd.mm.yyyy", "2026-03-01"),
        (datetime(2026, 3, 1, 9, 30), "dd.mm.yyyy hh:mm", "2026-03-01 09:30"),
        (time(9, 30), "hh:mm", "09:30"),
        ("007", "@", "007"),
    ],
)
def test_a_cell_is_displayed_in_its_format(value, number_format, shown):
    assert format_cell(value, number_format) == shown


@settings(deadline=None)
@given(st.one_of(st.integers(), st.floats()), st.text('0#?,.;%E+/@"\\[]_*$- ', max_size=12))
def test_any_number_in_any_format_is_displayed(value, number_format):
    assert isinstance(format_cell(value, number_format), str)


def test_pptx_slides_are_pages_with_text_where_its_shape_is():
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    for said, top in [("lower", 300), ("upper", 100)]:
        box = slide.shapes.add_textbox(Pt(72), Pt(top), Pt(200), Pt(40))
        box.text_frame.text = said
    (page,) = document(saved(made)).pages
    assert texts(page) == ["upper", "lower"]
    word = page.lines[0][0]
    assert (word.box.x0, word.box.top) == (72, 100)
    assert (page.width, page.height) == (720, 540)


def test_pptx_tables_have_their_cells():
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    cells = slide.shapes.add_table(2, 2, Pt(50), Pt(60), Pt(300), Pt(80)).table
    for n, said in enumerate(["Item", "Amount", "Nut", "1.50"]):
        cells.cell(n // 2, n % 2).text = said
    (page,) = document(saved(made)).pages
    assert texts(page) == ["Item Amount", "Nut 1.50"]
    assert page.tables[0].rows[1][1].contains(page.lines[1][1].box.x, page.lines[1][1].box.y)


def test_pptx_groups_are_placed_by_their_own_coordinates():
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Pt(100), Pt(100), Pt(100), Pt(20)).text_frame.text = "inside"
    group.left, group.top = Pt(300), Pt(200)
    (page,) = document(saved(made)).pages
    assert page.lines[0][0].box.x0 == pytest.approx(300)
    assert page.lines[0][0].box.top == pytest.approx(200)


def test_pptx_pages_keep_their_numbers_in_a_range():
    made = pptx.Presentation()
    for said in ("one", "two", "three"):
        made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = said
    found = document(saved(made), ReadOptions(page_range="2-"))
    assert [(page.number, texts(page)) for page in found.pages] == [(2, ["two"]), (3, ["three"])]


def test_odt_paragraphs_lists_and_tables_come_in_order():
    made = opendocument.OpenDocumentText()
    made.text.addElement(text.H(outlinelevel=1, text="Offer"))
    paragraph = text.P(text="some")
    paragraph.addElement(text.Tab())
    paragraph.addText("tabbed")
    paragraph.addElement(text.LineBreak())
    paragraph.addText("below")
    paragraph.addElement(text.S(c=3))
    paragraph.addText("apart")
    made.text.addElement(paragraph)
    items = text.List()
    items.addElement(text.ListItem())
    items.firstChild.addElement(text.P(text="item"))
    made.text.addElement(items)
    grid = table.Table()
    for said in (["Nut", "1.50"], ["Bolt", "2.00"]):
        row = table.TableRow()
        for one in said:
            row.addElement(table.TableCell())
            row.lastChild.addElement(text.P(text=one))
        grid.addElement(row)
    made.text.addElement(grid)
    (page,) = document(saved(made)).pages
    assert texts(page) == ["Offer", "some tabbed", "below apart", "item", "Nut 1.50", "Bolt 2.00"]
    assert page.read_by == "odt"
    assert len(page.tables[0].rows) == 2


def test_odt_repeated_cells_are_bounded():
    made = opendocument.OpenDocumentText()
    grid, row = table.Table(), table.TableRow(numberrowsrepeated=1_000_000)
    row.addElement(table.TableCell(numbercolumnsrepeated=1_000_000))
    row.lastChild.addElement(text.P(text="x"))
    grid.addElement(row)
    made.text.addElement(grid)
    with pytest.raises(TooLargeInput):
        document(saved(made))


MAKERS: dict[str, Callable[..., bytes]] = {
    "docx": a_docx,
    "xlsx": lambda *said: an_xlsx(*([one] for one in said)),
    "pptx": a_pptx,
    "odt": an_odt,
}
MAIN_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
    "pptx": "ppt/slides/slide1.xml",
    "odt": "content.xml",
}


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == name else content)
    return made.getvalue()


@pytest.mark.parametrize("kind", MAKERS)
def test_an_office_document_without_text_is_empty(kind):
    with pytest.raises(EmptyInput):
        document(MAKERS[kind]("") if kind == "pptx" else MAKERS[kind]())


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(kind, encoding):
    def declare(_: bytes) -> bytes:
        xml = '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "boom">]><a>&x;</a>'
        return xml.encode(encoding)

    with pytest.raises(MalformedInput, match="declares a document type"):
        document(with_part(MAKERS[kind]("text"), MAIN_PARTS[kind], declare))


@pytest.mark.parametrize("kind", MAKERS)
def test_a_package_that_unpacks_to_too_much_is_refused(kind):
    bomb = with_part(MAKERS[kind]("text"), MAIN_PARTS[kind], lambda xml: xml + b" " * 2**22)
    assert len(bomb) < 2**17
    with pytest.raises(TooLargeInput, match="max_unpacked"):
        document(bomb, ReadOptions(max_unpacked=2**21))


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize(
    "change", [lambda _: b"", lambda xml: xml[: len(xml) // 2], lambda _: b"<a/>"]
)
def test_a_package_with_a_broken_part_gives_an_input_error(kind, change):
    with pytest.raises(InputError):
        document(with_part(MAKERS[kind]("text"), MAIN_PARTS[kind], change))


@pytest.mark.parametrize("kind", MAKERS)
def test_a_cut_off_package_is_malformed(kind):
    data = MAKERS[kind]("text")
    with pytest.raises(MalformedInput):
        read(Source(f"a.{kind}", data=data[: len(data) // 2]), ReadOptions())


@cache
def sound(kind: str) -> bytes:
    """The same package each time: the time of its making is in its bytes."""
    return MAKERS[kind]("text")


@pytest.mark.parametrize("kind", MAKERS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_damaged_package_gives_a_document_or_an_input_error(kind, data):
    whole = bytearray(sound(kind))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(InputError):
        read(Source(f"a.{kind}", data=bytes(whole)), ReadOptions(max_unpacked=2**24))
