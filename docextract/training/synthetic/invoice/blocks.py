"""Building blocks of an invoice's page: letterhead, addresses, data, totals, footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from docextract.training.synthetic.facts.addresses import country_name
from docextract.training.synthetic.facts.parties import Party
from docextract.training.synthetic.facts.vocabulary import random_word
from docextract.training.synthetic.invoice.facts import Invoice
from docextract.training.synthetic.paper.cursor import LayoutCursor, random_pair_style
from docextract.training.synthetic.paper.fonts import text_width
from docextract.training.synthetic.paper.sheet import Ink, Inks, wrap_text

#: What a pair of label and value is: its words' key and the inks of the value.
Pair = tuple[str, Inks | Ink | str]


@dataclass
class PrintedFields:
    """Which fields have been printed so far and need not be again."""

    seller_vat: bool = False
    seller_iban: bool = False
    buyer_vat: bool = False
    due: bool = False
    currency: bool = False


@dataclass
class InvoiceDraft:
    """An invoice being laid out: cursor, facts, and which fields have been printed."""

    cursor: LayoutCursor
    facts: Invoice
    printed: PrintedFields
    carries: bool = False  # the table's sum over the end of a page

    def word(self, thing: str) -> str:
        """One of the words for a thing."""
        return random_word(self.cursor.rng, "invoice", self.facts.language, thing)

    def label(self, thing: str) -> str:
        """The same without a colon of its own."""
        return self.word(thing).rstrip(":").strip()

    def ink(self, text: str, label: str = "", row: int = -1) -> Ink:
        """A labelled text that is an occurrence of its own."""
        return self.cursor.sheet.ink(text, label, row)


def address_lines(
    bill: InvoiceDraft, party: Party, who: str, *, country: bool | None = None
) -> list[Inks]:
    """Street and town as lines of one value; the country, if printed, is none of it."""
    part = bill.ink("", "").part
    label = f"{who}_address" if who else ""
    lines: list[Inks] = [[Ink(line, label, -1, part)] for line in party.address.lines]
    abroad = bill.facts.seller.country != bill.facts.buyer.country
    if country if country is not None else bill.cursor.chance(0.5 if abroad else 0.12):
        name = country_name(party.country, bill.facts.language)
        lines.append([Ink(name.upper() if bill.cursor.chance(0.3) else name)])
    return lines


def name_ink(bill: InvoiceDraft, party: Party, who: str) -> Ink:
    """The party's name as a labelled text."""
    return bill.ink(party.name, f"{who}_name" if who else "")


def vat_pair(bill: InvoiceDraft, party: Party, who: str) -> Pair:
    """The party's VAT id under a label."""
    return bill.label("vat_id"), bill.ink(party.vat_id, f"{who}_vat_id" if who else "")


def contact_pairs(bill: InvoiceDraft, party: Party) -> list[Pair]:
    """Telephone, mail, web, in part."""
    found: list[Pair] = [(bill.label("phone"), party.phone)]
    if bill.cursor.chance(0.3):
        found.append(("Fax", f"{party.phone[:-1]}9"))
    if bill.cursor.chance(0.75):
        found.append((bill.label("mail"), party.email))
    if bill.cursor.chance(0.5):
        found.append((bill.cursor.rng.choice(("Web", "Internet", "www", "")), party.web))
    return found


def bank_pairs(bill: InvoiceDraft, party: Party) -> list[Pair]:
    """Bank, IBAN and BIC."""
    found: list[Pair] = []
    if bill.cursor.chance(0.7):
        found.append((bill.label("bank"), party.bank))
    if bill.cursor.chance(0.15):
        found.append((bill.label("iban_holder"), bill.ink(party.name, "seller_name")))
    if party.iban:
        found.append((bill.label("iban"), bill.ink(party.iban, "seller_iban")))
        bill.printed.seller_iban = True
    found.append((bill.label("bic"), party.bic))
    return found


def tax_pairs(bill: InvoiceDraft, party: Party) -> list[Pair]:
    """VAT id, tax number and register."""
    found = [vat_pair(bill, party, "seller")] if bill.cursor.chance(0.85) else []
    bill.printed.seller_vat = bill.printed.seller_vat or bool(found)
    if bill.cursor.chance(0.5) or not found:
        found.append((bill.label("tax_number"), party.tax_number))
    bill.cursor.rng.shuffle(found)
    if bill.cursor.chance(0.5):
        found.append((bill.label("manager"), party.contact))
    if bill.cursor.chance(0.4):
        found.append(("", party.register))
    return found


