"""Random articles and services of many trades, with units and prices."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from docextract.training.synthetic.facts.vocabulary import word_lists

_MONTHS = {
    "de": "Januar März Mai Juni Juli August Oktober November",
    "en": "January March April June July August October",
    "fr": "janvier mars avril juin juillet septembre",
    "es": "enero marzo abril junio julio septiembre",
}
_WHOLE = {
    "Stk",
    "St.",
    "Stück",
    "St",
    "pcs",
    "ea",
    "each",
    "pce",
    "ud",
    "uds",
    "Pack",
    "Karton",
    "box",
}
_MAKERS = [
    "Albion",
    "Boreal",
    "Castor",
    "Delta",
    "Elva",
    "Fonta",
    "Gravis",
    "Helion",
    "Ivar",
    "Juno",
    "Kanto",
    "Lumen",
    "Marva",
    "Nordan",
    "Optra",
    "Pelago",
    "Quanta",
    "Rivo",
    "Sanova",
    "Tervo",
    "Ultima",
    "Vanto",
    "Wexel",
    "Xeno",
    "Yara",
    "Zephyr",
]


@dataclass(frozen=True)
class Article:
    """An article or service at a price for one unit."""

    name: str
    detail: str
    unit: str
    price: Decimal
    whole: bool  # sold by the piece


def random_trade(rng: Random, language: str) -> int:
    """A random trade of the language, by number: all articles of an invoice are of one."""
    return rng.randrange(len(word_lists(f"goods.{language}")["trades"]))


def random_article(rng: Random, language: str, which: int) -> Article:
    """A random article of a trade."""
    trade = word_lists(f"goods.{language}")["trades"][which]
    name = rng.choice(trade["things"])
    chance = rng.random()
    if chance < 0.15:
        name = f"{rng.choice(_MAKERS)} {name} {rng.choice('ABCDEFGHKLMPRSTX')}{rng.randint(1, 990)}"
    elif chance < 0.2:
        name = f"{name} {rng.randint(10, 9999)}"
    months = _MONTHS[language].split()
    detail = rng.choice(trade["variants"]).format(n=rng.randint(1, 60), month=rng.choice(months))
    unit = rng.choice(trade["units"])
    return Article(
        name,
        detail if rng.random() < 0.75 else "",
        unit,
        _price(rng, *trade["prices"]),
        unit in _WHOLE,
    )


def _price(rng: Random, low: int, high: int) -> Decimal:
    """Small prices are more frequent than high ones."""
    cents = round(low * (high / low) ** rng.random())
    if cents > 5000 and rng.random() < 0.5:
        cents = round(cents, -2)
    elif rng.random() < 0.3:
        cents = cents // 10 * 10 + 9
    return Decimal(max(cents, 1)) / 100
