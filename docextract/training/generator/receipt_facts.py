"""What a till receipt says."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random

from docextract.training.generator.manner import Manner, cents, manner_of
from docextract.training.generator.parties import Party, company, digits
from docextract.training.generator.people import last_name

_LANGUAGES = {"MY": "en", "US": "en", "GB": "en", "DE": "de", "AT": "de", "FR": "fr", "ES": "es"}
_PLACES = (("MY", 42), ("US", 16), ("DE", 18), ("GB", 10), ("AT", 4), ("FR", 7), ("ES", 3))
_RATES = {"MY": ("6", "6", "0"), "US": ("8.25", "6", "7"), "GB": ("20", "0", "20"), "DE": ("19", "7", "7"),
          "AT": ("20", "10", "10"), "FR": ("10", "5.5", "20"), "ES": ("10", "21", "10")}  # fmt: skip
_GOODS = {
    "en": (
        "MILK|BREAD|EGGS|BUTTER|RICE|CHICKEN|SUGAR|COFFEE|TEA|APPLES|BANANAS|NOODLES|FISH BALL|SHAMPOO|SOAP|TISSUE|BATTERY|BISCUIT|CHOCOLATE|WATER|COLA|JUICE|CHEESE|YOGURT|CEREAL|TOMATO|ONION|POTATO|OIL|FLOUR",
        "NASI LEMAK|TEH O ICE|KOPI|ROTI CANAI|MEE GORENG|FRIED RICE|BURGER|FRIES|LATTE|CAPPUCCINO|COKE|BEER|SOUP|SALAD|STEAK|PIZZA|PASTA|SANDWICH|CAKE|ICED TEA|CHICKEN CHOP|NOODLE SOUP|ICE CREAM|WRAP|LEMONADE",
        "A4 PAPER|BALL PEN|GLUE|TAPE|FILE|MARKER|SCISSORS|ENVELOPE|CALCULATOR|NOTEBOOK|STAPLES|RULER|HARDCOVER BOOK|MAGAZINE|CARD|GIFT WRAP|PRINTING|LAMINATE|CANDLE|RIBBON",
        "NAIL 2 INCH|PVC PIPE|PAINT BRUSH|SILICONE|SCREW|BULB LED|SWITCH|HOSE|PADLOCK|CEMENT|SAND PAPER|WALL PLUG|DRILL BIT|THINNER|CABLE TIE|HINGE|BUCKET|BROOM|SPRAY PAINT|TAP",
        "UNLEADED 95|DIESEL|CAR WASH|ENGINE OIL|PARKING|T-SHIRT|JEANS|SOCKS|SHOES|BELT|VITAMIN C|PANADOL|PLASTER|COUGH SYRUP|MASK|TOOTHPASTE|SUNSCREEN|PERFUME",
    ),
    "de": (
        "MILCH 3,5%|VOLLKORNBROT|EIER 10ER|BUTTER|BANANEN|ÄPFEL|JOGHURT|KÄSE|WURST|MINERALWASSER|PFAND|KAFFEE|SCHOKOLADE|NUDELN|REIS|TOMATEN|GURKE|ORANGENSAFT|TOILETTENPAPIER|ZAHNPASTA|BIER 6ER|CHIPS|MEHL|ZUCKER",
        "Schnitzel Wiener Art|Apfelschorle|Cappuccino|Espresso|Weizen 0,5|Pils 0,3|Salat groß|Pizza Salami|Tagessuppe|Currywurst|Pommes|Rotwein 0,2|Kuchen|Wasser 0,5|Spaghetti|Rinderroulade|Kaffee Crema",
        "Kugelschreiber|Heft A4|Druckerpapier|Geschenkpapier|Taschenbuch|Zeitschrift|Batterien AA|Glühbirne|Schrauben|Dübel|Pinsel|Farbe weiß|Blumenerde|Shampoo|Ibuprofen 400|Pflaster",
        "Super E10|Diesel|Wagenwäsche|Motoröl|Parkticket|Kaffee to go|Brötchen|Brezel|Croissant",
    ),
    "fr": (
        "BAGUETTE|CROISSANT|LAIT|BEURRE|OEUFS|FROMAGE|EAU|VIN ROUGE|POMMES|TOMATES|POULET|YAOURT|CHOCOLAT|CAFE|PATES|JAMBON",
        "Menu du jour|Café|Verre de vin|Entrecôte|Salade|Tarte|Eau minérale|Plat du jour|Dessert|Bière pression|Crêpe",
    ),
    "es": ("PAN|LECHE|HUEVOS|QUESO|JAMON|AGUA|VINO|ACEITE|TOMATE|NARANJAS|CAFE|ARROZ", "Menú del día|Caña|Tapa|Café con leche|Bocadillo|Ensalada|Paella|Postre|Agua"),
}  # fmt: skip
_SIZES = ("", "", "", " 1KG", " 500G", " 1L", " LARGE", " (S)", " X2", " 250ML", " BLUE", " #2")


@dataclass(frozen=True)
class Bought:
    """An article on a receipt; prices as the till prints them."""

    code: str
    name: str
    quantity: int
    price: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Receipt:
    """All that a receipt may say."""

    language: str
    country: str
    manner: Manner
    merchant: Party
    branch: str
    day: date
    moment: time
    items: tuple[Bought, ...]
    rate: Decimal
    included: bool  # prices include the tax
    subtotal: Decimal
    tax: Decimal
    tip: Decimal
    rounding: Decimal
    total: Decimal
    cash: Decimal
    number: str
    cashier: str
    restaurant: bool


def receipt(rng: Random) -> Receipt:
    """A purchase somewhere."""
    places, weights = zip(*_PLACES, strict=True)
    country = rng.choices(places, weights)[0]
    language = _LANGUAGES[country]
    trade = rng.randrange(len(_GOODS[language]))
    items = _items(rng, language, trade)
    amount = sum((item.amount for item in items), Decimal(0))
    rate = Decimal(rng.choice(_RATES[country]))
    included = country not in ("US", "MY") or (country == "MY" and rng.random() < 0.6)
    tax = cents(amount * rate / (100 + rate)) if included else cents(amount * rate / 100)
    subtotal = amount - tax if included and rng.random() < 0.5 else amount
    before = amount if included else amount + tax
    tip = (
        cents(before * Decimal(rng.choice(("0.1", "0.15", "0.18", "0.2"))))
        if country == "US" and trade == 1 and rng.random() < 0.6
        else Decimal(0)
    )
    total = before + tip
    rounding = _to_five(total) - total if country == "MY" and rng.random() < 0.6 else Decimal(0)
    total += rounding
    return Receipt(
        language=language, country=country, manner=manner_of(rng, country, language),
        merchant=company(rng, country), branch=rng.choice(("", "", f"BRANCH {rng.randint(1, 99)}", f"FILIALE {rng.randint(1, 999)}" if language == "de" else f"STORE #{digits(rng, 4)}")),
        day=date(2008, 1, 1) + timedelta(days=rng.randrange(6600)), moment=time(rng.randint(7, 22), rng.randrange(60), rng.randrange(60)),
        items=items, rate=rate, included=included, subtotal=subtotal, tax=tax, tip=tip, rounding=rounding, total=total,
        cash=_paid(rng, total), number=rng.choice((digits(rng, rng.randint(4, 10)), f"{rng.choice('ACRST')}{digits(rng, 6)}", f"{digits(rng, 3)}-{digits(rng, 5)}", f"CS{digits(rng, 8)}")),
        cashier=rng.choice((last_name(country), f"{rng.randint(1, 99):02}", "ADMIN", "CASHIER 1", "USER", last_name(country).upper())),
        restaurant=trade == 1,
    )  # fmt: skip


def _items(rng: Random, language: str, trade: int) -> tuple[Bought, ...]:
    names = _GOODS[language][trade].split("|")
    count = min(
        len(names), rng.choices((1, 2, 3, 4, 5, 7, 9, 13), (18, 18, 16, 14, 11, 10, 8, 5))[0]
    )
    made = []
    for name in rng.sample(names, count):
        quantity = rng.choices((1, 2, 3, 4, 6, 10, 25), (66, 16, 6, 4, 3, 3, 2))[0]
        price = Decimal(round(40 * (120 ** rng.random()))) / 100
        if rng.random() < 0.5:
            price = price.quantize(Decimal("0.1")) + Decimal("0.00")
        if rng.random() < 0.3:
            name = (
                f"{rng.choice('ABCDEFGHKLMPRST')}{rng.choice('AEIOU')}{rng.choice('LNRST')} {name}"
            )
        code = digits(rng, rng.choice((4, 6, 8, 13)))
        full = name + (rng.choice(_SIZES) if language == "en" else "")
        made.append(Bought(code, full, quantity, price, quantity * price))
    return tuple(made)


def _to_five(amount: Decimal) -> Decimal:
    """Rounded to five cents."""
    return (amount * 20).quantize(Decimal(1), "ROUND_HALF_UP") / Decimal(20) + Decimal("0.00")


def _paid(rng: Random, total: Decimal) -> Decimal:
    for note in (5, 10, 20, 50, 100, 200, 500):
        if note >= total and rng.random() < 0.7:
            return Decimal(note) + Decimal("0.00")
    return total