def label_and_value(pair: Pair, colon: str = ":") -> Inks:
    """Label and value on one line."""
    label, value = pair
    inks = (
        [Ink(value)]
        if isinstance(value, str)
        else [value]
        if isinstance(value, Ink)
        else list(value)
    )
    return (
        [Ink(label + (colon if not label.endswith((":", ".")) or colon else "")), *inks]
        if label
        else inks
    )


def draw_letterhead(bill: InvoiceDraft) -> None:
    """Draw the seller at the top: left, right, in the middle, or its name alone, or nothing."""
    cursor, seller = bill.cursor, bill.facts.seller
    way = cursor.rng.choices(
        ("right", "left", "centre", "name", "line", "none"), (30, 18, 12, 18, 7, 15)
    )[0]
    if way == "none":
        cursor.y += cursor.rng.uniform(20, 60)
        return
    big = cursor.style.scaled(cursor.rng.choice((1.0, 1.3, 1.6, 2.0, 2.4)), bold=cursor.chance(0.7))
    while text_width(seller.name, big) > 0.62 * (cursor.right - cursor.left) and big.size > 7:
        big = big.scaled(0.85)
    at = {"right": cursor.right, "centre": (cursor.left + cursor.right) / 2}.get(way, cursor.left)
    align = {"right": "r", "centre": "c"}.get(way, "l")
    if way == "right" and cursor.chance(0.6):
        at, align = max(cursor.right - 170, cursor.right - text_width(seller.name, big)), "l"
    y = cursor.y + big.size * 0.6
    cursor.sheet.write((at, y), name_ink(bill, seller, "seller"), big, align=align)
    y += big.size * 0.5 + cursor.line
    small = cursor.style.scaled(cursor.rng.choice((0.8, 0.9, 1.0)))
    if way == "line":
        cursor.sheet.write((at, y), _in_a_line(bill), small)
        y += 1.5 * cursor.line
    elif way != "name":
        y = cursor.block((at, y), _head_lines(bill, way), small, align)
    if cursor.chance(0.2):
        cursor.sheet.horizontal_line(cursor.left, y, cursor.right)
    beside = way == "right" and cursor.chance(0.6)  # the buyer stands left of the letterhead
    cursor.taken = y
    cursor.y = cursor.y + 40 if beside else max(y, cursor.y + 30)


def _head_lines(bill: InvoiceDraft, way: str) -> list[Inks]:
    cursor, seller = bill.cursor, bill.facts.seller
    if way == "centre" and cursor.chance(0.6):
        lines: list[Inks] = [_in_a_line(bill)]
    else:
        lines = address_lines(bill, seller, "seller")
    if cursor.chance(0.7):
        colon = cursor.rng.choice((":", ":", ""))
        lines += [label_and_value(pair, colon) for pair in contact_pairs(bill, seller)]
    if cursor.chance(0.3):
        lines += [label_and_value(pair) for pair in tax_pairs(bill, seller)[:2]]
    if cursor.chance(0.12):
        lines += [label_and_value(pair) for pair in bank_pairs(bill, seller)]
    return lines


def _in_a_line(bill: InvoiceDraft) -> Inks:
    """The seller's address with dots, bars or commas between its parts."""
    mark = bill.cursor.rng.choice(("·", "•", "|", "-", ",", "*", "–"))
    part = bill.ink("").part
    inks: list[Ink] = []
    for line in bill.facts.seller.address.lines:
        if inks:
            inks.append(Ink("\x00," if mark == "," else mark))
        inks.append(Ink(line, "seller_address", -1, part))
    if bill.cursor.chance(0.3):
        inks += [Ink("\x00," if mark == "," else mark), Ink(bill.facts.seller.phone)]
    return inks


