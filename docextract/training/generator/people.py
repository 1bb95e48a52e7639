"""Names and addresses of people who do not exist, by country."""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from docextract.errors import MissingDependency

if TYPE_CHECKING:
    from faker import Faker

LOCALES = {
    "DE": "de_DE", "AT": "de_AT", "CH": "de_CH", "US": "en_US", "GB": "en_GB", "FR": "fr_FR",
    "ES": "es_ES", "IT": "it_IT", "NL": "nl_NL", "MY": "en_GB",
}  # fmt: skip
#: Name of a country in the languages that documents are written in.
COUNTRIES = {
    "DE": {"de": "Deutschland", "en": "Germany", "fr": "Allemagne", "es": "Alemania"},
    "AT": {"de": "Österreich", "en": "Austria", "fr": "Autriche", "es": "Austria"},
    "CH": {"de": "Schweiz", "en": "Switzerland", "fr": "Suisse", "es": "Suiza"},
    "US": {"de": "USA", "en": "United States", "fr": "États-Unis", "es": "Estados Unidos"},
    "GB": {
        "de": "Großbritannien",
        "en": "United Kingdom",
        "fr": "Royaume-Uni",
        "es": "Reino Unido",
    },
    "FR": {"de": "Frankreich", "en": "France", "fr": "France", "es": "Francia"},
    "ES": {"de": "Spanien", "en": "Spain", "fr": "Espagne", "es": "España"},
    "IT": {"de": "Italien", "en": "Italy", "fr": "Italie", "es": "Italia"},
    "NL": {"de": "Niederlande", "en": "Netherlands", "fr": "Pays-Bas", "es": "Países Bajos"},
    "MY": {"de": "Malaysia", "en": "Malaysia", "fr": "Malaisie", "es": "Malasia"},
}
_GERMAN = ("DE", "AT", "CH")
#: Beginnings and ends of German names of streets, joined at random.
_WAYS = [
    "Haupt",
    "Bahnhof",
    "Garten",
    "Schul",
    "Dorf",
    "Berg",
    "Linden",
    "Kirch",
    "Wald",
    "Ring",
    "Birken",
    "Wiesen",
    "Mühlen",
    "Feld",
    "Industrie",
    "Rosen",
    "Buchen",
    "Eichen",
    "Tannen",
    "Amsel",
    "Post",
    "Markt",
    "Brunnen",
    "Burg",
    "Kastanien",
    "Sonnen",
    "Park",
    "Fabrik",
    "Hafen",
    "Gewerbe",
    "Ziegel",
    "Kanal",
    "Weiden",
    "Ahorn",
    "Erlen",
    "Lerchen",
    "Finken",
    "Schloss",
    "Stein",
    "Sand",
    "Tal",
    "Ufer",
    "Brücken",
    "Werk",
    "Messe",
    "Turm",
    "Hansa",
    "Kant",
    "Goethe",
    "Schiller",
    "Mozart",
    "Beethoven",
    "Bismarck",
    "Siemens",
    "Daimler",
    "Röntgen",
]
_ENDS = ("straße", "straße", "straße", "weg", "allee", "gasse", "platz", "ring", "str.", "damm")
_CROSSINGS = (
    "Am Alten Hafen", "Am Markt", "An der Mühle", "Im Gewerbepark", "Auf der Heide", "Zum Anger",
    "Am Güterbahnhof", "In den Wiesen", "Unter den Linden", "Am Stadtpark", "Im Hof", "Alte Landstraße",
    "Neuer Wall", "Hohe Straße", "Lange Gasse", "Breiter Weg", "Untere Hauptstraße", "Obere Zeil",
)  # fmt: skip
_AMERICAN = ("Suite", "Ste", "Unit", "Floor", "Apt", "#")
_STATES = [
    "AL",
    "AK",
    "AZ",
    "AR",
    "CA",
    "CO",
    "CT",
    "DE",
    "FL",
    "GA",
    "HI",
    "ID",
    "IL",
    "IN",
    "IA",
    "KS",
    "KY",
    "LA",
    "ME",
    "MD",
    "MA",
    "MI",
    "MN",
    "MS",
    "MO",
    "MT",
    "NE",
    "NV",
    "NH",
    "NJ",
    "NM",
    "NY",
    "NC",
    "ND",
    "OH",
    "OK",
    "OR",
    "PA",
    "RI",
    "SC",
    "SD",
    "TN",
    "TX",
    "UT",
    "VT",
    "VA",
    "WA",
    "WV",
    "WI",
    "WY",
]
#: Towns of Malaysia with the range of their postal codes and their state.
_MALAYSIA = (
    ("KUALA LUMPUR", 50000, 60000, "WILAYAH PERSEKUTUAN"), ("JOHOR BAHRU", 80000, 81300, "JOHOR"),
    ("SHAH ALAM", 40000, 40470, "SELANGOR"), ("PETALING JAYA", 46000, 47810, "SELANGOR"),
    ("KLANG", 41000, 42100, "SELANGOR"), ("IPOH", 30000, 31400, "PERAK"),
    ("GEORGE TOWN", 10000, 10990, "PULAU PINANG"), ("MELAKA", 75000, 75460, "MELAKA"),
    ("SEREMBAN", 70000, 70700, "NEGERI SEMBILAN"), ("KUANTAN", 25000, 25350, "PAHANG"),
    ("SKUDAI", 81300, 81301, "JOHOR"), ("SUBANG JAYA", 47500, 47650, "SELANGOR"),
    ("PUCHONG", 47100, 47190, "SELANGOR"), ("CHERAS", 56000, 56100, "KUALA LUMPUR"),
    ("KAJANG", 43000, 43009, "SELANGOR"), ("RAWANG", 48000, 48050, "SELANGOR"),
    ("ALOR SETAR", 5000, 5990, "KEDAH"), ("KOTA KINABALU", 88000, 88870, "SABAH"),
    ("KUCHING", 93000, 93990, "SARAWAK"), ("TAIPING", 34000, 34100, "PERAK"),
)  # fmt: skip
_JALAN = (
    "JALAN", "JLN", "LORONG", "PERSIARAN", "LEBUH", "JALAN", "JALAN"
)  # fmt: skip
_MALAY = [
    "MELATI",
    "BUNGA",
    "RAYA",
    "KENANGA",
    "TEMPUA",
    "INDAH",
    "SUTERA",
    "PERMAI",
    "BAHAGIA",
    "MAWAR",
    "DAMAI",
    "SETIA",
    "JAYA",
    "PERDANA",
    "CEMPAKA",
    "ORKID",
    "SERI",
    "SULTAN",
    "IBRAHIM",
    "AMPANG",
    "BUKIT",
    "SENTOSA",
    "MUTIARA",
    "PANDAN",
    "TEBRAU",
    "HARMONI",
    "IMPIAN",
    "KENARI",
    "MERPATI",
    "RAJAWALI",
    "DELIMA",
    "NILAM",
    "ZAMRUD",
    "INTAN",
    "KOTA",
    "DESA",
    "KEMUNING",
    "CEMERLANG",
    "GEMILANG",
]


