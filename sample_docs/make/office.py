"""Records as office files: a text, a spreadsheet, a slide."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from odf.opendocument import OpenDocumentText
from odf.style import ParagraphProperties, Style, TextProperties
from odf.text import LineBreak, P
from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Cm

from docextract.training.synthetic.facts.notation import format_date, round_to_cents
from docextract.training.synthetic.from_record import RecordData, record_date, tax_totals
from sample_docs.make.holders import timeless
from sample_docs.make.records import data_of, text_of

PLUM, DOLLARS = "5B2A4E", '"$"#,##0.00'
MOSS, OAK, DARK = (RGBColor.from_string(code) for code in ("4F6B58", "A87B4A", "222B26"))


def _written(office: Any) -> bytes:
    file = BytesIO()
    office(file)
    return timeless(file.getvalue())


def _us(day: date) -> str:
    return format_date(day, "{M} {d}, {yyyy}", "en")


def contract(name: str) -> bytes:
    """A DOCX file: clauses, a signature table, a table of fees."""
    data, text = data_of(name), text_of(name)
    paper = Document()
    paper.core_properties.author = "Vantongeren & Wick, Attorneys"
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Georgia", Pt(11)
    paper.sections[0].header.paragraphs[0].text = "Execution copy"
    paper.sections[0].footer.paragraphs[0].text = f"{data['title'].title()} - Ashgrove"
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(data["title"])
    run.bold, run.font.size = True, Pt(15)
    places = {field: _us(record_date(data, field)) for field in data if field.endswith("_date")}
    places |= {"law": data["governing_law"], "start": places["effective_date"]}
    places |= {"end": places["expiration_date"]}
    paper.add_paragraph(text["opening"].format(*data["parties"], *text["names"], **places))
    for number, clause in enumerate(text["clauses"], 1):
        heading, words = clause.format(**places).split(". ", 1)
        paragraph = paper.add_paragraph()
        paragraph.add_run(f"{number}. {heading}. ").bold = True
        paragraph.add_run(words)
    paper.add_paragraph("In witness whereof the parties have signed this Agreement:")
    cells = paper.add_table(rows=1, cols=2).rows[0].cells
    for cell, party, signed in zip(cells, data["parties"], text["signed"], strict=True):
        name, office = signed
        cell.text = f"{party.upper()}\n\n/s/ {name}\nName: {name}\nTitle: {office}"
    _fees(paper, record_date(data, "effective_date"))
    return _written(paper.save)


def _fees(paper: Any, start: date) -> None:
    paper.add_heading("Schedule A: Annual License Fee", 2)
    table = paper.add_table(rows=1, cols=3, style="Light Grid Accent 1")
    rows = [("Year", "From", "Fee (USD)")]
    fee = Decimal(18400)
    for year in range(10):
        fee = (
            round_to_cents(fee * Decimal("1.02")) if year >= 2 else fee
        )  # it rises from the third on
        rows.append((str(year + 1), _us(start.replace(year=start.year + year)), f"{fee:,.2f}"))
    for at, words in enumerate(rows):
        for cell, word in zip((table.add_row() if at else table.rows[0]).cells, words, strict=True):
            cell.text = word


def letter(name: str) -> bytes:
    """An ODT file of a private person: no letterhead."""
    data, text = data_of(name), text_of(name)
    paper = OpenDocumentText()
    styles = {}
    for look, align, weight in (("Brief", "start", "normal"), ("Rechts", "end", "normal"),
                                ("Betreff", "start", "bold")):  # fmt: skip
        style = styles[look] = Style(name=look, family="paragraph")
        style.addElement(ParagraphProperties(textalign=align, marginbottom="0.5cm"))
        style.addElement(TextProperties(fontsize="11pt", fontweight=weight, fontfamily="Serif"))
        paper.styles.addElement(style)
    city = data["sender_address"].rpartition(" ")[2]
    day = format_date(record_date(data, "date"), "{d}. {M} {yyyy}", "de")
    for look, lines in (
        ("Brief", (data["sender_name"], *data["sender_address"].split(", "), *text["contact"])),
        ("Brief", (data["recipient_name"], *data["recipient_address"].split(", "))),
        ("Rechts", (f"{city}, {day}",)),
        ("Betreff", (data["subject"], f"Versicherungsnummer: {data['reference']}")),
        ("Brief", (text["greeting"],)),
        *(("Brief", (words,)) for words in text["paragraphs"]),
        ("Brief", (text["closing"], "", data["sender_name"])),
    ):
        paragraph = P(stylename=styles[look], text=lines[0])
        for words in lines[1:]:
            paragraph.addElement(LineBreak())
            paragraph.addText(words)
        paper.text.addElement(paragraph)
    return _written(paper.write)


def invoice(name: str) -> bytes:
    """An XLSX file of one sheet: amounts and days are typed cells."""
    data, text = data_of(name), text_of(name)
    book = Workbook()
    sheet = book.active
    for column, wide in zip("ABCDEF", (6, 40, 11, 10, 16, 15), strict=True):
        sheet.column_dimensions[column].width = wide
    sheet["A1"], sheet["F1"] = data["seller_name"], "INVOICE"
    sheet["A1"].font = Font("Georgia", 18, bold=True, color=PLUM)
    seller, buyer = (data[f"{who}_address"].split(", ", 1) for who in ("seller", "buyer"))
    head = {2: seller[0], 3: seller[1], 4: text["contact"][0], 5: text["contact"][1], 8: "Bill to",
            9: data["buyer_name"], 10: buyer[0], 11: buyer[1],
            20 + len(data["line_items"]): text["note"]}  # fmt: skip
    for row, words in head.items():
        sheet.cell(row, 1, words)
    days = [(label, record_date(data, field)) for label, field in
            (("Invoice date", "issue_date"), ("Due date", "due_date"))]  # fmt: skip
    for row, (label, value) in enumerate([("Invoice number", data["invoice_number"]), *days], 3):
        sheet.cell(row, 5, label).font = Font(bold=True)
        sheet.cell(row, 6, value).number_format = "@" if row == 3 else "mmm d, yyyy"
    _rows(sheet, data)
    book.properties.creator = data["seller_name"]
    return _written(book.save)


def _rows(sheet: Any, data: RecordData) -> None:
    keys = ("position", "description", "quantity", "unit", "unit_price", "net_amount")
    heads = ("No.", "Description", "Quantity", "Unit", "Unit price", "Amount")
    for column, head in enumerate(heads, 1):
        cell = sheet.cell(13, column, head)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", PLUM)
    for at, row in enumerate(data["line_items"], 14):
        for column, key in enumerate(keys, 1):
            cell = sheet.cell(at, column, int(row[key]) if key == "position" else row[key])
            cell.border = Border(bottom=Side("hair"))
            cell.number_format = DOLLARS if column >= 5 else "General"
    (tax,) = tax_totals(data)
    sums = (("Subtotal", tax.base), (f"Meals tax {tax.rate}%", tax.amount),
            (f"Total due {data['currency']}", data["grand_total"]))  # fmt: skip
    for at, (label, amount) in enumerate(sums, 15 + len(data["line_items"])):
        sheet.cell(at, 5, label).font = Font(bold=True)
        sheet.cell(at, 6, amount).number_format = DOLLARS


def offer(name: str) -> bytes:
    """A PPTX file of one slide: text boxes, shapes, a table."""
    data, text = data_of(name), text_of(name)
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    for box, colour in (((3.4, 3.6, 5.6, 7.6), MOSS), ((2.2, 8.4, 1.9, 5), MOSS),
                        ((8.3, 8.4, 1.9, 5), MOSS), ((3.2, 10.2, 6, 2.4), OAK)):  # fmt: skip
        part = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *map(Cm, box))
        part.fill.solid()
        part.fill.fore_color.rgb = colour
        part.line.fill.background()
    price = f"{data['price']:,.2f}".translate(str.maketrans(",.", ".,"))
    for box, words, size, colour in (
        ((1, 0.8, 23, 1.4), text["shop"], 20, OAK),
        ((12, 2.6, 12.4, 1.6), data["product_name"], 30, DARK),
        ((12, 4.3, 12.4, 1), f"Marke: {data['brand']}", 16, MOSS),
        ((12, 5.4, 12.4, 3), text["blurb"], 13, DARK),
        ((12, 8.6, 12.4, 2), f"Preis: {price} €", 34, OAK),
        ((12, 10.5, 12.4, 1), f"inkl. MwSt. · {data['availability']}", 14, DARK),
        ((12, 11.4, 12.4, 1),
         f"Artikelnummer: {data['product_number']}   EAN: {data['gtin']}", 12, DARK),
    ):  # fmt: skip
        frame = slide.shapes.add_textbox(*map(Cm, box)).text_frame
        frame.word_wrap = True
        run = frame.paragraphs[0].add_run()
        run.text, run.font.size, run.font.color.rgb = words, Pt(size), colour
        run.font.bold = size > 18
    details = text["details"]
    table = slide.shapes.add_table(len(details), 2, Cm(12.2), Cm(13), Cm(11), Cm(4)).table
    for at, words in enumerate(word for pair in details for word in pair):
        table.cell(at // 2, at % 2).text = words
    return _written(show.save)
