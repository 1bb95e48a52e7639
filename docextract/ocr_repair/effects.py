"""What another reading of a value's words would mend, and how that is told."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from docextract.document import Typed, Value
from docextract.ocr_repair.check_instances import Asked, Key, Outcomes
from docextract.ocr_repair.rereading import Offer
from docextract.resolution.check_digits import DIGITS_RULE


class Repair(NamedTuple):
    """An offer, the value that it takes the place of, and the checks that come true with it."""

    offer: Offer
    instead: Value | None
    mends: frozenset[Asked]

    @property
    def key(self) -> Key:
        """The field, and the row, that it is for."""
        return self.offer.value.field, self.offer.value.row

    @property
    def told(self) -> str:
        """What was done, and why."""
        raw = " ".join(self.offer.value.raw.split())
        return f"{raw!r} read as {self.offer.text!r} because {reason(self.mends)}"


def mending(outcomes: Outcomes, offers: Iterable[Offer]) -> Iterator[Repair]:
    """Those of the offers with which a check comes true."""
    for offer in offers:
        key = offer.value.field, offer.value.row
        if mends := outcomes.mended(key, offer.value.value):
            yield Repair(offer, outcomes.values.get(key), mends)


def best(asked: Asked, repairs: Sequence[Repair]) -> list[Repair]:
    """Those of the repairs that make a check true with which the most others come true."""
    found: dict[tuple[Key, Typed], Repair] = {}
    for one in repairs:
        if asked in one.mends:
            found.setdefault(what(one), one)
    most = max((len(one.mends) for one in found.values()), default=0)
    return [one for one in found.values() if len(one.mends) == most]


def what(repair: Repair) -> tuple[Key, Typed]:
    """The value that a repair gives, and where it goes."""
    return repair.key, repair.offer.value.value


def reason(mends: Iterable[Asked]) -> str:
    """The checks that come true, in words."""
    told = {
        f"the check digits of {asked.of.replace('_', ' ')} are right"
        if asked.rule == DIGITS_RULE
        else f"row {asked.row + 1}: {asked.rule}"
        if asked.row is not None
        else asked.rule
        for asked in mends
    }
    return " and ".join(sorted(told))


def name_of(key: Key) -> str:
    """A field, or a cell of a row, in words."""
    path, row = key
    name = path.rpartition(".")[2].replace("_", " ")
    return name if row is None else f"row {row + 1}: {name}"
