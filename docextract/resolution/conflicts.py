"""Independent sources of one field's value: they confirm each other, or one of them is wrong.

A source is who read the value and from where: rules over what is printed, the trained model, the
file's form fields, a barcode, the data of an e-invoice. `choice.merged` combines those that say
the same; here is what becomes of those that do not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from textwrap import shorten

from docextract.document import CheckResult, Issue, Value
from docextract.evidence.comparison import contradict, same
from docextract.evidence.origins import source_group
from docextract.resolution.assignment import JOINED, MOST, merged, odds
from docextract.resolution.scoring import Joining
from docextract.schema import FieldSchema, FieldType

#: The name of the check.
SOURCES_RULE = "sources agree"
#: A source that is this sure contradicts another; one that is less sure has only guessed. A
#: judgement: two values that are each right four times in five are seldom at odds by chance, and
#: one of them is a mistake that a person should see.
SURE = 0.8
#: What is fitted for rules beside a model tells which of them is wrong, mostly: a contradiction is
#: worth a person's look where the lesser of the two is still this likely. A judgement.
SERIOUS = 0.3
#: Types whose values are worded freely: two sources differ in them and are both right.
_WORDED = frozenset({FieldType.TEXT, FieldType.ADDRESS})
#: Signs of a value that an issue quotes.
_QUOTED = 60


def settled(field: FieldSchema, values: Sequence[Value], joining: Joining) -> list[Value]:
    """One value for all candidates of a field that say the same, best first.

    Where sure sources contradict each other at most one of them is right, so that their odds are
    shared: two values at 0.9 come out at 0.47 each, and a cross-check can still tell which it is.
    What is fitted for rules beside a model knows of their contradictions, and stays. Each value
    carries whether the sources agree on it, where there are several. A value that is certain is
    no reading but a statement, and is left as it is.
    """
    is_known = joining.knows(field)
    ranked = merged(values, partial(joining, field) if is_known else None)
    if field.many or any(value.confidence > MOST for value in values):
        return ranked
    sides = _sides(field, values)
    is_fitted = is_known and {source_group(side.first.origin) for side in sides} <= JOINED
    against = {same(side.value) for side in sides}
    rivals = [value for value in ranked if same(value.value) in against]
    if is_fitted and min((value.confidence for value in rivals), default=0.0) < SERIOUS:
        rivals = []
    whole = 1 + sum(odds(value.confidence) for value in rivals)
    told = "; ".join(f"{_quoted(rival)} by {rival.chain[-1]}" for rival in rivals)
    made = []
    for value in ranked:
        if value in rivals:
            result = CheckResult(SOURCES_RULE, False, f"{_name(value)}: {told}")
            part = value.confidence if is_fitted else odds(value.confidence) / whole
            made.append(_judged(value, result, part))
        elif len(agreeing := _agreeing(value, values)) > 1:
            result = CheckResult(SOURCES_RULE, True, ", ".join(agreeing))
            made.append(_judged(value, result, value.confidence))
        else:
            made.append(value)
    return sorted(made, key=lambda value: -value.confidence)


def disputes(ranked: Mapping[str, Sequence[Value]]) -> list[Issue]:
    """An issue for each field whose sources contradict each other, naming what each says."""
    issues = []
    for name, values in ranked.items():
        said = [
            c.message for v in values for c in v.checks if c.rule == SOURCES_RULE and not c.holds
        ]
        issues += [Issue("check", "mismatch", message, field=name) for message in said[:1]]
    return issues


def _sides(field: FieldSchema, values: Iterable[Value]) -> list[Value]:
    """The best value of each sure source that another of them contradicts."""
    if field.type in _WORDED:
        return []
    by_source: dict[str, list[Value]] = {}
    for value in values:
        by_source.setdefault(source_group(value.first.origin), []).append(value)
    best = [merged(group)[0] for group in by_source.values()]
    sure = [value for value in best if value.confidence >= SURE]
    pairs = [pair for pair in combinations(sure, 2) if contradict(pair[0].value, pair[1].value)]
    return [value for value in sure if any(value in pair for pair in pairs)]


def _agreeing(value: Value, values: Iterable[Value]) -> list[str]:
    return sorted(
        {source_group(v.first.origin) for v in values if same(v.value) == same(value.value)}
    )


def _judged(value: Value, result: CheckResult, confidence: float) -> Value:
    return replace(value, confidence=confidence, checks=(*value.checks, result))


def _name(value: Value) -> str:
    return value.field.replace("_", " ")


def _quoted(value: Value) -> str:
    return shorten(str(value.value), _QUOTED, placeholder="...")
