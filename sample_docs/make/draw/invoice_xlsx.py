"""An invoice that a small firm keeps in a spreadsheet: numbers and dates are real cells."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from sample_docs.make.archive import timeless
from sample_docs.make.facts.invoice import Invoice
from sample_docs.make.facts.printed import plain

DOLLARS = '"$"#,##0.00'
DATE = "mmm d, yyyy"
PLUM = "5B2A4E"
HEADINGS = ("No.", "Description", "Quantity", "Unit", "Unit price", "Amount")


def draw(invoice: Invoice) -> bytes:
    """The XLSX file of one sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Invoice"
    sheet.sheet_view.showGridLines = False
    for column, width in zip("ABCDEF", (6, 40, 11, 10, 16, 15), strict=True):
        sheet.column_dimensions[column].width = width
    _parties(sheet, invoice)
    row = _table(sheet, invoice, 13)
    _totals(sheet, invoice, row + 1)
    book.properties.creator = invoice.seller.name
    file = BytesIO()
    book.save(file)
    return timeless(file.getvalue())


def _parties(sheet: Worksheet, invoice: Invoice) -> None:
    seller, buyer = invoice.seller, invoice.buyer
    sheet["A1"] = seller.name
    sheet["A1"].font = Font("Georgia", 18, bold=True, color=PLUM)
    for row, words in enumerate((*seller.address, f"Phone {seller.phone}", seller.email), 2):
        sheet.cell(row, 1, words)
    sheet["F1"] = "INVOICE"
    sheet["F1"].font = Font("Georgia", 18, color=PLUM)
    facts = (
        ("Invoice number", invoice.number, "@"),
        ("Invoice date", invoice.issued, DATE),
        ("Due date", invoice.due, DATE),
    )
    for row, (label, value, form) in enumerate(facts, 3):
        sheet.cell(row, 5, label).font = Font(bold=True)
        sheet.cell(row, 6, value).number_format = form
    sheet["A8"] = "Bill to"
    sheet["A8"].font = Font(bold=True)
    for row, words in enumerate((buyer.name, *buyer.address), 9):
        sheet.cell(row, 1, words)
    for row, (label, value) in enumerate(invoice.references, 9):
        sheet.cell(row, 5, label).font = Font(bold=True)
        sheet.cell(row, 6, value)


def _table(sheet: Worksheet, invoice: Invoice, row: int) -> int:
    """Returns the first row below the table."""
    for column, words in enumerate(HEADINGS, 1):
        cell = sheet.cell(row, column, words)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", PLUM)
    for position, line in enumerate(invoice.lines, 1):
        row += 1
        values = (position, line.description, line.quantity, line.unit, line.unit_price, line.net)
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, value)
            cell.border = Border(bottom=Side("hair"))
            if column >= 5:
                cell.number_format = DOLLARS
    return row + 1


def _totals(sheet: Worksheet, invoice: Invoice, row: int) -> None:
    ((rate, (_, tax)),) = invoice.taxes.items()
    rows = (
        ("Subtotal", invoice.net_total),
        (f"Meals tax {plain(rate)}%", tax),
        (f"Total due {invoice.currency}", invoice.grand_total),
    )
    for at, (label, amount) in enumerate(rows, row):
        sheet.cell(at, 5, label).font = Font(bold=True)
        sheet.cell(at, 6, amount).number_format = DOLLARS
    sheet.cell(row + 4, 1, "Please make checks payable to Ciderhouse Catering Co. Thank you!")
