"""Loaders of document classification sets, and of running text that is of no kind."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from docextract.document import UNKNOWN
from docextract.models.bi_encoder.passage import Passage
from docextract.training.data.corpora.detokenisation import detokenised
from docextract.training.data.examples import Example

Rows = Sequence[Mapping[str, Any]]
#: The sets' names of kinds -> ours, where they differ.
_OURS = {"registration_form": "form", "medical_note": "medical_report", "news": UNKNOWN}
#: Words of a text that are read; its kind is told from its beginning.
_MOST_WORDS = 600
#: Sentences of running text in one piece.
_PIECE = 8
#: Pieces that may be of one article.
_TOGETHER = 4
#: A section of a report says little by itself.
_LEAST_WORDS = 25


@dataclass(frozen=True)
class _Text:
    name: str
    kind: str
    text: str
    group: str
    language: str = "en"


def _labelled(rows: Rows) -> Iterator[_Text]:
    for row in rows:
        kind = str(_OURS.get(row["label"], row["label"]))
        yield _Text(row["id"], kind, row["text"], row["id"], row["language"])


def _patents(rows: Rows) -> Iterator[_Text]:
    for row in rows:
        yield _Text(row["id"], "patent", row["text"], row["id"])


def _sections(rows: Rows) -> Iterator[_Text]:
    for row in rows:
        if len(row["text"].split()) >= _LEAST_WORDS:
            yield _Text(row["id"], "medical_report", row["text"], row["id"])


def _reviews(rows: Rows) -> Iterator[_Text]:
    """Reviews of products, several sentences of one after the other, and whole ones of films."""
    known = [row for row in rows if row["source"].startswith(("product_reviews", "movie_reviews"))]
    for source, part in groupby(known, key=lambda row: row["source"]):
        films = source == "movie_reviews"
        for piece in _pieces(part, 1 if films else _PIECE):
            name, text = piece[0]["id"], "\n".join(row["text"] for row in piece)
            yield _Text(name, "product_review", text, name if films else source)


def _contracts(rows: Rows) -> Iterator[_Text]:
    for row in rows:
        yield _Text(row["id"], "contract", row["text"], row["source"])


def _running(rows: Rows) -> Iterator[_Text]:
    """Sentences that follow one another, as a text of no kind."""
    for number, piece in enumerate(_pieces(rows, _PIECE)):
        text = "\n".join(" ".join(detokenised(row["tokens"], hyphens=False)[0]) for row in piece)
        first = piece[0]
        yield _Text(first["id"], UNKNOWN, text, str(number // _TOGETHER), first["language"])


def _pieces(rows: Iterable[Mapping[str, Any]], size: int) -> Iterator[list[Mapping[str, Any]]]:
    left = iter(rows)
    while piece := list(islice(left, size)):
        yield piece


#: Set -> how its texts are read, and at most how many of a kind are taken.
KIND_SETS: Mapping[str, tuple[Callable[[Rows], Iterator[_Text]], int]] = {
    "doctypes": (_labelled, 400),
    "doctypes-text": (_labelled, 400),
    "patents": (_patents, 300),
    "sentiment": (_reviews, 300),
    "medical-sections": (_sections, 300),
    "cuad": (_contracts, 300),
    "gum-texts": (_running, 400),
    "wikigold-texts": (_running, 200),
    "re3d-texts": (_running, 100),
    "germeval-texts": (_running, 200),
}


def read(name: str, rows: Rows) -> Iterator[Example]:
    """Convert the texts of the set `name` to examples with a kind and without layout."""
    texts, most = KIND_SETS[name]
    counts: dict[str, int] = {}
    for one in sorted(texts(rows), key=lambda one: zlib.crc32(one.name.encode())):
        counts[one.kind] = counts.get(one.kind, 0) + 1
        passage = _beginning(one.text)
        if counts[one.kind] <= most and len(passage):
            yield Example(
                name=one.name,
                source=name,
                group=f"{name}:{one.group}",
                passage=passage,
                kind=one.kind,
                language=one.language,
            )


def _beginning(text: str) -> Passage:
    whole = Passage.of_text(text)
    return Passage(whole.texts[:_MOST_WORDS], None, whole.lines[:_MOST_WORDS])
