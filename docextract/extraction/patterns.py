"""Rules by regular expression, by entity and by currency sign."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from docextract.document import SourceType, Span, Stretch, Typed
from docextract.extraction.context import Case, Found
from docextract.extraction.labels.multiline import hanging
from docextract.layout.labels import fold_label
from docextract.schema import FieldSchema, FieldType

#: A currency's sign or code before or behind a number.
_SIGNED = re.compile(
    r"(?<![^\W\d_])([$€£¥₹]|[A-Z]{3}|RM|Rp)\.?\s?-?\d|\d[.,]\d\d\s?([€$£]|[A-Z]{3}\b|Euro\b)"
)
_CURRENCY = re.compile(r"\W{0,3}(?:in )?([$€£¥₹]|[A-Z]{3}\b)")
#: The part of a page that is its top, and its bottom. A judgement.
MARGIN = 0.3


def by_pattern(case: Case) -> Iterator[Found]:
    """What the patterns of a field find in the document's text."""
    for path, field in case.schema.fields.items():
        if field.type is FieldType.ROWS:
            continue
        barred = {fold_label(label) for label in field.not_anchors}
        for rank, pattern in enumerate(field.patterns, 1):
            for match in case.patterns.stretches(pattern, case.sheet.text):
                stretch = _in_column(case, match) if field.type is FieldType.TEXT else match
                raw = case.sheet.text[stretch[0] : stretch[1]]
                if fold_label(raw) in barred:
                    continue
                spans = hanging(case, stretch) if field.type is FieldType.TEXT else [stretch]
                words = " ".join(case.sheet.text[start:end] for start, end in spans)
                typed = case.type(field, " ".join(words.split()))
                if typed is not None:
                    yield case.found(path, spans, typed, f"pattern {rank}")


def _in_column(case: Case, stretch: Stretch) -> Stretch:
    """A stretch up to the gap after which its first line goes on in another column."""
    segment = case.sheet.at(stretch[0])
    goes_on = stretch[1] > segment.end and case.sheet.text[segment.end] == " "
    return (stretch[0], segment.end) if goes_on else stretch


def by_entity(case: Case) -> Iterator[Found]:
    """The entities that a field accepts, at the place where the field stands.

    Those of the trained model are left out: it is asked for the field itself.
    """
    for path, field in case.schema.fields.items():
        if not field.entities or field.type is FieldType.CURRENCY:
            continue
        fitting = [
            span
            for span in case.sheet.doc.entities
            if span.label in field.entities
            and span.origin.source is not SourceType.MODEL
            and not _of_another(case, field, span)
        ]
        chosen = _CHOICES.get(field.place, _first)(case, fitting)
        for span in chosen[:2]:
            typed = case.type(field, case.sheet.text[span.start : span.end])
            rule = f"entity {span.label} {field.place}"
            if typed is not None:
                yield case.found(path, [(span.start, span.end)], typed, rule)


def _of_another(case: Case, field: FieldSchema, span: Span) -> bool:
    """Whether an entity stands directly behind a label that is not this field's."""
    before = fold_label(case.sheet.text[case.sheet.at(span.start).start : span.start])
    return _longest(field.not_anchors, before) > _longest(field.anchors, before)


def _longest(labels: Sequence[str], before: str) -> int:
    """The length of the longest label that a text ends with; 0 where it ends with none."""
    folded = map(fold_label, labels)
    return max((len(label) for label in folded if before.endswith(label)), default=0)


def _first(case: Case, spans: Sequence[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: span.start)


def _last(case: Case, spans: Sequence[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: -span.start)


def _top(case: Case, spans: Sequence[Span]) -> list[Span]:
    return [span for span in _first(case, spans) if _height(case, span) <= MARGIN]


def _bottom(case: Case, spans: Sequence[Span]) -> list[Span]:
    return [span for span in _last(case, spans) if _height(case, span) >= 1 - MARGIN]


def _largest(case: Case, spans: Sequence[Span]) -> list[Span]:
    amount = FieldSchema(type=FieldType.MONEY)
    typed = [(case.type(amount, case.sheet.text[span.start : span.end]), span) for span in spans]
    known = [(value, span) for value, span in typed if isinstance(value, int | float) or value]
    return [span for _, span in sorted(known, key=lambda pair: -float(str(pair[0])))]


def _height(case: Case, span: Span) -> float:
    """How far down its page an entity stands, from 0 to 1."""
    place = case.sheet.doc.places(span.start, span.end)[0]
    return place.box.y / max(case.sheet.doc.pages[place.page - 1].height, 1.0)


_CHOICES: Mapping[str, Callable[[Case, Sequence[Span]], list[Span]]] = {
    "top": _top,
    "bottom": _bottom,
    "last": _last,
    "largest": _largest,
}


def by_sign(case: Case) -> Iterator[Found]:
    """The currency that most of the document's amounts name, by code or by sign."""
    for path, field in case.schema.fields.items():
        if field.type is not FieldType.CURRENCY:
            continue
        found = _typed(case, field, _signed(case)) or _typed(case, field, _in_labels(case))
        ranked = sorted(found, key=lambda code: -len(found[code]))
        for code in ranked[:2]:
            yield case.found(path, found[code][:1], code, "sign")


def _typed(case: Case, field: FieldSchema, spans: Iterable[Stretch]) -> dict[Typed, list[Stretch]]:
    """Currency -> where it is named."""
    found: dict[Typed, list[Stretch]] = {}
    for span in spans:
        typed = case.type(field, case.sheet.text[span[0] : span[1]])
        if typed is not None:
            found.setdefault(typed, []).append(span)
    return found


def _signed(case: Case) -> Iterator[Stretch]:
    """Codes and signs before or behind a number."""
    for match in _SIGNED.finditer(case.sheet.text):
        yield match.span(match.lastindex or 0)


def _in_labels(case: Case) -> Iterator[Stretch]:
    """Codes and signs right behind the label of an amount: "Total EUR", "Net amount (£)"."""
    for anchor in case.anchors:
        if case.schema.field(anchor.path).type is FieldType.MONEY:
            match = _CURRENCY.match(case.sheet.text, anchor.end, anchor.segment.end)
            if match:
                yield match.span(1)
