"""Loader of contracts with labelled clauses (CUAD), as fields of our contract schema.

The set marks clauses of running text by offset, once each, and gives what they mean: of a clause
about the end of a contract, the date; of one about the law, the state. A contract has 8,000 words,
so an example is its beginning and what is around the clauses further down.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from docextract.models.bi_encoder.passage import Passage
from docextract.training.data.examples import Example, Mark
from docextract.values import typed
from docextract.values.dates import parsing as dates

#: The set's labels of dates -> our fields.
_DATES = {
    "Agreement Date": "agreement_date",
    "Effective Date": "effective_date",
    "Expiration Date": "expiration_date",
}
#: Words of the beginning, and on each side of a clause further down.
_BEGINNING, _AROUND = 600, 120
#: A party's full name, not the role or the short name that it goes by in the contract.
_NAME = re.compile(r"[A-Z][\w&.,'’-]*(?:\s+[\w&.,'’()/-]+){1,9}")
_WORD = re.compile(r"\S+")

_Span = tuple[int, int]


def read(name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """Convert contracts to examples without layout."""
    for row in rows:
        found, absent = _fields(row)
        words = [match.span() for match in _WORD.finditer(row["text"])]
        placed = [(label, *_numbers(words, span)) for label, span in found]
        # Parties are named all through a contract, and its beginning says who they are.
        rare = [(start, end) for label, start, end in placed if label != "parties"]
        kept = _kept(len(words), rare)
        yield Example(
            name=row["id"],
            source=name,
            group=row["source"],
            passage=_passage(row["text"], words, kept),
            marks=tuple(_marks(placed, kept)),
            asked=frozenset(f"contract.{label}" for label in {*absent, *(one[0] for one in found)}),
            kind="contract",
        )


def _fields(row: Mapping[str, Any]) -> tuple[list[tuple[str, _Span]], set[str]]:
    """Fields with their stretches of the text, and the fields that a contract does not have."""
    text, answers = row["text"], row["answers"]
    spans: dict[str, list[_Span]] = {}
    for span in row["spans"]:
        spans.setdefault(span["label"], []).append((span["start"], span["end"]))
    found = [("title", span) for span in spans.get("Document Name", ())[:1]]
    found += [("parties", span) for span in _parties(text, spans.get("Parties", ()))]
    absent = set()
    for label, field in _DATES.items():
        if not spans.get(label):
            absent.add(field)
        wanted = typed.parse_value("date", answers.get(label) or "", day_first=False)
        if isinstance(wanted, date):
            places = _dates(text, spans.get(label, ()), wanted)
            found += [(field, span) for span in places]
    law = answers.get("Governing Law") or ""
    if not spans.get("Governing Law"):
        absent.add("governing_law")
    found += [("governing_law", span) for span in _law(text, spans.get("Governing Law", ()), law)]
    return found, absent


def _parties(text: str, spans: Sequence[_Span]) -> Iterator[_Span]:
    """Every place of every full name; one that begins another is short for it."""
    told = {text[start:end].strip() for start, end in spans}
    names = {one for one in told if not any(o.startswith(one) and o != one for o in told)}
    seen: set[_Span] = set()
    for name in sorted(name for name in names if _NAME.fullmatch(name)):
        pattern = r"\s+".join(map(re.escape, name.split()))
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text):
            if match.span() not in seen:
                seen.add(match.span())
                yield match.span()


def _dates(text: str, spans: Sequence[_Span], wanted: date) -> Iterator[_Span]:
    for start, end in spans:
        for printed in dates.find_dates(text, start, end):
            if printed.date(day_first=False) == wanted:
                yield printed.start, printed.end


def _law(text: str, spans: Sequence[_Span], law: str) -> Iterator[_Span]:
    for start, end in spans if law.strip() else ():
        match = re.search(rf"(?<!\w){re.escape(law.strip())}(?!\w)", text[start:end])
        if match:
            yield start + match.start(), start + match.end()


def _numbers(words: Sequence[_Span], span: _Span) -> _Span:
    """Offsets -> numbers of words."""
    first = bisect_right(words, (span[0], float("inf"))) - 1
    return max(0, first), bisect_left(words, (span[1], 0))


def _kept(count: int, places: Sequence[_Span]) -> list[int]:
    """The numbers of the words of the example, in order, whole places among them."""
    kept = set(range(min(count, _BEGINNING)))
    for start, end in places:
        kept |= set(range(max(0, start - _AROUND), min(count, end + _AROUND)))
    return sorted(kept)


def _marks(placed: Sequence[tuple[str, int, int]], kept: Sequence[int]) -> Iterator[Mark]:
    """On the words that are kept; what is not there whole is left out."""
    for label, start, end in sorted(placed, key=lambda one: one[1:]):
        first, last = bisect_left(kept, start), bisect_left(kept, end)
        if last - first == end - start:
            yield Mark(f"contract.{label}", first, last)


def _passage(text: str, words: Sequence[_Span], kept: Sequence[int]) -> Passage:
    """The kept words; a new line begins at the text's own and where words are left out."""
    whole = Passage.of_text(text)
    lines, line = [], 0
    for at, word in enumerate(kept):
        before = kept[at - 1] if at else word
        line += whole.lines[word] != whole.lines[before] or word > before + 1
        lines.append(line)
    texts = tuple(text[slice(*words[word])] for word in kept)
    return Passage(texts, None, np.asarray(lines, np.int32))
