"""Fits what rules and a model are worth together: `joining.json` in the model's folder.

    python benchmarks/fit_joining.py MODEL --data DIR [--generated 40] [--write]

Fitted on documents that the model did not learn from: the held out vendors and templates of the
training parts of the labelled sets, with their own words, and invented documents of a seed of
their own. A value is right when it is typed as the truth is. Logistic regression with a penalty
on the distance of a type's weights from those of all types together, since most types have few
values; that a source is sure never counts against a value, and that it says otherwise or that the
value can be read in two ways never for it. Prints the loss beside that of sources taken as
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
from scipy.optimize import minimize
from scipy.special import expit

from benchmarks.cases import Case, invented, real
from docextract import resources
from docextract.document import Kind, Value
from docextract.pipeline import build
from docextract.schema import FieldType, Schema
from docextract.stages.alike import same
from docextract.stages.choice import JOINED, merged, odds
from docextract.stages.joining import FEATURES, Joining, features, type_of
from docextract.stages.origins import source_of

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
NEGATIVE = ("model_against", "rules_against", "ambiguous")
#: Log odds that an ambiguous date loses at most. One of its two readings is right: what is 0.92
#: sure otherwise is then a coin's throw. Sets that write days in one way teach more than that.
AMBIGUOUS = 2.5


Vector: TypeAlias = npt.NDArray[np.float64]


class Row(NamedTuple):
    """One value: its document, the type of its field, its features, and whether it is right."""

    document: str
    type: str
    of_kind: str  # the same behind the kind of document
    features: tuple[float, ...]
    independent: float
    right: bool


def rows(cases: Sequence[Case], schemas: Mapping[str, Schema], model: str) -> Iterator[Row]:
    """Every value that rules or the model say, of single documents whose kind is given."""
    given = {"schemas": tuple(schemas.values()), "model": model}
    stages = [build({"use": use}, given) for use in ("entities", "fields")]
    for case in cases:
        docs = [case.document.add(kind=Kind(case.kind, 1.0, origin="given"))]
        for stage in stages:
            docs = stage(docs)
        yield from _rows(case, docs[0].candidates, schemas[case.kind])


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
                yield Row(
                    case.document.name,
                    type_of(field),
                    f"{case.kind}.{type_of(field)}",
                    tuple(known[one] for one in FEATURES),
                    merged(group)[0].confidence,
                    any(case.has(field, value) for value in group),
                )


def fit(found: Sequence[Row]) -> Joining:
    """The weights of each type that has values enough, near those of all types together."""
    prior = np.array([INDEPENDENT.get(name, 0.0) for name in FEATURES])
    everything = _fit(found, prior, PENALTY_ALL)
    made = {}
    for name, part in _enough(found, "type"):
        made[name] = _fit(part, everything, PENALTY)
    for name, part in _enough(found, "of_kind"):
        made[name] = _fit(part, made.get(part[0].type, everything), PENALTY)
    named = {kind: dict(zip(FEATURES, one.tolist(), strict=True)) for kind, one in made.items()}
    return Joining(named, frozenset(KINDS))


def _enough(found: Sequence[Row], key: str) -> Iterator[tuple[str, list[Row]]]:
    for name, count in sorted(Counter(getattr(row, key) for row in found).items()):
        if count >= LEAST:
            yield name, [row for row in found if getattr(row, key) == name]


def _fit(found: Sequence[Row], prior: Vector, penalty: float) -> Vector:
    inputs = np.array([row.features for row in found])
    right = np.array([row.right for row in found], float)

    def loss(weights: Vector) -> tuple[float, Vector]:
        odds, away = inputs @ weights, weights - prior
        value = (np.logaddexp(0, odds) - right * odds).sum() + penalty * (away**2).sum()
        return value, inputs.T @ (expit(odds) - right) + 2 * penalty * away

    bounds = [_bounds(name) for name in FEATURES]
    return minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds).x


def _bounds(name: str) -> tuple[float | None, float | None]:
    """Between which a feature's weight is."""
    least = 0.0 if name in POSITIVE else -AMBIGUOUS if name == "ambiguous" else None
    return least, 0.0 if name in NEGATIVE else None


def told(joining: Joining, row: Row) -> float:
    """What the weights make of a value, as log odds."""
    weights = joining.weights.get(row.of_kind) or joining.weights.get(row.type)
    if weights is None:
        return math.log(odds(row.independent))
    return sum(weights[name] * one for name, one in zip(FEATURES, row.features, strict=True))


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
