"""Whoever is said to have found or corrected a value is asked again, one by one.

`Witnesses.faults` tells what of a value's evidence does not bear being looked up in its source.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import pairwise

from docextract.document import Document, Evidence, Origin, SourceType, Step, Typed, Value
from docextract.evidence.comparison import same
from docextract.extraction.context import Case, Found
from docextract.extraction.rules import RULES
from docextract.layout.labels import LabelLexicon
from docextract.layout.segments import Sheet
from docextract.schema import FieldSchema, Schema
from docextract.values import typed
from docextract.values.identifiers import parse_gtin, parse_iban
from docextract.values.numbers import ocr_confusions
from docextract.values.payments import parse_payment

#: Sources of what is no printed word.
_UNPRINTED = (SourceType.XML, SourceType.FORM, SourceType.QR, SourceType.BARCODE)
#: The rules that correct, and what each of them does.
CORRECTIONS: Mapping[str, Step] = {
    "whole value": Step.COMPLETED,
    "down to the town": Step.COMPLETED,
    "up to the town": Step.SHORTENED,
    "behind its label": Step.SHORTENED,
    "next line": Step.COMPLETED,
    "other day order": Step.REINTERPRETED,
    "OCR look-alikes": Step.REPAIRED,
    "a digit for a digit": Step.PROPOSED,
}


@dataclass(frozen=True)
class Witnesses:
    """All that can speak for the values of one document.

    Attributes:
        doc: With its pages, entities and what its file states.
        schema: Of its kind.
        seen: What the model's stage gave for it.
    """

    doc: Document
    schema: Schema
    seen: tuple[Value, ...] = ()

    def of_record(self) -> Iterator[str]:
        """The faults of all values of the record, and of those that lost."""
        assert self.doc.record is not None
        for value in self.doc.record.evidence.values():
            for one in (value, *value.alternatives):
                yield from self.faults(one)

    def faults(self, value: Value) -> Iterator[str]:
        """What the evidence of a value claims and its source does not say."""
        name = f"{value.field} {value.value!r}"
        if value.value != value.chain[-1].value:
            yield f"{name}: its last evidence says {value.chain[-1].value!r}"
        for said, after in pairwise((*value.evidence, None)):
            # Whoever else says the same says it in the end, after corrections of its own.
            is_last = after is None or after.step is Step.FOUND
            if said and is_last and same(said.value) != same(value.value):
                yield f"{name}: {said.origin} says {said.value!r}"
        yield from self._misplaced(name, value)
        before: Evidence | None = None
        for said in value.evidence:
            if said.step is Step.FOUND:
                fault = self._found(value, said)
            else:
                fault = self._corrected(value, said, before)
            if fault:
                yield f"{name}: {said.step} by {said.origin}: {fault}"
            before = said

    def _misplaced(self, name: str, value: Value) -> Iterator[str]:
        words = self._words(value)
        if value.raw not in (words, *(said.raw for said in value.evidence)):
            yield f"{name}: nobody says the words {value.raw!r}"
        if value.spans in ((), *(said.spans for said in value.evidence)):
            return
        # What is stated or coded, and printed too, stands where others found the same.
        if value.first.origin.source not in _UNPRINTED:
            yield f"{name}: nobody found it at {value.spans}"
        elif value.is_stated and words.split() != value.raw.split():
            yield f"{name}: the words there are {words!r}"
        elif not value.is_stated and same(self.reads(value, words) or "") != same(value.value):
            yield f"{name}: {words!r} does not say so"

    def _words(self, said: Evidence | Value) -> str:
        return "\n".join(self.doc.text[start:end] for start, end in said.spans)

    def _found(self, value: Value, said: Evidence) -> str:
        source = said.origin.source
        if source is SourceType.RULE and said.origin.name in CORRECTIONS:
            return "a correction found nothing by itself"
        if source not in _UNPRINTED and (not said.spans or self._words(said) != said.raw):
            return f"the words there are {self._words(said)!r}, not {said.raw!r}"
        asked = _ASKED.get(source)
        return "" if asked and asked(self, value, said) else "the source does not say so"

    def _corrected(self, value: Value, said: Evidence, before: Evidence | None) -> str:
        if before is None:
            return "there is nothing before it that it could correct"
        if said.origin.source is not SourceType.RULE or said.origin.name not in CORRECTIONS:
            return "a correction speaks in the name of whoever found the value"
        if said.step is not CORRECTIONS[said.origin.name]:
            return "that rule does something else"
        if said.spans and self._words(said) != said.raw:
            return f"the words there are {self._words(said)!r}, not {said.raw!r}"
        if (said.value, said.spans) == (before.value, before.spans):
            return "nothing was corrected"
        is_redone = _REDONE[said.origin.name](self, value, said, before)
        return "" if is_redone else "it gives no such value"

    @cached_property
    def case(self) -> Case:
        """The document under its schema, as rules look at it."""
        return Case(Sheet(self.doc), self.schema, LabelLexicon(self.schema))

    @cached_property
    def by_rule(self) -> Sequence[Found]:
        """What each rule says, asked alone."""
        return [found for rule in RULES for found in rule(self.case)]

    def field(self, value: Value) -> FieldSchema:
        """The field of a value."""
        return self.schema.field(value.field)

    def reads(self, value: Value, text: str) -> Typed | None:
        """What the field's type reads from a text."""
        return self.case.type(self.field(value), text)


def _rule(witnesses: Witnesses, value: Value, said: Evidence) -> bool:
    traits = tuple(trait for trait in said.origin.traits if trait != "again")
    origin = replace(said.origin, traits=traits)
    wanted = (value.field, origin, said.value, said.raw, said.spans)
    return wanted in [(f.path, f.origin, f.value, f.raw, f.spans) for f in witnesses.by_rule]


