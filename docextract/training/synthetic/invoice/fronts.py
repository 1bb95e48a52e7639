"""Heads of invoices that are made of blocks side by side, or that look like a letter.

Each arranges letterhead, addresses and data as one: three or four blocks with headings beside each
other; the window of DIN 5008 with all that is told of the seller in the footer; a sender in the
page's right corner beside a recipient without a heading; the customs of American, French and
Spanish offices.
"""

from collections.abc import Callable, Mapping

from docextract.training.synthetic.invoice.blocks import (
    Bill,
    address_lines,
    bank_pairs,
    buyer_lines,
    contact_pairs,
    data_block,
    data_pairs,
    joined,
    name_ink,
    sender_line,
    tax_pairs,
)
from docextract.training.synthetic.invoice.titles import strip_of, title
from docextract.training.synthetic.paper.cursor import Pairs, pairs_of
from docextract.training.synthetic.paper.fonts import width
from docextract.training.synthetic.paper.sheet import Ink, Inks, wrapped

#: A heading and the lines under it.
Block = tuple[str, list[Inks]]
#: Points between two blocks, at least.
_GUTTER = 10.0


def front(bill: Bill) -> bool:
    """A head at random, as is customary in the language; whether the footer names the seller."""
    ways = _WAYS[bill.facts.language]
    return bill.desk.rng.choice(ways)(bill)


def _beside(bill: Bill, blocks: list[Block]) -> None:
    """Blocks with headings beside each other from `desk.y` on, each in a part of the width."""
    desk = bill.desk
    step = (desk.right - desk.left) / len(blocks)
    head = desk.style.heavy if desk.chance(0.6) else desk.style.bigger(0.85)
    upper, apart = desk.chance(0.4), desk.rng.choice((1.2, 1.3, 1.6))
    bottom = desk.y
    for number, (label, lines) in enumerate(blocks):
        x = desk.left + number * step
        desk.sheet.write((x, desk.y), label.upper() if upper else label, head)
        first = (x, desk.y + apart * desk.line)
        bottom = max(bottom, _fitted(bill, first, lines, step - _GUTTER))
    desk.y = bottom + desk.rng.uniform(8, 24)


def _fitted(bill: Bill, at: tuple[float, float], lines: list[Inks], room: float) -> float:
    pieces = [piece for line in lines for piece in wrapped(line, bill.desk.style, room)]
    return bill.desk.block(at, pieces)


def _party(bill: Bill, who: str) -> Block:
    party = bill.facts.seller if who == "seller" else bill.facts.buyer
    lines: list[Inks] = [[name_ink(bill, party, who)], *address_lines(bill, party, who)]
    if who == "seller" and bill.desk.chance(0.7):
        lines += [joined(pair) for pair in tax_pairs(bill, party)[:1]]
    if bill.desk.chance(0.35):
        lines += [joined(pair) for pair in contact_pairs(bill, party)[:2]]
    return bill.word(who), lines


def _payment(bill: Bill) -> Block:
    return bill.word("pay"), [joined(pair) for pair in bank_pairs(bill, bill.facts.seller)]


def _shipped(bill: Bill) -> Block:
    facts, desk = bill.facts, bill.desk
    party = facts.ship_to if desk.chance(0.5) else facts.buyer
    return bill.word("ship"), [[Ink(party.name)], *address_lines(bill, party, "")]


def _logo(bill: Bill, align: str = "l") -> None:
    """The first word of the seller's name in large letters, perhaps with what it is about."""
    desk, word = bill.desk, bill.facts.seller.name.split()[0]
    big = desk.style.bigger(desk.rng.choice((1.8, 2.4, 3.0)), bold=True)
    x = {"l": desk.left, "r": desk.right, "c": (desk.left + desk.right) / 2}[align]
    desk.y += 0.5 * big.size
    desk.sheet.write((x, desk.y), word.strip(",").upper(), big, align=align)
    desk.y += 0.4 * big.size + desk.line
    if desk.chance(0.5):
        small = desk.style.bigger(0.8)
        desk.sheet.write((x, desk.y), bill.word("slogan"), small, align=align)
        desk.down(1.2)


def _three(bill: Bill) -> bool:
    """Seller, buyer and how to pay beside each other, the data in a strip or a block."""
    desk = bill.desk
    if desk.chance(0.5):
        _logo(bill, desk.rng.choice("lrc"))
    title(bill)
    blocks = [_party(bill, "seller"), _party(bill, "buyer"), _payment(bill)]
    if desk.chance(0.4):
        blocks.insert(2, _shipped(bill))
        blocks = blocks if desk.chance(0.3) else blocks[:3]
    if desk.chance(0.3):
        desk.rng.shuffle(blocks)
    if desk.chance(0.4):
        _data(bill)
        _beside(bill, blocks)
    else:
        _beside(bill, blocks)
        _data(bill)
    return not any(label == "seller_name" for label in _labels(blocks))


def _labels(blocks: list[Block]) -> list[str]:
    return [ink.label for _, lines in blocks for line in lines for ink in line]


def _data(bill: Bill) -> None:
    desk = bill.desk
    if desk.chance(0.5):
        strip_of(bill, data_pairs(bill)[:5])
    else:
        desk.y = data_block(bill, (desk.left, desk.y), 230, data_pairs(bill)) + desk.line


