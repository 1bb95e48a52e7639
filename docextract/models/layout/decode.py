"""Scores of words -> candidate spans, each label for itself."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from docextract.models.layout.model import Labels, base_logits
from docextract.models.layout.states import WindowStates

#: Words of the longest span that is looked for.
LONGEST = 100
#: Logits below which a word is no start or end. 0.047 as a share: a span whose start or end is
#: below it hardly ever comes out above any threshold.
LEAST_LOGIT = -3.0
#: Starts of one label looked at in one window, the best ones; and ends for each of them.
MOST_STARTS, MOST_ENDS = 64, 4


class Candidate(NamedTuple):
    """Words [first, last) may be a span of the label, which is an index; `score` is in [0, 1]."""

    label: int
    first: int
    last: int
    score: float


def candidates(part: WindowStates, labels: Labels, *, least: float) -> list[Candidate]:
    """Spans that score at least `least` and begin in the window's own words, in any order.

    Overlapping ones too; words are numbered as in the passage. `least` is a probability.
    """
    words, model, offset = part.projected, part.model, part.window.first
    start = model.start.compare(words.starts, labels.starts)
    inside = model.inside.compare(words.insides, labels.insides)
    end = model.end.compare(words.ends, labels.ends)
    label, first, last = pairs(start.float(), inside.float(), end.float())
    # Before the span scorer, which costs most: what begins elsewhere is a neighbour's.
    own = (first >= part.window.own[0] - offset) & (first < part.window.own[1] - offset)
    label, first, last = label[own], first[own], last[own]
    if not len(label):
        return []
    sums = torch.cat((inside.new_zeros(1, inside.shape[1]), inside.cumsum(0)))
    within = (sums[last, label] - sums[first, label]) / (last - first)
    base = base_logits(start[first, label], within, end[last - 1, label])
    logits = model.span_scores(_spans(part, first, last), base, labels.spans[label])
    scores = logits.float().sigmoid()
    kept = scores >= least
    columns = (label, first + offset, last + offset, scores)
    return [
        Candidate(*row) for row in zip(*(column[kept].tolist() for column in columns), strict=True)
    ]


def _spans(part: WindowStates, first: Tensor, last: Tensor) -> Tensor:
    """(N, M) spans as their scorer sees them; made once for all labels that point at one."""
    keys, at = torch.unique(first * LONGEST + last - first - 1, return_inverse=True)
    first = keys // LONGEST
    last = first + keys % LONGEST + 1
    features = part.model.span_features(part.heads, part.tails, first, last)
    made: Tensor = part.model.span.words(features)
    return made[at]


def pairs(start: Tensor, inside: Tensor, end: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Starts joined with ends: the (label, first, last) of spans that are worth a look.

    All three take (W, L) logits; the three results are (N,) numbers of one length.
    """
    place = start.device
    s, i, e = (part.detach().cpu().numpy() for part in (start, inside, end))
    sums = np.concatenate((np.zeros((1, i.shape[1]), i.dtype), i.cumsum(0)))
    found: list[tuple[int, int, int]] = []
    for label in np.flatnonzero((s.max(0) > LEAST_LOGIT) & (e.max(0) > LEAST_LOGIT)):
        firsts = np.flatnonzero(s[:, label] > LEAST_LOGIT)
        ends = np.flatnonzero(e[:, label] > LEAST_LOGIT)
        if len(firsts) > MOST_STARTS:
            firsts = firsts[np.argsort(-s[firsts, label], kind="stable")[:MOST_STARTS]]
        for first in firsts:
            lasts = ends[(ends >= first) & (ends < first + LONGEST)] + 1
            means = (sums[lasts, label] - sums[first, label]) / (lasts - first)
            good = np.argsort(-(e[lasts - 1, label] + means), kind="stable")[:MOST_ENDS]
            found += [(int(label), int(first), int(last)) for last in lasts[good]]
    columns = torch.tensor(found, dtype=torch.long, device=place).reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]


def without_overlaps(found: Iterable[Candidate]) -> list[Candidate]:
    """The best spans of each label that share no word, best first."""
    taken: dict[int, set[int]] = {}
    kept = []
    for candidate in sorted(found, key=_best_first):
        words = taken.setdefault(candidate.label, set())
        covered = range(candidate.first, candidate.last)
        if words.isdisjoint(covered):
            words.update(covered)
            kept.append(candidate)
    return kept


def _best_first(candidate: Candidate) -> tuple[float, int, int, int]:
    return (-candidate.score, candidate.first, candidate.last, candidate.label)
