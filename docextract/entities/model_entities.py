"""Entities from trained models: the bi-encoder's and a Hugging Face tagger's, as spans of text."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from docextract.document import Document, Origin, Placed, SourceType, Span
from docextract.encoding.encoder_input import page_passages
from docextract.entities.taggers import LABEL_ALIASES
from docextract.models.bi_encoder.entity_labels import ENTITY_SENTENCES
from docextract.models.token_classifier import TaggedSpan, TokenClassifier

if TYPE_CHECKING:
    from docextract.models.bi_encoder.encoded_passage import EncodedPassage

#: The score from which on the bi-encoder's entities count. On a tenth of the training parts, held
#: out, F1 is highest here: at 0.5 the model finds too few.
MIN_SCORE = 0.35
#: The highest confidence of a model's entity, below the 0.99 of a rule with a checksum.
MAX_CONFIDENCE = 0.98
#: Punctuation around a name that is no part of it. A full stop belongs to an abbreviation.
_BEFORE = "([{<\"'“”‘’„«»*•·-–—,;:"
_AFTER = ")]}>\"'“”‘’„«»*•·-–—,;:!?"
#: Letters of a word that can be an abbreviation: "Corp.", "Inc.", "Ltd.".
_SHORT = 4


class EntitySpan(NamedTuple):
    """An entity as words [first, last) of a passage, with its type and score."""

    first: int
    last: int
    label: str
    score: float


def model_spans(
    doc: Document,
    passage: "EncodedPassage",
    labels: Collection[str],
    *,
    least: float,
    origin: Origin,
) -> list[Span]:
    """Entities that the bi-encoder finds within a page, without the punctuation around them."""
    spans = []
    for first, last, label, score in decode_entities(passage, labels, least=least):
        begin, end = doc.words[first], doc.words[last - 1]
        stretch = strip_punctuation(doc.text, begin.start, end.end)
        if begin.page == end.page and stretch[0] < stretch[1]:
            spans.append(Span(*stretch, label, min(MAX_CONFIDENCE, score), origin))
    return spans


def huggingface_spans(docs: Sequence[Document], tagger: TokenClassifier) -> list[list[Span]]:
    """Entities that a Hugging Face model finds in each document, page by page."""
    pages = [
        (number, list(words))
        for number, doc in enumerate(docs)
        for _, words in groupby(doc.words, key=lambda placed: placed.page)
    ]
    found = tagger.tag([page for doc in docs for page in page_passages(doc)])
    origin = Origin(SourceType.HUGGING_FACE, tagger.model.path.name)
    spans: list[list[Span]] = [[] for _ in docs]
    for (number, words), tags in zip(pages, found, strict=True):
        spans[number] += [_span(words, tag, origin) for tag in tags]
    return spans


def _span(words: Sequence[Placed], tag: TaggedSpan, origin: Origin) -> Span:
    label = LABEL_ALIASES.get(tag.label, tag.label)
    start, end = words[tag.first].start, words[tag.last - 1].end
    return Span(start, end, label, tag.confidence, origin)


def decode_entities(
    passage: "EncodedPassage", labels: Collection[str], *, least: float
) -> list[EntitySpan]:
    """Entities of these types, in order; of those that share words only the best one.

    Args:
        passage: The encoder states of a passage.
        labels: Keys of `ENTITY_SENTENCES`; what is none of them is left out.
        least: The lowest score.
    """
    known = [label for label in ENTITY_SENTENCES if label in labels]
    taken: set[int] = set()
    found = []
    for at, first, last, score in passage.spans(
        [ENTITY_SENTENCES[one] for one in known], least=least
    ):
        words = range(first, last)
        if taken.isdisjoint(words):
            taken.update(words)
            found.append(EntitySpan(first, last, known[at], score))
    return sorted(found)


def strip_punctuation(text: str, start: int, end: int) -> tuple[int, int]:
    """The span [start, end) without the punctuation around it.

    Empty, at its start, when it is punctuation alone.
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
