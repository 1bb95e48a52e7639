"""The parts of an invoice's page: letterhead, address window, data, sums, footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from docextract.training.synthetic.facts.addresses import country_name
from docextract.training.synthetic.facts.parties import Party
from docextract.training.synthetic.facts.vocabulary import word
from docextract.training.synthetic.invoice.facts import Invoice
from docextract.training.synthetic.paper.cursor import Desk, pairs_of
from docextract.training.synthetic.paper.fonts import width
from docextract.training.synthetic.paper.sheet import Ink, Inks, wrapped

#: What a pair of label and value is: its words' key and the inks of the value.
Pair = tuple[str, Inks | Ink | str]


@dataclass
class Told:
    """What has been printed so far and need not be again."""

    seller_vat: bool = False
    seller_iban: bool = False
    buyer_vat: bool = False
    due: bool = False
    currency: bool = False


@dataclass
class Bill:
    """An invoice on its way to paper."""

    desk: Desk
    facts: Invoice
    told: Told
    carries: bool = False  # the table's sum over the end of a page

    def word(self, thing: str) -> str:
        """One of the words for a thing."""
        return word(self.desk.rng, "invoice", self.facts.language, thing)

    def label(self, thing: str) -> str:
        """The same without a colon of its own."""
        return self.word(thing).rstrip(":").strip()

    def ink(self, text: str, label: str = "", row: int = -1) -> Ink:
        """A value."""
        return self.desk.sheet.ink(text, label, row)


def address_lines(bill: Bill, party: Party, who: str, *, country: bool | None = None) -> list[Inks]:
    """Street and town as lines of one value; the country, if printed, is none of it."""
    part = bill.ink("", "").part
    label = f"{who}_address" if who else ""
    lines: list[Inks] = [[Ink(line, label, -1, part)] for line in party.address.lines]
    abroad = bill.facts.seller.country != bill.facts.buyer.country
    if country if country is not None else bill.desk.chance(0.5 if abroad else 0.12):
        name = country_name(party.country, bill.facts.language)
        lines.append([Ink(name.upper() if bill.desk.chance(0.3) else name)])
    return lines


def name_ink(bill: Bill, party: Party, who: str) -> Ink:
    """The party's name."""
    return bill.ink(party.name, f"{who}_name" if who else "")


def vat_pair(bill: Bill, party: Party, who: str) -> Pair:
    """The party's VAT id under a label."""
    return bill.label("vat_id"), bill.ink(party.vat_id, f"{who}_vat_id" if who else "")


def contact_pairs(bill: Bill, party: Party) -> list[Pair]:
    """Telephone, mail, web, in part."""
    found: list[Pair] = [(bill.label("phone"), party.phone)]
    if bill.desk.chance(0.3):
        found.append(("Fax", f"{party.phone[:-1]}9"))
    if bill.desk.chance(0.75):
        found.append((bill.label("mail"), party.email))
    if bill.desk.chance(0.5):
        found.append((bill.desk.rng.choice(("Web", "Internet", "www", "")), party.web))
    return found


def bank_pairs(bill: Bill, party: Party) -> list[Pair]:
    """Bank, IBAN and BIC."""
    found: list[Pair] = []
    if bill.desk.chance(0.7):
        found.append((bill.label("bank"), party.bank))
    if bill.desk.chance(0.15):
        found.append((bill.label("iban_holder"), bill.ink(party.name, "seller_name")))
    if party.iban:
        found.append((bill.label("iban"), bill.ink(party.iban, "seller_iban")))
        bill.told.seller_iban = True
    found.append((bill.label("bic"), party.bic))
    return found


def tax_pairs(bill: Bill, party: Party) -> list[Pair]:
    """VAT id, tax number and register."""
    found = [vat_pair(bill, party, "seller")] if bill.desk.chance(0.85) else []
    bill.told.seller_vat = bill.told.seller_vat or bool(found)
    if bill.desk.chance(0.5) or not found:
        found.append((bill.label("tax_number"), party.tax_number))
    bill.desk.rng.shuffle(found)
    if bill.desk.chance(0.5):
        found.append((bill.label("manager"), party.contact))
    if bill.desk.chance(0.4):
        found.append(("", party.register))
    return found


def joined(pair: Pair, colon: str = ":") -> Inks:
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


