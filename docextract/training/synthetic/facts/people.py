"""Random names of people and towns by country, from Faker."""

from functools import cache
from random import Random
from typing import TYPE_CHECKING

from docextract.errors import MissingDependency

if TYPE_CHECKING:
    from faker import Faker

_LOCALES = {
    "DE": "de_DE", "AT": "de_AT", "CH": "de_CH", "US": "en_US", "GB": "en_GB", "FR": "fr_FR",
    "ES": "es_ES", "IT": "it_IT", "NL": "nl_NL", "MY": "en_GB",
}  # fmt: skip
#: Where German is spoken.
GERMAN = ("DE", "AT", "CH")
_LONGEST = 30


@cache
def faker_of(country: str) -> "Faker":
    """The Faker generator of a country. Raises MissingDependency without Faker."""
    try:
        from faker import Faker
    except ImportError as error:
        raise MissingDependency(
            "inventing names for generated documents needs Faker: pip install 'docextract[train]'"
        ) from error
    return Faker(_LOCALES[country])


def seed_names(rng: Random) -> None:
    """Seed the names, so that all further ones follow from `rng`."""
    # All lists draw from one generator, which the class seeds.
    type(faker_of("DE")).seed(rng.getrandbits(48))


def printable(text: str) -> str:
    """The text without letters that the standard fonts lack."""
    return text.encode("cp1252", "ignore").decode("cp1252").replace("\xa0", " ")


def random_person_name(rng: Random, country: str) -> str:
    """A random first and last name; titles are rare."""
    names = faker_of(country)
    first, last = printable(names.first_name()), printable(names.last_name())
    if rng.random() < 0.08:
        first += f" {rng.choice('ABCDEFGHJKLMPRSTW')}."
    title = "Dr. " if country in GERMAN and rng.random() < 0.05 else ""
    return f"{title}{first} {last}"


def first_name(country: str) -> str:
    """A random first name."""
    return printable(faker_of(country).first_name())


def last_name(country: str) -> str:
    """A random family name."""
    return printable(faker_of(country).last_name())


def town(country: str) -> str:
    """A random name of a town."""
    name = printable(faker_of(country).city())
    return name if len(name) < _LONGEST else name[:_LONGEST].rsplit(" ", 1)[0]
