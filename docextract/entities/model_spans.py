"""What the trained model finds of entity types: words [first, last) with a label and a score."""

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from docextract.models.bi_encoder.entity_labels import ENTITY_SENTENCES

if TYPE_CHECKING:
    from docextract.models.bi_encoder.encoded_passage import EncodedPassage

#: Signs around a name that are not of it. A full stop belongs to an abbreviation.
_BEFORE = "([{<\"'“”‘’„«»*•·-–—,;:"
_AFTER = ")]}>\"'“”‘’„«»*•·-–—,;:!?"
#: Letters of a word that can be an abbreviation: "Corp.", "Inc.", "Ltd.".
_SHORT = 4


class Named(NamedTuple):
    """Words [first, last) are of this entity type."""

    first: int
    last: int
    label: str
    score: float


def named(reading: "EncodedPassage", labels: Collection[str], *, least: float) -> list[Named]:
    """Entities of these types, in order; of those that share words only the best one.

    Args:
        reading: A passage as the model read it.
        labels: Keys of `ENTITY_SENTENCES`; what is none of them is left out.
        least: The lowest score.
    """
    asked = [label for label in ENTITY_SENTENCES if label in labels]
    taken: set[int] = set()
    found = []
    for at, first, last, score in reading.spans(
        [ENTITY_SENTENCES[one] for one in asked], least=least
    ):
        words = range(first, last)
        if taken.isdisjoint(words):
            taken.update(words)
            found.append(Named(first, last, asked[at], score))
    return sorted(found)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch [start, end) without the punctuation that is printed around it.

    Empty, at its start, when nothing else is there.
    """
    while start < end and text[start] in _BEFORE:
        start += 1
    while start < end and (text[end - 1] in _AFTER or _ends_sentence(text[start:end])):
        end -= 1
    return start, end


def _ends_sentence(text: str) -> bool:
    """Whether a full stop at the end is the sentence's rather than an abbreviation's."""
    if not text.endswith("."):
        return False
    last = text.rsplit(maxsplit=1)[-1][:-1]
    if not any(sign.isalpha() for sign in last):
        return True
    if "." in last:  # "U.S.", "Sdn.Bhd."
        return False
    return len(last) > _SHORT or not last.isalpha() or last.islower()
