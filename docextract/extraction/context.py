"""Extraction context: one document under one schema, with its segments, labels and conventions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from docextract.document import Origin, SourceType, Stretch, Typed, Value
from docextract.extraction.timed_regex import Patterns
from docextract.extraction.value_shapes import pieces
from docextract.layout.labels import Anchor, LabelLexicon
from docextract.layout.segments import Segment, Sheet
from docextract.schema import FieldSchema, FieldType, Schema
from docextract.values import locale, typed

#: A value and where it is printed.
Reading = tuple[Stretch, Typed]

#: Types whose value is whatever words stand in the right place: nothing in their form tells.
FREE = frozenset({FieldType.TEXT, FieldType.NAME, FieldType.ADDRESS, FieldType.CHOICE})


class Found(NamedTuple):
    """A value that a rule found, and how."""

    path: str
    spans: tuple[Stretch, ...]
    raw: str
    value: Typed
    origin: Origin
    row: int | None = None


@dataclass(frozen=True)
class Case:
    """A document cut into segments, its schema, and the labels of the schema's fields in it.

    The lexicon is the schema's. Labels are looked for when the first rule asks for one.
    """

    sheet: Sheet
    schema: Schema
    lexicon: LabelLexicon
    patterns: Patterns = field(default_factory=Patterns)
    #: What dates of the past are not after.
    today: date = field(default_factory=date.today)

    @cached_property
    def convention(self) -> locale.Convention:
        """How the document writes days and decimals, as far as all of its text tells."""
        return locale.infer_convention([self.sheet.text])

    @property
    def anchors(self) -> Sequence[Anchor]:
        """The labels of fields, in reading order."""
        return self._found[0]

    @property
    def labels(self) -> frozenset[int]:
        """Offsets at which a segment begins with a label of some field."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[list[Anchor], frozenset[int]]:
        return self.lexicon.find(self.sheet)

    @cached_property
    def _by_segment(self) -> dict[int, list[Anchor]]:
        found: dict[int, list[Anchor]] = {}
        for anchor in self.anchors:
            found.setdefault(anchor.segment.start, []).append(anchor)
        return found

    def anchors_in(self, segment: Segment) -> list[Anchor]:
        """The labels within a segment, in reading order."""
        return self._by_segment.get(segment.start, [])

    def labelled(self, segment: Segment) -> bool:
        """Whether a segment begins with a label, so that it is no value of another."""
        return segment.start in self.labels

    def words(self, stretch: Stretch) -> str:
        """The words of a stretch on one line."""
        return " ".join(self.sheet.text[stretch[0] : stretch[1]].split())

    def type(self, wanted: FieldSchema, raw: str) -> Typed | None:
        """The typed value of printed words, or None where they are not of the field's type."""
        found = typed.parse_value(
            wanted.type,
            raw,
            day_first=self.convention.day_first,
            decimal=self.convention.decimal,
            latest=self.latest(wanted),
            choices=wanted.choices,
        )
        fits = not wanted.format or re.fullmatch(wanted.format, str(found))
        return found if fits else None

    def others(self, wanted: FieldSchema, value: Value) -> tuple[Typed, ...]:
        """What else the words of a value can mean, where the document does not settle it."""
        found = typed.possible_values(
            wanted.type,
            value.raw,
            day_first=self.convention.day_first,
            decimal=self.convention.decimal,
            latest=self.latest(wanted),
        )
        return tuple(one for one in found if one != value.value) if value.value in found else ()

    def latest(self, wanted: FieldSchema) -> date | None:
        """The day that dates of a field are not after, if its schema says so."""
        return self.today if wanted.past else None

    def readings(self, wanted: FieldSchema, stretch: Stretch) -> Iterator[Reading]:
        """Every value of the field's type within a stretch of the text, in order."""
        base = stretch[0]
        for start, end in pieces(wanted.type, self.sheet.text[base : stretch[1]]):
            found = self.type(wanted, self.sheet.text[base + start : base + end])
            if found is not None:
                yield (base + start, base + end), found

    def found(
        self, path: str, spans: Sequence[Stretch], value: Typed, rule: str, *, label: str = ""
    ) -> Found:
        """What `rule` found for the field at `path`.

        Args:
            path: The field's.
            spans: Where the words stand.
            value: What they say.
            rule: Its name, then its traits: "label right, short".
            label: The printed words that led there, quoted.
        """
        raw = "\n".join(self.sheet.text[start:end] for start, end in spans)
        name, *traits = rule.split(", ")
        origin = Origin(SourceType.RULE, name, tuple(traits), label)
        return Found(path, tuple(spans), raw, value, origin)
