"""Metrics of document classification: accuracy, macro-F1, confusion, AUROC of "unknown"."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docextract.document import UNKNOWN
from docextract.evaluation.metrics.scores import ratio


@dataclass(frozen=True)
class KindPrediction:
    """The true and the predicted kind of one document, and the probability of unknown."""

    document: str
    truth: str
    said: str
    unknown: float = 0.0


@dataclass(frozen=True)
class KindMetrics:
    """Metrics over all documents.

    `counts` is (D, 3 K): for each document one-hot the true kind, the said kind and, where both
    are the same, that one; over the K true kinds. Sums of it give accuracy and macro-F1.
    `confusion` is (truth, said) -> how many. `auroc` is None without documents of both sorts.
    """

    kinds: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    confusion: Counter[tuple[str, str]]
    auroc: float | None

    @property
    def by_kind(self) -> dict[str, float]:
        """Kind -> F1."""
        true, said, right = np.split(self.counts.sum(axis=0), 3)
        return dict(zip(self.kinds, ratio(2 * right, true + said).tolist(), strict=True))


def kind_metrics(verdicts: Sequence[KindPrediction]) -> KindMetrics:
    """The metrics. Kinds that are predicted but never true are errors, not classes of their own."""
    names = tuple(sorted({verdict.truth for verdict in verdicts}))
    counts = np.zeros((len(verdicts), 3 * len(names)), dtype=np.int64)
    for row, verdict in enumerate(verdicts):
        for at, name in enumerate(names):
            true, said = verdict.truth == name, verdict.said == name
            counts[row, at :: len(names)] = (true, said, true and said)
    confusion = Counter((verdict.truth, verdict.said) for verdict in verdicts)
    scores = [verdict.unknown for verdict in verdicts]
    return KindMetrics(
        names, counts, confusion, auroc(scores, [v.truth == UNKNOWN for v in verdicts])
    )


def accuracy(sums: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The share of right kinds, from sums of `KindMetrics.counts`: (B, 3 K) -> (B,)."""
    true, _, right = np.split(sums, 3, axis=-1)
    return ratio(right.sum(axis=-1), true.sum(axis=-1))


def macro_f1(sums: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The mean F1 over the true kinds, from sums of `KindMetrics.counts`: (B, 3 K) -> (B,)."""
    true, said, right = np.split(sums, 3, axis=-1)
    there = (true > 0).sum(axis=-1)
    return ratio((ratio(2 * right, true + said) * (true > 0)).sum(axis=-1), there)


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float | None:
    """The area under the ROC curve; None where all are positive or none is.

    It is the probability that a positive scores higher than a negative, ties counting half
    (Hanley and McNeil, Radiology 143, 1982), here from the sum of ranks.
    """
    yes = sum(positive)
    no = len(positive) - yes
    if not yes or not no:
        return None
    values = np.asarray(scores, dtype=float)
    _, which, often = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(often) - (often - 1) / 2)[which]  # ties share their mean rank
    total = float(ranks[np.asarray(positive, dtype=bool)].sum())
    return (total - yes * (yes + 1) / 2) / (yes * no)
