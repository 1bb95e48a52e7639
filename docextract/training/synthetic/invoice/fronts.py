"""Header layouts of invoices: blocks side by side, DIN 5008 letters, national customs.

Each arranges letterhead, addresses and data as one: three or four blocks with headings beside each
other; the window of DIN 5008 with all data of the seller in the footer; a sender in the page's
right corner beside a recipient without a heading; the customs of American, French and Spanish
offices.
"""

from collections.abc import Callable, Mapping

from docextract.training.synthetic.invoice.blocks import (
    InvoiceDraft,
    address_lines,
    bank_pairs,
    buyer_lines,
    contact_pairs,
    data_pairs,
    draw_data_block,
    draw_sender_line,
    label_and_value,
    name_ink,
    tax_pairs,
)
from docextract.training.synthetic.invoice.titles import draw_data_strip, draw_title
from docextract.training.synthetic.paper.cursor import PairStyle, random_pair_style
from docextract.training.synthetic.paper.fonts import text_width
from docextract.training.synthetic.paper.sheet import Ink, Inks, wrap_text

#: A heading and the lines under it.
Block = tuple[str, list[Inks]]
#: Points between two blocks, at least.
_GUTTER = 10.0


def draw_block_header(bill: InvoiceDraft) -> bool:
    """Draw a random header customary in the language; whether the footer must name the seller."""
    ways = _WAYS[bill.facts.language]
    return bill.cursor.rng.choice(ways)(bill)


def _beside(bill: InvoiceDraft, blocks: list[Block]) -> None:
    """Blocks with headings beside each other from `cursor.y` on, each in a part of the width."""
    cursor = bill.cursor
    step = (cursor.right - cursor.left) / len(blocks)
    head = cursor.style.in_bold if cursor.chance(0.6) else cursor.style.scaled(0.85)
    upper, apart = cursor.chance(0.4), cursor.rng.choice((1.2, 1.3, 1.6))
    bottom = cursor.y
    for number, (label, lines) in enumerate(blocks):
        x = cursor.left + number * step
        cursor.sheet.write((x, cursor.y), label.upper() if upper else label, head)
        first = (x, cursor.y + apart * cursor.line)
        bottom = max(bottom, _fitted(bill, first, lines, step - _GUTTER))
    cursor.y = bottom + cursor.rng.uniform(8, 24)


def _fitted(bill: InvoiceDraft, at: tuple[float, float], lines: list[Inks], room: float) -> float:
    pieces = [piece for line in lines for piece in wrap_text(line, bill.cursor.style, room)]
    return bill.cursor.block(at, pieces)


def _party(bill: InvoiceDraft, who: str) -> Block:
    party = bill.facts.seller if who == "seller" else bill.facts.buyer
    lines: list[Inks] = [[name_ink(bill, party, who)], *address_lines(bill, party, who)]
    if who == "seller" and bill.cursor.chance(0.7):
        lines += [label_and_value(pair) for pair in tax_pairs(bill, party)[:1]]
    if bill.cursor.chance(0.35):
        lines += [label_and_value(pair) for pair in contact_pairs(bill, party)[:2]]
    return bill.word(who), lines


def _payment(bill: InvoiceDraft) -> Block:
    return bill.word("pay"), [label_and_value(pair) for pair in bank_pairs(bill, bill.facts.seller)]


def _shipped(bill: InvoiceDraft) -> Block:
    facts, cursor = bill.facts, bill.cursor
    party = facts.ship_to if cursor.chance(0.5) else facts.buyer
    return bill.word("ship"), [[Ink(party.name)], *address_lines(bill, party, "")]


