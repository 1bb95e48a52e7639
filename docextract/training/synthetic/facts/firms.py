"""Random company names: of a family, a trade, a place, or made of syllables; with legal forms."""

import string
from random import Random

from docextract.training.synthetic.facts.people import first_name, last_name, town
from docextract.training.synthetic.facts.vocabulary import word_lists

LANGUAGES = {"DE": "de", "AT": "de", "CH": "de", "FR": "fr", "ES": "es"}


def random_firm_name(rng: Random, country: str) -> str:
    """A random company name, mostly with a legal form of the country."""
    if country == "MY":
        words = rng.sample(word_lists("firms")["malaysian"], rng.randint(2, 4))
        return " ".join([*words, rng.choice(word_lists("firms")["forms"]["MY"])])
    form = rng.choice(word_lists("firms")["forms"][country])
    core = _core(rng, country)
    name = f"{core}{form}" if form.startswith(",") else f"{core} {form}".strip()
    return name.upper() if rng.random() < 0.06 else name


def _core(rng: Random, country: str) -> str:
    language = LANGUAGES.get(country, "en")
    trade, family = rng.choice(word_lists("firms")["trades"][language]), last_name(country)
    other, place = last_name(country), town(country)
    invented = invented_name(rng)
    letters = "".join(rng.choices(string.ascii_uppercase, k=rng.randint(2, 4)))
    shapes = (
        f"{trade} {family}",
        f"{family} {trade}",
        f"{family} & {other}",
        family,
        f"{family} + {other} {trade}",
        f"{trade} {place}",
        f"{invented} {trade}",
        invented,
        f"{invented} {place}",
        f"{invented}{'-' if language == 'de' else ' '}{trade}",
        f"{letters} {trade}",
        f"{family}{rng.choice(('werk', ' Group', 'bau'))}",
        f"{first_name(country)} {family}",
    )
    return rng.choice(shapes)


def invented_name(rng: Random) -> str:
    """A random name made of syllables."""
    lists = word_lists("firms")
    syllables = rng.choices(lists["syllables"], k=rng.randint(1, 3))
    word = f"{''.join(syllables)}{rng.choice(lists['endings'])}"
    return word.upper() if rng.random() < 0.15 else word.capitalize()
