"""A record, as it stands in records.jsonl -> what there is to say of each of its values.

Whatever comes from the document is made harmless here, once: no control character, no mark that
turns the direction of print. Both the terminal and the page show what stands in these classes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from docextract.document import Box, Place
from docextract.explain.reasons import by, why_lost
from docextract.explain.terms import in_words
from docextract.export.columns import clean
from docextract.show import Json

#: Marks that turn the direction of print, and could make a value look like another.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Checked(NamedTuple):
    """A check and its outcome: None where it could not be told."""

    rule: str
    holds: bool | None
    message: str


@dataclass(frozen=True)
class Found:
    """A value as it was read: typed, printed, where, how surely and by whom.

    `spans` are offsets in code points of the document's text, `places` boxes in points.
    """

    value: str
    text: str
    page: int | None
    spans: tuple[tuple[int, int], ...]
    places: tuple[Place, ...]
    confidence: float
    by: str

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
    checks: tuple[Checked, ...] = ()
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
    """Every value of a record, in the schema's order; a field without one has an entry too."""
    data, evidence = record["data"] or {}, record["evidence"] or {}
    return tuple(
        one for name, value in data.items() for one in _field(name, value, evidence, record)
    )


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


def places(found: Json) -> tuple[Place, ...]:
    """Its boxes, as the record has them."""
    return tuple(
        Place(box["page"], Box(*(float(box[side]) for side in ("x0", "top", "x1", "bottom"))))
        for box in found["boxes"]
    )


def told(issue: Json) -> str:
    """What an issue says."""
    page = f" (page {issue['page']})" if issue["page"] else ""
    return plain(f"{issue['category']}{page}: {issue['message']}")


def _field(name: str, value: Any, evidence: Json, record: Json) -> Iterator[Explained]:
    proof = evidence.get(name)
    if not isinstance(value, list):
        yield _one(Explained(name), value, proof, record)
        return
    if not value:
        yield Explained(name, issues=_issues(record, name))
    proofs = proof or [None] * len(value)
    for number, (one, leaf) in enumerate(zip(value, proofs, strict=True), 1):
        if not isinstance(one, Mapping):
            yield _one(Explained(name, number), one, leaf, record)
            continue
        for column, cell in one.items():
            place = Explained(name, number, column)
            yield _one(place, cell, leaf and leaf.get(column), record)


def _one(place: Explained, value: Any, leaf: Json | None, record: Json) -> Explained:
    checks, rivals = (leaf["checks"], leaf["alternatives"]) if leaf else ((), ())
    review = tuple(plain(reason) for reason in (leaf or {}).get("review_reasons", ()))
    return Explained(
        place.name,
        place.row,
        place.column,
        value=plain(value),
        found=_found(value, leaf) if leaf else None,
        checks=tuple(
            Checked(plain(one["rule"]), one["holds"], plain(one["message"])) for one in checks
        ),
        rivals=tuple(
            Rival(
                _found(rival["value"], rival),
                plain(why_lost(place.name, rival, leaf or {}, record["data"])),
            )
            for rival in rivals
        ),
        issues=(
            *_issues(record, place.name, place.row if place.column else None),
            *(f"for review: {reason}" for reason in review),
        ),
        review=review,
        terms=tuple(map(plain, in_words((leaf or {}).get("terms", {})))),
    )


def _found(value: Any, leaf: Json) -> Found:
    return Found(
        value=plain(value),
        text=plain(leaf["text"]),
        page=leaf["page"],
        spans=tuple((start, end) for start, end in leaf["spans"]),
        places=places(leaf),
        confidence=float(leaf["confidence"]),
        by=plain(by(leaf["origin"])),
    )


def _issues(record: Json, name: str, row: int | None = None) -> tuple[str, ...]:
    """The issues of a field; of a cell those of its row, which begin with the row's number."""
    mine = [issue for issue in record["issues"] if issue["field"] == name]
    if row is not None:
        mine = [issue for issue in mine if issue["message"].startswith(f"row {row}:")]
    return tuple(map(told, mine))
