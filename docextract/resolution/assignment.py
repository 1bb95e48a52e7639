"""Chooses among candidates: sources that agree, and cross-checks that come true, decide.

Confidences are combined as odds, as if sources erred independently of each other: two that give
the same value by different ways are trusted more than either. What rules and a model are worth
together is fitted, where the model comes with it (`joining.py`).
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice, product
from typing import Any, TypeAlias

from docextract.document import Value
from docextract.evidence.comparison import same
from docextract.evidence.origins import method, source_group
from docextract.schema import Check

#: Candidates of one field that cross-checks may choose among.
RIVALS = 3
#: Assignments of candidates to fields that are tried; more fields than this covers keep their best.
TRIALS = 2000
#: By how much a check that comes true (or fails) multiplies the odds of the values it names. A
#: judgement: an equation of amounts hardly comes true by chance, an order of two dates often does;
#: more gain lets sums overrule labels, more loss lets one wrong amount pull right ones down.
EQUATION = (8.0, 0.4)
ORDER = (1.2, 0.2)
#: No rule is ever certain.
MOST = 0.99
#: Sources of which a fitted table says what they are worth together.
JOINED = frozenset({"rules", "model"})

#: All that is said of a field, by what it says, and the number of one -> how likely that is right.
Worth: TypeAlias = Callable[[Sequence[Sequence[Value]], int], float]


def merged(values: Iterable[Value], worth: Worth | None = None) -> list[Value]:
    """One value for all candidates that say the same, best first; what is stated is the best.

    A rule counts once however often it found the value. What one of them says beyond doubt, the
    others mean too: their other readings go.

    Args:
        values: Of one field.
        worth: What rules and a model are worth together; as if they erred independently of each
            other where it is not given.
    """
    groups: dict[object, list[Value]] = {}
    for value in values:
        groups.setdefault(same(value.value), []).append(value)
    told = list(groups.values())
    found = [_joined(group, worth and partial(worth, told, at)) for at, group in enumerate(told)]
    return sorted(found, key=lambda value: -value.confidence)


def _joined(group: Sequence[Value], worth: Callable[[], float] | None) -> Value:
    best = max(group, key=lambda value: (value.is_stated, value.confidence))
    if best.is_stated:
        return best
    others = best.alternatives if all(value.alternatives for value in group) else ()
    # What a barcode or a form says, and somewhere is printed too, is traced to both.
    spans = next((value.spans for value in [best, *group] if value.spans), ())
    places = next((value.places for value in [best, *group] if value.places), ())
    sure = _together(group, worth)
    return replace(best, confidence=sure, alternatives=others, spans=spans, places=places)


def _together(group: Sequence[Value], worth: Callable[[], float] | None) -> float:
    """How sure all who give a value are of it together."""
    by_way: dict[str, float] = {}
    is_joined = [
        worth is not None and source_group(value.first.origin) in JOINED for value in group
    ]
    if worth and any(is_joined):
        by_way["joined"] = worth()
    for value, is_within in zip(group, is_joined, strict=True):
        if not is_within:
            way = method(value.first.origin)
            by_way[way] = max(by_way.get(way, 0.0), value.confidence)
    if len(by_way) == 1:
        return min(MOST, *by_way.values())
    return min(MOST, 1 - math.prod(1 - confidence for confidence in by_way.values()))


def chosen(
    ranked: Mapping[str, Sequence[Value]], checks: Sequence[Check], columns: Mapping[str, Any]
) -> dict[str, Value]:
    """The best value of every field, the checks taken together with the rules.

    Args:
        ranked: Field -> its candidates, best first, none empty.
        checks: Those over whole documents; a check over rows has been seen to before.
        columns: "rows.column" -> the values of that column.
    """
    telling = [check for check in checks if not check.each]
    named = {name for check in telling for name in check.expression.names}
    open_fields = [
        name
        for name, values in ranked.items()
        if name in named and len(values) > 1 and not values[0].is_stated
    ]
    best = {name: values[0] for name, values in ranked.items()}
    trials = list(islice(_assignments(ranked, open_fields), TRIALS))
    scored = [(_score({**best, **trial}, telling, columns), -at) for at, trial in enumerate(trials)]
    return {**best, **trials[-max(scored)[1]]} if scored else best


def _assignments(
    ranked: Mapping[str, Sequence[Value]], fields: Sequence[str]
) -> Iterator[dict[str, Value]]:
    """Every way to take one of the first candidates of each field, the best of each first."""
    for values in product(*(ranked[name][:RIVALS] for name in fields)):
        yield dict(zip(fields, values, strict=True))


def _score(
    values: Mapping[str, Value], checks: Sequence[Check], columns: Mapping[str, Any]
) -> float:
    """How likely an assignment is, as the logarithm of its odds."""
    score = sum(math.log(odds(value.confidence)) for value in values.values())
    typed = {**columns, **{name: value.value for name, value in values.items()}}
    for check in checks:
        holds = check.expression.holds(typed, tolerance=check.tolerance)
        if holds is not None:
            known = len(check.expression.names & values.keys())
            score += max(1, known) * math.log(factor(check, holds=holds))
    return score


def factor(check: Check, *, holds: bool) -> float:
    """By how much a check's outcome multiplies the odds of the values it names."""
    gain, loss = EQUATION if "==" in check.rule else ORDER
    return gain if holds else loss


def odds(confidence: float) -> float:
    """P / (1 - p), kept finite."""
    bounded = min(MOST, max(1 - MOST, confidence))
    return bounded / (1 - bounded)


def weighed(confidence: float, by: float) -> float:
    """The confidence after its odds were multiplied."""
    raised = odds(confidence) * by
    return min(MOST, raised / (1 + raised))


def judged(value: Value, by: float) -> float:
    """The value's confidence after its odds were multiplied; what is stated stays certain."""
    return value.confidence if value.is_stated else weighed(value.confidence, by)
