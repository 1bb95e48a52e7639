"""Lays out an electronic invoice as viewers print it: sections of labels with values."""

from decimal import Decimal
from random import Random

from docextract.training.synthetic.facts.identifiers import digits
from docextract.training.synthetic.invoice.blocks import Bill, total
from docextract.training.synthetic.invoice.terms import sentence
from docextract.training.synthetic.paper.cursor import Cell, Column, Desk, look_of, table
from docextract.training.synthetic.paper.fonts import Style, width
from docextract.training.synthetic.paper.sheet import Ink, Inks, wrapped
from docextract.training.synthetic.paper.viewer import Pair, Viewer


def draw_viewer(bill: Bill) -> None:
    """The whole printout."""
    viewer = Viewer(bill)
    desk = bill.desk
    if text := viewer.word("top"):
        desk.sheet.write((desk.left, desk.y), text, desk.style.bigger(0.9))
        desk.down(2)
    told = _title(viewer)
    head = _head_pairs(viewer, numbered=not told)
    if desk.chance(0.6):
        viewer.section(viewer.word("head"), head)
        _parties(viewer)
    else:
        _parties(viewer)
        viewer.section(viewer.word("head"), head)
    if desk.chance(0.4):
        _remarks(viewer)
    steps = [_lines, _totals, _breakdown, _payment]
    if desk.chance(0.3):
        steps = [_totals, _breakdown, _payment, _lines]
    for step in steps:
        if step in (_lines, _totals) or desk.chance(0.75):
            step(viewer)


def _title(viewer: Viewer) -> bool:
    """The title; whether it told number and date."""
    bill, desk = viewer.bill, viewer.desk
    inks = [Ink(viewer.word("credit" if bill.facts.credit else "title"))]
    numbered = desk.chance(0.6)
    if numbered:
        number, of = {"de": ("Nr.", "vom"), "fr": ("N°", "du")}.get(
            bill.facts.language, ("No.", "of")
        )
        inks += [Ink(number), bill.ink(bill.facts.number, "invoice_number"), Ink(of)]
        inks.append(bill.ink(desk.manner.day(bill.facts.issued), "issue_date"))
    big = desk.style.bigger(desk.rng.choice((1.2, 1.4, 1.6)), bold=True)
    for line in wrapped(inks, big, desk.right - desk.left):
        desk.sheet.write((desk.left, desk.y), line, big)
        desk.y += 1.25 * big.size
    desk.down(1)
    return numbered


def _head_pairs(viewer: Viewer, *, numbered: bool) -> list[Pair]:
    facts, desk, ink = viewer.bill.facts, viewer.desk, viewer.bill.ink
    day = desk.manner.day
    rows: list[Pair] = []
    if numbered or desk.chance(0.15):
        rows.append(viewer.pair("invoice", ink(facts.number, "invoice_number")))
        rows.append(viewer.pair("issued", ink(day(facts.issued), "issue_date")))
    if desk.chance(0.8):
        rows.append(viewer.pair("currency", ink(facts.manner.currency, "currency")))
    if desk.chance(0.3):
        rows.append(
            viewer.pair(
                "routing", f"0{digits(desk.rng, 7)}-{digits(desk.rng, 5)}-{digits(desk.rng, 2)}"
            )
        )
    if desk.chance(0.7):
        rows.append(viewer.pair("delivered", day(facts.delivered)))
    elif desk.chance(0.5):
        rows.append(viewer.pair("period", f"{day(facts.ordered)} - {day(facts.delivered)}"))
    if desk.chance(0.5):
        rows.append(viewer.pair("order", facts.order_number))
    if desk.chance(0.2):
        rows.append(viewer.pair("due", ink(day(facts.due), "due_date")))
        viewer.bill.told.due = True
    return rows


