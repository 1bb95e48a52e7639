"""Fits what rules and a model are worth together: `joining.json` in the model's folder.

    python benchmarks/fit_joining.py MODEL --data DIR [--generated 40] [--write]

Fitted on documents that the model did not learn from: the held out vendors and templates of the
training parts of the labelled sets, with their own words, and invented documents of a seed of
their own. A value is right when it is typed as the truth is. Logistic regression with a penalty
on the distance of a type's weights from those of all types together, since most types have few
values; that a source is sure never counts against a value, and that it says otherwise never for it.
What it costs that a date can be read in two ways is fitted last: what sources are worth is learnt
from whether they point at the right words. Prints the loss beside that of sources taken as
independent, by five-fold cross-validation over documents. Without --write nothing is changed.
"""

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit

from docextract import resources
from docextract.document import Kind, Value
from docextract.evidence.alternative_readings import readings
from docextract.evidence.comparison import same
from docextract.evidence.origins import source_of
from docextract.pipeline import build
from docextract.resolution.assignment import JOINED, merged, odds
from docextract.resolution.scoring import (
    AMBIGUOUS,
    FEATURES,
    Joining,
    features,
    is_ambiguous,
    type_of,
)
from docextract.schema import FieldType, Schema
from docextract.stages.check import judged_alone
from docextract.training.fitting.cases import Case, invented, real

#: The penalty on a weight's distance from that of all types together, and on that from what
#: independent sources would have.
PENALTY, PENALTY_ALL = 2.0, 1.0
#: Values of a type from which it has weights of its own.
LEAST = 40
FOLDS = 5
#: Kinds of which the shipped model learns from real documents.
KINDS = ("receipt", "invoice", "ad_buy", "nda", "contract")
#: What independent sources have: each source's log odds count in full.
INDEPENDENT: Mapping[str, float] = {"model": 1.0, "rules": 1.0}
POSITIVE = ("model", "rules", "ways")
NEGATIVE = ("model_against", "rules_against")
#: The share of ambiguous dates that are read right, at least. A set whose days are all written in
#: one way would teach none or all; the likelier of two readings is no worse than a coin's throw.
LEAST_SHARE = 0.55
#: A probability is this far from 0 and 1 at least.
SMALL = 1e-6

Vector: TypeAlias = npt.NDArray[np.float64]


class Row(NamedTuple):
    """One value: its document, the type of its field, its features, and whether it is right."""

    document: str
    type: str
    of_kind: str  # the same behind the kind of document
    features: tuple[float, ...]
    independent: float
    right: bool
    placed: bool  # right in one of its readings
    ambiguous: bool


def rows(cases: Sequence[Case], schemas: Mapping[str, Schema], model: str) -> Iterator[Row]:
    """Every value that rules or the model say, of single documents whose kind is given."""
    given = {"schemas": tuple(schemas.values()), "model": model}
    stages = [build({"use": use}, given) for use in ("entities", "fields")]
    for case in cases:
        docs = [case.document.add(kind=Kind(case.kind, 1.0, origin="given"))]
        for stage in stages:
            docs = stage(docs)
        schema = schemas[case.kind]
        yield from _rows(case, judged_alone(schema, docs[0].candidates), schema)


def _rows(case: Case, candidates: Sequence[Value], schema: Schema) -> Iterator[Row]:
    by_field: dict[str, dict[object, list[Value]]] = {}
    for value in candidates:
        if value.row is None and source_of(value.origin) in JOINED:
            groups = by_field.setdefault(value.field, {})
            groups.setdefault(same(value.value), []).append(value)
    for name, groups in by_field.items():
        field = schema.fields[name]
        if name in case.answers and field.type is not FieldType.ROWS:
            told = list(groups.values())
            for at, group in enumerate(told):
                known = features(field, told, at)
                others = [other for value in group for other in readings(value)]
                right = any(case.has(field, value) for value in group)
                yield Row(
                    case.document.name,
                    type_of(field),
                    f"{case.kind}.{type_of(field)}",
                    tuple(known[one] for one in FEATURES),
                    merged(group)[0].confidence,
                    right,
                    right or any(case.has(field, value) for value in others),
                    is_ambiguous(field, group),
                )


def fit(found: Sequence[Row]) -> Joining:
    """The weights of each type that has values enough, near those of all types together."""
    prior = np.array([INDEPENDENT.get(name, 0.0) for name in FEATURES])
    everything = _fit(found, prior, PENALTY_ALL)
    doubt = _doubt(found, everything)
    made = {}
    for name, part in _enough(found, "type"):
        made[name] = _fit(part, everything, PENALTY)
    for name, part in _enough(found, "of_kind"):
        made[name] = _fit(part, made.get(part[0].type, everything), PENALTY)
    named = {
        kind: {**dict(zip(FEATURES, one.tolist(), strict=True)), AMBIGUOUS: doubt}
        for kind, one in made.items()
    }
    return Joining(named, frozenset(KINDS))


