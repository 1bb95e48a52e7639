"""Agreement of an e-invoice's XML with its printed pages.

The data is what is booked, and the page what is looked at: where the two differ, somebody must
decide, and nothing here does. The record keeps what is stated, and says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from docextract.document import (
    CheckResult,
    Document,
    Issue,
    Node,
    Record,
    RecordTree,
    Row,
    Stated,
    Value,
)
from docextract.evidence.comparison import same
from docextract.schema import Check, FieldType, Schema

#: The name of the check that each stated value gets.
PAGE_RULE = "agrees with the page"
#: From this confidence on, what was read on the page is held against what is stated.
SURE = 0.8
#: Types that differ even where the stated value is printed too: a wrong amount is often another
#: amount of the same page. A date or a name read at the wrong label is so more often than wrong.
STRICT = frozenset({FieldType.MONEY})
#: Types that are worded in many ways.
WORDED = frozenset({FieldType.TEXT, FieldType.NAME, FieldType.ADDRESS})
#: Types of columns that are compared: a code or a text of a row is printed in other words.
COMPARED = frozenset({FieldType.MONEY, FieldType.NUMBER, FieldType.PERCENT, FieldType.INTEGER})
#: Terms for what stands between the amounts: allowances and charges, of all and of a line.
_BETWEEN, _IN_LINE = frozenset({"BT-107", "BT-108"}), "BG-27"


def without_adjusted(schema: Schema, stated: Stated) -> Schema:
    """The schema without the checks that stated allowances and charges rightly break.

    Rows then need not add up to the net total, nor quantity times price to a row's amount.
    """
    terms = {said.term for said in stated.values if not said.field and said.value != 0}
    kept = tuple(check for check in schema.checks if not _breaks(check, terms))
    return schema.model_copy(update={"checks": kept})


def _breaks(check: Check, terms: set[str]) -> bool:
    if check.each:
        return _IN_LINE in terms
    return bool(_BETWEEN & terms) and any("." in name for name in check.expression.names)


@dataclass(frozen=True)
class Agreement:
    """Holds the values that a document states against what was read on its pages."""

    doc: Document
    schema: Schema

    def __call__(self, record: Record, page: Record) -> tuple[Record, tuple[Issue, ...]]:
        """The record, its stated values with the outcome of `PAGE_RULE`, and where that fails.

        A value agrees where it is printed, or what was read for its field says the same. It does
        not where what was surely read says something else. Where the pages have neither, it
        cannot be told.

        Args:
            record: What is stated, and what was read where nothing is.
            page: What was read alone.
        """
        evidence = RecordTree(
            {name: self._node(name, record.evidence, page.evidence) for name in record.evidence}
        )
        return replace(record, evidence=evidence), tuple(_issues(self.doc, evidence))

    def _node(self, name: str, stated: RecordTree, seen: RecordTree) -> Node:
        """What stands for a field; what is not stated stays as it is."""
        if self.schema.fields[name].fields:
            return tuple(
                {column: self._cell(cell, others.get(column)) for column, cell in row.items()}
                for row, others in self._paired(stated.rows(name), seen.rows(name))
            )
        value = stated.value(name)
        return self._told(value, seen.value(name)) if value and value.is_stated else stated[name]

    def _cell(self, cell: Value | None, seen: Value | None) -> Value | None:
        if cell is None or not cell.is_stated:
            return cell
        is_number = self.schema.field(cell.field).type in COMPARED
        return self._told(cell, seen if is_number else None)

    def _paired(self, rows: Sequence[Row], seen: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
        """Each stated row with the one that was read in its place, where half the numbers agree."""
        others = seen if len(seen) == len(rows) else [{} for _ in rows]
        for row, other in zip(rows, others, strict=True):
            both = [(cell, other.get(name)) for name, cell in row.items()]
            told = [
                self._alike(cell, read)
                for cell, read in both
                if cell and read and self.schema.field(cell.field).type in COMPARED
            ]
            yield row, other if 2 * sum(told) >= len(told) else {}

    def _told(self, value: Value, seen: Value | None) -> Value:
        """The value with what the page, where `seen` was read for its field, says of it."""
        agrees = seen is not None and self._alike(value, seen)
        strict = self.schema.field(value.field).type in STRICT and value.row is None
        differs = seen is not None and not agrees and self._is_sure(seen)
        if seen is not None and differs and (strict or not value.spans):
            result = CheckResult(PAGE_RULE, False, _message(value, seen))
            others = [other for other in value.alternatives if other.value != seen.value]
            rivals = (replace(seen, alternatives=()), *others)
            return replace(value, checks=(*value.checks, result), alternatives=rivals)
        holds = True if agrees or value.spans else None
        return replace(value, checks=(*value.checks, CheckResult(PAGE_RULE, holds)))

    def _is_sure(self, seen: Value) -> bool:
        """Whether what was read is so for sure.

        That it breaks a check makes it no less sure: a page that was altered need not add up.
        """
        read = [
            one.confidence
            for one in self.doc.candidates
            if not one.is_stated
            and (one.field, one.row, one.value) == (seen.field, seen.row, seen.value)
        ]
        return max([seen.confidence, *read]) >= SURE

    def _alike(self, value: Value, seen: Value) -> bool:
        """Whether both say the same; a credit may be printed without its sign."""
        stated, read = value.value, seen.value
        if isinstance(stated, Decimal) and isinstance(read, Decimal):
            credit = stated < 0 or (self.doc.stated is not None and self.doc.stated.is_credit)
            return stated == read or (credit and abs(stated) == abs(read))
        ours, theirs = str(same(stated)), str(same(read))
        if self.schema.field(value.field).type in WORDED and ours and theirs:
            # A name with its legal form, an address with its country: one has the other in it.
            return ours in theirs or theirs in ours
        return ours == theirs


def _message(value: Value, seen: Value) -> str:
    name = value.field.rpartition(".")[2].replace("_", " ")
    row = f"row {value.row + 1}: " if value.row is not None else ""
    term = value.first.origin.name
    return f"{row}{name}: the XML ({term}) says {value.value}, the page says {seen.value}"


def _issues(doc: Document, evidence: RecordTree) -> Iterator[Issue]:
    """One for each value that the page contradicts, which then is its first alternative."""
    for value in evidence.values():
        for check in value.checks:
            if check.rule == PAGE_RULE and check.holds is False:
                places = doc.places_of(value.alternatives[0])
                page = places[0].page if places else None
                yield Issue("check", "mismatch", check.message, page, value.field)