def _logo(bill: InvoiceDraft, align: str = "l") -> None:
    """The first word of the seller's name in large letters, perhaps with what it is about."""
    cursor, word = bill.cursor, bill.facts.seller.name.split()[0]
    big = cursor.style.scaled(cursor.rng.choice((1.8, 2.4, 3.0)), bold=True)
    x = {"l": cursor.left, "r": cursor.right, "c": (cursor.left + cursor.right) / 2}[align]
    cursor.y += 0.5 * big.size
    cursor.sheet.write((x, cursor.y), word.strip(",").upper(), big, align=align)
    cursor.y += 0.4 * big.size + cursor.line
    if cursor.chance(0.5):
        small = cursor.style.scaled(0.8)
        cursor.sheet.write((x, cursor.y), bill.word("slogan"), small, align=align)
        cursor.move_down(1.2)


def _three(bill: InvoiceDraft) -> bool:
    """Seller, buyer and how to pay beside each other, the data in a strip or a block."""
    cursor = bill.cursor
    if cursor.chance(0.5):
        _logo(bill, cursor.rng.choice("lrc"))
    draw_title(bill)
    blocks = [_party(bill, "seller"), _party(bill, "buyer"), _payment(bill)]
    if cursor.chance(0.4):
        blocks.insert(2, _shipped(bill))
        blocks = blocks if cursor.chance(0.3) else blocks[:3]
    if cursor.chance(0.3):
        cursor.rng.shuffle(blocks)
    if cursor.chance(0.4):
        _data(bill)
        _beside(bill, blocks)
    else:
        _beside(bill, blocks)
        _data(bill)
    return not any(label == "seller_name" for label in _labels(blocks))


def _labels(blocks: list[Block]) -> list[str]:
    return [ink.label for _, lines in blocks for line in lines for ink in line]


def _data(bill: InvoiceDraft) -> None:
    cursor = bill.cursor
    if cursor.chance(0.5):
        draw_data_strip(bill, data_pairs(bill)[:5])
    else:
        cursor.y = (
            draw_data_block(bill, (cursor.left, cursor.y), 230, data_pairs(bill)) + cursor.line
        )


def _din(bill: InvoiceDraft) -> bool:
    """DIN 5008: the window with the sender's line, the information block at its right."""
    cursor = bill.cursor
    if cursor.chance(0.7):
        _logo(bill, cursor.rng.choice("lrrc"))
    top = max(cursor.y + 20, cursor.rng.uniform(127, 150))
    y = top
    if cursor.chance(0.8):
        draw_sender_line(bill, (cursor.left, y))
        y += 1.8 * cursor.line
    under = cursor.block((cursor.left, y), buyer_lines(bill, bill.facts.buyer, "buyer"))
    x = cursor.rng.uniform(330, 354)
    how = random_pair_style(cursor.rng, cursor.right - x)
    if cursor.chance(0.5):
        how = PairStyle(
            "column", how.colon, how.gap, how.width, how.bold_labels, how.bold_values, 1.0
        )
    beside = cursor.pairs((x, top + cursor.rng.choice((0, 10))), data_pairs(bill), how)
    cursor.y = max(under, beside) + cursor.rng.uniform(20, 45)
    draw_title(bill)
    return True


def _cornered(bill: InvoiceDraft) -> bool:
    """The sender in the right corner; the recipient lower at the left, without a heading."""
    cursor, seller = bill.cursor, bill.facts.seller
    lines: list[Inks] = [[name_ink(bill, seller, "seller")], *address_lines(bill, seller, "seller")]
    lines += [label_and_value(pair) for pair in contact_pairs(bill, seller)]
    if cursor.chance(0.4):
        lines += [label_and_value(pair) for pair in tax_pairs(bill, seller)[:2]]
    widest = max(text_width(" ".join(ink.text for ink in line), cursor.style) for line in lines)
    flush = cursor.chance(0.5)
    at = cursor.right if flush else cursor.right - max(widest, 130) - 20
    right = cursor.block((at, cursor.y), lines, cursor.style, "r" if flush else "l")
    low = cursor.y + cursor.rng.uniform(0, 5) * cursor.line
    left = cursor.block((cursor.left, low), buyer_lines(bill, bill.facts.buyer, "buyer"))
    cursor.y = max(left, right) + cursor.rng.uniform(10, 40)
    if cursor.chance(0.5):
        draw_title(bill, numbered=True)
        _data(bill)
    else:
        _data(bill)
        draw_title(bill)
    return cursor.chance(0.5)


