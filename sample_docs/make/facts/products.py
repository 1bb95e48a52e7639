"""What people say of products, and what shops ask for them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sample_docs.make.facts.identifiers import gtin
from sample_docs.make.facts.record import Fact, Json, record


@dataclass(frozen=True)
class Review:
    """Somebody's opinion; `rating` is of five."""

    product: str
    rating: Decimal
    reviewer: str
    day: date
    title: str
    paragraphs: tuple[str, ...]
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()

    def record(self) -> Json:
        """As a person would write it down."""
        data: dict[str, Fact] = {
            "product": self.product,
            "rating": self.rating,
            "reviewer": self.reviewer,
            "date": self.day,
            "title": self.title,
        }
        return record("product_review", data)


@dataclass(frozen=True)
class Offer:
    """A product in a shop."""

    product_name: str
    brand: str
    product_number: str
    gtin: str
    price: Decimal
    currency: str
    availability: str
    shop: str
    blurb: str
    details: tuple[tuple[str, str], ...]

    def record(self) -> Json:
        """As a person would write it down."""
        data: dict[str, Fact] = {
            "product_name": self.product_name,
            "brand": self.brand,
            "product_number": self.product_number,
            "gtin": self.gtin,
            "price": self.price,
            "currency": self.currency,
            "availability": self.availability,
        }
        return record("product_offer", data)


HEADPHONES = Review(
    product="Auralite Drift 3 wireless headphones",
    rating=Decimal(4),
    reviewer="Marguerite Tolland",
    day=date(2026, 6, 19),
    title="Great sound, fiddly buttons",
    paragraphs=(
        "I have worn these every day for six weeks now, mostly on the train and at my desk. The "
        "sound is warm and clear, and voices in podcasts are easy to follow even at low volume. "
        "Noise cancelling takes the rumble out of the train but leaves announcements audible, "
        "which is what I want.",
        "The battery lasted 31 hours on the first charge, a little more than promised. What costs "
        "them a star are the buttons: all three feel the same, and I still pause the music when "
        "I mean to turn it up.",
        "At 129 dollars I would buy them again.",
    ),
    likes=("comfortable for hours", "31 hours of battery", "folds flat"),
    dislikes=("buttons are hard to tell apart", "case picks up lint"),
)

KETTLE = Review(
    product="Wasserkocher Siedefix 1,7 l",
    rating=Decimal(2),
    reviewer="Torben K.",
    day=date(2026, 2, 3),
    title="Schnell, aber undicht",
    paragraphs=(
        "Der Wasserkocher ist wirklich schnell, ein Liter kocht in gut zwei Minuten. Leider tropft "
        "er seit der dritten Woche am Ausguss, und der Deckel klemmt.",
        "Der Kundendienst hat nach acht Tagen geantwortet und nur auf die Anleitung verwiesen. "
        "Dafür sind 49,90 € zu viel. Schade!",
    ),
)

DRILL = Offer(
    product_name="Cordless Drill Driver CD-18 Compact, 18 V",
    brand="Hammerfell",
    product_number="HF-CD18-2X",
    gtin=gtin("401234567218"),
    price=Decimal("149.95"),
    currency="EUR",
    availability="In stock, delivery in 2-3 working days",
    shop="Workbench Direct",
    blurb=(
        "A light drill driver for furniture and everyday repairs. Two batteries, so that one is "
        "always charged. The metal chuck holds bits from 1.5 to 13 mm."
    ),
    details=(
        ("Voltage", "18 V"),
        ("Max. torque", "54 Nm"),
        ("Speed", "0-450 / 0-1,700 rpm"),
        ("Chuck", "1.5-13 mm"),
        ("Weight with battery", "1.3 kg"),
        ("In the box", "drill, 2 batteries 2.0 Ah, charger, case"),
    ),
)

ARMCHAIR = Offer(
    product_name="Ohrensessel „Fjordblick“",
    brand="Möbelwerk Lindqvist",
    product_number="ML-20714-GR",
    gtin=gtin("401234509933"),
    price=Decimal("1249.00"),
    currency="EUR",
    availability="lieferbar in 4 Wochen",
    shop="Wohnhaus Adebar",
    blurb=(
        "Hohe Lehne, weiche Armstützen und ein Bezug aus reiner Schurwolle: der Sessel für lange "
        "Winterabende. Gestell aus geölter Eiche, Federkern im Sitz."
    ),
    details=(
        ("Farbe", "Graugrün"),
        ("Maße (B × H × T)", "78 × 108 × 84 cm"),
        ("Sitzhöhe", "46 cm"),
        ("Gestell", "Eiche, geölt"),
    ),
)
