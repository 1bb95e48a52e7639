"""A document: its pages, what its file states, and what each stage adds."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, Self

from docextract.document.geometry import Place
from docextract.document.page import Page, Word
from docextract.document.provenance import Origin, Typed
from docextract.document.record import Record
from docextract.document.value import Value
from docextract.errors import Category


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


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of `Document.text`, and who found it."""

    start: int
    end: int
    label: str
    confidence: float
    origin: Origin


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
