"""Deciding words: the phrases and words of a document that its kind was classified by."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from docextract.classification.phrase_matching import PhraseMatch
from docextract.document import Document, Origin, SourceType, Span

#: Deciding words reported for each source, phrases and model.
MAX_WORDS = 5


def deciding_phrases(matches: Sequence[PhraseMatch], kind: str) -> tuple[Span, ...]:
    """The schema's phrases that spoke for `kind`: each once, the deciding ones first."""
    first: dict[str, PhraseMatch] = {}
    for match in sorted(matches, key=lambda match: (match.role != "decide", match.start)):
        if match.kind == kind and match.role != "against":
            first.setdefault(match.phrase, match)
    chosen = list(first.values())[:MAX_WORDS]
    return tuple(
        Span(match.start, match.end, kind, 1.0, Origin(SourceType.RULE, match.role))
        for match in chosen
    )


def attributed_words(
    doc: Document, attributions: npt.NDArray[np.float32], kind: str
) -> tuple[Span, ...]:
    """The words with the highest attribution by the model, as shares of the highest attribution.

    Args:
        doc: The document.
        attributions: (W,) by how much each of its words raises the kind's log odds.
        kind: The label of the spans.
    """
    best: dict[str, tuple[float, int]] = {}
    for at in np.argsort(-attributions, kind="stable")[: 10 * MAX_WORDS].tolist():
        text = doc.words[at].word.text.casefold()
        if attributions[at] > 0 and any(sign.isalpha() for sign in text):
            best.setdefault(text, (float(attributions[at]), at))
    ranked = list(best.values())[:MAX_WORDS]
    return tuple(
        Span(
            doc.words[at].start,
            doc.words[at].end,
            kind,
            share / ranked[0][0],
            Origin(SourceType.MODEL),
        )
        for share, at in ranked
    )
