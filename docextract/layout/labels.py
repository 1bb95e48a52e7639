"""Label matching: finds the printed labels of a schema's fields in a document.

A label is compared without case, accents, punctuation and the spaces inside it, and with the
letters and digits that OCR mistakes for each other taken as one: "Sub-Total:", "SUBT0TAL" and
"s u b total" are the same label.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from docextract.layout.segments import Segment, Sheet
from docextract.schema import FieldSchema, FieldType, Schema

_TOKEN = re.compile(r"[^\W_]+|[#%]")
#: The number of a question on a form, before its label.
_NUMBERING = re.compile(r"\s*[(\[]?\d{1,3}[.)\]]+\s*")
#: Characters that OCR confuses, mapped onto one of them.
_CONFUSED = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "8": "b"})


@lru_cache(maxsize=65536)
def fold_label(text: str) -> str:
    """Normalise a label for comparison: letters and digits only, OCR confusions merged."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(_TOKEN.findall(plain)).translate(_CONFUSED)


@dataclass(frozen=True)
class Anchor:
    """A printed label of the field at `path`, at [start, end) of the text.

    `rank` is its place in the schema's list, best 0; `words` how many words it has in print;
    `first` whether it begins its segment, but for a number as forms give to questions.
    """

    path: str
    start: int
    end: int
    rank: int
    words: int
    first: bool
    segment: Segment


class _Meaning(NamedTuple):
    path: str
    rank: int  # -1: it looks like a label of the field and is not


class _Match(NamedTuple):
    start: int
    end: int
    words: int
    first: bool
    meanings: tuple[_Meaning, ...]


class LabelLexicon:
    """Matcher of all labels of a schema. Made once a schema."""

    def __init__(self, schema: Schema) -> None:
        meanings: dict[str, list[_Meaning]] = {}
        for path, field in schema.walk():
            ranks = {
                fold_label(label): rank
                for rank, label in reversed([*enumerate(_labels(path, field))])
            }
            for key, rank in ranks.items():
                meanings.setdefault(key, []).append(_Meaning(path, rank))
            for label in field.not_anchors:
                meanings.setdefault(fold_label(label), []).append(_Meaning(path, -1))
        self._meanings = {key: tuple(of) for key, of in meanings.items() if key}
        self._beginnings = {key[:n] for key in self._meanings for n in range(1, len(key) + 1)}

    def find(self, sheet: Sheet) -> tuple[list[Anchor], frozenset[int]]:
        """Every label in the document, in reading order, and where segments begin with one.

        For the second a label counts that the schema only names as another's.
        A label inside a longer one of any field does not count: "total" in "sub total".
        """
        found: list[Anchor] = []
        begun: set[int] = set()
        for segment in sheet.segments:
            matches = list(self._matches(sheet.text, segment))
            begun.update(
                segment.start
                for match in matches
                if match.first and not _runs_on(match, sheet.text[match.end : segment.end])
            )
            for match in matches:
                found.extend(_standing(match, matches, segment))
        return found, frozenset(begun)

    def _matches(self, text: str, segment: Segment) -> Iterator[_Match]:
        tokens = [
            (segment.start + match.start(), segment.start + match.end(), fold_label(match[0]))
            for match in _TOKEN.finditer(text[segment.start : segment.end])
        ]
        for at, (start, _, _) in enumerate(tokens):
            key, lead = "", text[segment.start : start]
            for count, (begun, end, folded) in enumerate(tokens[at:], 1):
                key += folded
                if key not in self._beginnings or _leaves_brackets(text[start:begun]):
                    break
                if key in self._meanings:
                    first = at == 0 or bool(_NUMBERING.fullmatch(lead))
                    yield _Match(start, end, count, first, self._meanings[key])


def _leaves_brackets(text: str) -> bool:
    """Whether a bracket is closed that was opened before: "net) amount" is no label."""
    return text.count(")") > text.count("(")


def _labels(path: str, field: FieldSchema) -> Sequence[str]:
    """The labels of a field; its own name where the schema gives no way to find it."""
    ways = field.anchors or field.patterns or field.entities or field.place != "anywhere"
    if ways or field.type is FieldType.ROWS:
        return field.anchors
    return (path.rpartition(".")[2].replace("_", " "),)


def _runs_on(match: _Match, rest: str) -> bool:
    """Whether a label in its segment is the beginning of something else.

    "Lieferant GmbH" is a name, and "Unit 6, Coldbrook Wharf" no column's head: a head is alone.
    """
    if all("." in meaning.path for meaning in match.meanings):
        return any(sign.isalnum() for sign in rest)
    return rest.lstrip()[:1].isalpha()


def _standing(match: _Match, matches: Sequence[_Match], segment: Segment) -> Iterator[Anchor]:
    """The anchors that a match is, unless a longer match covers it."""
    covering = [
        other
        for other in matches
        if other.start <= match.start
        and other.end >= match.end
        and other.end - other.start > match.end - match.start
    ]
    if any(meaning.rank >= 0 for other in covering for meaning in other.meanings):
        return
    barred = {
        meaning.path
        for other in [*covering, match]
        for meaning in other.meanings
        if meaning.rank < 0
    }
    for path, rank in match.meanings:
        if rank >= 0 and path not in barred:
            yield Anchor(path, match.start, match.end, rank, match.words, match.first, segment)
