"""Alternative readings: issues for values whose words can mean two things, such as 03/04.

The likelier reading is the value; the other one is kept as its alternative, and the record says
so: a guess that nobody knows of is a wrong date in somebody's books.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from docextract.document import Issue, Typed, Value, readings

#: In English, whatever the process's locale is.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def ambiguous(values: Iterable[Value]) -> list[Issue]:
    """One issue a field for its values that can be read in two ways; a table's column is one."""
    found: dict[str, list[Value]] = {}
    for value in values:
        if readings(value):
            found.setdefault(value.field, []).append(value)
    return [_issue(field, group) for field, group in found.items()]


def _issue(field: str, values: Sequence[Value]) -> Issue:
    first = values[0]
    kind = "date" if isinstance(first.value, date) else "number"
    meanings = " or ".join(dict.fromkeys(_said(one.value) for one in (first, *readings(first))))
    more = f", and {len(values) - 1} more" if len(values) > 1 else ""
    message = f"ambiguous {kind} {' '.join(first.raw.split())}: {meanings}{more}"
    return Issue("check", "ambiguous", message, field=field)


def _said(value: Typed) -> str:
    return f"{value.day} {MONTHS[value.month - 1]}" if isinstance(value, date) else str(value)