def _parties(viewer: Viewer) -> None:
    """Seller and buyer below each other or in two panels."""
    desk, facts = viewer.desk, viewer.bill.facts
    sections = [
        (viewer.word("seller"), viewer.party(facts.seller, "seller")),
        (viewer.word("buyer"), viewer.party(facts.buyer, "buyer")),
    ]
    if desk.chance(0.35):
        sections.reverse()
    if desk.chance(0.3):
        top, bottom = desk.y, desk.y
        middle = (desk.left + desk.right) / 2
        for edges, (title, rows) in zip(
            ((desk.left, middle - 12), (middle + 4, desk.right)), sections, strict=True
        ):
            desk.y = top
            viewer.part(edges, title, rows)
            bottom = max(bottom, desk.y)
        desk.y = bottom
        return
    for title, rows in sections:
        viewer.section(title, rows)
    if desk.chance(0.25):
        viewer.section(viewer.word("ship"), viewer.party(facts.ship_to, "", full=False))
    if desk.chance(0.08):
        viewer.section(viewer.word("payee"), viewer.party(facts.ship_to, "", full=False))


def _remarks(viewer: Viewer) -> None:
    """Free texts; the seller's imprint among them."""
    desk, bill = viewer.desk, viewer.bill
    seller = bill.facts.seller
    rows: list[Pair] = [
        ("", [Ink(viewer.word("remark").format(ordered=desk.manner.day(bill.facts.ordered)))])
    ]
    if desk.chance(0.6):
        part = bill.ink("").part
        rows.append(("", [bill.ink(seller.name, "seller_name")]))
        rows += [("", [Ink(line, "seller_address", -1, part)]) for line in seller.address.lines]
        text = viewer.word("regulatory").format(contact=seller.contact, register=seller.register)
        rows.append(("", [Ink(text)]))
    viewer.section(viewer.word("remarks"), rows)


def _lines(viewer: Viewer) -> None:
    """The table of positions."""
    desk, bill = viewer.desk, viewer.bill
    if desk.chance(0.5):
        desk.sheet.write((desk.left, desk.y), viewer.word("lines"), desk.style.heavy)
        desk.down(1.3)
    keys = ["position", "description", "price", "quantity", "unit", "rate", "amount"]
    if desk.chance(0.4):
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
    merged = desk.chance(0.5)
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
    numbered = desk.chance(0.4)
    precise = desk.rng.choice((2, 2, 2, 4))
    rows: list[dict[str, Cell]] = []
    for at, row in enumerate(bill.facts.rows):
        quantity = [bill.ink(desk.manner.count(row.quantity), "line_items.quantity", at)]
        unit = bill.ink(row.good.unit, "line_items.unit", at)
        name = f"{row.good.name} {row.good.detail}".strip()
        lines: list[Inks | Ink | str] = [bill.ink(name, "line_items.description", at)]
        if numbered:
            lines.insert(0, bill.ink(row.article, "", at))
        price = bill.ink(desk.manner.plain(row.good.price, precise), "line_items.unit_price", at)
        rate = bill.ink(f"{desk.manner.count(row.rate)} %", "line_items.tax_rate", at)
        rows.append(
            {
                "position": [bill.ink(row.position, "line_items.position", at)],
                "description": lines,
                "price": [price],
                "rate": [rate],
                "quantity": [[*quantity, unit] if merged else quantity],
                "unit": [unit],
                "amount": [bill.ink(desk.manner.plain(row.net), "line_items.net_amount", at)],
            }
        )
    table(desk, columns, rows, look_of(desk.rng))
    desk.down(1)


def _totals(viewer: Viewer) -> None:
    """Sums as pairs or flush right."""
    desk, bill, facts = viewer.desk, viewer.bill, viewer.bill.facts
    beside = viewer.look.beside
    rows: list[Pair] = [(viewer.word("sum_lines"), total(bill, facts.net, "net_total", beside))]
    if desk.chance(0.4):
        rows.append((viewer.word("allowances"), desk.money(Decimal(0), beside=beside)))
        rows.append((viewer.word("charges"), desk.money(Decimal(0), beside=beside)))
    rows.append((viewer.word("net"), total(bill, facts.net, "net_total", beside)))
    rows.append((viewer.word("tax"), total(bill, facts.tax, "tax_total", beside)))
    rows.append((viewer.word("gross"), total(bill, facts.gross, "grand_total", beside)))
    if desk.chance(0.5):
        rows.append((viewer.word("paid"), desk.money(Decimal(0), beside=beside)))
    if desk.chance(0.6):
        rows.append((viewer.word("payable"), total(bill, facts.gross, "grand_total", beside)))
    if desk.chance(0.4):
        viewer.section(viewer.word("totals"), rows)
        return
    desk.room(len(rows) * desk.line)
    x0 = desk.left if desk.chance(0.5) else desk.left + 0.45 * (desk.right - desk.left)
    for label, value in rows:
        _flush(desk, (x0, desk.right), (label, value))
        desk.down(1.1)
    desk.down(1)


