"""Random layouts of e-invoice viewer printouts: sections of labels with values."""

from decimal import Decimal
from random import Random

from docextract.training.synthetic.facts.identifiers import random_digits
from docextract.training.synthetic.invoice.blocks import InvoiceDraft, total_inks
from docextract.training.synthetic.invoice.terms import terms_sentence
from docextract.training.synthetic.paper.cursor import (
    Cell,
    Column,
    LayoutCursor,
    draw_table,
    random_table_style,
)
from docextract.training.synthetic.paper.fonts import Style, text_width
from docextract.training.synthetic.paper.sheet import Ink, Inks, wrap_text
from docextract.training.synthetic.paper.viewer import Pair, ViewerPrintout


def draw_viewer(bill: InvoiceDraft) -> None:
    """Draw the whole printout."""
    viewer = ViewerPrintout(bill)
    cursor = bill.cursor
    if text := viewer.word("top"):
        cursor.sheet.write((cursor.left, cursor.y), text, cursor.style.scaled(0.9))
        cursor.move_down(2)
    told = _title(viewer)
    head = _head_pairs(viewer, numbered=not told)
    if cursor.chance(0.6):
        viewer.section(viewer.word("head"), head)
        _parties(viewer)
    else:
        _parties(viewer)
        viewer.section(viewer.word("head"), head)
    if cursor.chance(0.4):
        _remarks(viewer)
    steps = [_lines, _totals, _breakdown, _payment]
    if cursor.chance(0.3):
        steps = [_totals, _breakdown, _payment, _lines]
    for step in steps:
        if step in (_lines, _totals) or cursor.chance(0.75):
            step(viewer)


def _title(viewer: ViewerPrintout) -> bool:
    """The title; whether it told number and date."""
    bill, cursor = viewer.bill, viewer.cursor
    inks = [Ink(viewer.word("credit" if bill.facts.credit else "title"))]
    numbered = cursor.chance(0.6)
    if numbered:
        number, of = {"de": ("Nr.", "vom"), "fr": ("N°", "du")}.get(
            bill.facts.language, ("No.", "of")
        )
        inks += [Ink(number), bill.ink(bill.facts.number, "invoice_number"), Ink(of)]
        inks.append(bill.ink(cursor.notation.day(bill.facts.issued), "issue_date"))
    big = cursor.style.scaled(cursor.rng.choice((1.2, 1.4, 1.6)), bold=True)
    for line in wrap_text(inks, big, cursor.right - cursor.left):
        cursor.sheet.write((cursor.left, cursor.y), line, big)
        cursor.y += 1.25 * big.size
    cursor.move_down(1)
    return numbered


def _head_pairs(viewer: ViewerPrintout, *, numbered: bool) -> list[Pair]:
    facts, cursor, ink = viewer.bill.facts, viewer.cursor, viewer.bill.ink
    day = cursor.notation.day
    rows: list[Pair] = []
    if numbered or cursor.chance(0.15):
        rows.append(viewer.pair("invoice", ink(facts.number, "invoice_number")))
        rows.append(viewer.pair("issued", ink(day(facts.issued), "issue_date")))
    if cursor.chance(0.8):
        rows.append(viewer.pair("currency", ink(facts.notation.currency, "currency")))
    if cursor.chance(0.3):
        rows.append(
            viewer.pair(
                "routing", f"0{'-'.join(random_digits(cursor.rng, count) for count in (7, 5, 2))}"
            )
        )
    if cursor.chance(0.7):
        rows.append(viewer.pair("delivered", day(facts.delivered)))
    elif cursor.chance(0.5):
        rows.append(viewer.pair("period", f"{day(facts.ordered)} - {day(facts.delivered)}"))
    if cursor.chance(0.5):
        rows.append(viewer.pair("order", facts.order_number))
    if cursor.chance(0.2):
        rows.append(viewer.pair("due", ink(day(facts.due), "due_date")))
        viewer.bill.printed.due = True
    return rows


