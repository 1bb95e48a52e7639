"""Effects of OCR variants: the check instances that come true with one, and how that is told."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from docextract.document import Typed, Value
from docextract.evidence.check_digits import DIGITS_RULE
from docextract.evidence.ocr_variants import OcrVariant
from docextract.resolution.ocr_repair.check_instances import CheckInstance, Key, RecordChecks


class Repair(NamedTuple):
    """An variant, the value that it takes the place of, and the checks that come true with it."""

    variant: OcrVariant
    instead: Value | None
    mends: frozenset[CheckInstance]

    @property
    def key(self) -> Key:
        """The field, and the row, that it is for."""
        return self.variant.value.field, self.variant.value.row

    @property
    def told(self) -> str:
        """What was done, and why."""
        raw = " ".join(self.variant.value.raw.split())
        return f"{raw!r} read as {self.variant.text!r} because {checks_in_words(self.mends)}"


def mending_variants(checks: RecordChecks, found: Iterable[OcrVariant]) -> Iterator[Repair]:
    """Those of the found with which a check comes true."""
    for variant in found:
        key = variant.value.field, variant.value.row
        if mends := checks.comes_true_with(key, variant.value.value):
            yield Repair(variant, checks.values.get(key), mends)


def best_repairs(instance: CheckInstance, repairs: Sequence[Repair]) -> list[Repair]:
    """Those of the repairs that make a check true with which the most others come true."""
    found: dict[tuple[Key, Typed], Repair] = {}
    for one in repairs:
        if instance in one.mends:
            found.setdefault(repaired_value(one), one)
    most = max((len(one.mends) for one in found.values()), default=0)
    return [one for one in found.values() if len(one.mends) == most]


def repaired_value(repair: Repair) -> tuple[Key, Typed]:
    """The value that a repair gives, and where it goes."""
    return repair.key, repair.variant.value.value


def checks_in_words(mends: Iterable[CheckInstance]) -> str:
    """The checks that come true, in words."""
    told = {
        f"the check digits of {instance.of.replace('_', ' ')} are right"
        if instance.rule == DIGITS_RULE
        else f"row {instance.row + 1}: {instance.rule}"
        if instance.row is not None
        else instance.rule
        for instance in mends
    }
    return " and ".join(sorted(told))


def field_in_words(key: Key) -> str:
    """A field, or a cell of a row, in words."""
    path, row = key
    name = path.rpartition(".")[2].replace("_", " ")
    return name if row is None else f"row {row + 1}: {name}"
