"""Loader of named entity recognition sets: tokens, and typed spans of tokens."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from docextract.models.bi_encoder.passage import Passage
from docextract.training.data.corpora.detokenisation import detokenised
from docextract.training.data.examples import Example, Mark


@dataclass(frozen=True)
class EntitySet:
    """Annotation scheme of an entity recognition set.

    Attributes:
        types: The set's types that it marks throughout; a word without one is none of them.
        extra: Types that are marked only where an id begins so: id prefix -> types.
        names: The set's types -> our labels, where these are not "entity.<type>".
        hyphens: Whether tokens were cut at hyphens, so that a lone one belongs to its neighbours.
        article: What stands between article and sentence in an id; "": articles are not known.
    """

    types: frozenset[str]
    extra: Mapping[str, frozenset[str]] | None = None
    names: Mapping[str, str] | None = None
    hyphens: bool = False
    article: str = ""


def _types(names: str) -> frozenset[str]:
    return frozenset(names.split())


ENTITY_SETS: Mapping[str, EntitySet] = {
    "anatem": EntitySet(_types("ANATOMY"), hyphens=True),
    "bc5cdr": EntitySet(_types("DISEASE CHEMICAL"), hyphens=True),
    "broad-twitter": EntitySet(_types("PERSON LOC ORG")),
    # Its MISC holds common nouns: genres, tasks, fields. Products are marked in one domain,
    # chemicals in another.
    "crossner": EntitySet(
        _types("PERSON ORG LOC EVENT"),
        extra={"crossner-ai": _types("PRODUCT"), "crossner-science": _types("CHEMICAL")},
    ),
    # Only the contract's own parties are marked, so that is what is learnt of them.
    "cuad-entities": EntitySet(_types("ORG"), names={"ORG": "contract.parties"}, article="-"),
    # Its MISC is court decisions, which are LAW here, and literature.
    "german-ler": EntitySet(_types("PERSON LOC ORG PRODUCT")),
    "germeval": EntitySet(_types("PERSON LOC ORG MISC")),
    "gum": EntitySet(_types("PERSON LOC ORG DATE"), article="-"),
    "ncbi-disease": EntitySet(_types("DISEASE"), hyphens=True),
    "re3d": EntitySet(_types("PERSON ORG LOC DATE MONEY QUANTITY IDENTIFIER"), article="-"),
    # Its organisations hold role words ("Bank"), its places street lines.
    "sec-filings": EntitySet(_types("PERSON")),
    "usaddress": EntitySet(_types("ADDRESS")),
    "wikiann-de": EntitySet(_types("PERSON LOC ORG")),
    "wikiann-en": EntitySet(_types("PERSON LOC ORG")),
    "wikigold": EntitySet(_types("PERSON LOC ORG MISC")),
    "wnut17": EntitySet(_types("PERSON LOC ORG PRODUCT MISC")),
}

#: Sentences that follow one another in a file without marks of articles are kept together.
_BLOCK = 20


def read(name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """Convert the sentences of the set `name` to examples without layout."""
    layout = ENTITY_SETS[name]
    for number, row in enumerate(rows):
        words, places = detokenised(row["tokens"], hyphens=layout.hyphens)
        labels = _labels(row["id"], layout)
        group = row["id"].rpartition(layout.article)[0] if layout.article else number // _BLOCK
        yield Example(
            name=row["id"],
            source=name,
            group=f"{name}:{group}",
            passage=Passage(words, None, np.zeros(len(words), np.int32)),
            marks=tuple(sorted(_marks(row["spans"], labels, places), key=_start)),
            asked=frozenset(labels.values()),
            language=row["language"],
        )


def _labels(name: str, layout: EntitySet) -> Mapping[str, str]:
    """The set's types that are known in this sentence -> our labels."""
    types = set(layout.types)
    for begins, more in (layout.extra or {}).items():
        if name.startswith(begins):
            types |= more
    return {one: (layout.names or {}).get(one, f"entity.{one}") for one in types}


def _marks(
    spans: Sequence[Sequence[Any]], labels: Mapping[str, str], places: Sequence[int]
) -> Iterator[Mark]:
    """Spans of tokens -> marks on words; two of a type that share a word become one."""
    last: dict[str, Mark] = {}
    for start, end, kind in sorted(spans, key=lambda span: span[0]):
        if kind not in labels:
            continue
        mark = Mark(labels[kind], places[start], places[end - 1] + 1)
        before = last.get(mark.label)
        if before and before.end > mark.start:
            last[mark.label] = Mark(mark.label, before.start, max(before.end, mark.end))
            continue
        if before:
            yield before
        last[mark.label] = mark
    yield from last.values()


def _start(mark: Mark) -> int:
    return mark.start
