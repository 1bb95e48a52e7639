"""Held-out split by groups: examples of one group are never on both sides."""

import hashlib
from collections.abc import Mapping, Sequence

from docextract.training.data.examples import Example


def split_by_group(
    examples: Sequence[Example], *, share: float = 0.1, seed: int = 0
) -> tuple[list[Example], list[Example]]:
    """Split into (training, held out), each in the order given; independent of that order.

    Each source gives about `share` of its examples: its groups are gone through in an order that
    the seed and their names fix, and taken while they do not exceed the share. A source of two
    groups or more always gives its smallest one at least, as long as no source before it (by
    name) has decided on all of them: a group of several sources is on one side with all of them.

    Raises:
        ValueError: `share` is not between 0 and 1.
    """
    if not 0 <= share < 1:
        raise ValueError(f"share must be at least 0 and below 1, not {share}")
    held = _held(examples, share, seed) if share else set()
    return (
        [one for one in examples if one.group not in held],
        [one for one in examples if one.group in held],
    )


def _held(examples: Sequence[Example], share: float, seed: int) -> set[str]:
    """The groups that are held out."""
    sizes: dict[str, dict[str, int]] = {}
    for one in examples:
        groups = sizes.setdefault(one.source, {})
        groups[one.group] = groups.get(one.group, 0) + 1
    held: set[str] = set()
    kept: set[str] = set()
    for source in sorted(sizes):
        held |= _of(sizes[source], share, seed, held=held, kept=kept)
        kept |= sizes[source].keys() - held
    return held


def _of(
    groups: Mapping[str, int], share: float, seed: int, *, held: set[str], kept: set[str]
) -> set[str]:
    """The groups of one source that are held out, given what other sources have decided."""
    free = sorted(groups.keys() - held - kept, key=lambda group: _drawn(group, seed))
    most, taken = share * sum(groups.values()), set(groups.keys() & held)
    count = sum(groups[group] for group in taken)
    for group in free:
        if count + groups[group] <= most:
            taken.add(group)
            count += groups[group]
    if taken or not free or len(groups) < 2:
        return taken
    return {min(free, key=lambda group: groups[group])}


def _drawn(group: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}:{group}".encode()).digest()
