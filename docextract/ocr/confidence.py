"""How sure an engine was of a page."""

from collections.abc import Iterable

from docextract.document import Line, Word


def confidence(lines: Iterable[Line]) -> float:
    """The words' confidence, averaged over letters and digits; 0.0 for a page without any.

    Weighing by letters keeps specks read as single characters from outvoting the text.
    """
    sure = total = 0.0
    for line in lines:
        for word in line:
            letters = _letters(word)
            sure += word.confidence * letters
            total += letters
    return sure / total if total else 0.0


def letters(lines: Iterable[Line]) -> int:
    """How many letters and digits there are."""
    return sum(_letters(word) for line in lines for word in line)


def _letters(word: Word) -> int:
    return sum(character.isalnum() for character in word.text)