def _model(witnesses: Witnesses, value: Value, said: Evidence) -> bool:
    return (value.field, said) in [(one.field, one.first) for one in witnesses.seen]


def _statement(witnesses: Witnesses, value: Value, said: Evidence) -> bool:
    stated = witnesses.doc.stated.values if witnesses.doc.stated else ()
    return any(
        (one.term, one.field, one.row, one.raw)
        == (said.origin.name, value.field, value.row, said.raw)
        and said.value in (one.value, str(one.value), witnesses.reads(value, str(one.value)))
        for one in stated
    )


def _form(witnesses: Witnesses, value: Value, said: Evidence) -> bool:
    for page in witnesses.doc.pages:
        for field in page.form_fields:
            if said.origin.name != " ".join((field.name or field.tooltip).split())[:60]:
                continue
            if said.raw == ("[x]" if field.checked else "[ ]"):
                return field.checked is not None and said.value is field.checked
            printed = " ".join(word.text for line in page.lines for word in line)
            told = said.raw == field.value or (bool(field.checked) and said.raw in printed)
            if told and witnesses.reads(value, said.raw) == said.value:
                return True
    return False


def _code(witnesses: Witnesses, value: Value, said: Evidence) -> bool:
    for page in witnesses.doc.pages:
        for code in page.codes:
            if said.origin == Origin(SourceType.BARCODE, code.format):
                texts = [parse_gtin(code.text)]
            elif (paid := parse_payment(code.text)) and said.origin == Origin(
                SourceType.QR, paid.standard
            ):
                texts = [str(part) for part in asdict(paid).values() if part is not None]
            else:
                continue
            is_read = str(said.value) == said.raw or said.value == witnesses.reads(value, said.raw)
            if said.raw in texts and is_read:
                return True
    return False


_ASKED: Mapping[SourceType, Callable[[Witnesses, Value, Evidence], bool]] = {
    SourceType.RULE: _rule,
    SourceType.MODEL: _model,
    SourceType.XML: _statement,
    SourceType.FORM: _form,
    SourceType.QR: _code,
    SourceType.BARCODE: _code,
}


def _whole(witnesses: Witnesses, value: Value, said: Evidence, before: Evidence) -> bool:
    """Another candidate is all of it."""
    del before
    return _is_of_another(witnesses, value, said)


def _bare(witnesses: Witnesses, value: Value, said: Evidence, before: Evidence) -> bool:
    """Another candidate is all of it but for its first words."""
    words, begun = str(said.value).split(), str(before.value).split()
    ends = 0 < len(words) < len(begun) and begun[-len(words) :] == words
    return ends and _is_of_another(witnesses, value, said)


def _is_of_another(witnesses: Witnesses, value: Value, said: Evidence) -> bool:
    """Whether anybody but rules of that name says so."""
    others = [one for one in witnesses.doc.candidates if one.field == value.field]
    return (said.value, said.spans) in [
        (one.value, one.spans)
        for other in others
        for one in other.evidence
        if one.origin != said.origin
    ]


def _longer(witnesses: Witnesses, value: Value, said: Evidence, before: Evidence) -> bool:
    """It goes on where the other one ends."""
    is_more = said.spans[: len(before.spans)] == before.spans and len(said.spans) > len(
        before.spans
    )
    return is_more and witnesses.reads(value, said.raw) == said.value


def _shorter(witnesses: Witnesses, value: Value, said: Evidence, before: Evidence) -> bool:
    """It lies within the other one and ends before it."""
    within = all(any(a <= x and y <= b for a, b in before.spans) for x, y in said.spans)
    ends = said.spans[-1][1] < before.spans[-1][1]
    return within and ends and witnesses.reads(value, said.raw) == said.value


def _account(witnesses: Witnesses, value: Value, said: Evidence, before: Evidence) -> bool:
    del witnesses, value
    return said.spans[:1] == before.spans and parse_iban(said.raw) == said.value


def _otherwise(witnesses: Witnesses, value: Value, said: Evidence, before: Evidence) -> bool:
    is_same = (said.raw, said.spans) == (before.raw, before.spans)
    return is_same and said.value in typed.possible_values(witnesses.field(value).type, said.raw)


def _look_alike(witnesses: Witnesses, value: Value, said: Evidence, before: Evidence) -> bool:
    """The words have it, with signs for those that look like them."""
    figures = " ".join(map(ocr_confusions.letters_to_digits, said.raw.split()))
    texts = [
        *ocr_confusions.separator_variants(said.raw),
        *ocr_confusions.identifier_variants(str(before.value)),
        figures,
    ]
    return said.spans == before.spans and said.value in _read(witnesses, value, texts)


def _misread(witnesses: Witnesses, value: Value, said: Evidence, before: Evidence) -> bool:
    """The words have it, but for one digit."""
    texts = [
        *ocr_confusions.digit_variants(said.raw),
        *ocr_confusions.digit_variants(str(before.value)),
    ]
    return said.spans == before.spans and said.value in _read(witnesses, value, texts)


def _read(witnesses: Witnesses, value: Value, texts: Sequence[str]) -> list[Typed | None]:
    kind = witnesses.field(value).type
    return [
        typed.parse_value(kind, text, decimal=mark) for text in texts for mark in (None, ".", ",")
    ]


_REDONE: Mapping[str, Callable[[Witnesses, Value, Evidence, Evidence], bool]] = {
    "whole value": _whole,
    "down to the town": _longer,
    "up to the town": _shorter,
    "behind its label": _bare,
    "next line": _account,
    "other day order": _otherwise,
    "OCR look-alikes": _look_alike,
    "a digit for a digit": _misread,
}
