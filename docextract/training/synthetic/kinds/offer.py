"""Synthetic product offers: data sheets, pages of a catalogue or of a shop."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from docextract.training.synthetic.facts.document_facts import DocumentFacts
from docextract.training.synthetic.facts.firms import invented_name
from docextract.training.synthetic.facts.identifiers import random_digits, random_from_pattern
from docextract.training.synthetic.facts.notation import random_notation
from docextract.training.synthetic.facts.parties import random_company
from docextract.training.synthetic.facts.vocabulary import random_word
from docextract.training.synthetic.paper.cursor import LayoutCursor, new_cursor, random_pair_style
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, wrap_text

KIND = "product_offer"
FIELDS = ("product_name", "brand", "product_number", "gtin", "price", "currency", "availability")

_PRICES = (9, 19, 29, 49, 79, 119, 249, 399, 649, 1299, 2890)


@dataclass
class Offer:
    """A product offer being laid out: cursor and facts."""

    cursor: LayoutCursor
    language: str
    name: str
    brand: str
    number: str
    gtin: str
    price: Decimal
    availability: str

    def word(self, thing: str) -> str:
        """One of the words for a thing."""
        return random_word(self.cursor.rng, "offer", self.language, thing)


def draw(rng: Random) -> tuple[DocumentFacts, Sheet]:
    """Draw a random product offer; its facts and its sheet."""
    country, language = rng.choice(
        (("DE", "de"), ("AT", "de"), ("US", "en"), ("GB", "en"), ("GB", "en"))
    )
    cursor = new_cursor(rng, random_notation(rng, country, language), letter=country == "US")
    cursor.style = cursor.style._replace(size=max(9.0, cursor.style.size))
    offer = _offer(rng, cursor, language)
    _head(offer)
    steps = [_price, _numbers, _features]
    rng.shuffle(steps)
    for step in steps:
        step(offer)
        cursor.move_down(0.8)
    if cursor.chance(0.5):
        name = random_company(rng, country).name
        lines = random_company(rng, country).address.lines
        cursor.paragraph(f"{name}, {', '.join(lines)}", style=cursor.style.scaled(0.8))
    values = {
        "product_name": offer.name,
        "brand": offer.brand,
        "product_number": offer.number,
        "gtin": offer.gtin,
        "price": offer.price,
        "currency": cursor.notation.currency,
        "availability": offer.availability,
    }
    return DocumentFacts(language, values), cursor.sheet


def _offer(rng: Random, cursor: LayoutCursor, language: str) -> Offer:
    brand = invented_name(rng)
    qualifier = random_word(rng, "offer", language, "qualifier")
    name = f"{random_word(rng, 'offer', language, 'things')} {qualifier}".strip()
    if rng.random() < 0.5:
        name += f" {rng.choice('ABDEGKLMRSTX')}{rng.choice('ABDEGKLMRSTX')}{rng.randint(10, 990)}"
    body = f"{rng.choice(('40', '50', '76', '87', '30'))}{random_digits(rng, 10)}"
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body))
    return Offer(
        cursor=cursor,
        language=language,
        name=name,
        brand=brand,
        number=random_from_pattern(rng, "#####", "########", "??-####", "###.###.##"),
        gtin=f"{body}{(10 - total % 10) % 10}",
        price=rng.choice(_PRICES)
        + rng.randint(0, 30)
        + Decimal(rng.choice((0, 90, 95, 99, 50))) / 100,
        availability=random_word(rng, "offer", language, "available"),
    )


def _head(offer: Offer) -> None:
    cursor = offer.cursor
    if title := offer.word("title"):
        cursor.sheet.write((cursor.left, cursor.y), title, cursor.style)
        cursor.move_down(2)
    big = cursor.style.scaled(cursor.rng.choice((1.4, 1.8, 2.2)), bold=cursor.chance(0.8))
    name = cursor.ink(offer.name, "product_name")
    way = cursor.rng.choice(("before", "above", "label", "none"))
    if way == "above":
        cursor.sheet.write(
            (cursor.left, cursor.y), cursor.ink(offer.brand, "brand"), cursor.style.in_bold
        )
        cursor.move_down(1.2)
    cursor.y += 0.5 * big.size
    inks: Inks = [cursor.ink(offer.brand, "brand"), name] if way == "before" else [name]
    for line in wrap_text(inks, big, cursor.right - cursor.left):
        cursor.sheet.write((cursor.left, cursor.y), line, big)
        cursor.y += 1.2 * big.size
    if way == "label":
        cursor.paragraph([Ink(offer.word("brand")), cursor.ink(offer.brand, "brand")])
    cursor.move_down(1)


def _price(offer: Offer) -> None:
    cursor, notation = offer.cursor, offer.cursor.notation
    big = cursor.style.scaled(cursor.rng.choice((1.0, 1.5, 2.0)), bold=cursor.chance(0.7))
    if cursor.chance(0.4):
        old = cursor.money(offer.price + cursor.rng.randint(5, 90))
        cursor.paragraph([Ink(offer.word("old")), *old])
    bare = {notation.sign, notation.currency}
    inks = [
        cursor.ink(ink.text, "currency") if ink.text in bare else ink
        for ink in cursor.money(offer.price, "price")
    ]
    label = [Ink(offer.word("price") + cursor.rng.choice((":", "")))] if cursor.chance(0.6) else []
    cursor.y += 0.4 * big.size
    cursor.paragraph([*label, *inks], style=big)
    if cursor.chance(0.4):
        cursor.paragraph(
            [Ink(offer.word("shipping")), *cursor.money(Decimal("4.95"))],
            style=cursor.style.scaled(0.85),
        )
    if cursor.chance(0.5):
        cursor.paragraph(cursor.ink(offer.availability, "availability"))


def _numbers(offer: Offer) -> None:
    cursor = offer.cursor
    pairs: list[tuple[str, Inks | Ink | str]] = []
    if cursor.chance(0.8):
        pairs.append((offer.word("product_number"), cursor.ink(offer.number, "product_number")))
    if cursor.chance(0.6):
        pairs.append((offer.word("gtin"), cursor.ink(offer.gtin, "gtin")))
    if cursor.chance(0.4):
        pairs.append((offer.word("brand"), cursor.ink(offer.brand, "brand")))
    if cursor.chance(0.4):
        pairs.append((offer.word("availability"), cursor.ink(offer.availability, "availability")))
    if pairs:
        cursor.y = cursor.pairs((cursor.left, cursor.y), pairs, random_pair_style(cursor.rng, 240))


def _features(offer: Offer) -> None:
    cursor = offer.cursor
    cursor.paragraph(offer.word("features"), style=cursor.style.in_bold)
    mark = cursor.rng.choice(("• ", "- ", "", "* "))
    for _ in range(cursor.rng.randint(1, 6)):
        text = offer.word("feature").format(
            n=cursor.rng.randint(1, 900), m=cursor.rng.randint(10, 90)
        )
        cursor.paragraph(mark + text)
    if cursor.chance(0.6):
        cursor.paragraph(offer.word("text").format(other=offer.word("things")))
