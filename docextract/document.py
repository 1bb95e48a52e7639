"""The nouns: what every stage takes and returns.

Units, everywhere: boxes in PDF points (1/72 inch), origin top-left, y down, of the page as it
is read (turned upright and deskewed); offsets in code points of `Document.text`; pages from 1;
confidence in [0, 1].
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, NamedTuple, Self

from docextract.errors import Category

#: What a field's value can be once it is typed.
Typed = str | int | bool | Decimal | date | time


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, origin top-left, y down."""

    x0: float
    top: float
    x1: float
    bottom: float

    def __post_init__(self) -> None:
        if self.x1 < self.x0 or self.bottom < self.top:
            raise ValueError(f"box is inside out: {self}")

    def __reduce__(self) -> tuple[Any, ...]:
        # Thousands of boxes and words travel between processes with each document. A slotted
        # dataclass packs in 3.7 and unpacks in 2.4 times the time that this takes.
        return Box, (self.x0, self.top, self.x1, self.bottom)

    def __or__(self, other: "Box") -> "Box":
        """The smallest box that covers both."""
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )

    @property
    def width(self) -> float:
        """In points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """In points."""
        return self.bottom - self.top

    @property
    def x(self) -> float:
        """The horizontal centre, in points."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """The vertical centre, in points."""
        return (self.top + self.bottom) / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether the point (x, y), in points, lies inside or on the border."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word. `text` has no white space; `confidence` is the OCR engine's, else 1."""

    text: str
    box: Box
    confidence: float = 1.0

    def __reduce__(self) -> tuple[Any, ...]:
        return Word, (self.text, self.box, self.confidence)  # for the same reason


