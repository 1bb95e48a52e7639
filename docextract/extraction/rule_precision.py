"""The precision of each rule: the share of its candidates that were right, from counts.

`rule_precision.json` has the counts, rule by rule and type by type; `python -m
docextract.training.fitting rules` makes it. A rule that was seen seldom on a type is estimated
towards what it, and then rules of its name, come to on all types (additive smoothing with the
parent's share as the prior; Lidstone, 1920; as in Katz's hierarchy of counts).

A rule's name says where the value was found, its traits how. For labels: "short" is a label of
one word, "long" one of several; "inside" stands within a segment, not at its beginning; "loose"
has words between label and value; "other" is the value at the other end where several stand at
one label; "again" is whatever a rule says of a field after the first value.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TypeAlias

from docextract.document import Origin
from docextract.schema import FieldType

#: Rule with its traits -> type of field -> (right, all).
Counts: TypeAlias = Mapping[str, Mapping[str, tuple[int, int]]]

NAME = "rule_precision.json"
#: How many values the estimate of the level above weighs.
PRIOR_VALUES = 5.0
#: Traits by which a candidate is a rule's second choice: kept at every level but the last.
_SECOND = ("other", "again")


def rule_key(origin: Origin) -> str:
    """What a rule's counts are kept by: its name and its traits."""
    return ", ".join((origin.name, *origin.traits))


def precision(origin: Origin, kind: FieldType) -> float:
    """How likely a candidate is right that a rule found for a field of this type."""
    share = _mean(_overall(), 0.0)
    second = [trait for trait in origin.traits if trait in _SECOND]
    share = _mean(_pairs(", ".join((origin.name, *second)), below=True), share)
    share = _mean(_pairs(rule_key(origin)), share)
    right, total = _table().get(rule_key(origin), {}).get(kind.value, (0, 0))
    return (right + PRIOR_VALUES * share) / (total + PRIOR_VALUES)


def _mean(pairs: Sequence[tuple[int, int]], above: float) -> float:
    """The mean share of types, each of which counts once where it has values enough.

    A type that a rule never met is more like any other type than like the one with most values
    (random effects). The share of the level above counts as one type.
    """
    weights = [total / (total + PRIOR_VALUES) for _, total in pairs]
    shares = [right / total for right, total in pairs]
    own = sum(weight * share for weight, share in zip(weights, shares, strict=True))
    return (own + above) / (sum(weights) + (1.0 if above else 0.0))


@cache
def _pairs(rule: str, *, below: bool = False) -> tuple[tuple[int, int], ...]:
    """The counts of a rule, type by type, or of all rules that have its name and traits."""
    wanted = set(rule.split(", "))
    return tuple(
        pair
        for name, types in _table().items()
        if name == rule or (below and _is_below(name, wanted))
        for pair in types.values()
    )


def _is_below(name: str, wanted: set[str]) -> bool:
    parts = set(name.split(", "))
    return wanted <= parts and not (parts - wanted) & set(_SECOND)


@cache
def _overall() -> tuple[tuple[int, int], ...]:
    return tuple(pair for types in _table().values() for pair in types.values())


@cache
def _table() -> Counts:
    text = resources.files("docextract.extraction").joinpath(NAME).read_text("utf-8")
    counts: Counts = json.loads(text)
    return counts
