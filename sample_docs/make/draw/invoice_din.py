"""German invoices on a DIN 5008 letter sheet, in two designs."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reportlab.lib.colors import Color, HexColor, white

from sample_docs.make.draw.sheet import GREY, INK, MM, Column, Sheet, Type, register_vera
from sample_docs.make.facts.identifiers import grouped
from sample_docs.make.facts.invoice import Invoice
from sample_docs.make.facts.printed import german, german_date, plain

LEFT, RIGHT = 25 * MM, 190 * MM


@dataclass(frozen=True)
class Design:
    """What tells one sender's paper from another's."""

    family: str
    bold: str
    accent: Color
    word: str  # what the paper calls the number: "Rechnungsnummer", "Rechnung Nr."
    emblem: str  # "compass" or "falcon"

    def type(self, size: float = 9, colour: Color = INK) -> Type:
        """The upright face."""
        return Type(self.family, size, colour)

    def strong(self, size: float = 9, colour: Color = INK) -> Type:
        """The bold face."""
        return Type(self.bold, size, colour)


OFFICE = Design("Vera", "Vera-Bold", HexColor("#1d4f91"), "Rechnungsnummer", "compass")
FREELANCE = Design("Times-Roman", "Times-Bold", HexColor("#7a2f1d"), "Rechnung Nr.", "falcon")

COLUMNS = (
    Column("Pos.", LEFT),
    Column("Bezeichnung", LEFT + 26),
    Column("Menge", 348, "right"),
    Column("Einheit", 356),
    Column("Einzelpreis", 446, "right"),
    Column("USt.", 476, "right"),
    Column("Betrag EUR", RIGHT, "right"),
)


def draw(
    invoice: Invoice, design: Design, *, attached: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    """The PDF of one page, with these files in it."""
    register_vera()
    sheet = Sheet(title=f"Rechnung {invoice.number}")
    _letterhead(sheet, invoice, design)
    _addressee(sheet, invoice, design)
    _information(sheet, invoice, design)
    y = _opening(sheet, invoice, design)
    y = _table(sheet, invoice, design, y)
    y = _totals(sheet, invoice, design, y)
    _closing(sheet, invoice, design, y + 30)
    _footer(sheet, invoice, design)
    _fold_marks(sheet)
    for name, data in attached.items():
        sheet.attach(name, data)
    return sheet.finish()


def _letterhead(sheet: Sheet, invoice: Invoice, design: Design) -> None:
    if design.emblem == "compass":
        sheet.disc((RIGHT - 16, 48), 17, design.accent)
        sheet.polygon([(RIGHT - 16, 34), (RIGHT - 11, 48), (RIGHT - 21, 48)], white)
        grey = HexColor("#a9c3e6")
        sheet.polygon([(RIGHT - 16, 62), (RIGHT - 11, 48), (RIGHT - 21, 48)], grey)
        sheet.text(RIGHT - 42, 47, "Nordlicht", design.strong(19, design.accent), "right")
        sheet.text(RIGHT - 42, 60, "Bürobedarf GmbH", design.type(8.5, GREY), "right")
        return
    sheet.polygon([(LEFT, 62), (LEFT + 30, 34), (LEFT + 22, 56), (LEFT + 40, 48)], design.accent)
    sheet.text(LEFT + 50, 52, invoice.seller.name, design.strong(17, design.accent))
    owner = "Jana Öztürk-Lehr · staatlich geprüfte Übersetzerin · Englisch, Türkisch"
    sheet.text(LEFT + 50, 66, owner, Type("Times-Italic", 10, GREY))
    sheet.rule(LEFT, RIGHT, 78, weight=1.2, colour=design.accent)


def _addressee(sheet: Sheet, invoice: Invoice, design: Design) -> None:
    seller, buyer = invoice.seller, invoice.buyer
    back = " · ".join((seller.name, *seller.address[-2:]))
    sheet.text(LEFT, 50 * MM, back, design.type(6.2, GREY))
    sheet.rule(LEFT, LEFT + 80 * MM, 51 * MM, weight=0.3, colour=GREY)
    who = (buyer.name, buyer.contact, *buyer.address)
    sheet.lines(LEFT, 57 * MM, who, design.type(10))


def _information(sheet: Sheet, invoice: Invoice, design: Design) -> None:
    rows = [
        (design.word, invoice.number),
        ("Rechnungsdatum", german_date(invoice.issued)),
        *invoice.references,
        ("Fällig am", german_date(invoice.due)),
    ]
    if invoice.buyer.vat_id:
        rows.append(("Ihre USt-IdNr.", invoice.buyer.vat_id))
    for row, (label, value) in enumerate(rows):
        y = 55 * MM + 13.5 * row
        sheet.text(128 * MM, y, label, design.type(8.5, GREY))
        sheet.text(RIGHT, y, value, design.strong(8.5) if row == 0 else design.type(8.5), "right")


def _opening(sheet: Sheet, invoice: Invoice, design: Design) -> float:
    sheet.text(LEFT, 100 * MM, f"Rechnung {invoice.number}", design.strong(14, design.accent))
    dear = "Sehr geehrte Damen und Herren,"
    sheet.text(LEFT, 108 * MM, dear, design.type())
    thanks = "vielen Dank für Ihren Auftrag. Wir berechnen Ihnen wie vereinbart:"
    sheet.text(LEFT, 113 * MM, thanks, design.type())
    return 123 * MM


def _table(sheet: Sheet, invoice: Invoice, design: Design, y: float) -> float:
    sheet.box((LEFT - 4, y - 12), (RIGHT - LEFT + 8, 17), fill=design.accent)
    sheet.header(COLUMNS, y, design.strong(7.6, white))
    for position, line in enumerate(invoice.lines, 1):
        y += 20
        if position % 2 == 0:
            shade = HexColor("#f1f3f6")
            sheet.box((LEFT - 4, y - 13), (RIGHT - LEFT + 8, 20), fill=shade)
        cells = (
            str(position),
            "",
            german(line.quantity, 0 if line.quantity % 1 == 0 else 1),
            line.unit,
            german(line.unit_price),
            f"{plain(line.tax_rate)} %",
            german(line.net),
        )
        sheet.row(COLUMNS, y, cells, design.type(8.2))
        end = sheet.wrapped(COLUMNS[1].x, y, line.description, design.type(8.2), 212, lead=1.2)
        y = end - 8.2 * 1.2
    sheet.rule(LEFT - 4, RIGHT + 4, y + 9, colour=design.accent)
    return y + 26


def _totals(sheet: Sheet, invoice: Invoice, design: Design, y: float) -> float:
    rows = [("Nettobetrag", invoice.net_total)]
    for rate, (net, tax) in invoice.taxes.items():
        rows.append((f"zzgl. {plain(rate)} % USt. auf {german(net)} EUR", tax))
    if len(invoice.taxes) > 1:
        rows.append(("Umsatzsteuer gesamt", invoice.tax_total))
    for label, amount in rows:
        sheet.text(320, y, label, design.type(8.6))
        sheet.text(RIGHT, y, german(amount), design.type(8.6), "right")
        y += 14
    sheet.rule(316, RIGHT + 4, y - 8)
    sheet.text(320, y + 5, "Gesamtbetrag EUR", design.strong(10.5))
    sheet.text(RIGHT, y + 5, german(invoice.grand_total), design.strong(10.5), "right")
    sheet.rule(316, RIGHT + 4, y + 10)
    sheet.rule(316, RIGHT + 4, y + 12)
    return y


def _closing(sheet: Sheet, invoice: Invoice, design: Design, y: float) -> None:
    pay = (
        f"Bitte überweisen Sie den Gesamtbetrag von {german(invoice.grand_total)} EUR ohne Abzug "
        f"bis zum {german_date(invoice.due)} unter Angabe der Rechnungsnummer auf das unten "
        "genannte Konto."
    )
    y = sheet.wrapped(LEFT, y, pay, design.type(), RIGHT - LEFT)
    sheet.text(LEFT, y + 10, "Mit freundlichen Grüßen", design.type())
    sheet.text(LEFT, y + 24, invoice.seller.name, design.type())


def _footer(sheet: Sheet, invoice: Invoice, design: Design) -> None:
    seller = invoice.seller
    sheet.rule(LEFT, RIGHT, 270 * MM, weight=0.4, colour=design.accent)
    blocks = (
        (seller.name, *seller.address),
        (f"Tel. {seller.phone}", seller.email, seller.web),
        (seller.bank, f"IBAN {grouped(seller.iban)}", f"BIC {seller.bic}"),
        (f"USt-IdNr. {seller.vat_id}",),
    )
    for x, block in zip((25, 64, 108, 160), blocks, strict=True):
        sheet.lines(x * MM, 274 * MM, [row for row in block if row], design.type(6.4, GREY))


def _fold_marks(sheet: Sheet) -> None:
    for y in (105, 148.5, 210):
        sheet.rule(4 * MM, 8 * MM, y * MM, weight=0.3, colour=GREY)