@dataclass(frozen=True)
class Address:
    """A postal address; `lines` are what is printed without the country."""

    lines: tuple[str, ...]
    city: str
    country: str

    @property
    def text(self) -> str:
        """On one line."""
        return ", ".join(line.removesuffix(",") for line in self.lines)


@cache
def faker_of(country: str) -> "Faker":
    """The list of names of a country. Raises MissingDependency without Faker."""
    try:
        from faker import Faker
    except ImportError as error:
        raise MissingDependency(
            "inventing names for generated documents needs Faker: pip install 'docextract[train]'"
        ) from error
    return Faker(LOCALES[country])


def seeded(rng: Random) -> None:
    """Make all further names follow from `rng`."""
    from faker import Faker

    faker_of("DE")
    Faker.seed(rng.getrandbits(48))


def printable(text: str) -> str:
    """The text without letters that the standard fonts lack."""
    return text.encode("cp1252", "ignore").decode("cp1252").replace("\xa0", " ")


def person(rng: Random, country: str) -> str:
    """First and last name; titles are rare."""
    names = faker_of(country)
    first, last = printable(names.first_name()), printable(names.last_name())
    if rng.random() < 0.08:
        first += f" {rng.choice('ABCDEFGHJKLMPRSTW')}."
    title = "Dr. " if country in _GERMAN and rng.random() < 0.05 else ""
    return f"{title}{first} {last}"


def last_name(country: str) -> str:
    """A family name."""
    return printable(faker_of(country).last_name())


def town(country: str) -> str:
    """Of people or firms."""
    name = printable(faker_of(country).city())
    return name if len(name) < 30 else name[:30].rsplit(" ", 1)[0]


def address(rng: Random, country: str) -> Address:
    """Street with number, postal code and town, as the country writes them."""
    if country == "MY":
        return _malaysian(rng)
    if country == "US":
        return _american(rng)
    if country == "GB":
        return _british(rng)
    return _continental(rng, country)


def street(rng: Random, country: str) -> str:
    """Street and number of a country that writes the number behind or, in France, before."""
    number = str(rng.randint(1, rng.choice((30, 99, 240))))
    if rng.random() < 0.1:
        number += rng.choice(("a", "b", " c", "A", "/2", "-" + str(int(number) + 2)))
    if country in _GERMAN:
        return f"{_german_way(rng, country)} {number}"
    way = printable(faker_of(country).street_name())
    if country == "FR":
        way = way if rng.random() < 0.5 else way[:1].upper() + way[1:]
        return f"{number}{rng.choice((' ', ', ', ' '))}{way}"
    if country == "ES":
        return f"{way}{rng.choice((', ', ' ', ', nº '))}{number}"
    return f"{way} {number}"


