"""Conflicts: independent sources of one field that confirm or contradict each other.

A source is who read the value and from where: rules over what is printed, the trained model, the
file's form fields, a barcode, the data of an e-invoice. Those that say the same are one group; here
is what a person is told of those that do not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from textwrap import shorten

from docextract.document import CheckResult, Issue, Value
from docextract.evidence.comparison import contradict
from docextract.resolution.scoring.scorer import Option
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
#: Sources of which it is learnt what they are worth beside each other.
_LEARNT = frozenset({"rules", "model"})
#: Types whose values are worded freely: two sources differ in them and are both right.
_WORDED = frozenset({FieldType.TEXT, FieldType.ADDRESS})
#: Signs of a value that an issue quotes.
_QUOTED = 60


def compared(wanted: FieldSchema, options: Sequence[Option]) -> list[Option]:
    """The options of a field, each with whether the sources agree on it, where there are several.

    Where sure sources contradict each other at most one of them is right. What is learnt of rules
    beside the model tells which, mostly; a person is told where the lesser is still likely, and
    wherever a form, a barcode or the like is one of them.

    Args:
        wanted: The field's schema.
        options: Before any check of several fields.
    """
    if wanted.many or any(option.value.is_stated for option in options):
        return list(options)
    sides = _sides(wanted, options)
    learnt = {source for one in sides for source in one.group.sources} <= _LEARNT
    if learnt and min((one.value.confidence for one in sides), default=0.0) < SERIOUS:
        sides = []
    told = "; ".join(f"{_quoted(one.value)} by {one.value.chain[-1]}" for one in sides)
    made = []
    for option in options:
        sources = sorted(option.group.sources)
        if any(option is side for side in sides):
            result = CheckResult(SOURCES_RULE, False, f"{_name(option.value)}: {told}")
        elif len(sources) > 1:
            result = CheckResult(SOURCES_RULE, True, ", ".join(sources))
        else:
            made.append(option)
            continue
        checks = (*option.value.checks, result)
        made.append(replace(option, value=replace(option.value, checks=checks)))
    return made


def disputes(ranked: Mapping[str, Sequence[Option]]) -> list[Issue]:
    """An issue for each field whose sources contradict each other, naming what each says."""
    issues = []
    for name, options in ranked.items():
        checks = [check for option in options for check in option.value.checks]
        said = [one.message for one in checks if one.rule == SOURCES_RULE and not one.holds]
        issues += [Issue("check", "mismatch", message, field=name) for message in said[:1]]
    return issues


def _sides(wanted: FieldSchema, options: Sequence[Option]) -> list[Option]:
    """The best option of each sure source that another of them contradicts."""
    if wanted.type in _WORDED:
        return []
    best: dict[str, Option] = {}
    for option in options:
        for source, confidence in option.group.sources.items():
            if source not in best or confidence > best[source].group.sources[source]:
                best[source] = option
    sure = [one for source, one in best.items() if one.group.sources[source] >= SURE]
    pairs = [
        (id(one), id(other))
        for one, other in combinations(sure, 2)
        if contradict(one.value.value, other.value.value)
    ]
    return [one for one in options if any(id(one) in pair for pair in pairs)]


def _name(value: Value) -> str:
    return value.field.replace("_", " ")


def _quoted(value: Value) -> str:
    return shorten(str(value.value), _QUOTED, placeholder="...")
