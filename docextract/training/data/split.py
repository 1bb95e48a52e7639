"""Held-out split by groups: examples of one group are never on both sides."""

import hashlib
from collections.abc import Sequence

from docextract.training.data.examples import Example


def split_by_group(
    examples: Sequence[Example], *, share: float = 0.1, seed: int = 0
) -> tuple[list[Example], list[Example]]:
    """Split into (training, held out), each in the order given; independent of that order.

    Each source gives about `share` of its examples: its groups are gone through in an order that
    the seed and their names fix, and taken while they do not exceed the share. A source of two
    groups or more always gives its smallest one at least.

    Raises:
        ValueError: `share` is not between 0 and 1.
    """
    if not 0 <= share < 1:
        raise ValueError(f"share must be at least 0 and below 1, not {share}")
    held = _held(examples, share, seed) if share else set()
    return (
        [one for one in examples if (one.source, one.group) not in held],
        [one for one in examples if (one.source, one.group) in held],
    )


def _held(examples: Sequence[Example], share: float, seed: int) -> set[tuple[str, str]]:
    sizes: dict[str, dict[str, int]] = {}
    for one in examples:
        groups = sizes.setdefault(one.source, {})
        groups[one.group] = groups.get(one.group, 0) + 1
    return {
        (source, group) for source, groups in sizes.items() for group in _of(groups, share, seed)
    }


def _of(groups: dict[str, int], share: float, seed: int) -> list[str]:
    """The groups of one source that are held out."""
    if len(groups) < 2:
        return []
    order = sorted(groups, key=lambda group: _drawn(group, seed))
    most, taken, count = share * sum(groups.values()), [], 0
    for group in order:
        if count + groups[group] <= most:
            taken.append(group)
            count += groups[group]
    return taken or [min(order, key=lambda group: groups[group])]


def _drawn(group: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}:{group}".encode()).digest()