def _american(bill: InvoiceDraft) -> bool:
    """The seller at the left of a large title; then bill to, ship to and where to remit."""
    cursor, seller = bill.cursor, bill.facts.seller
    lines: list[Inks] = [[name_ink(bill, seller, "seller")], *address_lines(bill, seller, "seller")]
    lines += [[Ink(seller.phone)], [Ink(seller.email)]][: cursor.rng.randrange(3)]
    top = cursor.y + 4
    left = _fitted(bill, (cursor.left, top), lines, 0.52 * (cursor.right - cursor.left))
    big = cursor.style.scaled(cursor.rng.choice((1.8, 2.2)), bold=True)
    name = bill.word("credit" if bill.facts.credit else "title")
    cursor.sheet.write((cursor.right, top), name, big, align="r")
    x = cursor.left + 0.62 * (cursor.right - cursor.left)
    right = top + 1.5 * big.size
    if cursor.chance(0.6):
        right = draw_data_block(bill, (x, right), cursor.right - x, data_pairs(bill)[:6])
        cursor.y = max(left, right) + 16
        _beside(bill, _sent(bill))
    else:
        cursor.y = max(left, right) + 16
        _beside(bill, _sent(bill))
        draw_data_strip(bill, data_pairs(bill)[:6])
    return False


def _sent(bill: InvoiceDraft) -> list[Block]:
    """To whom the bill, the goods and the money go."""
    lines: list[Inks] = [[name_ink(bill, bill.facts.seller, "seller")]]
    lines += address_lines(bill, bill.facts.seller, "seller")
    blocks: list[Block] = [_party(bill, "buyer"), _shipped(bill), (bill.word("remit"), lines)]
    return blocks if bill.cursor.chance(0.6) else blocks[:2]


def _latin(bill: InvoiceDraft) -> bool:
    """The seller with its numbers at the left, the buyer in the window at the right."""
    cursor, seller = bill.cursor, bill.facts.seller
    lines: list[Inks] = [[name_ink(bill, seller, "seller")], *address_lines(bill, seller, "seller")]
    lines += [label_and_value(pair, " :") for pair in contact_pairs(bill, seller)[:2]]
    lines += [label_and_value(pair, " :") for pair in tax_pairs(bill, seller)]
    middle = cursor.left + cursor.rng.uniform(0.52, 0.58) * (cursor.right - cursor.left)
    top = cursor.y
    left = _fitted(bill, (cursor.left, top), lines, middle - cursor.left - _GUTTER)
    y = top + cursor.rng.choice((0.0, 4.0, 8.0)) * cursor.line
    if cursor.chance(0.4):
        cursor.sheet.write((middle, y), bill.word("buyer"), cursor.style.in_bold)
        y += 1.3 * cursor.line
    buyer = buyer_lines(bill, bill.facts.buyer, "buyer")
    right = _fitted(bill, (middle, y), buyer, cursor.right - middle)
    if cursor.chance(0.3):
        frame = (
            middle - 6,
            y - 1.3 * cursor.style.size,
            cursor.right + 4,
            right - 0.5 * cursor.line,
        )
        cursor.sheet.draw_frame(frame)
    cursor.y = max(left, right) + cursor.rng.uniform(12, 30)
    draw_title(bill)
    _data(bill)
    return False


_ANY = (_three, _three, _cornered)
_WAYS: Mapping[str, tuple[Callable[[InvoiceDraft], bool], ...]] = {
    "de": (*_ANY, _din, _din, _din),
    "en": (*_ANY, _american, _american),
    "fr": (*_ANY, _latin, _latin),
    "es": (*_ANY, _latin, _latin),
}
