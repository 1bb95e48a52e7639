"""Span decoding: start, inside and end scores of words -> scored candidate spans per label."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from docextract.models.bi_encoder.featurisation import Floats, Ints
from docextract.models.bi_encoder.network import ProjectedLabels, span_base_logits
from docextract.models.bi_encoder.window_states import WindowStates

#: Words of the longest candidate span.
MAX_SPAN_WORDS = 100
#: Logits below which a word is no start or end. 0.047 as a share: a span whose start or end is
#: below it hardly ever comes out above any threshold.
MIN_BOUNDARY_LOGIT = -3.0
#: The best starts of one label in one window that are considered, and the best ends for each.
MAX_STARTS, MAX_ENDS_PER_START = 64, 4


class SpanCandidate(NamedTuple):
    """Words [first, last) may be a span of the label, which is an index; `score` is in [0, 1]."""

    label: int
    first: int
    last: int
    score: float


def span_candidates(
    part: WindowStates, labels: ProjectedLabels, *, least: float
) -> list[SpanCandidate]:
    """Spans that score at least `least` and begin in the window's own words, in any order.

    Overlapping ones too; words are numbered as in the passage. `least` is a probability.
    """
    words, model, offset = part.projected, part.model, part.window.first
    start = model.start.compare(words.starts, labels.starts)
    inside = model.inside.compare(words.insides, labels.insides)
    end = model.end.compare(words.ends, labels.ends)
    label, first, last = start_end_pairs(start.float(), inside.float(), end.float())
    # Before the span scorer, which costs most: what begins elsewhere is a neighbour's.
    own = (first >= part.window.own[0] - offset) & (first < part.window.own[1] - offset)
    label, first, last = label[own], first[own], last[own]
    if not len(label):
        return []
    sums = torch.cat((inside.new_zeros(1, inside.shape[1]), inside.cumsum(0)))
    within = (sums[last, label] - sums[first, label]) / (last - first)
    base = span_base_logits(start[first, label], within, end[last - 1, label])
    logits = model.span_scores(_spans(part, first, last), base, labels.spans[label])
    scores = logits.float().sigmoid()
    kept = scores >= least
    columns = (label, first + offset, last + offset, scores)
    return [
        SpanCandidate(*row)
        for row in zip(*(column[kept].tolist() for column in columns), strict=True)
    ]


def _spans(part: WindowStates, first: Tensor, last: Tensor) -> Tensor:
    """(N, M) spans as their scorer sees them; made once for all labels that point at one."""
    keys, at = torch.unique(first * MAX_SPAN_WORDS + last - first - 1, return_inverse=True)
    first = keys // MAX_SPAN_WORDS
    last = first + keys % MAX_SPAN_WORDS + 1
    features = part.model.span_features(part.heads, part.tails, first, last)
    made: Tensor = part.model.span.words(features)
    return made[at]


def start_end_pairs(start: Tensor, inside: Tensor, end: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Candidate spans from start and end scores: their (label, first, last).

    All three take (W, L) logits; the three results are (N,) numbers of one length.
    """
    s, i, e = (part.detach().cpu().numpy() for part in (start, inside, end))
    labels = np.flatnonzero((s.max(0) > MIN_BOUNDARY_LOGIT) & (e.max(0) > MIN_BOUNDARY_LOGIT))
    begun = [_starts(s[:, label]) for label in labels]
    label = np.repeat(labels, np.array([len(firsts) for firsts in begun], np.int64))
    made = np.stack(_with_ends(label, np.concatenate([np.zeros(0, np.int64), *begun]), i, e))
    columns = torch.from_numpy(made).to(start.device)
    return columns[0], columns[1], columns[2]


def _starts(logits: Floats) -> Ints:
    """The words that may begin a span of one label, of many the best ones."""
    firsts = np.flatnonzero(logits > MIN_BOUNDARY_LOGIT)
    if len(firsts) > MAX_STARTS:
        firsts = firsts[np.argsort(-logits[firsts], kind="stable")[:MAX_STARTS]]
    return firsts


def _with_ends(label: Ints, first: Ints, inside: Floats, end: Floats) -> tuple[Ints, Ints, Ints]:
    """(N,) labels, firsts and lasts: each start with the ends that, insides included, are best."""
    words = len(end)
    sums = np.concatenate((np.zeros((1, end.shape[1]), inside.dtype), inside.cumsum(0)))
    of, ends = np.nonzero((end > MIN_BOUNDARY_LOGIT).T)
    # Ends of one label after the other, so that those near a start are a stretch of them.
    keys = of * words + ends
    low = np.searchsorted(keys, label * words + first)
    high = np.searchsorted(keys, label * words + np.minimum(first + MAX_SPAN_WORDS, words))
    counts = high - low
    start = np.repeat(np.arange(len(first)), counts)
    rank = np.arange(len(start)) - np.repeat(np.cumsum(counts) - counts, counts)
    last = ends[low[start] + rank] + 1
    label, first = label[start], first[start]
    means = (sums[last, label] - sums[first, label]) / (last - first)
    best = np.lexsort((-(end[last - 1, label] + means), start))[rank < MAX_ENDS_PER_START]
    return label[best], first[best], last[best]


def suppress_overlaps(found: Iterable[SpanCandidate]) -> list[SpanCandidate]:
    """Greedy non-overlapping spans of each label, best first."""
    taken: dict[int, set[int]] = {}
    kept = []
    for candidate in sorted(found, key=_best_first):
        words = taken.setdefault(candidate.label, set())
        covered = range(candidate.first, candidate.last)
        if words.isdisjoint(covered):
            words.update(covered)
            kept.append(candidate)
    return kept


def _best_first(candidate: SpanCandidate) -> tuple[float, int, int, int]:
    return (-candidate.score, candidate.first, candidate.last, candidate.label)