def letterhead(bill: Bill) -> None:
    """The seller at the top: left, right, in the middle, or its name alone, or nothing."""
    desk, seller = bill.desk, bill.facts.seller
    way = desk.rng.choices(
        ("right", "left", "centre", "name", "line", "none"), (30, 18, 12, 18, 7, 15)
    )[0]
    if way == "none":
        desk.y += desk.rng.uniform(20, 60)
        return
    big = desk.style.bigger(desk.rng.choice((1.0, 1.3, 1.6, 2.0, 2.4)), bold=desk.chance(0.7))
    while width(seller.name, big) > 0.62 * (desk.right - desk.left) and big.size > 7:
        big = big.bigger(0.85)
    at = {"right": desk.right, "centre": (desk.left + desk.right) / 2}.get(way, desk.left)
    align = {"right": "r", "centre": "c"}.get(way, "l")
    if way == "right" and desk.chance(0.6):
        at, align = max(desk.right - 170, desk.right - width(seller.name, big)), "l"
    y = desk.y + big.size * 0.6
    desk.sheet.write((at, y), name_ink(bill, seller, "seller"), big, align=align)
    y += big.size * 0.5 + desk.line
    small = desk.style.bigger(desk.rng.choice((0.8, 0.9, 1.0)))
    if way == "line":
        desk.sheet.write((at, y), _in_a_line(bill), small)
        y += 1.5 * desk.line
    elif way != "name":
        y = desk.block((at, y), _head_lines(bill, way), small, align)
    if desk.chance(0.2):
        desk.sheet.level(desk.left, y, desk.right)
    beside = way == "right" and desk.chance(0.6)  # the buyer stands left of the letterhead
    desk.taken = y
    desk.y = desk.y + 40 if beside else max(y, desk.y + 30)


def _head_lines(bill: Bill, way: str) -> list[Inks]:
    desk, seller = bill.desk, bill.facts.seller
    if way == "centre" and desk.chance(0.6):
        lines: list[Inks] = [_in_a_line(bill)]
    else:
        lines = address_lines(bill, seller, "seller")
    if desk.chance(0.7):
        colon = desk.rng.choice((":", ":", ""))
        lines += [joined(pair, colon) for pair in contact_pairs(bill, seller)]
    if desk.chance(0.3):
        lines += [joined(pair) for pair in tax_pairs(bill, seller)[:2]]
    if desk.chance(0.12):
        lines += [joined(pair) for pair in bank_pairs(bill, seller)]
    return lines


def _in_a_line(bill: Bill) -> Inks:
    """The seller's address with dots, bars or commas between its parts."""
    mark = bill.desk.rng.choice(("·", "•", "|", "-", ",", "*", "–"))
    part = bill.ink("").part
    inks: list[Ink] = []
    for line in bill.facts.seller.address.lines:
        if inks:
            inks.append(Ink("\x00," if mark == "," else mark))
        inks.append(Ink(line, "seller_address", -1, part))
    if bill.desk.chance(0.3):
        inks += [Ink("\x00," if mark == "," else mark), Ink(bill.facts.seller.phone)]
    return inks


def sender_line(bill: Bill, at: tuple[float, float]) -> None:
    """The small line above the address window."""
    desk, seller = bill.desk, bill.facts.seller
    mark = desk.rng.choice(("·", "•", "|", "-", ",", "*", "–", ""))
    part = bill.ink("").part
    inks = [name_ink(bill, seller, "seller")]
    for line in seller.address.lines:
        if mark:
            inks.append(Ink("\x00," if mark == "," else mark))
        inks.append(Ink(line, "seller_address", -1, part))
    small = desk.style.bigger(desk.rng.choice((0.65, 0.7, 0.8)))
    end = desk.sheet.write(at, inks, small)
    if desk.chance(0.4):
        desk.sheet.level(at[0], at[1] + 2, end)


def buyer_lines(bill: Bill, party: Party, who: str) -> list[Inks]:
    """As on an envelope."""
    desk = bill.desk
    lines: list[Inks] = []
    if desk.chance(0.18) and (first := bill.word("firm")):
        lines.append([Ink(first)])
    lines.append([name_ink(bill, party, who)])
    if not party.person and desk.chance(0.25):
        attention = bill.word("attention")
        lines.append(
            [Ink(attention if attention.endswith(",") else f"{attention} {party.contact}")]
        )
    lines += address_lines(bill, party, who)
    if desk.chance(0.12) and not party.person and who:
        lines.append(joined((bill.label("buyer_vat"), bill.ink(party.vat_id, f"{who}_vat_id"))))
        bill.told.buyer_vat = True
    return lines


def footer(bill: Bill) -> None:
    """The seller's data in columns, a line or two, at the bottom of the last page."""
    desk, seller = bill.desk, bill.facts.seller
    small = desk.style.bigger(desk.rng.choice((0.7, 0.75, 0.8, 0.9)))
    y = desk.sheet.height - desk.rng.uniform(48, 70)
    columns: list[list[Inks]] = [
        [[name_ink(bill, seller, "seller")], *address_lines(bill, seller, "seller")],
        [joined(pair) for pair in contact_pairs(bill, seller)],
        [joined(pair) for pair in bank_pairs(bill, seller)],
        [joined(pair) for pair in tax_pairs(bill, seller)],
    ]
    if desk.chance(0.25):
        columns.pop(desk.rng.randrange(2))
    if desk.chance(0.2):
        desk.rng.shuffle(columns)
    if desk.chance(0.5):
        desk.sheet.level(desk.left, y - 1.4 * small.size, desk.right)
    if desk.chance(0.75):
        step = (desk.right - desk.left) / len(columns)
        for number, lines in enumerate(columns):
            fitted = [piece for line in lines for piece in wrapped(line, small, step - 8)]
            desk.block((desk.left + number * step, y), fitted[:5], small)
        return
    flat = [line for column in columns for line in column]
    mark = desk.rng.choice(("·", "|", "-", "•"))
    inks = [
        ink
        for number, line in enumerate(flat)
        for ink in ([Ink(mark)] if number else []) + list(line)
    ]
    for line in wrapped(inks, small, desk.right - desk.left):
        desk.sheet.write(((desk.left + desk.right) / 2, y), line, small, align="c")
        y += small.size * 1.25


