"""Number words in dates: days as ordinals or cardinals, and years, in four languages.

English, German, French and Spanish. Keys are folded, with blanks for hyphens.
"""

from collections.abc import Mapping

from docextract.values.characters import fold_text
from docextract.values.word_patterns import word_variants


def _list(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_ENGLISH = _list(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_GERMAN = _list(
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn"
)
_FRENCH = _list(
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
)
_SPANISH = _list(
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve"
)
_ENGLISH_TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")
_GERMAN_TENS = _list("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_FRENCH_TENS = _list("vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt")
_SPANISH_TENS = _list("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa")

#: English ordinals that are not the cardinal and "th".
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
#: German stems that are not the cardinal and "t".
_STEMS = {"eins": "erst", "drei": "dritt", "sieben": "siebt", "acht": "acht"}


def _english(number: int) -> str:
    ten, one = divmod(number, 10)
    if number < 20:
        return _ENGLISH[number - 1]
    return "-".join([_ENGLISH_TENS[ten - 2], *_ENGLISH[one - 1 : one]])


def _german(number: int) -> str:
    ten, one = divmod(number, 10)
    if number < 20:
        return _GERMAN[number - 1]
    unit = _GERMAN[one - 1].removesuffix("s") if one == 1 else _GERMAN[one - 1]
    return f"{unit}und{_GERMAN_TENS[ten - 2]}" if one else _GERMAN_TENS[ten - 2]


def _french(number: int) -> str:
    if number < 20:
        return _FRENCH[number - 1]
    ten, one = divmod(number, 10)
    word = _FRENCH_TENS[ten - 2]
    rest = one + 10 if ten in (7, 9) else one  # 71 is sixty and eleven
    if number == 80:
        return "quatre-vingts"
    if not rest:
        return word
    return f"{word}{' et ' if one == 1 and ten < 8 else '-'}{_FRENCH[rest - 1]}"


def _spanish(number: int) -> str:
    ten, one = divmod(number, 10)
    if number < 30:
        return _SPANISH[number - 1]
    return " y ".join([_SPANISH_TENS[ten - 2], *_SPANISH[one - 1 : one]])


def _english_ordinal(number: int) -> str:
    head, dash, last = _english(number).rpartition("-")
    last = _IRREGULAR.get(last) or (f"{last[:-1]}ieth" if last[-1] == "y" else f"{last}th")
    return head + dash + last


def _german_ordinals(number: int) -> list[str]:
    cardinal = _german(number)
    stem = _STEMS.get(cardinal, f"{cardinal}{'t' if number < 20 else 'st'}")
    return [f"{stem}{ending}" for ending in ("e", "en", "er")]


def _day_words(number: int) -> list[str]:
    firsts = ["premier", "primero", "primer"] if number == 1 else []
    spoken = [_french(number), _spanish(number), _english_ordinal(number)]
    return [*firsts, *spoken, *_german_ordinals(number)]


def _key(word: str) -> str:
    return " ".join(fold_text(word).replace("-", " ").split())


#: Printed words, in every form -> day of the month.
DAY_WORDS: Mapping[str, int] = {
    form.replace("-", " "): day
    for day in range(1, 32)
    for word in _day_words(day)
    for form in word_variants(word)
}
#: Printed words -> 1 to 99.
COUNT_WORDS: Mapping[str, int] = {
    form.replace("-", " "): number
    for number in range(1, 100)
    for spoken in (_english, _german, _french, _spanish)
    for form in word_variants(spoken(number))
}
#: Years as they are spoken, in two halves: "twenty twenty-five", "nineteen ninety-nine".
_HALVES: Mapping[str, int] = {
    f"{lead} {word}": century + number
    for lead, century in (("nineteen", 1900), ("twenty", 2000))
    for number in range(10, 100)
    for word in (_english(number), _english(number).replace("-", " "))
}
#: Words that begin a year, or are one.
CENTURY_WORDS: Mapping[str, int] = {
    **_HALVES,
    "two thousand and": 2000,
    "two thousand": 2000,
    "zweitausendund": 2000,
    "zweitausend": 2000,
    "deux mille": 2000,
    "dos mil": 2000,
    "nineteen hundred and": 1900,
    "nineteen hundred": 1900,
    "neunzehnhundert": 1900,
    "mil novecientos": 1900,
}

_FOLDED_DAYS = {_key(word): day for word, day in DAY_WORDS.items()}
_FOLDED_CENTURIES = {_key(words): year for words, year in CENTURY_WORDS.items()}
_FOLDED_COUNTS = {_key(word): number for word, number in COUNT_WORDS.items()}


def day_from_words(words: str) -> int:
    """The day of a DAY_WORDS match: 3 for "third"."""
    return _FOLDED_DAYS[_key(words)]


def year_from_words(century: str, count: str) -> int:
    """The year of CENTURY_WORDS and COUNT_WORDS matches: "two thousand" and "twenty-four"."""
    return _FOLDED_CENTURIES[_key(century)] + (_FOLDED_COUNTS[_key(count)] if count else 0)
