"""Candidates from the fields of a fillable PDF form."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from docextract.document import (
    Box,
    Evidence,
    FormField,
    Origin,
    Place,
    SourceType,
    Stretch,
    Typed,
    Value,
)
from docextract.extraction.context import Case
from docextract.extraction.structured.acroform_names import Names
from docextract.extraction.structured.acroform_rows import cells
from docextract.extraction.structured.shared_confidence import shared
from docextract.schema import FieldSchema, FieldType

#: How many line heights right of its button the label of a choice may begin.
_REACH = 3.0

#: Signs of a field's name that its values' origin tells.
_NAMED = 80


class _Seen(NamedTuple):
    """A form field and the number of its page."""

    page: int
    field: FormField

    @property
    def box(self) -> Box:
        return self.field.box

    @property
    def origin(self) -> Origin:
        name = self.field.name or self.field.tooltip
        return Origin(SourceType.FORM, " ".join(name.split())[:_NAMED])


def by_form(case: Case) -> Iterator[Value]:
    """The values of the form fields whose names say that they are a field of the schema.

    Where several say so and hold different values, each is trusted by its part.
    """
    seen = _seen(case)
    if not seen:
        return
    names = Names(case.schema)
    in_tables = cells(case.schema, (one.field for one in seen))
    found: list[Value] = []
    for group in _grouped([one for one in seen if one.field not in in_tables]):
        meaning = names.meaning(group[0].field)
        for path in meaning.paths:
            found += _values(case, path, group, meaning.confidence)
    yield from shared(case.schema, found)


def by_form_rows(case: Case) -> Iterator[Value]:
    """The values of the form fields that are the cells of a table."""
    seen = _seen(case)
    in_tables = cells(case.schema, (one.field for one in seen))
    for one in seen:
        if (cell := in_tables.get(one.field)) and cell.row >= 0:
            for value in _values(case, cell.path, [one], cell.confidence):
                yield replace(value, row=cell.row)


def _seen(case: Case) -> list[_Seen]:
    pages = case.sheet.doc.pages
    return [_Seen(page.number, field) for page in pages for field in page.form_fields]


def _grouped(seen: Sequence[_Seen]) -> Iterator[list[_Seen]]:
    """Boxes to tick that share a name are one question; every other field is one by itself."""
    groups: dict[object, list[_Seen]] = {}
    for at, one in enumerate(seen):
        is_tick = one.field.checked is not None and one.field.name
        groups.setdefault(one.field.name if is_tick else at, []).append(one)
    yield from groups.values()


def _values(case: Case, path: str, group: Sequence[_Seen], confidence: float) -> Iterator[Value]:
    """What the fields of one question say, each at most one thing."""
    wanted = case.schema.field(path)
    for one in group:
        for raw, value in _said(case, wanted, one, group):
            if value is not None:
                spans = _printed(case, one)
                places = () if spans else (Place(one.page, one.box),)
                said = Evidence(one.origin, value, raw, spans)
                yield Value.found(path, said, confidence, places=places)
                break


def _said(
    case: Case, wanted: FieldSchema, one: _Seen, group: Sequence[_Seen]
) -> list[tuple[str, Typed | None]]:
    """What a field says and its typed value, best first."""
    field = one.field
    if field.checked is None:
        return [(field.value, case.type(wanted, field.value))] if field.value.strip() else []
    if len(group) == 1 and field.kind == "checkbox" and wanted.type is FieldType.BOOLEAN:
        return [("[x]" if field.checked else "[ ]", field.checked)]
    # A tick stands for the words beside it, or for what the file calls it.
    names = [_beside(case, one, group), field.value] if field.checked else []
    return [(name, case.type(wanted, name)) for name in names if name]


def _beside(case: Case, one: _Seen, group: Sequence[_Seen]) -> str:
    """The segment printed right of a box to tick, up to the next box of the question."""
    box = one.box
    level = case.sheet.between(one.page, box.top, box.bottom)
    right = sorted((other for other in level if other.box.x0 >= box.x), key=lambda s: s.box.x0)
    if not right or right[0].box.x0 - box.x1 > _REACH * right[0].height:
        return ""
    others = [other.box for other in group if other.page == one.page]
    end = min((o.x0 for o in others if o.x0 > box.x1 and _level(o, box)), default=math.inf)
    return " ".join(placed.word.text for placed in right[0].words if placed.word.box.x < end)


def _level(a: Box, b: Box) -> bool:
    return a.top < b.bottom and b.top < a.bottom


def _printed(case: Case, one: _Seen) -> tuple[Stretch, ...]:
    """The words on the page that stand in a field to be filled in, a stretch for each line."""
    if one.field.checked is not None:
        return ()
    lines: dict[int, Stretch] = {}
    for segment in case.sheet.between(one.page, one.box.top, one.box.bottom):
        for placed in segment.words:
            if one.box.contains(placed.word.box.x, placed.word.box.y):
                start, end = lines.get(placed.line, (placed.start, placed.end))
                lines[placed.line] = (min(start, placed.start), max(end, placed.end))
    return tuple(sorted(lines.values()))