def _din(bill: Bill) -> bool:
    """DIN 5008: the window with the sender's line, the information block at its right."""
    desk = bill.desk
    if desk.chance(0.7):
        _logo(bill, desk.rng.choice("lrrc"))
    top = max(desk.y + 20, desk.rng.uniform(127, 150))
    y = top
    if desk.chance(0.8):
        sender_line(bill, (desk.left, y))
        y += 1.8 * desk.line
    under = desk.block((desk.left, y), buyer_lines(bill, bill.facts.buyer, "buyer"))
    x = desk.rng.uniform(330, 354)
    how = pairs_of(desk.rng, desk.right - x)
    if desk.chance(0.5):
        how = Pairs("column", how.colon, how.gap, how.width, how.bold_labels, how.bold_values, 1.0)
    beside = desk.pairs((x, top + desk.rng.choice((0, 10))), data_pairs(bill), how)
    desk.y = max(under, beside) + desk.rng.uniform(20, 45)
    title(bill)
    return True


def _cornered(bill: Bill) -> bool:
    """The sender in the right corner; the recipient lower at the left, without a heading."""
    desk, seller = bill.desk, bill.facts.seller
    lines: list[Inks] = [[name_ink(bill, seller, "seller")], *address_lines(bill, seller, "seller")]
    lines += [joined(pair) for pair in contact_pairs(bill, seller)]
    if desk.chance(0.4):
        lines += [joined(pair) for pair in tax_pairs(bill, seller)[:2]]
    widest = max(width(" ".join(ink.text for ink in line), desk.style) for line in lines)
    flush = desk.chance(0.5)
    at = desk.right if flush else desk.right - max(widest, 130) - 20
    right = desk.block((at, desk.y), lines, desk.style, "r" if flush else "l")
    low = desk.y + desk.rng.uniform(0, 5) * desk.line
    left = desk.block((desk.left, low), buyer_lines(bill, bill.facts.buyer, "buyer"))
    desk.y = max(left, right) + desk.rng.uniform(10, 40)
    if desk.chance(0.5):
        title(bill, numbered=True)
        _data(bill)
    else:
        _data(bill)
        title(bill)
    return desk.chance(0.5)


def _american(bill: Bill) -> bool:
    """The seller at the left of a large title; then bill to, ship to and where to remit."""
    desk, seller = bill.desk, bill.facts.seller
    lines: list[Inks] = [[name_ink(bill, seller, "seller")], *address_lines(bill, seller, "seller")]
    lines += [[Ink(seller.phone)], [Ink(seller.email)]][: desk.rng.randrange(3)]
    top = desk.y + 4
    left = _fitted(bill, (desk.left, top), lines, 0.52 * (desk.right - desk.left))
    big = desk.style.bigger(desk.rng.choice((1.8, 2.2)), bold=True)
    name = bill.word("credit" if bill.facts.credit else "title")
    desk.sheet.write((desk.right, top), name, big, align="r")
    x = desk.left + 0.62 * (desk.right - desk.left)
    right = top + 1.5 * big.size
    if desk.chance(0.6):
        right = data_block(bill, (x, right), desk.right - x, data_pairs(bill)[:6])
        desk.y = max(left, right) + 16
        _beside(bill, _sent(bill))
    else:
        desk.y = max(left, right) + 16
        _beside(bill, _sent(bill))
        strip_of(bill, data_pairs(bill)[:6])
    return False


def _sent(bill: Bill) -> list[Block]:
    """To whom the bill, the goods and the money go."""
    lines: list[Inks] = [[name_ink(bill, bill.facts.seller, "seller")]]
    lines += address_lines(bill, bill.facts.seller, "seller")
    blocks: list[Block] = [_party(bill, "buyer"), _shipped(bill), (bill.word("remit"), lines)]
    return blocks if bill.desk.chance(0.6) else blocks[:2]


def _latin(bill: Bill) -> bool:
    """The seller with its numbers at the left, the buyer in the window at the right."""
    desk, seller = bill.desk, bill.facts.seller
    lines: list[Inks] = [[name_ink(bill, seller, "seller")], *address_lines(bill, seller, "seller")]
    lines += [joined(pair, " :") for pair in contact_pairs(bill, seller)[:2]]
    lines += [joined(pair, " :") for pair in tax_pairs(bill, seller)]
    middle = desk.left + desk.rng.uniform(0.52, 0.58) * (desk.right - desk.left)
    top = desk.y
    left = _fitted(bill, (desk.left, top), lines, middle - desk.left - _GUTTER)
    y = top + desk.rng.choice((0.0, 4.0, 8.0)) * desk.line
    if desk.chance(0.4):
        desk.sheet.write((middle, y), bill.word("buyer"), desk.style.heavy)
        y += 1.3 * desk.line
    buyer = buyer_lines(bill, bill.facts.buyer, "buyer")
    right = _fitted(bill, (middle, y), buyer, desk.right - middle)
    if desk.chance(0.3):
        frame = (middle - 6, y - 1.3 * desk.style.size, desk.right + 4, right - 0.5 * desk.line)
        desk.sheet.frame(frame)
    desk.y = max(left, right) + desk.rng.uniform(12, 30)
    title(bill)
    _data(bill)
    return False


_ANY = (_three, _three, _cornered)
_WAYS: Mapping[str, tuple[Callable[[Bill], bool], ...]] = {
    "de": (*_ANY, _din, _din, _din),
    "en": (*_ANY, _american, _american),
    "fr": (*_ANY, _latin, _latin),
    "es": (*_ANY, _latin, _latin),
}