def draw_sender_line(bill: InvoiceDraft, at: tuple[float, float]) -> None:
    """Draw the sender's small line above the address window."""
    cursor, seller = bill.cursor, bill.facts.seller
    mark = cursor.rng.choice(("·", "•", "|", "-", ",", "*", "–", ""))
    part = bill.ink("").part
    inks = [name_ink(bill, seller, "seller")]
    for line in seller.address.lines:
        if mark:
            inks.append(Ink("\x00," if mark == "," else mark))
        inks.append(Ink(line, "seller_address", -1, part))
    small = cursor.style.scaled(cursor.rng.choice((0.65, 0.7, 0.8)))
    end = cursor.sheet.write(at, inks, small)
    if cursor.chance(0.4):
        cursor.sheet.horizontal_line(at[0], at[1] + 2, end)


def buyer_lines(bill: InvoiceDraft, party: Party, who: str) -> list[Inks]:
    """A party's name and address as on an envelope."""
    cursor = bill.cursor
    lines: list[Inks] = []
    if cursor.chance(0.18) and (first := bill.word("firm")):
        lines.append([Ink(first)])
    lines.append([name_ink(bill, party, who)])
    if not party.person and cursor.chance(0.25):
        attention = bill.word("attention")
        lines.append(
            [Ink(attention if attention.endswith(",") else f"{attention} {party.contact}")]
        )
    lines += address_lines(bill, party, who)
    if cursor.chance(0.12) and not party.person and who:
        lines.append(
            label_and_value((bill.label("buyer_vat"), bill.ink(party.vat_id, f"{who}_vat_id")))
        )
        bill.printed.buyer_vat = True
    return lines


def draw_footer(bill: InvoiceDraft) -> None:
    """Draw the seller's data in columns or lines at the bottom of the last page."""
    cursor, seller = bill.cursor, bill.facts.seller
    small = cursor.style.scaled(cursor.rng.choice((0.7, 0.75, 0.8, 0.9)))
    y = cursor.sheet.height - cursor.rng.uniform(48, 70)
    columns: list[list[Inks]] = [
        [[name_ink(bill, seller, "seller")], *address_lines(bill, seller, "seller")],
        [label_and_value(pair) for pair in contact_pairs(bill, seller)],
        [label_and_value(pair) for pair in bank_pairs(bill, seller)],
        [label_and_value(pair) for pair in tax_pairs(bill, seller)],
    ]
    if cursor.chance(0.25):
        columns.pop(cursor.rng.randrange(2))
    if cursor.chance(0.2):
        cursor.rng.shuffle(columns)
    if cursor.chance(0.5):
        cursor.sheet.horizontal_line(cursor.left, y - 1.4 * small.size, cursor.right)
    if cursor.chance(0.75):
        step = (cursor.right - cursor.left) / len(columns)
        for number, lines in enumerate(columns):
            fitted = [piece for line in lines for piece in wrap_text(line, small, step - 8)]
            cursor.block((cursor.left + number * step, y), fitted[:5], small)
        return
    flat = [line for column in columns for line in column]
    mark = cursor.rng.choice(("·", "|", "-", "•"))
    inks = [
        ink
        for number, line in enumerate(flat)
        for ink in ([Ink(mark)] if number else []) + list(line)
    ]
    for line in wrap_text(inks, small, cursor.right - cursor.left):
        cursor.sheet.write(((cursor.left + cursor.right) / 2, y), line, small, align="c")
        y += small.size * 1.25


def format_rate(bill: InvoiceDraft, rate: Decimal) -> str:
    """Format a tax rate as "19 %", "19%" or "19,00 %"."""
    notation = bill.cursor.notation
    digits = notation.count(rate) if bill.cursor.chance(0.75) else notation.plain(rate)
    return digits + bill.cursor.rng.choice((" %", "%"))