def _parties(viewer: ViewerPrintout) -> None:
    """Seller and buyer below each other or in two panels."""
    cursor, facts = viewer.cursor, viewer.bill.facts
    sections = [
        (viewer.word("seller"), viewer.party(facts.seller, "seller")),
        (viewer.word("buyer"), viewer.party(facts.buyer, "buyer")),
    ]
    if cursor.chance(0.35):
        sections.reverse()
    if cursor.chance(0.3):
        top, bottom = cursor.y, cursor.y
        middle = (cursor.left + cursor.right) / 2
        for edges, (title, rows) in zip(
            ((cursor.left, middle - 12), (middle + 4, cursor.right)), sections, strict=True
        ):
            cursor.y = top
            viewer.part(edges, title, rows)
            bottom = max(bottom, cursor.y)
        cursor.y = bottom
        return
    for title, rows in sections:
        viewer.section(title, rows)
    if cursor.chance(0.25):
        viewer.section(viewer.word("ship"), viewer.party(facts.ship_to, "", full=False))
    if cursor.chance(0.08):
        viewer.section(viewer.word("payee"), viewer.party(facts.ship_to, "", full=False))


def _remarks(viewer: ViewerPrintout) -> None:
    """Free texts; the seller's imprint among them."""
    cursor, bill = viewer.cursor, viewer.bill
    seller = bill.facts.seller
    rows: list[Pair] = [
        ("", [Ink(viewer.word("remark").format(ordered=cursor.notation.day(bill.facts.ordered)))])
    ]
    if cursor.chance(0.6):
        part = bill.ink("").part
        rows.append(("", [bill.ink(seller.name, "seller_name")]))
        rows += [("", [Ink(line, "seller_address", -1, part)]) for line in seller.address.lines]
        text = viewer.word("regulatory").format(contact=seller.contact, register=seller.register)
        rows.append(("", [Ink(text)]))
    viewer.section(viewer.word("remarks"), rows)


def _lines(viewer: ViewerPrintout) -> None:
    """The table of positions."""
    cursor, bill = viewer.cursor, viewer.bill
    if cursor.chance(0.5):
        cursor.sheet.write((cursor.left, cursor.y), viewer.word("lines"), cursor.style.in_bold)
        cursor.move_down(1.3)
    keys = ["position", "description", "price", "quantity", "unit", "rate", "amount"]
    if cursor.chance(0.4):
        keys = ["position", "description", "quantity", "unit", "price", "rate", "amount"]
    shares = {
        "position": 0.6,
        "description": 3.5,
        "price": 1.3,
        "quantity": 1.0,
        "unit": 0.7,
        "rate": 0.8,
        "amount": 1.4,
    }
    merged = cursor.chance(0.5)
    if merged:
        keys.remove("unit")
    columns = [
        Column(
            key,
            viewer.word(f"h_{key}"),
            shares[key],
            "l" if key in ("position", "description", "unit") else "r",
        )
        for key in keys
    ]
    numbered = cursor.chance(0.4)
    precise = cursor.rng.choice((2, 2, 2, 4))
    rows: list[dict[str, Cell]] = []
    for at, row in enumerate(bill.facts.rows):
        quantity = [bill.ink(cursor.notation.count(row.quantity), "line_items.quantity", at)]
        unit = bill.ink(row.good.unit, "line_items.unit", at)
        name = f"{row.good.name} {row.good.detail}".strip()
        lines: list[Inks | Ink | str] = [bill.ink(name, "line_items.description", at)]
        if numbered:
            lines.insert(0, bill.ink(row.article, "", at))
        price = bill.ink(
            cursor.notation.plain(row.good.price, precise), "line_items.unit_price", at
        )
        rate = bill.ink(f"{cursor.notation.count(row.rate)} %", "line_items.tax_rate", at)
        rows.append(
            {
                "position": [bill.ink(row.position, "line_items.position", at)],
                "description": lines,
                "price": [price],
                "rate": [rate],
                "quantity": [[*quantity, unit] if merged else quantity],
                "unit": [unit],
                "amount": [bill.ink(cursor.notation.plain(row.net), "line_items.net_amount", at)],
            }
        )
    draw_table(cursor, columns, rows, random_table_style(cursor.rng))
    cursor.move_down(1)


