"""Fits the scorer: conditional logistic regression with partial pooling over types and fields.

Maximum a posteriori: the log likelihood of the right candidates (or of "none", where none is
right) under the softmax of each field, less a quadratic penalty on every weight's distance from
what it would be without data. Weights of all fields are hardly held back, those of a type and of
a single field more and more, so that few values move them little (random effects as ridge
penalties; Gelman and Hill, "Data analysis using regression and multilevel models", 2007).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from docextract.resolution.scoring.scorer import Scorer
from docextract.training.fitting.scorer_data import Choice

#: Penalties of weights of all fields, of types and of single fields. Chosen by five-fold
#: cross-validation over documents among a few; the loss hardly depends on them.
PENALTIES = (0.5, 3.0, 8.0)
#: How much more the weight of a single rule is held back: most rules have few values.
PENALTY_OF_RULES = 2.0
#: The share of ambiguous dates that are read right, at least. A set whose days are all written in
#: one way would teach none or all; the likelier of two readings is no worse than a coin's throw.
LEAST_SHARE = 0.55
#: A probability is this far from 0 and 1 at least.
SMALL = 1e-9

Vector: TypeAlias = npt.NDArray[np.float64]


class Design(NamedTuple):
    """Choices as a matrix: a row for each candidate.

    Attributes:
        inputs: (C, F) sparse, features of candidates.
        choice: (C,) the number of the choice that each candidate belongs to.
        placed: (C,) 1 where it points at the right words.
        names: Feature -> column.
    """

    inputs: Any
    choice: npt.NDArray[np.int64]
    placed: Vector
    names: Mapping[str, int]


def fit(
    found: Sequence[Choice],
    start: Scorer | None = None,
    *,
    penalties: tuple[float, float, float] = PENALTIES,
) -> Scorer:
    """The scorer with the weights that these choices ask for.

    Args:
        found: What is known.
        start: Weights without data; those of independent sources where it is not given. With
            few choices the result stays near it.
        penalties: Of the three levels.
    """
    from scipy.optimize import minimize

    known = start or Scorer()
    design = designed(found)
    prior = np.array([known.weights.get(name, 0.0) for name in design.names])
    held = np.array([_penalty(name, penalties) for name in design.names])
    target = _Target(design)

    def loss(weights: Vector) -> tuple[float, Vector]:
        value, gradient = target(weights)
        away = weights - prior
        return value + float(held @ away**2), gradient + 2 * held * away

    made = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    weights = {**known.weights, **dict(zip(design.names, made.tolist(), strict=True))}
    fitted = replace(known, weights=weights, documents=len({one.document for one in found}))
    return replace(fitted, ambiguous=_ambiguous(found, fitted))


def designed(found: Sequence[Choice], names: Mapping[str, int] | None = None) -> Design:
    """The matrix of choices; features that `names` lacks are left out where it is given."""
    from scipy.sparse import csr_matrix

    columns: dict[str, int] = dict(names or {})
    rows: list[int] = []
    places: list[int] = []
    numbers: list[float] = []
    owners: list[int] = []
    placed: list[float] = []
    for number, one in enumerate(found):
        for told, is_placed in zip(one.features, one.placed, strict=True):
            for name, value in told.items():
                if name in columns or names is None:
                    rows.append(len(owners))
                    places.append(columns.setdefault(name, len(columns)))
                    numbers.append(value)
            owners.append(number)
            placed.append(float(is_placed))
    shape = (len(owners), len(columns))
    inputs = csr_matrix((numbers, (rows, places)), shape=shape)
    return Design(inputs, np.array(owners, np.int64), np.array(placed), columns)


class _Target:
    """The negative log likelihood of the right candidates, and its gradient."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.count = int(design.choice[-1]) + 1
        self.has = np.bincount(design.choice, design.placed, self.count) > 0
        self.transposed = design.inputs.T.tocsr()

    def __call__(self, weights: Vector) -> tuple[float, Vector]:
        design = self.design
        shares, none = shares_of(design.inputs @ weights, design.choice, self.count)
        good = np.bincount(design.choice, shares * design.placed, self.count)
        value = -np.log(np.maximum(np.where(self.has, good, none), SMALL)).sum()
        own = shares * design.placed / np.maximum(good[design.choice], SMALL)
        wanted = np.where(self.has[design.choice], own, 0.0)
        return float(value), self.transposed @ (shares - wanted)


def shares_of(scores: Vector, choice: npt.NDArray[np.int64], count: int) -> tuple[Vector, Vector]:
    """Softmax per choice with "none", whose score is 0: (C,) of candidates, (N,) of "none"."""
    highest = np.zeros(count)
    np.maximum.at(highest, choice, scores)
    powers = np.exp(scores - highest[choice])
    none = np.exp(-highest)
    total = none + np.bincount(choice, powers, count)
    return powers / total[choice], none / total


def _penalty(name: str, penalties: Sequence[float]) -> float:
    base, _, level = name.partition("|")
    depth = 0 if not level else 2 if "." in level else 1
    return penalties[depth] * (PENALTY_OF_RULES if base.startswith("rule:") else 1.0)


def predicted(found: Sequence[Choice], scorer: Scorer) -> list[Vector]:
    """The probability of each candidate of each choice, its words' meaning counted."""
    names = {name: at for at, name in enumerate(scorer.weights)}
    design = designed(found, names)
    weights = np.array(list(scorer.weights.values()))
    shares, _ = shares_of(design.inputs @ weights, design.choice, len(found))
    ends = np.cumsum([len(one.features) for one in found])[:-1]
    made = np.split(shares, ends)
    doubt = math.exp(scorer.ambiguous)
    return [
        part * np.where(np.array(one.ambiguous, bool), doubt, 1.0)
        for one, part in zip(found, made, strict=True)
    ]


def _ambiguous(found: Sequence[Choice], scorer: Scorer) -> float:
    """The logarithm of the share of ambiguous dates, rightly placed, whose reading is right."""
    pairs = [
        (right, placed)
        for one in found
        for right, placed, doubt in zip(one.right, one.placed, one.ambiguous, strict=True)
        if doubt and placed
    ]
    if not pairs:
        return scorer.ambiguous
    share = sum(right for right, _ in pairs) / len(pairs)
    return math.log(min(1.0, max(LEAST_SHARE, share)))


def least_of(found: Sequence[Choice], shares: Sequence[Vector]) -> float:
    """The confidence from which on values are kept: half of the highest F1 over the choices.

    That is where F1 is highest for calibrated probabilities (Lipton, Elkan and Naryanaswamy,
    "Optimal thresholding of classifiers to maximize F1 measure", ECML 2014); the place of the
    maximum itself, over few choices, is mostly noise.

    Args:
        found: Of which each has at most one right value.
        shares: What a scorer that was not fitted on them gives their candidates.
    """
    pairs = [
        (float(part.max()), one.right[int(part.argmax())])
        for one, part in zip(found, shares, strict=True)
    ]
    wanted = sum(any(one.placed) for one in found)
    best, right = 0.0, 0
    for number, (_, is_right) in enumerate(sorted(pairs, reverse=True), 1):
        right += is_right
        best = max(best, 2 * right / (number + wanted))
    return best / 2
