"""Assignment: the best joint choice of one option a field, or none, under the schema's checks.

An assignment scores the sum of its options' log odds and of what the outcomes of the checks add.
Those of the few likely options of each field are all tried (exhaustive search); the confidence of
a value is the share of all assignments' probability that has it (its marginal).
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from docextract.resolution.checks import Constraints, weight
from docextract.resolution.scoring.scorer import MOST, CheckWeights, Option

#: Options of one field that checks may choose among, besides "none".
RIVALS = 3
#: Options less likely than this before any check are not tried, nor "none" where it is. A
#: judgement: an equation of three amounts raises what it makes true by a factor of some hundreds.
NEGLIGIBLE = 0.002
#: Assignments of fields that checks tie together; of more, the least likely options are not tried.
TRIALS = 1000

#: An option of a field; None: it has no value.
Choice = Option | None


@dataclass(frozen=True)
class Assignment:
    """One choice for every field that checks name.

    Attributes:
        choices: Field -> its option.
        score: The sum of log odds, checks not counted.
        counted: How often each weight of checks counts.
    """

    choices: Mapping[str, Choice]
    score: float
    counted: Mapping[str, int]


def assigned(
    options: Mapping[str, Sequence[Option]], constraints: Constraints, weights: CheckWeights
) -> dict[str, list[Option]]:
    """The options of every field as likely as the checks make them; the one that is taken first.

    Args:
        options: Field -> its options, best first, none empty; of fields that have one value.
        constraints: What ties the fields together.
        weights: What outcomes add.
    """
    made = {name: list(own) for name, own in options.items()}
    for tied in components(constraints, options):
        tried = list(assignments({name: options[name] for name in tied}, constraints))
        scores = [one.score + weight(weights, one.counted) for one in tried]
        highest = max(scores)
        best = tried[scores.index(highest)]
        shares = [math.exp(score - highest) for score in scores]
        for name in tied:
            marginal: dict[int, float] = {}
            for one, share in zip(tried, shares, strict=True):
                key = id(one.choices[name])
                marginal[key] = marginal.get(key, 0.0) + share / sum(shares)
            made[name] = _ranked(options[name], marginal, best.choices[name])
    return made


def components(constraints: Constraints, names: Collection[str]) -> list[list[str]]:
    """Those of the fields that checks tie together, directly or through others, as groups."""
    groups: list[set[str]] = []
    for tie in constraints.ties:
        joined = {name for name in tie if name in names}
        apart = []
        for group in groups:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined] if joined else apart
    return [sorted(group) for group in groups]


def _ranked(
    options: Sequence[Option], marginal: Mapping[int, float], taken: Choice
) -> list[Option]:
    """The option that is taken, then the others; those that were tried have their marginals.

    The others stay as likely as they were, and leave the rest to those that were tried.
    """
    every: list[Choice] = [*options, None]
    rest = 1 - sum(_chance(options, one) for one in every if id(one) not in marginal)
    order = sorted(
        options, key=lambda one: (one is not taken, -marginal.get(id(one), one.value.confidence))
    )
    return [
        _with_confidence(one, rest * marginal[id(one)]) if id(one) in marginal else one
        for one in order
    ]


def _with_confidence(option: Option, share: float) -> Option:
    """The option with its marginal; what the checks changed is one more term of its sum."""
    value = option.value
    if value.is_stated:
        return option
    before, after = (min(MOST, max(1 - MOST, p)) for p in (value.confidence, share))
    moved = math.log(after / (1 - after)) - math.log(before / (1 - before))
    terms = (*value.terms, ("checks", moved)) if abs(moved) > 0.01 else value.terms
    return replace(option, value=replace(value, confidence=min(MOST, share), terms=terms))


def assignments(
    options: Mapping[str, Sequence[Option]], constraints: Constraints
) -> Iterator[Assignment]:
    """Every choice among the likely options of fields that checks tie together."""
    own = constraints.among(options)
    tried = _tried(options)
    for chosen in product(*tried.values()):
        choices = dict(zip(tried, chosen, strict=True))
        values = {name: one.value.value for name, one in choices.items() if one}
        score = sum(_score(one) for one in chosen)
        yield Assignment(choices, score, own.counts(values))


def _tried(options: Mapping[str, Sequence[Option]]) -> dict[str, list[Choice]]:
    """The choices of each field; where there are too many of all, without the least likely."""
    made = {name: _choices(own) for name, own in options.items()}
    ranked = sorted(
        (_chance(options[name], choice), name, at)
        for name, choices in made.items()
        for at, choice in enumerate(choices)
    )
    dropped: set[tuple[str, int]] = set()
    left = {name: len(choices) for name, choices in made.items()}
    for _, name, at in ranked:
        if math.prod(left.values()) <= TRIALS:
            break
        if left[name] > 1:
            dropped.add((name, at))
            left[name] -= 1
    return {
        name: [one for at, one in enumerate(choices) if (name, at) not in dropped]
        for name, choices in made.items()
    }


def _chance(options: Sequence[Option], choice: Choice) -> float:
    """How likely a choice is before any check."""
    return choice.value.confidence if choice else 1 - sum(one.value.confidence for one in options)


def _choices(options: Sequence[Option]) -> list[Choice]:
    if options[0].value.is_stated:
        return [options[0]]
    likely: list[Choice] = [
        one for one in options[:RIVALS] if one is options[0] or one.value.confidence > NEGLIGIBLE
    ]
    none = 1 - sum(one.value.confidence for one in options)
    return [*likely, None] if none > NEGLIGIBLE else likely


def _score(option: Choice) -> float:
    """Log odds against having no value, as the softmax over its field had them."""
    if option is None:
        return 0.0
    value = option.value
    return 0.0 if value.is_stated else option.score