def _german_way(rng: Random, country: str) -> str:
    chance = rng.random()
    if chance < 0.6:
        way = rng.choice(_WAYS) + rng.choice(_ENDS)
    elif chance < 0.72:
        way = rng.choice(_CROSSINGS)
    elif chance < 0.84:
        way = f"{last_name(country)}{rng.choice(_ENDS)}"
    else:
        way = printable(faker_of(country).street_name())
    return way.replace("straße", "strasse").replace("Straße", "Strasse") if country == "CH" else way


def _continental(rng: Random, country: str) -> Address:
    code = {
        "AT": lambda: str(rng.randint(1010, 9990)),
        "CH": lambda: str(rng.randint(1000, 9650)),
        "NL": lambda: (
            f"{rng.randint(1011, 9999)} {''.join(rng.choices('ABCDEGHJKLNPRSTVWXZ', k=2))}"
        ),
    }.get(country, lambda: f"{rng.randint(1001, 99998):05}")()
    if rng.random() < 0.05 and country != "NL":
        prefix = {"DE": "D", "AT": "A", "CH": "CH", "FR": "F", "ES": "E", "IT": "I"}[country]
        code = f"{prefix}-{code}"
    name = town(country)
    if country in _GERMAN and rng.random() < 0.1:
        name += rng.choice((" am See", "-Nord", " (Oder)", " a. d. Saale", "-West", "-Altstadt"))
    if country == "FR" and rng.random() < 0.15:
        name = name.upper() + rng.choice(("", " CEDEX", " CEDEX 2"))
    return Address((street(rng, country), f"{code} {name}"), name, country)


def _american(rng: Random) -> Address:
    names = faker_of("US")
    way = printable(names.street_name())
    line = f"{rng.randint(1, 19999)} {way}"
    second: tuple[str, ...] = ()
    if rng.random() < 0.3:
        mark = rng.choice(_AMERICAN)
        number = f"{mark}{'' if mark == '#' else ' '}{rng.randint(1, 900)}"
        if rng.random() < 0.5:
            line += f", {number}"
        else:
            second = (number,)
    name = town("US")
    code = f"{rng.randint(1001, 99950):05}" + (
        f"-{rng.randint(1, 9999):04}" if rng.random() < 0.1 else ""
    )
    return Address((line, *second, f"{name}, {rng.choice(_STATES)} {code}"), name, "US")


def _british(rng: Random) -> Address:
    names = faker_of("GB")
    line = f"{rng.randint(1, 299)} {printable(names.street_name())}"
    name, code = town("GB"), names.postcode()
    if rng.random() < 0.4:
        last: tuple[str, ...] = (f"{name} {code}",)
    else:
        last = (name, code)
    first = (
        (f"Unit {rng.randint(1, 40)}, {last_name('GB')} Business Park",)
        if rng.random() < 0.2
        else ()
    )
    return Address((*first, line, *last), name, "GB")


def _malaysian(rng: Random) -> Address:
    name, low, high, state = rng.choice(_MALAYSIA)
    lot = rng.choice((
        f"NO. {rng.randint(1, 150)}", f"NO {rng.randint(1, 99)}", f"LOT {rng.randint(1, 9999)}",
        f"{rng.randint(1, 99)}", f"NO.{rng.randint(1, 60)}&{rng.randint(61, 90)}",
        f"{rng.choice('ABGKL')}-{rng.randint(1, 30)}-{rng.randint(1, 12)}",
        f"NO. {rng.randint(1, 80)}-{rng.randint(1, 5)}", f"NO.{rng.randint(1, 99)}G",
    ))  # fmt: skip
    way = f"{rng.choice(_JALAN)} {' '.join(rng.sample(_MALAY, rng.randint(1, 2)))}"
    if rng.random() < 0.6:
        way += rng.choice((f" {rng.randint(1, 30)}", f" {rng.randint(1, 12)}/{rng.randint(1, 30)}"))
    area = f"{rng.choice(('TAMAN', 'BANDAR', 'TMN', 'KAWASAN PERINDUSTRIAN', 'PUSAT BANDAR', 'BANDAR BARU'))} {' '.join(rng.sample(_MALAY, rng.randint(1, 2)))}"
    code = f"{rng.randint(low, high):05}"
    parts = [f"{lot}, {way}"]
    if rng.random() < 0.7:
        parts.append(area)
    parts.append(f"{code} {name}")
    if rng.random() < 0.6:
        parts.append(state if rng.random() < 0.9 else "MALAYSIA")
    comma = "," if rng.random() < 0.75 else ""
    lines = [part + comma for part in parts[:-1]] + [parts[-1] + rng.choice(("", "", ".", ""))]
    if len(lines) > 3 and rng.random() < 0.6:
        lines[-2:] = [" ".join(lines[-2:])]
    style = rng.random()
    made = lines if style < 0.75 else [line.title() for line in lines]
    return Address(tuple(made), name, "MY")
