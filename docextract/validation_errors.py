"""Messages for validation errors in TOML files, with line numbers.

Python's TOML parser gives values and forgets their lines, so keys are looked for once more.
"""

import re
from collections import Counter
from collections.abc import Sequence

from pydantic import ValidationError

#: "[fields.total]" and "[[checks]]"; their keys are bare in our files.
_HEADER = re.compile(r"\s*(?P<open>\[{1,2})\s*(?P<path>[\w.\- ]+?)\s*\]{1,2}\s*(?:#.*)?")
_KEY = re.compile(r"\s*\"?(?P<name>[\w\-]+)\"?\s*[=.]")


class UnknownNameError(ValueError):
    """A reference to a name that is not defined; `place` is the path of keys to the reference."""

    def __init__(self, message: str, *place: str | int) -> None:
        super().__init__(message)
        self.place = place


def format_validation_error(error: ValidationError, toml: str = "") -> str:
    """The errors that pydantic found, without links and input dumps, separated by semicolons.

    Args:
        error: Of a model that was made of a file.
        toml: The file's text, if it is TOML: then each message begins with its line.
    """
    found = []
    for item in error.errors(include_url=False, include_input=False):
        where = ".".join(str(part) for part in item["loc"])
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = "no such key"
        cause = item.get("ctx", {}).get("error")
        place = cause.place if isinstance(cause, UnknownNameError) else item["loc"]
        line = line_number(toml, place)
        text = f"{where}: {message}" if where else message
        found.append(f"line {line}: {text}" if line else text)
    return "; ".join(found)


def line_number(text: str, place: Sequence[str | int]) -> int | None:
    """The line number, from 1, of the key at `place`; None where it has no line of its own.

    Args:
        text: A TOML file that can be read.
        place: Keys from the outermost in, and places in lists: ("checks", 1, "rule"). What is
            deeper than a line (an element of a list) has the line of what it is in.
    """
    best: tuple[int, int] | None = None
    table: tuple[str | int, ...] = ()
    seen: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.fullmatch(line):
            names = tuple(part.strip() for part in header["path"].split("."))
            table = names
            if header["open"] == "[[":
                table = (*names, seen[header["path"]])
                seen[header["path"]] += 1
            here = table
        elif key := _KEY.match(line):
            here = (*table, key["name"])
        else:
            continue
        if here == tuple(place[: len(here)]) and (best is None or len(here) > best[0]):
            best = (len(here), number)
    return best[1] if best else None
