"""Pairing of predictions with ground truth: by path, else by file name where it is unique."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from docextract.errors import UsageError
from docextract.evaluation.inputs.truth_and_prediction import Prediction, Truth


class Pair(NamedTuple):
    """A document's truth, and what was found in it: None where the run has no record of it."""

    truth: Truth
    prediction: Prediction | None


@dataclass(frozen=True)
class Pairs:
    """All pairs, and the predictions whose truth is not known."""

    pairs: tuple[Pair, ...]
    without_truth: tuple[str, ...]

    @property
    def without_prediction(self) -> tuple[str, ...]:
        """The documents that the run has no record of: all of their values count as missing."""
        return tuple(pair.truth.name for pair in self.pairs if pair.prediction is None)


#: From the surest to the least: the path, with dots for slashes, without its ending; the name,
#: without its ending.
_KEYS: Sequence[Callable[[str], str]] = (
    lambda name: name,
    lambda name: name.replace("/", "."),
    lambda name: name.removesuffix(PurePosixPath(name).suffix),
    lambda name: PurePosixPath(name).name,
    lambda name: PurePosixPath(name).stem,
)


def pair(truths: Sequence[Truth], made: Sequence[Prediction]) -> Pairs:
    """Pair both sides. A truth may be named as its document, with or without folder and ending.

    A name counts only where one document alone on either side has it.

    Raises:
        UsageError: no document is on both sides, or a path is twice on one.
    """
    true = _unique((truth.name for truth in truths), "the truth")
    said = dict(zip(_unique((one.name for one in made), "the predictions"), made, strict=True))
    partner: dict[str, str] = {}
    left = list(said)
    for key in _KEYS:
        partner |= _matched([name for name in true if name not in partner], left, key)
        taken = set(partner.values())
        left = [name for name in said if name not in taken]
    if not partner:
        raise UsageError(
            f"no document is in both: the truth names {_some(true)}, the run {_some(list(said))}"
        )
    pairs = tuple(Pair(t, said.get(partner.get(t.name, ""))) for t in truths)
    return Pairs(pairs, tuple(left))


def _unique(names: Iterable[str], what: str) -> list[str]:
    found = list(names)
    if twice := [name for name, often in Counter(found).items() if often > 1]:
        raise UsageError(f"{_some(twice)} is more than once in {what}")
    return found


def _matched(
    true: Sequence[str], said: Sequence[str], key: Callable[[str], str]
) -> Mapping[str, str]:
    ours, theirs = _grouped(true, key), _grouped(said, key)
    return {
        names[0]: theirs[name][0]
        for name, names in ours.items()
        if len(names) == 1 and len(theirs.get(name, ())) == 1
    }


def _grouped(names: Sequence[str], key: Callable[[str], str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[key(name)].append(name)
    return found


def _some(names: Sequence[str], most: int = 3) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
