"""Regular expressions with a time limit, for the patterns of a schema, which may be a user's."""

from itertools import islice

import regex

#: Seconds that one pattern may take on one text. The slowest of the shipped ones takes some
#: hundredths on a long contract, so that only a pattern which runs for ever gets here, however
#: busy the machine is: what is found must not depend on that.
PATIENCE = 10.0
#: Matches of one pattern that are looked at.
MATCHES = 20


class Patterns:
    """The patterns of one document's schema. Which of them ran out of time is in `late`."""

    def __init__(self) -> None:
        self.late: list[str] = []

    def stretches(self, pattern: str, text: str) -> list[tuple[int, int]]:
        """Where the pattern's group "value", else its first group, else all of it, matches.

        What was found until the time was over, at most MATCHES.
        """
        found: list[tuple[int, int]] = []
        if pattern in self.late:
            return found
        try:
            for match in islice(regex.finditer(pattern, text, timeout=PATIENCE), MATCHES):
                group = "value" if "value" in match.groupdict() else int(bool(match.groups()))
                start, end = match.span(group)
                if end > start:
                    found.append((start, end))
        except TimeoutError:
            self.late.append(pattern)
        return found

    def full_match(self, pattern: str, text: str) -> dict[str, tuple[int, int]]:
        """Where the named groups are when the pattern matches all of the text; else nothing."""
        if pattern in self.late:
            return {}
        try:
            match = regex.fullmatch(pattern, text, timeout=PATIENCE)
        except TimeoutError:
            self.late.append(pattern)
            return {}
        if match is None:
            return {}
        return {name: match.span(name) for name, part in match.groupdict().items() if part}