def rate_text(bill: Bill, rate: Decimal) -> str:
    """The rate as "19 %", "19%" or "19,00 %"."""
    manner = bill.desk.manner
    digits = manner.count(rate) if bill.desk.chance(0.75) else manner.plain(rate)
    return digits + bill.desk.rng.choice((" %", "%"))


def sums(bill: Bill) -> list[tuple[Inks, Inks, bool]]:
    """The lines of the totals: label, amount, whether it is the last and bold."""
    desk, facts = bill.desk, bill.facts
    beside = desk.rng.choice((desk.manner.beside, desk.manner.beside, ""))
    lines: list[tuple[Inks, Inks, bool]] = []
    if facts.freight:
        lines.append(
            (
                [Ink(bill.label("goods"))],
                desk.money(facts.net - facts.freight, beside=beside),
                False,
            )
        )
        lines.append(
            ([Ink(bill.label("freight"))], desk.money(facts.freight, beside=beside), False)
        )
    if desk.chance(0.93):
        lines.append(
            ([Ink(bill.label("net_total"))], total(bill, facts.net, "net_total", beside), False)
        )
    lines += _tax_lines(bill, beside)
    gross = [Ink(bill.label("gross_total"))]
    if desk.chance(0.12):
        gross.append(Ink(f"({facts.manner.currency})"))
    lines.append((gross, total(bill, facts.gross, "grand_total", beside), True))
    if desk.chance(0.08):
        lines.append(([Ink(bill.label("paid"))], total(bill, -facts.paid, "", beside), False))
        lines.append(
            ([Ink(bill.label("open"))], total(bill, facts.gross - facts.paid, "", beside), True)
        )
    return lines


def total(bill: Bill, amount: Decimal, label: str, beside: str) -> list[Ink]:
    """A sum; its currency, where it is a word of its own, is the invoice's."""
    inks = bill.desk.money(amount, label, beside=beside)
    bare = {bill.facts.manner.sign, bill.facts.manner.currency}
    return [
        bill.ink(ink.text, "currency") if ink.text in bare and not ink.label and label else ink
        for ink in inks
    ]


def _tax_lines(bill: Bill, beside: str) -> list[tuple[Inks, Inks, bool]]:
    desk, facts = bill.desk, bill.facts
    alone = len(facts.taxes) == 1
    if alone and facts.tax == 0 and desk.chance(0.5):
        return []
    lines: list[tuple[Inks, Inks, bool]] = []
    if desk.chance(0.85) or alone:
        for tax in facts.taxes:
            text = bill.word("tax_line").format(
                r=rate_text(bill, tax.rate), b=desk.manner.plain(tax.base)
            )
            lines.append(
                ([Ink(text)], total(bill, tax.amount, "tax_total" if alone else "", beside), False)
            )
    if not lines or (not alone and desk.chance(0.45)):
        lines.append(
            ([Ink(bill.label("tax_total"))], total(bill, facts.tax, "tax_total", beside), False)
        )
    return lines


def data_pairs(bill: Bill) -> list[Pair]:
    """Numbers and days of the invoice, with others beside them to be told apart."""
    desk, facts, day = bill.desk, bill.facts, bill.desk.manner.day
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
    found += [(bill.label(thing), text) for share, thing, text in others if desk.chance(share)]
    if desk.chance(0.3):
        found.append((bill.label("due"), bill.ink(day(facts.due), "due_date")))
        bill.told.due = True
    if desk.chance(0.1):
        found.append(vat_pair(bill, facts.seller, "seller"))
    if desk.chance(0.08) and not facts.buyer.person:
        found.append((bill.label("buyer_vat"), bill.ink(facts.buyer.vat_id, "buyer_vat_id")))
    if desk.chance(0.1):
        found.append((bill.label("currency"), bill.ink(facts.manner.currency, "currency")))
    if desk.chance(0.15):
        found.append((bill.label("page"), "1"))
    if desk.chance(0.6):
        desk.rng.shuffle(found)
    return found


def data_block(bill: Bill, at: tuple[float, float], room: float, rows: Sequence[Pair]) -> float:
    """The pairs in a way at random."""
    return bill.desk.pairs(at, rows, pairs_of(bill.desk.rng, room))