def total_lines(bill: InvoiceDraft) -> list[tuple[Inks, Inks, bool]]:
    """The lines of the totals: label, amount, whether it is the last and bold."""
    cursor, facts = bill.cursor, bill.facts
    beside = cursor.rng.choice((cursor.notation.beside, cursor.notation.beside, ""))
    lines: list[tuple[Inks, Inks, bool]] = []
    if facts.freight:
        lines.append(
            (
                [Ink(bill.label("goods"))],
                cursor.money(facts.net - facts.freight, beside=beside),
                False,
            )
        )
        lines.append(
            ([Ink(bill.label("freight"))], cursor.money(facts.freight, beside=beside), False)
        )
    if cursor.chance(0.93):
        lines.append(
            (
                [Ink(bill.label("net_total"))],
                total_inks(bill, facts.net, "net_total", beside),
                False,
            )
        )
    lines += _tax_lines(bill, beside)
    gross = [Ink(bill.label("gross_total"))]
    if cursor.chance(0.12):
        gross.append(Ink(f"({facts.notation.currency})"))
    lines.append((gross, total_inks(bill, facts.gross, "grand_total", beside), True))
    if cursor.chance(0.08):
        lines.append(([Ink(bill.label("paid"))], total_inks(bill, -facts.paid, "", beside), False))
        lines.append(
            (
                [Ink(bill.label("open"))],
                total_inks(bill, facts.gross - facts.paid, "", beside),
                True,
            )
        )
    return lines


def total_inks(bill: InvoiceDraft, amount: Decimal, label: str, beside: str) -> list[Ink]:
    """A total; its currency, where it is a word of its own, is labelled as the invoice's."""
    inks = bill.cursor.money(amount, label, beside=beside)
    bare = {bill.facts.notation.sign, bill.facts.notation.currency}
    return [
        bill.ink(ink.text, "currency") if ink.text in bare and not ink.label and label else ink
        for ink in inks
    ]


def _tax_lines(bill: InvoiceDraft, beside: str) -> list[tuple[Inks, Inks, bool]]:
    cursor, facts = bill.cursor, bill.facts
    alone = len(facts.taxes) == 1
    if alone and facts.tax == 0 and cursor.chance(0.5):
        return []
    lines: list[tuple[Inks, Inks, bool]] = []
    if cursor.chance(0.85) or alone:
        for tax in facts.taxes:
            text = bill.word("tax_line").format(
                r=format_rate(bill, tax.rate), b=cursor.notation.plain(tax.base)
            )
            lines.append(
                (
                    [Ink(text)],
                    total_inks(bill, tax.amount, "tax_total" if alone else "", beside),
                    False,
                )
            )
    if not lines or (not alone and cursor.chance(0.45)):
        lines.append(
            (
                [Ink(bill.label("tax_total"))],
                total_inks(bill, facts.tax, "tax_total", beside),
                False,
            )
        )
    return lines


def data_pairs(bill: InvoiceDraft) -> list[Pair]:
    """Numbers and dates of the invoice, with similar ones beside them as distractors."""
    cursor, facts, day = bill.cursor, bill.facts, bill.cursor.notation.day
    found: list[Pair] = [
        (bill.label("number"), bill.ink(facts.number, "invoice_number")),
        (bill.label("issued"), bill.ink(day(facts.issued), "issue_date")),
    ]
    others: Sequence[tuple[float, str, str]] = (
        (0.55, "customer", facts.customer_number), (0.35, "order", facts.order_number),
        (0.2, "ordered", day(facts.ordered)), (0.4, "delivered", day(facts.delivered)),
        (0.15, "delivery", facts.delivery_number), (0.2, "project", facts.project),
        (0.25, "contact", facts.seller.contact),
    )  # fmt: skip
    found += [(bill.label(thing), text) for share, thing, text in others if cursor.chance(share)]
    if cursor.chance(0.3):
        found.append((bill.label("due"), bill.ink(day(facts.due), "due_date")))
        bill.printed.due = True
    if cursor.chance(0.1):
        found.append(vat_pair(bill, facts.seller, "seller"))
    if cursor.chance(0.08) and not facts.buyer.person:
        found.append((bill.label("buyer_vat"), bill.ink(facts.buyer.vat_id, "buyer_vat_id")))
    if cursor.chance(0.1):
        found.append((bill.label("currency"), bill.ink(facts.notation.currency, "currency")))
    if cursor.chance(0.15):
        found.append((bill.label("page"), "1"))
    if cursor.chance(0.6):
        cursor.rng.shuffle(found)
    return found


def draw_data_block(
    bill: InvoiceDraft, at: tuple[float, float], room: float, rows: Sequence[Pair]
) -> float:
    """Draw label-value pairs in a random style."""
    return bill.cursor.pairs(at, rows, random_pair_style(bill.cursor.rng, room))