def _flush(desk: Desk, edges: tuple[float, float], row: Pair, style: Style | None = None) -> None:
    used = style or desk.style
    label, value = row
    desk.sheet.write((edges[1], desk.y), value, used, align="r")
    room = desk.sheet.paper.runs[-1].x - 10
    x = min(edges[0], room - width(label, used))
    desk.sheet.write((x, desk.y), label, used)


def _breakdown(viewer: Viewer) -> None:
    """What is owed at each rate, as a table or as pairs."""
    desk, bill = viewer.desk, viewer.bill
    alone = "tax_total" if len(bill.facts.taxes) == 1 else ""
    plain = desk.manner.plain
    if desk.chance(0.5):
        columns = [
            Column("category", viewer.word("category"), 1.0, "l"),
            Column("rate", viewer.word("rate"), 1.0, "r"),
            Column("base", viewer.word("base"), 1.2, "r"),
            Column("tax", viewer.word("tax_amount"), 1.2, "r"),
        ]
        rows: list[dict[str, Cell]] = [
            {
                "category": ["S" if tax.rate else "E"],
                "rate": [f"{desk.manner.count(tax.rate)} %"],
                "base": [plain(tax.base)],
                "tax": [bill.ink(plain(tax.amount), alone)],
            }
            for tax in bill.facts.taxes
        ]
        desk.sheet.write((desk.left, desk.y), viewer.word("breakdown"), desk.style.heavy)
        desk.down(1.3)
        table(desk, columns, rows, look_of(desk.rng))
        desk.down(1)
        return
    pairs: list[Pair] = []
    for tax in bill.facts.taxes:
        pairs += [
            viewer.pair("category", "S" if tax.rate else "E"),
            viewer.pair("base", plain(tax.base)),
            viewer.pair("rate", f"{desk.manner.count(tax.rate)}%"),
            viewer.pair("tax_amount", bill.ink(plain(tax.amount), alone)),
        ]
    viewer.section(viewer.word("breakdown"), pairs)


def _payment(viewer: Viewer) -> None:
    desk, bill = viewer.desk, viewer.bill
    facts = bill.facts
    rows: list[Pair] = []
    if desk.chance(0.6):
        rows.append(viewer.pair("means", viewer.word("means_text")))
    if facts.seller.iban and desk.chance(0.85):
        rows.append(viewer.pair("iban", bill.ink(facts.seller.iban, "seller_iban")))
    if desk.chance(0.7):
        rows.append(viewer.pair("bic", facts.seller.bic))
    if desk.chance(0.3):
        rows.append(viewer.pair("holder", bill.ink(facts.seller.name, "seller_name")))
    if desk.chance(0.3):
        rows.append(
            viewer.pair("mandate", facts.number if desk.chance(0.3) else digits(desk.rng, 8))
        )
    if not bill.told.due and desk.chance(0.45):
        rows.append(viewer.pair("due", bill.ink(desk.manner.day(facts.due), "due_date")))
    elif desk.chance(0.7):
        rows.append(("", sentence(bill, viewer.word("skonto"))))
    if desk.chance(0.5):
        desk.rng.shuffle(rows)
    viewer.section(viewer.word("payment"), rows or [viewer.pair("bic", facts.seller.bic)])


def is_viewed(rng: Random, language: str) -> bool:
    """Whether an invoice of this language is printed by a viewer."""
    return language in ("de", "en", "fr") and rng.random() < (0.3 if language == "de" else 0.15)
