"""Runs the patterns of a schema, which may be a user's, for a limited time."""

import logging
from itertools import islice

import regex  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

#: Seconds that one pattern may take on one text.
PATIENCE = 1.0
#: Matches of one pattern that are looked at.
MATCHES = 20


def stretches(pattern: str, text: str) -> list[tuple[int, int]]:
    """Where the pattern's group "value", else its first group, else all of it, matches.

    What was found until the time was over, at most MATCHES.
    """
    found: list[tuple[int, int]] = []
    try:
        for match in islice(regex.finditer(pattern, text, timeout=PATIENCE), MATCHES):
            group = "value" if "value" in match.groupdict() else int(bool(match.groups()))
            start, end = match.span(group)
            if end > start:
                found.append((start, end))
    except TimeoutError:
        _late(pattern)
    return found


def full_match(pattern: str, text: str) -> dict[str, tuple[int, int]]:
    """Where the named groups are when the pattern matches all of the text; else nothing."""
    try:
        match = regex.fullmatch(pattern, text, timeout=PATIENCE)
    except TimeoutError:
        _late(pattern)
        return {}
    names = match.groupdict() if match else {}
    return {name: match.span(name) for name, part in names.items() if part}


def _late(pattern: str) -> None:
    log.warning("a pattern took more than %.0f s on a document: %s", PATIENCE, pattern)
