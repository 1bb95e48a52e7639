"""Acceptance: the confidence from which on a wanted share of values is right, by an exact test.

A value is accepted from a threshold of confidence on: the lowest one above which the table's
values were right often enough. That they were is tested, not just counted: of 20 right values
nobody knows whether 0.99 of the next ones are. The test is the exact one of a binomial share,
which is Clopper and Pearson's one-sided lower bound ("The use of confidence or fiducial limits",
Biometrika 26, 1934); bounds that approximate it (Wilson's) promise too much near 1, where this is
used (Cai, "One-sided confidence intervals in discrete distributions", 2005). Thresholds are tried
from the surest down until the first that fails, so that many tries promise no more than one
(fixed sequence testing: Angelopoulos et al., "Learn then test", 2021). The first try has as many
values as stand one mistake, where there are as many: else one early mistake would end it.
"""

import itertools
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from docextract.confidence.table import CalibrationTable, Step, name_of
from docextract.document import CheckResult, Issue, Record, Review, Value, readings
from docextract.schema import Schema

#: How often a threshold may be one that promises too much: one fit in ten, as in "Learn then
#: test". A tenth needs 230 values without an error for 0.99 and 45 for 0.95; a twentieth would
#: need 299 and 59.
DOUBT = 0.1
#: Issues that say nothing against the values that were found: what was not read on purpose, and
#: a pattern that took too long.
LIGHT = frozenset({"hidden", "unread", "pattern"})


@cache
def least_values(target: float, wrong: int = 0) -> int:
    """How many values it takes to know that the share `target` is right, with so many mistakes."""
    least = math.ceil(math.log(DOUBT) / math.log(target))
    return next(count for count in itertools.count(least) if chance(count, wrong, target) <= DOUBT)


def threshold(steps: Sequence[Step], target: float) -> float | None:
    """The lowest confidence from which on the share `target` is right; None where there is none.

    Args:
        steps: Of one group, by falling confidence.
        target: Between 0 and 1.
    """
    total = steps[-1].values if steps else 0
    least = next((n for wrong in (1, 0) if (n := least_values(target, wrong)) <= total), total + 1)
    found = None
    for step in steps:
        if step.values >= least:
            if chance(step.values, step.values - step.right, target) > DOUBT:
                break
            found = step.confidence
    return found


def chance(values: int, wrong: int, target: float) -> float:
    """How likely so few wrong values, or fewer, are where just the share `target` is right."""
    term = values * math.log(target)
    total = math.exp(term)
    for number in range(1, wrong + 1):
        term += math.log((values - number + 1) / number * (1 - target) / target)
        total += math.exp(term)
    return total


@dataclass(frozen=True)
class Acceptance:
    """Says of each value of a record whether it is accepted, and if not, why."""

    table: CalibrationTable
    target: float

    def threshold(self, schema: Schema, path: str) -> float | None:
        """From where on the values of a field are accepted; None: they never are."""
        return self.least(name_of(schema, path), schema.field(path).type)

    def least(self, field: str, kind: str) -> float | None:
        """The same of a field like "receipt.total", and its type.

        It is that of the nearest group with so many values that it could be known.
        """
        names = self.table.groups_of(field, kind)
        return next((self.known[name] for name in names if name in self.known), None)

    @cached_property
    def known(self) -> Mapping[str, float | None]:
        """The threshold of each group with so many values that there could be one."""
        least = least_values(self.target)
        return {
            name: threshold(group.steps, self.target)
            for name, group in self.table.groups.items()
            if group.steps and group.steps[-1].values >= least
        }

    def reasons(self, value: Value, schema: Schema) -> Iterator[str]:
        """Why a person must look at the value; what the file states needs no threshold."""
        least = None if value.is_stated else self.threshold(schema, value.field)
        if least is None and not value.is_stated:
            yield f"no confidence is known to be enough for {self.target:g} precision"
        elif least is not None and value.confidence < least:
            yield (
                f"confidence {value.confidence:g} below {least:g}, "
                f"the threshold for {self.target:g} precision"
            )
        for check in value.checks:
            if check.holds is False:
                yield _failed(check)
        for other in readings(value):
            yield f"ambiguous: can also be read as {other.value}"

    def __call__(self, record: Record, schema: Schema, issues: Iterable[Issue]) -> Record:
        """The record, its values with their reasons, and how much of it needs a look.

        Args:
            record: With confidences of the table.
            schema: Its kind's.
            issues: All that is wrong with the document.
        """

        def marked(value: Value) -> Value:
            return replace(value, review=tuple(self.reasons(value, schema)))

        made = replace(record, evidence=record.evidence.map(marked))
        return replace(made, review=self._sum(made, schema, issues))

    def _sum(self, record: Record, schema: Schema, issues: Iterable[Issue]) -> Review:
        values = list(record.evidence.values())
        doubted = dict.fromkeys(value.field for value in values if value.review)
        for issue in issues:
            if issue.category not in LIGHT and not _covers(issue.field, doubted):
                doubted[issue.field or str(issue.category)] = None
        if not values:
            doubted["kind"] = None  # perhaps it is another one's
        paths = dict.fromkeys(value.field for value in values if not value.is_stated)
        return Review(
            self.target,
            len(values),
            sum(not value.review for value in values),
            tuple(doubted),
            tuple(path for path in paths if self.threshold(schema, path) is None),
        )


def _failed(check: CheckResult) -> str:
    return f"check failed: {check.message or check.rule}"


def _covers(field: str | None, paths: Collection[str]) -> bool:
    """Whether the field, or a column of it, is among the paths."""
    return any(path == field or path.partition(".")[0] == field for path in paths)
