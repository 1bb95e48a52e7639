"""Form fields as a source of candidates: the file itself says which value stands where."""

from collections.abc import Iterator, Sequence

from docextract.document import Box, FormField, Place, Typed, Value
from docextract.schema import FieldSchema, FieldType
from docextract.stages.agreement import shared
from docextract.stages.case import Case, Stretch
from docextract.stages.form_names import Names

#: How many line heights right of its button the label of a choice may begin.
_REACH = 3.0

#: Signs of a field's name that its values' origin tells.
_NAMED = 80

#: A form field with the number of its page.
_Seen = tuple[int, FormField]


def by_form(case: Case) -> Iterator[Value]:
    """The values of the form fields whose names say that they are a field of the schema.

    Where several say so and hold different values, each is trusted by its part.
    """
    seen = [(page.number, field) for page in case.sheet.doc.pages for field in page.form_fields]
    if not seen:
        return
    names = Names(case.schema)
    found: list[Value] = []
    for group in _grouped(seen):
        meaning = names.meaning(group[0][1])
        for path in meaning.paths:
            found += _values(case, path, group, meaning.confidence)
    yield from shared(case.schema, found)


def _grouped(seen: Sequence[_Seen]) -> Iterator[list[_Seen]]:
    """Boxes to tick that share a name are one question; every other field is one by itself."""
    groups: dict[object, list[_Seen]] = {}
    for at, (page, field) in enumerate(seen):
        key = field.name if field.name and field.checked is not None else at
        groups.setdefault(key, []).append((page, field))
    yield from groups.values()


def _values(case: Case, path: str, group: Sequence[_Seen], confidence: float) -> Iterator[Value]:
    wanted = case.schema.field(path)
    for page, field in group:
        alone = len(group) == 1 and field.kind == "checkbox"
        if alone and wanted.type is FieldType.BOOLEAN:
            said: Sequence[tuple[str, Typed | None]] = [(_mark(field), bool(field.checked))]
        elif field.checked is None:
            said = [(field.value, case.type(wanted, field.value) if field.value.strip() else None)]
        else:
            said = _chosen(case, page, field, group, wanted) if field.checked else []
        for raw, value in said:
            if value is not None:
                yield _value(case, path, raw, value, page, field, confidence)
                break


def _mark(field: FormField) -> str:
    return "[x]" if field.checked else "[ ]"


def _chosen(
    case: Case, page: int, field: FormField, group: Sequence[_Seen], wanted: FieldSchema
) -> list[tuple[str, Typed | None]]:
    """What a ticked box stands for: the words printed beside it, else what the file calls it."""
    others = [other.box for number, other in group if number == page and other is not field]
    names = [_beside(case, page, field.box, others), field.value]
    return [(name, case.type(wanted, name)) for name in names if name]


def _beside(case: Case, page: int, box: Box, others: Sequence[Box]) -> str:
    """The segment printed right of a box to tick, up to the next box of the question."""
    level = case.sheet.between(page, box.top, box.bottom)
    right = sorted((one for one in level if one.box.x0 >= box.x), key=lambda one: one.box.x0)
    if not right or right[0].box.x0 - box.x1 > _REACH * right[0].height:
        return ""
    ends = [other.x0 for other in others if other.x0 > box.x1 and _level(other, box)]
    end = min(ends, default=float("inf"))
    return " ".join(placed.word.text for placed in right[0].words if placed.word.box.x < end)


def _level(a: Box, b: Box) -> bool:
    return a.top < b.bottom and b.top < a.bottom


def _value(
    case: Case, path: str, raw: str, value: Typed, page: int, field: FormField, confidence: float
) -> Value:
    spans = _printed(case, page, field)
    places = () if spans else (Place(page, field.box),)
    name = " ".join((field.name or field.tooltip).split())[:_NAMED]
    origin = f"form:{name}"
    return Value(path, raw, value, confidence, spans, origin, places=places)


def _printed(case: Case, page: int, field: FormField) -> tuple[Stretch, ...]:
    """The words on the page that stand in a field to be filled in, a stretch for each line."""
    if field.checked is not None:
        return ()
    box = field.box
    lines: dict[int, Stretch] = {}
    for segment in case.sheet.between(page, box.top, box.bottom):
        for placed in segment.words:
            if box.contains(placed.word.box.x, placed.word.box.y):
                start, end = lines.get(placed.line, (placed.start, placed.end))
                lines[placed.line] = (min(start, placed.start), max(end, placed.end))
    return tuple(sorted(lines.values()))
