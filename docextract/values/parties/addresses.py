"""Address parsing: postal addresses -> their parts, in the styles of seven countries.

    Germany, Austria, Switzerland   Hauptstr. 5, 80333 München
    France                          12 bis, rue de Rivoli, 75001 Paris
    Spain                           Calle Mayor, 5, 28013 Madrid (Madrid)
    Britain                         10 Downing Street, London SW1A 2AA
    United States                   350 Fifth Ave, New York, NY 10118

What is not sure is None: a part that is left out does no harm, a city in a street's place does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from docextract.values import text as texts
from docextract.values.characters import fold_text
from docextract.values.parties.countries import COUNTRIES, POSTCODE_PREFIXES, STATES
from docextract.values.text import trim_text

#: Longer text is no address.
_LONGEST = 400


@dataclass(frozen=True)
class Address:
    """The parts of a postal address as they are printed; None where one is missing or unsure.

    `region` is a state or province, `country` an ISO 3166 code.
    """

    street: str | None = None
    house_number: str | None = None
    postcode: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None


class _Town(NamedTuple):
    """Where the line with the postcode is, and what it says."""

    at: int
    postcode: str
    city: str | None
    region: str | None
    country: str | None


_NAME = r"[^\W\d_][^\d,;:]{0,58}[^\W\d_.)]|[^\W\d_]"
_POSTED = re.compile(
    rf"(?:(?P<prefix>[A-Z]{{1,2}})[-– ])?(?P<code>[0-9]{{4,5}}) (?P<city>{_NAME}\.?)"
    r"(?: (?i:cedex)(?: [0-9]{1,2})?)?(?: \((?P<region>[^\W\d_][^\d()]{1,40})\))?"
)
_CEDEX = re.compile(r"(?i) cedex$")
_BRITISH_CODE = r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
_BRITISH = re.compile(rf"(?:(?P<city>{_NAME}),? )?(?P<code>{_BRITISH_CODE})")
#: As programs print it that put every postcode before the town.
_BRITISH_FIRST = re.compile(rf"(?:GB[- ])?(?P<code>{_BRITISH_CODE}) (?P<city>{_NAME}\.?)")
_AMERICAN = re.compile(
    rf"(?:(?P<city>{_NAME}\.?),? )?(?P<state>[A-Z]{{2}})\.? (?P<code>[0-9]{{5}}(?:-[0-9]{{4}})?)"
)
_NUMBER = r"[0-9]{1,5}(?: ?[A-Za-z])?(?: ?[-/–+] ?[0-9]{1,4} ?[A-Za-z]?){0,3}"
_ALONE = re.compile(rf"{_NUMBER}(?: (?:bis|ter|quater))?")
_NUMBER_LAST = re.compile(
    rf"(?P<street>[^\W\d_].{{1,60}}?),? (?:(?:no|nº|n°|nr)\.? ?)?(?P<no>{_NUMBER})"
)
#: A single letter before a street is a point of the compass, or belongs to who knows what.
_NUMBER_FIRST = re.compile(
    r"(?P<no>[0-9]{1,5}[A-Za-z]?(?: ?[-/–+] ?[0-9]{1,4}[A-Za-z]?)?(?: (?:bis|ter|quater))?),? "
    r"(?P<street>(?![A-DF-MO-RT-VX-Za-z]\.? )[^\W\d_].{1,60}|[0-9]+(?:st|nd|rd|th) .{1,60})"
)
#: The number of a house in a line that has no word of a street and stands over a town.
_PLAIN = re.compile(r"[0-9]{1,3}(?![0-9])")
#: Countries in which only the one order is usual; elsewhere both are read.
_FIRST, _LAST = frozenset({"US", "GB", "FR"}), frozenset({"DE", "AT", "ES"})
_STREET = re.compile(
    r"(?:straße|strasse|str\.|weg|gasse|allee|platz|ring|damm|ufer|markt)(?:\s|$|,)"
    r"|\b(?:street|st|road|rd|avenue|ave|av|drive|dr|lane|ln|boulevard|blvd|way|court|ct|square|sq|"
    r"place|terrace|close|row|crescent|highway|parkway|rue|chemin|quai|impasse|allée|route|cours|"
    r"calle|c/|avenida|avda|plaza|pza|paseo|camino|carretera|ronda|via|viale|piazza)(?:\b|(?<=/))",
    re.IGNORECASE,
)
#: What is numbered in an address and is no street.
UNIT_PATTERN = re.compile(
    r"(?:suite|ste|apt|apartment|unit|floor|fl|room|rm|level|lot|building|block|p\.? ?o\.? box|"
    r"postfach|bldg|apartado|b\.?p\.?|stock|etage|étage|top|stiege|tür|zimmer|planta|piso|puerta|box|"
    r"attn|tel|fax|phone|telefon|no|nr)\b",
    re.IGNORECASE,
)
#: A country's letters before a postcode, "D-80333", and behind the last line of an address.
_PREFIX = re.compile(
    rf"(?:^|(?<=, ))(?:{'|'.join(POSTCODE_PREFIXES)}|GB)(?: ?[-–] ?| )"
    rf"(?=[0-9]{{4,5}} [^\W\d]|{_BRITISH_CODE}\b)"
)
_SUFFIX = re.compile(
    rf", (?P<country>{'|'.join(code for code in POSTCODE_PREFIXES if len(code) == 2)})$"
)


def format_address(text: str) -> str | None:
    """A postal address on one line, its printed lines joined by ", ".

    Letters that stand for the country are left out, since `parse_address` gives the country,
    unless they contradict each other.
    """
    made = texts.clean_address(text)
    if made is None:
        return None
    if last := _SUFFIX.search(made):
        rest = parse_address(made[: last.start()])
        if rest and rest.city and made[: last.start()].endswith(rest.city):
            if not _agree(rest.country, POSTCODE_PREFIXES[last["country"]]):
                return made
            made = made[: last.start()]
    return _PREFIX.sub("", made)


def parse_address(text: str) -> Address | None:
    """The parts of the one address in `text`, its lines apart by line ends or commas.

    None when no part is sure. Names above the street are no part.
    """
    lines = [
        line for one in re.split(r"[\n\f\r,]+", text[: _LONGEST + 1]) if (line := trim_text(one))
    ]
    if not lines or len(text) > _LONGEST:
        return None
    named = COUNTRIES.get(fold_text(lines[-1])) or _letters(lines)
    if named:
        lines = lines[:-1]
    towns = [town for at in range(len(lines)) if (town := _town(lines, at))]
    # "9892 John Inlet" over "Troy, NY 12180" is a street.
    towns = [town for town in towns if town.region and town.country == "US"] or towns
    town = towns[0] if len(towns) == 1 and _agree(named, towns[0].country) else None
    country = named or (town.country if town else None)
    street = _street(lines[: town.at] if town else lines, country, sure=town is None)
    if not (town or street):
        return None
    found = town or _Town(0, "", None, None, None)
    road, number = street or (None, None)
    return Address(road, number, found.postcode or None, found.city, found.region, country)


def _letters(lines: Sequence[str]) -> str | None:
    """The country whose two letters are the last line, right under the town."""
    is_under_town = len(lines) > 1 and len(lines[-1]) == 2 and _town(lines, len(lines) - 2)
    return POSTCODE_PREFIXES.get(lines[-1]) if is_under_town else None


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _town(lines: Sequence[str], at: int) -> _Town | None:
    """The town of a line that holds a postcode; its name may be alone on the line before."""
    line = lines[at]
    if found := _AMERICAN.fullmatch(line):
        return _american(lines, at, found)
    if found := _BRITISH.fullmatch(line):
        return _Town(*_upwards(lines, at, found), None, "GB")
    if found := _BRITISH_FIRST.fullmatch(line):
        return _Town(at, found["code"], found["city"], None, "GB")
    found = _POSTED.fullmatch(line)
    if not found or _has_street(found["city"]) or found["prefix"] not in (None, *POSTCODE_PREFIXES):
        return None
    country = POSTCODE_PREFIXES.get(found["prefix"] or "")
    return _Town(at, found["code"], _CEDEX.sub("", found["city"]), found["region"], country)


def _has_street(city: str) -> bool:
    """Whether "1600 Pennsylvania Ave" is no postcode and city; St. Gallen is a city."""
    return any(word.start() or word[0].lower() != "st" for word in _STREET.finditer(city))


def _american(lines: Sequence[str], at: int, found: re.Match[str]) -> _Town | None:
    if found["state"] not in STATES:
        return None
    where, code, city = _upwards(lines, at, found)
    return _Town(where, code, city, found["state"], "US") if city else None


def _upwards(lines: Sequence[str], at: int, found: re.Match[str]) -> tuple[int, str, str | None]:
    """Line, postcode and city, which is the line above where only the code stands on its own."""
    if found["city"]:
        return at, found["code"], found["city"]
    above = lines[at - 1] if at else ""
    alone = re.fullmatch(_NAME, above) and not _STREET.search(above)
    return (at - 1, found["code"], above) if alone else (at, found["code"], None)


def _street(lines: Sequence[str], country: str | None, *, sure: bool) -> tuple[str, str] | None:
    """Street and number in the lines above the town: of the line that has a street's word.

    Else of the last line, if its number is a small one behind the name; but not where it must be
    `sure`, because there is no town under it.
    """
    joined = [*lines, *_joined(lines)]
    found = [(line, one) for line in joined if (one := _numbered(line, country))]
    worded = [one for line, one in found if _STREET.search(one[0])]
    if len(set(worded)) == 1:
        return worded[0]
    last = [one for line, one in found if line in lines[-1:] and not line[0].isdigit()]
    plain = last and not worded and not sure and _PLAIN.match(last[0][1])
    return last[0] if plain else None


def _joined(lines: Sequence[str]) -> list[str]:
    """Neighbours of which one is but a number: "12, rue de Rivoli", "Calle Mayor, 5"."""
    return [
        f"{one} {two}"
        for one, two in pairwise(lines)
        if bool(_ALONE.fullmatch(one)) != bool(_ALONE.fullmatch(two))
    ]


def _numbered(line: str, country: str | None) -> tuple[str, str] | None:
    """Street and number of a line, if it has one number in an order of the country."""
    orders = ((_NUMBER_FIRST, _LAST), (_NUMBER_LAST, _FIRST))
    found = [
        one
        for pattern, barred in orders
        if country not in barred and (one := pattern.fullmatch(line))
    ]
    if len(found) != 1 or UNIT_PATTERN.match(found[0]["street"]):
        return None
    return found[0]["street"].rstrip(" ,"), " ".join(found[0]["no"].split())
