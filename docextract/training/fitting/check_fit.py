"""Fits what outcomes of checks are worth: the weights of assignments.

Conditional maximum likelihood: of all assignments of the fields that checks tie together, the
right one shall be the likely one, the scores of options being what they are (a conditional random
field with fixed unary potentials; Lafferty, McCallum and Pereira, ICML 2001). Held near the
judgements that stand in `CheckWeights`, since few documents break a check.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from docextract.document import readings
from docextract.resolution.assignment import Assignment, assignments, components
from docextract.resolution.checks import Constraints
from docextract.resolution.record_builder import Draft, checked_alone
from docextract.resolution.scoring.scorer import CheckWeights, Option, Scorer
from docextract.schema import Schema
from docextract.training.fitting.cases import Case, Solved

NAMES = tuple(CheckWeights.model_fields)
#: The penalty on a weight's squared distance from its judgement.
PENALTY = 0.5
#: Weights that can only speak for an assignment, and those that can only speak against it.
_BOUNDS = {
    "equation_holds": (0.0, None),
    "equation_fails": (None, 0.0),
    "order_holds": (0.0, None),
    "order_fails": (None, 0.0),
    "same_party": (None, 0.0),
}


class Tied(NamedTuple):
    """All assignments of fields that checks tie together in one document.

    Attributes:
        scores: (A,) sums of log odds.
        counts: (A, 5) how often each weight counts.
        right: (A,) whether each field has a right value, or none where none of its options is.
    """

    scores: npt.NDArray[np.float64]
    counts: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]


def tied(found: Iterable[Solved], schemas: Mapping[str, Schema], scorer: Scorer) -> list[Tied]:
    """The assignments of documents in which checks have something to tell."""
    made = []
    for one in found:
        schema = schemas[one.case.kind]
        values = checked_alone(schema, one.document.candidates)
        draft = Draft(one.document, schema, scorer, tuple(values))
        single = {n: own for n, own in draft.options.items() if not schema.fields[n].many}
        constraints = Constraints.of_document(schema, draft.columns)
        for names in components(constraints, single):
            own = {name: single[name] for name in names}
            if all(name in one.case.answers for name in names):
                tried = list(assignments(own, constraints))
                part = _tied(tried, _rights(one.case, schema, own))
                if part.right.any() and np.ptp(part.counts, axis=0).any():
                    made.append(part)
    return made


def fit_checks(found: Sequence[Tied], start: CheckWeights | None = None) -> CheckWeights:
    """The weights under which the right assignments are the likely ones."""
    from scipy.optimize import minimize
    from scipy.special import logsumexp, softmax

    known = (start or CheckWeights()).model_dump()
    prior = np.array([known[name] for name in NAMES])

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        value, gradient = PENALTY * ((weights - prior) ** 2).sum(), 2 * PENALTY * (weights - prior)
        for one in found:
            scores = one.scores + one.counts @ weights
            value += logsumexp(scores) - logsumexp(scores[one.right])
            gradient = gradient + softmax(scores) @ one.counts
            gradient = gradient - softmax(scores[one.right]) @ one.counts[one.right]
        return float(value), gradient

    bounds = [_BOUNDS[name] for name in NAMES]
    made = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds).x
    return CheckWeights(**dict(zip(NAMES, made.tolist(), strict=True)))


def _tied(tried: Sequence[Assignment], rights: Mapping[str, set[int]]) -> Tied:
    return Tied(
        np.array([one.score for one in tried]),
        np.array([[one.counted.get(name, 0) for name in NAMES] for one in tried], float),
        np.array([all(id(c) in rights[name] for name, c in one.choices.items()) for one in tried]),
    )


def _rights(
    case: Case, schema: Schema, options: Mapping[str, Sequence[Option]]
) -> dict[str, set[int]]:
    """Field -> the identities of its right options; of None where none is right."""
    made = {}
    for name, own in options.items():
        field = schema.fields[name]
        right = {
            id(option)
            for option in own
            if any(case.has(field, value) for value in (option.value, *readings(option.value)))
        }
        made[name] = right or {id(None)}
    return made
