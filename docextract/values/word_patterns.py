"""Regular expressions for word lists: spelling variants and alternations."""

import re
from collections.abc import Iterable

_UNACCENTED = str.maketrans("äöüéèêàûôáíóúñ", "aoueeeauoaioun")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def word_variants(word: str) -> set[str]:
    """Spellings of a word: as it is, without accents, and with umlauts written out."""
    sharp = {word, word.replace("ß", "ss")}
    return sharp | {one.translate(_UNACCENTED) for one in sharp} | {word.translate(_SPELT_OUT)}


def alternation_pattern(words: Iterable[str], *, blank: str = " ") -> str:
    """A pattern that matches any of the words, longest first; `blank` matches between their parts.

    Words are grouped by their first letter, so that at most places of a text one letter is
    compared and not a hundred words.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(word[1:])
    return "|".join(
        f"{re.escape(first)}(?:{_rests(rests, blank)})" for first, rests in sorted(groups.items())
    )


def _rests(rests: Iterable[str], blank: str) -> str:
    return "|".join(re.escape(rest).replace(re.escape(" "), blank) for rest in rests)
