"""A record, as it stands in records.jsonl -> what there is to say of each of its values.

Whatever comes from the document is made harmless here, once: no control character, no mark that
turns the direction of print. Both the terminal and the page show what stands in these classes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from docextract.document import Node, Place, RecordTree, Row, Value
from docextract.explain.reasons import Checked, corrected, found_by, values_of, why_lost
from docextract.explain.terms import in_words
from docextract.export.columns import clean
from docextract.show import Json, values

#: Marks that turn the direction of print, and could make a value look like another.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Outcome(NamedTuple):
    """A check and its outcome: None where it could not be told."""

    rule: str
    holds: bool | None
    message: str


@dataclass(frozen=True)
class Found:
    """A value as it was read: typed, printed, where, how surely and by whom.

    `spans` are offsets in code points of the document's text, `places` boxes in points. `by` is
    who found it and `steps` what corrections did, in words.
    """

    value: str
    text: str
    page: int | None
    spans: tuple[tuple[int, int], ...]
    places: tuple[Place, ...]
    confidence: float
    by: str
    steps: tuple[str, ...] = ()

    @property
    def then(self) -> str:
        """What became of it since it was found: "; then completed down to the town"."""
        return "".join(f"; then {step}" for step in self.steps)

    @property
    def on(self) -> str:
        """Its page, in words; what a file states as data may be printed nowhere."""
        return f"page {self.page}" if self.page else "on no page"

    @property
    def where(self) -> str:
        """Its page and offsets, in words; a ticked box or a barcode has no words."""
        spans = ", ".join(f"{start}-{end}" for start, end in self.spans)
        return f"{self.on}, characters {spans}" if spans else self.on


@dataclass(frozen=True)
class Rival:
    """A value that lost, and why, where that is known."""

    found: Found
    why: str


@dataclass(frozen=True)
class Explained:
    """One value of a field, or that there is none.

    `row` counts from 1: the rows of a nested field, or the values of one that can have many.
    `review` is why a person must look at it; the issues have the same. `terms` are the parts of
    the sum that decided how sure it is.
    """

    name: str
    row: int | None = None
    column: str = ""
    value: str = ""
    found: Found | None = None
    checks: tuple[Outcome, ...] = ()
    rivals: tuple[Rival, ...] = ()
    issues: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """What it is asked for by: "total", "line_items[2].amount"."""
        row = "" if self.row is None else f"[{self.row}]"
        return f"{self.name}{row}{self.column and '.'}{self.column}"


def explained(record: Json) -> tuple[Explained, ...]:
    """Every value of a record, in the schema's order; a field without one has an entry too.

    Raises ConfigError when no run wrote the record like that.
    """
    told = _Record(values(record), record)
    return tuple(one for name, node in told.tree.items() for one in told.field(name, node))


def plain(value: Any) -> str:
    """A value, or words of a document, as a line that no terminal or browser takes amiss."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    lines = [" ".join(clean(line).split()) for line in _TURNING.sub("", str(value)).splitlines()]
    return " ⏎ ".join(filter(None, lines))


def told(issue: Json) -> str:
    """What an issue says."""
    page = f" (page {issue['page']})" if issue["page"] else ""
    return plain(f"{issue['category']}{page}: {issue['message']}")


@dataclass(frozen=True)
class _Record:
    """A record: its values, and the rest as JSON has it."""

    tree: RecordTree
    json: Json

    @cached_property
    def checked(self) -> Mapping[str, Checked]:
        """Its values by the names that checks have for them."""
        return values_of(self.tree)

    def field(self, name: str, node: Node) -> Iterator[Explained]:
        """What there is to say of a field: of each of its values, of each cell."""
        if not isinstance(node, tuple):
            yield self._one(Explained(name), node)
            return
        if not node:
            yield Explained(name, issues=self._issues(name))
        parts: Sequence[Value | Row] = node
        for number, one in enumerate(parts, 1):
            if isinstance(one, Value):
                yield self._one(Explained(name, number), one)
                continue
            for column, cell in one.items():
                yield self._one(Explained(name, number, column), cell)

    def _one(self, place: Explained, value: Value | None) -> Explained:
        issues = self._issues(place.name, place.row if place.column else None)
        if value is None:
            return replace(place, issues=issues)
        review = tuple(plain(reason) for reason in value.review or ())
        return replace(
            place,
            value=plain(value.value),
            found=_found(value),
            checks=tuple(Outcome(plain(c.rule), c.holds, plain(c.message)) for c in value.checks),
            rivals=tuple(
                Rival(_found(one), plain(why_lost(one, value, self.checked)))
                for one in value.alternatives
            ),
            issues=(*issues, *(f"for review: {reason}" for reason in review)),
            review=review,
            terms=tuple(map(plain, in_words(dict(value.terms)))),
        )

    def _issues(self, name: str, row: int | None = None) -> tuple[str, ...]:
        """The issues of a field; of a cell those of its row, which begin with the row's number."""
        mine = [issue for issue in self.json["issues"] if issue["field"] == name]
        if row is not None:
            mine = [issue for issue in mine if issue["message"].startswith(f"row {row}:")]
        return tuple(map(told, mine))


def _found(value: Value) -> Found:
    first, *later = value.chain
    return Found(
        value=plain(value.value),
        text=plain(value.raw),
        page=value.places[0].page if value.places else None,
        spans=value.spans,
        places=value.places,
        confidence=value.confidence,
        by=plain(found_by(first)),
        steps=tuple(plain(corrected(one)) for one in later),
    )