#: Words of one printed line, left to right.
Line = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells found on a page; the words of a cell are those whose centre lies in it.

    `rows[r][c]` is a cell's box; None where a merged cell covers the place.
    """

    rows: tuple[tuple[Box | None, ...], ...]

    @property
    def box(self) -> Box:
        """The smallest box that covers all cells."""
        cells = [cell for row in self.rows for cell in row if cell]
        box = cells[0]
        for cell in cells[1:]:
            box |= cell
        return box


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a fillable form as the file holds it: one box that is typed into or ticked.

    `name` is the full one, parents first ("form1[0].Total[0]"), and `tooltip` what a person is
    told about the field. `value` is what was typed or chosen (a line for each of several), of a
    box to tick what a tick stands for. `checked` is None but for those; the radio buttons of a
    group share a name. `options` are what a choice offers.
    """

    name: str
    kind: Literal["text", "checkbox", "radio", "choice"]
    value: str
    box: Box
    tooltip: str = ""
    checked: bool | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A barcode that was decoded: its format ("qr", "datamatrix", "ean13", ...) and text."""

    format: str
    text: str
    box: Box


#: `Page.read_by` of a page whose words only OCR can give, and which no engine has seen yet.
WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Page:
    """One page, upright: its words in lines in reading order, and how they were read.

    `read_by` is "text-layer", an OCR engine's name, a format's name ("docx", "html", ...),
    or `WAITING`. `reason` says why that way was taken ("no text layer", "garbled text layer:
    ..."). `rotation` is the clockwise turn (0, 90, 180, 270) that made the source upright and
    `skew` the further clockwise turn in degrees that made its lines level. What stands in form
    fields to be read is among the words too; ticks are only in `form_fields`, since a mark
    between the words would come between labels and their values.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    read_by: str = "text-layer"
    reason: str = ""
    rotation: int = 0
    skew: float = 0.0
    tables: tuple[Table, ...] = ()
    form_fields: tuple[FormField, ...] = ()
    codes: tuple[Code, ...] = ()


class Placed(NamedTuple):
    """A word and where it stands: offset of its first code point, page and line number.

    Pages count from 1; lines count from 0 through the whole document.
    """

    start: int
    page: int
    line: int
    word: Word

    @property
    def end(self) -> int:
        """Offset after its last code point."""
        return self.start + len(self.word.text)


class Place(NamedTuple):
    """A box on a page."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of `Document.text`, and who found it."""

    start: int
    end: int
    label: str
    confidence: float
    origin: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of document this is.

    `label` is a schema's name or "unknown"; `runners_up` are (label, confidence) pairs, best
    first; `words` are the stretches of text that decided; `origin` names the model and rules.
    """

    label: str
    confidence: float
    runners_up: tuple[tuple[str, float], ...] = ()
    words: tuple[Span, ...] = ()
    origin: str = ""


UNKNOWN = "unknown"

#: How the origin of a value begins that a file states as data; its term follows.
STATED = "xml:"


@dataclass(frozen=True, slots=True)
class Statement:
    """A value that a file states as data, beside what it prints: of an e-invoice's XML.

    `field` and `row` are as in `Value`; `term` is the value's name in the data's own standard
    ("BT-112"). `parts` are the elements that state it, in the file's order: (name, text).
    """

    term: str
    field: str
    value: Typed
    parts: tuple[tuple[str, str], ...]
    row: int | None = None

    @property
    def raw(self) -> str:
        """As the elements have it."""
        return " ".join(text for _, text in self.parts)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file states as data, which makes it a document of this kind.

    `file` names the attachment that holds the data; "" when it is the document itself.
    `reason` is what says so ("xml:BT-3 380"). `is_credit`: its amounts are paid back, and may
    be printed with the other sign.
    """

    kind: str
    reason: str
    file: str
    values: tuple[Statement, ...]
    is_credit: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check that spoke for or against a value. `holds` is None where it could not be told."""

    rule: str
    holds: bool | None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one field, with the evidence for it.

    `field` is the schema's path ("total", "line_items.amount"); `row` counts the rows of a
    nested field from 0. `spans` are (start, end) offsets of the words it was read from, in
    reading order; `places` are the boxes of what is no word, a ticked box or a barcode. Both are
    empty only for a `Statement` that is not printed, whose origin is "xml:" and its term: a value
    that can be traced to neither words nor places nor data does not exist. `parts` are (name, text)
    pairs of what a value consists of: an address's street and city. `score` is the confidence
    before a table turned it into the share of such values that are right; None where none did.
    `review` is why a person must look at the value: nothing for one that is accepted, None where
    nobody asked which are.
    """

    field: str
    raw: str
    value: Typed
    confidence: float
    spans: tuple[tuple[int, int], ...]
    origin: str
    row: int | None = None
    alternatives: tuple["Value", ...] = ()
    checks: tuple[CheckResult, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()
    score: float | None = None
    review: tuple[str, ...] | None = None

    @property
    def is_stated(self) -> bool:
        """Whether the file states it as data, so that it is certain."""
        return self.origin.startswith(STATED)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a person should know: a page that could not be read, a check that failed.

    `stage` is where it came up (read, classify, entities, fields, check). `category` is a
    `Category` for what went wrong with the file, else a short word such as "missing" or "check".
    """

    stage: str
    category: Category | str
    message: str
    page: int | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """How much of a record can go on without a person, who wants `target` of its values right.

    `values` counts those of the record and `accepted` those that are taken as they are. `fields`
    need a look: paths of fields, and the category of an issue that is no field's; "kind" where
    nothing was found. None: the document passes untouched. Of `unreachable` fields no value is
    ever sure enough.
    """

    target: float
    values: int
    accepted: int
    fields: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """The result: `data` has exactly the schema's shape, `evidence` the same shape.

    Leaves of `data` are typed values or None; leaves of `evidence` are `Value` or None; a
    field with `many` is a list in both and rows are lists of mappings. `review` is None where
    nobody asked which values are accepted.
    """

    schema: str
    version: str
    data: Mapping[str, Any]
    evidence: Mapping[str, Any]
    review: Review | None = None


@dataclass(frozen=True)
class Document:
    """A document, one part fuller after each stage. Never edited: `add` gives a new one.

    `name` is its path relative to the input, with forward slashes; an attachment's or archive
    member's is the container's path, a slash and the member's name.
    """

    name: str
    sha256: str = ""
    media_type: str = ""
    pages: tuple[Page, ...] = ()  # by read
    stated: Stated | None = None  # by read
    kind: Kind | None = None  # by classify
    entities: tuple[Span, ...] = ()  # by entities
    candidates: tuple[Value, ...] = ()  # by fields
    record: Record | None = None  # by check
    issues: tuple[Issue, ...] = field(default=())  # by any

    def add(
        self,
        *,
        kind: Kind | None = None,
        entities: tuple[Span, ...] | None = None,
        candidates: tuple[Value, ...] | None = None,
        record: Record | None = None,
        issues: tuple[Issue, ...] = (),
    ) -> Self:
        """The same document with these parts filled in; `issues` are appended."""
        made = replace(
            self,
            kind=kind or self.kind,
            entities=self.entities if entities is None else entities,
            candidates=self.candidates if candidates is None else candidates,
            record=record or self.record,
            issues=(*self.issues, *issues),
        )
        # The pages are the same, so what is derived from them is too: hand it on, not redo it.
        for name in ("words", "text", "_starts"):
            if name in self.__dict__:
                made.__dict__[name] = self.__dict__[name]
        return made

    @cached_property
    def words(self) -> tuple[Placed, ...]:
        """Every word with its place, in reading order."""
        placed: list[Placed] = []
        at = line_number = 0
        for page in self.pages:
            for line in page.lines:
                for word in line:
                    placed.append(Placed(at, page.number, line_number, word))
                    at += len(word.text) + 1
                line_number += 1
        return tuple(placed)

    @cached_property
    def text(self) -> str:
        r"""The words: one space apart, lines apart by "\n", pages by "\f"."""
        pages = (
            "\n".join(" ".join(word.text for word in line) for line in page.lines if line)
            for page in self.pages
        )
        return "\f".join(text for text in pages if text)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(placed.start for placed in self.words)

    def numbers(self, start: int, end: int) -> tuple[int, int]:
        """The words [first, last) that overlap the stretch [start, end) of the text."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        if first < last and self.words[first].end <= start:
            first += 1  # the stretch begins in the space after that word
        return first, max(first, last)

    def words_of(self, start: int, end: int) -> tuple[Placed, ...]:
        """The words that overlap the stretch [start, end) of the text."""
        return self.words[slice(*self.numbers(start, end))]

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """Where the stretch [start, end) is printed: one box a line, in reading order."""
        found: dict[int, Place] = {}
        for _, page, line, word in self.words_of(start, end):
            box = found[line].box | word.box if line in found else word.box
            found[line] = Place(page, box)
        return tuple(found.values())

    def places_of(self, value: Value) -> tuple[Place, ...]:
        """Where a value stands: a box for each line of its words, then those of no words."""
        printed = (place for span in value.spans for place in self.places(*span))
        return (*printed, *value.places)


class Status(StrEnum):
    """How a document ended."""

    SUCCESS = "success"
    PARTIAL = "partial"  # some pages could not be read; the rest is in the record
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Result:
    """What became of one document: errors are data, so a run goes on past bad ones.

    `document` is None when reading it failed; `errors` then says why. `seconds` is the time
    spent on it, over all processes.
    """

    name: str
    status: Status
    document: Document | None = None
    errors: tuple[Issue, ...] = ()
    seconds: float = 0.0

    @property
    def record(self) -> Record | None:
        """The record, or None when there is none."""
        return self.document.record if self.document else None