def _enough(found: Sequence[Row], key: str) -> Iterator[tuple[str, list[Row]]]:
    for name, count in sorted(Counter(getattr(row, key) for row in found).items()):
        if count >= LEAST:
            yield name, [row for row in found if getattr(row, key) == name]


def _fit(found: Sequence[Row], prior: Vector, penalty: float) -> Vector:
    inputs = np.array([row.features for row in found])
    placed = np.array([row.placed for row in found], float)

    def loss(weights: Vector) -> tuple[float, Vector]:
        odds, away = inputs @ weights, weights - prior
        value = (np.logaddexp(0, odds) - placed * odds).sum() + penalty * (away**2).sum()
        return value, inputs.T @ (expit(odds) - placed) + 2 * penalty * away

    bounds = [_bounds(name) for name in FEATURES]
    return minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds).x


def _doubt(found: Sequence[Row], weights: Vector) -> float:
    """The logarithm of the share of ambiguous dates, rightly placed, whose reading is right."""
    part = [row for row in found if row.ambiguous]
    if not part:
        return math.log(LEAST_SHARE)
    placed = expit(np.array([row.features for row in part]) @ weights)
    right = np.array([row.right for row in part], float)

    def loss(log_share: float) -> float:
        sure = np.clip(placed * math.exp(log_share), SMALL, 1 - SMALL)
        return float(-(right * np.log(sure) + (1 - right) * np.log(1 - sure)).sum())

    return float(minimize_scalar(loss, bounds=(math.log(LEAST_SHARE), 0.0), method="bounded").x)


def _bounds(name: str) -> tuple[float | None, float | None]:
    """Between which a feature's weight is."""
    return 0.0 if name in POSITIVE else None, 0.0 if name in NEGATIVE else None


def told(joining: Joining, row: Row) -> float:
    """What the weights make of a value, as log odds."""
    weights = joining.weights.get(row.of_kind) or joining.weights.get(row.type)
    if weights is None:
        return math.log(odds(row.independent))
    found = sum(weights[name] * one for name, one in zip(FEATURES, row.features, strict=True))
    if not row.ambiguous:
        return found
    share = float(np.clip(expit(found) * math.exp(weights[AMBIGUOUS]), SMALL, 1 - SMALL))
    return math.log(share / (1 - share))


def report(found: Sequence[Row]) -> None:
    """The loss of each type, cross-validated, beside that of independent sources."""
    names = sorted({row.document for row in found})
    fold = {name: at % FOLDS for at, name in enumerate(names)}
    guesses: dict[str, list[tuple[float, float, float]]] = {}
    for number in range(FOLDS):
        joining = fit([row for row in found if fold[row.document] != number])
        for row in found:
            if fold[row.document] == number:
                line = (told(joining, row), math.log(odds(row.independent)), float(row.right))
                guesses.setdefault(row.of_kind, []).append(line)
    print(f"{'type':24} {'values':>6} {'right':>6} {'fitted':>7} {'independent':>11}  log loss")
    everything = [line for lines in guesses.values() for line in lines]
    for kind, lines in [*sorted(guesses.items()), ("all", everything)]:
        one, other, right = np.array(lines).T
        losses = [float(np.mean(np.logaddexp(0, odds) - right * odds)) for odds in (one, other)]
        print(f"{kind:24} {len(lines):6} {right.mean():6.2f} {losses[0]:7.3f} {losses[1]:11.3f}")


def main() -> None:
    """Fit, report, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", help="its name or folder")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--generated", type=int, default=40, help="documents of each kind")
    parser.add_argument("--write", action="store_true", help="into the model's folder")
    options = parser.parse_args()
    schemas = {
        schema.name: schema for schema in map(Schema.load, resources.available("schemas").values())
    }
    cases = [*real(options.data), *invented(options.generated, KINDS)]
    found = list(rows(cases, schemas, options.model))
    print(f"{len(found)} values of {len(cases)} documents")
    report(found)
    joining = fit(found)
    for kind, weights in joining.weights.items():
        print(f"{kind:24}", *(f"{name} {weight:.2f}" for name, weight in weights.items()))
    if options.write:
        joining.save(resources.model(options.model))


if __name__ == "__main__":
    main()