def _totals(viewer: ViewerPrintout) -> None:
    """Sums as pairs or flush right."""
    cursor, bill, facts = viewer.cursor, viewer.bill, viewer.bill.facts
    beside = viewer.look.beside
    rows: list[Pair] = [
        (viewer.word("sum_lines"), total_inks(bill, facts.net, "net_total", beside))
    ]
    if cursor.chance(0.4):
        rows.append((viewer.word("allowances"), cursor.money(Decimal(0), beside=beside)))
        rows.append((viewer.word("charges"), cursor.money(Decimal(0), beside=beside)))
    rows.append((viewer.word("net"), total_inks(bill, facts.net, "net_total", beside)))
    rows.append((viewer.word("tax"), total_inks(bill, facts.tax, "tax_total", beside)))
    rows.append((viewer.word("gross"), total_inks(bill, facts.gross, "grand_total", beside)))
    if cursor.chance(0.5):
        rows.append((viewer.word("paid"), cursor.money(Decimal(0), beside=beside)))
    if cursor.chance(0.6):
        rows.append((viewer.word("payable"), total_inks(bill, facts.gross, "grand_total", beside)))
    if cursor.chance(0.4):
        viewer.section(viewer.word("totals"), rows)
        return
    cursor.ensure_space(len(rows) * cursor.line)
    x0 = cursor.left if cursor.chance(0.5) else cursor.left + 0.45 * (cursor.right - cursor.left)
    for label, value in rows:
        _flush(cursor, (x0, cursor.right), (label, value))
        cursor.move_down(1.1)
    cursor.move_down(1)


def _flush(
    cursor: LayoutCursor, edges: tuple[float, float], row: Pair, style: Style | None = None
) -> None:
    used = style or cursor.style
    label, value = row
    cursor.sheet.write((edges[1], cursor.y), value, used, align="r")
    room = cursor.sheet.paper.runs[-1].x - 10
    x = min(edges[0], room - text_width(label, used))
    cursor.sheet.write((x, cursor.y), label, used)


def _breakdown(viewer: ViewerPrintout) -> None:
    """What is owed at each rate, as a table or as pairs."""
    cursor, bill = viewer.cursor, viewer.bill
    alone = "tax_total" if len(bill.facts.taxes) == 1 else ""
    plain = cursor.notation.plain
    if cursor.chance(0.5):
        columns = [
            Column("category", viewer.word("category"), 1.0, "l"),
            Column("rate", viewer.word("rate"), 1.0, "r"),
            Column("base", viewer.word("base"), 1.2, "r"),
            Column("tax", viewer.word("tax_amount"), 1.2, "r"),
        ]
        rows: list[dict[str, Cell]] = [
            {
                "category": ["S" if tax.rate else "E"],
                "rate": [f"{cursor.notation.count(tax.rate)} %"],
                "base": [plain(tax.base)],
                "tax": [bill.ink(plain(tax.amount), alone)],
            }
            for tax in bill.facts.taxes
        ]
        cursor.sheet.write((cursor.left, cursor.y), viewer.word("breakdown"), cursor.style.in_bold)
        cursor.move_down(1.3)
        draw_table(cursor, columns, rows, random_table_style(cursor.rng))
        cursor.move_down(1)
        return
    pairs: list[Pair] = []
    for tax in bill.facts.taxes:
        pairs += [
            viewer.pair("category", "S" if tax.rate else "E"),
            viewer.pair("base", plain(tax.base)),
            viewer.pair("rate", f"{cursor.notation.count(tax.rate)}%"),
            viewer.pair("tax_amount", bill.ink(plain(tax.amount), alone)),
        ]
    viewer.section(viewer.word("breakdown"), pairs)


def _payment(viewer: ViewerPrintout) -> None:
    cursor, bill = viewer.cursor, viewer.bill
    facts = bill.facts
    rows: list[Pair] = []
    if cursor.chance(0.6):
        rows.append(viewer.pair("means", viewer.word("means_text")))
    if facts.seller.iban and cursor.chance(0.85):
        rows.append(viewer.pair("iban", bill.ink(facts.seller.iban, "seller_iban")))
    if cursor.chance(0.7):
        rows.append(viewer.pair("bic", facts.seller.bic))
    if cursor.chance(0.3):
        rows.append(viewer.pair("holder", bill.ink(facts.seller.name, "seller_name")))
    if cursor.chance(0.3):
        rows.append(
            viewer.pair(
                "mandate", facts.number if cursor.chance(0.3) else random_digits(cursor.rng, 8)
            )
        )
    if not bill.printed.due and cursor.chance(0.45):
        rows.append(viewer.pair("due", bill.ink(cursor.notation.day(facts.due), "due_date")))
    elif cursor.chance(0.7):
        rows.append(("", terms_sentence(bill, viewer.word("skonto"))))
    if cursor.chance(0.5):
        cursor.rng.shuffle(rows)
    viewer.section(viewer.word("payment"), rows or [viewer.pair("bic", facts.seller.bic)])


def is_printed_by_viewer(rng: Random, language: str) -> bool:
    """Whether an invoice of this language is printed by a viewer."""
    return language in ("de", "en", "fr") and rng.random() < (0.3 if language == "de" else 0.15)
