"""Random postal addresses in the format of their country."""

from dataclasses import dataclass
from random import Random

from docextract.training.synthetic.facts.people import GERMAN, faker_of, last_name, printable, town
from docextract.training.synthetic.facts.vocabulary import word_lists

_SUFFIXES = (" am See", "-Nord", " (Oder)", " a. d. Saale", "-West", "-Altstadt")
#: What some put before a postal code, with a dash.
_PREFIX = {"DE": "D", "AT": "A", "CH": "CH", "FR": "F", "ES": "E", "IT": "I"}


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


def country_name(country: str, language: str) -> str:
    """A country in a language that documents are written in."""
    return str(word_lists("addresses")["countries"][country][language])


def random_address(rng: Random, country: str) -> Address:
    """A random address: street with number, postal code and town."""
    if country == "MY":
        return _malaysian(rng)
    if country == "US":
        return _american(rng)
    if country == "GB":
        return _british(rng)
    return _continental(rng, country)


def street(rng: Random, country: str) -> str:
    """A random street with number, which stands behind or, in France, before it."""
    number = str(rng.randint(1, rng.choice((30, 99, 240))))
    if rng.random() < 0.1:
        number += rng.choice(("a", "b", " c", "A", "/2", "-" + str(int(number) + 2)))
    if country in GERMAN:
        return f"{_german_way(rng, country)} {number}"
    way = printable(faker_of(country).street_name())
    if country == "FR":
        way = way if rng.random() < 0.5 else way[:1].upper() + way[1:]
        return f"{number}{rng.choice((' ', ', ', ' '))}{way}"
    if country == "ES":
        return f"{way}{rng.choice((', ', ' ', ', nº '))}{number}"
    return f"{way} {number}"


def _german_way(rng: Random, country: str) -> str:
    lists = word_lists("addresses")
    chance = rng.random()
    if chance < 0.6:
        way = f"{rng.choice(lists['ways'])}{rng.choice(lists['ends'])}"
    elif chance < 0.72:
        way = str(rng.choice(lists["crossings"]))
    elif chance < 0.84:
        way = f"{last_name(country)}{rng.choice(lists['ends'])}"
    else:
        way = printable(faker_of(country).street_name())
    return way.replace("straße", "strasse").replace("Straße", "Strasse") if country == "CH" else way


def _continental(rng: Random, country: str) -> Address:
    code, name = _code(rng, country), town(country)
    if rng.random() < 0.05 and country in _PREFIX:
        code = f"{_PREFIX[country]}-{code}"
    if country in GERMAN and rng.random() < 0.1:
        name += rng.choice(_SUFFIXES)
    if country == "FR" and rng.random() < 0.15:
        name = name.upper() + rng.choice(("", " CEDEX", " CEDEX 2"))
    return Address((street(rng, country), f"{code} {name}"), name, country)


def _code(rng: Random, country: str) -> str:
    if country in ("AT", "CH"):
        return str(rng.randint(1010, 9650))
    if country == "NL":
        return f"{rng.randint(1011, 9999)} {''.join(rng.choices('ABCDEGHJKLNPRSTVWXZ', k=2))}"
    return f"{rng.randint(1001, 99998):05}"


def _american(rng: Random) -> Address:
    lists, name = word_lists("addresses"), town("US")
    line = f"{rng.randint(1, 19999)} {printable(faker_of('US').street_name())}"
    second: tuple[str, ...] = ()
    if rng.random() < 0.3:
        mark = rng.choice(lists["units"])
        number = f"{mark}{'' if mark == '#' else ' '}{rng.randint(1, 900)}"
        if rng.random() < 0.5:
            line += f", {number}"
        else:
            second = (number,)
    code = f"{rng.randint(1001, 99950):05}"
    if rng.random() < 0.1:
        code += f"-{rng.randint(1, 9999):04}"
    return Address((line, *second, f"{name}, {rng.choice(lists['states'])} {code}"), name, "US")


def _british(rng: Random) -> Address:
    name, code = town("GB"), faker_of("GB").postcode()
    lines = [f"{rng.randint(1, 299)} {printable(faker_of('GB').street_name())}"]
    if rng.random() < 0.2:
        lines.insert(0, f"Unit {rng.randint(1, 40)}, {last_name('GB')} Business Park")
    lines += [f"{name} {code}"] if rng.random() < 0.4 else [name, code]
    return Address(tuple(lines), name, "GB")


def _malaysian(rng: Random) -> Address:
    lists = word_lists("addresses")
    name, low, high, state = rng.choice(lists["malaysia"])
    parts = [f"{_lot(rng)}, {_jalan(rng)}"]
    if rng.random() < 0.7:
        area = " ".join(rng.sample(lists["malay"], rng.randint(1, 2)))
        parts.append(f"{rng.choice(lists['areas'])} {area}")
    parts.append(f"{rng.randint(low, high):05} {name}")
    if rng.random() < 0.6:
        parts.append(state if rng.random() < 0.9 else "MALAYSIA")
    comma = "," if rng.random() < 0.75 else ""
    lines = [part + comma for part in parts[:-1]] + [parts[-1] + rng.choice(("", "", ".", ""))]
    if len(lines) > 3 and rng.random() < 0.6:
        lines[-2:] = [" ".join(lines[-2:])]
    made = lines if rng.random() < 0.75 else [line.title() for line in lines]
    return Address(tuple(made), name, "MY")


def _lot(rng: Random) -> str:
    return rng.choice(
        (
            f"NO. {rng.randint(1, 150)}",
            f"NO {rng.randint(1, 99)}",
            f"LOT {rng.randint(1, 9999)}",
            f"{rng.randint(1, 99)}",
            f"NO.{rng.randint(1, 60)}&{rng.randint(61, 90)}",
            f"{rng.choice('ABGKL')}-{rng.randint(1, 30)}-{rng.randint(1, 12)}",
            f"NO. {rng.randint(1, 80)}-{rng.randint(1, 5)}",
            f"NO.{rng.randint(1, 99)}G",
        )
    )


def _jalan(rng: Random) -> str:
    lists = word_lists("addresses")
    way = f"{rng.choice(lists['jalan'])} {' '.join(rng.sample(lists['malay'], rng.randint(1, 2)))}"
    if rng.random() < 0.6:
        way += rng.choice((f" {rng.randint(1, 30)}", f" {rng.randint(1, 12)}/{rng.randint(1, 30)}"))
    return way
