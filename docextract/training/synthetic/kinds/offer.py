"""Lays out the offer of a product: a data sheet, a page of a catalogue or of a shop."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from docextract.training.synthetic.facts.firms import coined
from docextract.training.synthetic.facts.identifiers import digits, shaped
from docextract.training.synthetic.facts.notation import manner_of
from docextract.training.synthetic.facts.parties import company
from docextract.training.synthetic.facts.stated import Stated
from docextract.training.synthetic.facts.vocabulary import word
from docextract.training.synthetic.paper.cursor import Desk, desk_of, pairs_of
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, wrapped

KIND = "product_offer"
FIELDS = ("product_name", "brand", "product_number", "gtin", "price", "currency", "availability")

_PRICES = (9, 19, 29, 49, 79, 119, 249, 399, 649, 1299, 2890)


@dataclass
class Offer:
    """An offer on its way to paper."""

    desk: Desk
    language: str
    name: str
    brand: str
    number: str
    gtin: str
    price: Decimal
    availability: str

    def word(self, thing: str) -> str:
        """One of the words for a thing."""
        return word(self.desk.rng, "offer", self.language, thing)


def draw(rng: Random) -> tuple[Stated, Sheet]:
    """An offer and its sheet."""
    country, language = rng.choice(
        (("DE", "de"), ("AT", "de"), ("US", "en"), ("GB", "en"), ("GB", "en"))
    )
    desk = desk_of(rng, manner_of(rng, country, language), letter=country == "US")
    desk.style = desk.style._replace(size=max(9.0, desk.style.size))
    offer = _offer(rng, desk, language)
    _head(offer)
    steps = [_price, _numbers, _features]
    rng.shuffle(steps)
    for step in steps:
        step(offer)
        desk.down(0.8)
    if desk.chance(0.5):
        desk.paragraph(
            f"{company(rng, country).name}, {', '.join(company(rng, country).address.lines)}",
            style=desk.style.bigger(0.8),
        )
    values = {
        "product_name": offer.name,
        "brand": offer.brand,
        "product_number": offer.number,
        "gtin": offer.gtin,
        "price": offer.price,
        "currency": desk.manner.currency,
        "availability": offer.availability,
    }
    return Stated(language, values), desk.sheet


def _offer(rng: Random, desk: Desk, language: str) -> Offer:
    brand = coined(rng)
    qualifier = word(rng, "offer", language, "qualifier")
    name = f"{word(rng, 'offer', language, 'things')} {qualifier}".strip()
    if rng.random() < 0.5:
        name += f" {rng.choice('ABDEGKLMRSTX')}{rng.choice('ABDEGKLMRSTX')}{rng.randint(10, 990)}"
    body = f"{rng.choice(('40', '50', '76', '87', '30'))}{digits(rng, 10)}"
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body))
    return Offer(
        desk=desk,
        language=language,
        name=name,
        brand=brand,
        number=shaped(rng, "#####", "########", "??-####", "###.###.##"),
        gtin=f"{body}{(10 - total % 10) % 10}",
        price=rng.choice(_PRICES)
        + rng.randint(0, 30)
        + Decimal(rng.choice((0, 90, 95, 99, 50))) / 100,
        availability=word(rng, "offer", language, "available"),
    )


def _head(offer: Offer) -> None:
    desk = offer.desk
    if title := offer.word("title"):
        desk.sheet.write((desk.left, desk.y), title, desk.style)
        desk.down(2)
    big = desk.style.bigger(desk.rng.choice((1.4, 1.8, 2.2)), bold=desk.chance(0.8))
    name = desk.ink(offer.name, "product_name")
    way = desk.rng.choice(("before", "above", "label", "none"))
    if way == "above":
        desk.sheet.write((desk.left, desk.y), desk.ink(offer.brand, "brand"), desk.style.heavy)
        desk.down(1.2)
    desk.y += 0.5 * big.size
    inks: Inks = [desk.ink(offer.brand, "brand"), name] if way == "before" else [name]
    for line in wrapped(inks, big, desk.right - desk.left):
        desk.sheet.write((desk.left, desk.y), line, big)
        desk.y += 1.2 * big.size
    if way == "label":
        desk.paragraph([Ink(offer.word("brand")), desk.ink(offer.brand, "brand")])
    desk.down(1)


def _price(offer: Offer) -> None:
    desk, manner = offer.desk, offer.desk.manner
    big = desk.style.bigger(desk.rng.choice((1.0, 1.5, 2.0)), bold=desk.chance(0.7))
    if desk.chance(0.4):
        old = desk.money(offer.price + desk.rng.randint(5, 90))
        desk.paragraph([Ink(offer.word("old")), *old])
    bare = {manner.sign, manner.currency}
    inks = [
        desk.ink(ink.text, "currency") if ink.text in bare else ink
        for ink in desk.money(offer.price, "price")
    ]
    label = [Ink(offer.word("price") + desk.rng.choice((":", "")))] if desk.chance(0.6) else []
    desk.y += 0.4 * big.size
    desk.paragraph([*label, *inks], style=big)
    if desk.chance(0.4):
        desk.paragraph(
            [Ink(offer.word("shipping")), *desk.money(Decimal("4.95"))],
            style=desk.style.bigger(0.85),
        )
    if desk.chance(0.5):
        desk.paragraph(desk.ink(offer.availability, "availability"))


def _numbers(offer: Offer) -> None:
    desk = offer.desk
    pairs: list[tuple[str, Inks | Ink | str]] = []
    if desk.chance(0.8):
        pairs.append((offer.word("product_number"), desk.ink(offer.number, "product_number")))
    if desk.chance(0.6):
        pairs.append((offer.word("gtin"), desk.ink(offer.gtin, "gtin")))
    if desk.chance(0.4):
        pairs.append((offer.word("brand"), desk.ink(offer.brand, "brand")))
    if desk.chance(0.4):
        pairs.append((offer.word("availability"), desk.ink(offer.availability, "availability")))
    if pairs:
        desk.y = desk.pairs((desk.left, desk.y), pairs, pairs_of(desk.rng, 240))


def _features(offer: Offer) -> None:
    desk = offer.desk
    desk.paragraph(offer.word("features"), style=desk.style.heavy)
    mark = desk.rng.choice(("• ", "- ", "", "* "))
    for _ in range(desk.rng.randint(1, 6)):
        text = offer.word("feature").format(n=desk.rng.randint(1, 900), m=desk.rng.randint(10, 90))
        desk.paragraph(mark + text)
    if desk.chance(0.6):
        desk.paragraph(offer.word("text").format(other=offer.word("things")))
