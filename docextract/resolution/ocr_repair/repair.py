"""OCR repair: local search over assignments, one OCR variant at a time, where a check asks for it.

A sum that does not add up, or check digits that are wrong, say that something was misread. A
variant becomes a candidate in the place of what its words were read as, where it alone makes the
check true, and is scored and assigned with all others; it stays where it is taken and no check
that held fails. The value as read is its first alternative, and its evidence says what was done.
Of two variants that would both do neither is tried.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docextract.document import CheckResult, Document, Issue, Record, RecordTree, Typed, Value
from docextract.evidence.ocr_variants import OcrVariant, OcrVariants
from docextract.resolution.ocr_repair.check_instances import CheckInstance, Key, RecordChecks
from docextract.resolution.ocr_repair.effects import (
    Repair,
    best_repairs,
    checks_in_words,
    field_in_words,
    mending_variants,
    repaired_value,
)
from docextract.resolution.ocr_repair.proposals import proposed
from docextract.schema import Schema

#: The name of the check that a repaired value carries.
REPAIR_RULE = "repaired"
#: A page that needs more repairs than this needs another scan.
MOST_REPAIRS = 5

#: Makes a record of candidates and says what is wrong with it: `RecordBuilder`.
Build = Callable[[Document, Iterable[Value]], tuple[Record, tuple[Issue, ...]]]


@dataclass(frozen=True)
class _Made:
    """A record in the making: the candidates as repaired so far, and what they come to."""

    candidates: tuple[Value, ...]
    record: Record
    issues: tuple[Issue, ...]
    repairs: tuple[Repair, ...] = ()


def repaired(
    doc: Document, schema: Schema, build: Build, variants: OcrVariants
) -> tuple[Record, tuple[Issue, ...]]:
    """The record of a document's candidates, misread ones repaired, and what is wrong with it.

    A document of which no page was read by OCR, or all of whose checks hold, is left as it is.

    Args:
        doc: With its candidates.
        schema: Of its kind.
        build: Scores and assigns candidates, variants that are taken among them.
        variants: The OCR variants of its candidates.
    """
    made = _Made(doc.candidates, *build(doc, doc.candidates))
    if not variants.is_read_by_ocr:
        return made.record, made.issues
    doubtful: list[tuple[CheckInstance, list[Repair]]] = []
    refused: set[tuple[Key, Typed]] = set()
    while len(made.repairs) < MOST_REPAIRS:
        checks = RecordChecks(schema, made.record, made.candidates)
        repairs = [one for one in _repairs(checks, variants) if repaired_value(one) not in refused]
        rivals = [(instance, best_repairs(instance, repairs)) for instance in checks.held]
        doubtful = [(instance, several) for instance, several in rivals if len(several) > 1]
        single = next((several[0] for _, several in rivals if len(several) == 1), None)
        if single is None:
            break
        refused.add(repaired_value(single))
        made = _tried(doc, made, single, checks, build) or made
    record = replace(made.record, evidence=_explained(made))
    issues = (*made.issues, *_notes(doc, made.repairs), *_doubts(doubtful))
    left = RecordChecks(schema, record, made.candidates)
    record, proposals = proposed(record, left, variants, {instance for instance, _ in doubtful})
    return record, (*issues, *proposals)


def _repairs(checks: RecordChecks, variants: OcrVariants) -> Iterator[Repair]:
    """Every variant with which a check comes true, for the fields of checks that do not hold."""
    if not checks.unmet_fields:
        return
    own = (value for key, value in checks.values.items() if key[0] in checks.unmet_fields)
    found = [variant for value in own for variant in variants.look_alikes(value)]
    found += [
        variant for variant in variants.unread_numbers if variant.value.field in checks.unmet_fields
    ]
    yield from mending_variants(checks, found)


def _tried(
    doc: Document, made: _Made, repair: Repair, before: RecordChecks, build: Build
) -> _Made | None:
    """The record with a repair, or None where another value then has its place.

    What the record comes to is for the whole choice among candidates to say, so it is made anew.
    """
    candidates = tuple(_with(made.candidates, repair.variant))
    record, issues = build(doc, candidates)
    after = RecordChecks(before.schema, record, candidates)
    value = after.values.get(repair.key)
    kept = value is not None and value.value == repair.variant.value.value
    broken = any(holds and not after.held.get(instance) for instance, holds in before.held.items())
    if not kept or broken or not all(after.held.get(instance) for instance in repair.mends):
        return None
    return _Made(candidates, record, issues, (*made.repairs, repair))


def _with(candidates: Iterable[Value], variant: OcrVariant) -> Iterator[Value]:
    """The candidates with a variant in the place of what its words were read as."""
    new, old = variant.value, variant.instead
    for value in candidates:
        if not (
            old is not None
            and (value.field, value.row, value.value) == (old.field, old.row, old.value)
            and set(value.spans) & set(old.spans)
        ):
            yield value
    yield new


def _explained(made: _Made) -> RecordTree:
    """The evidence, repaired values with what was done and what they were read as before."""
    by_key = {repair.key: repair for repair in made.repairs}
    return made.record.evidence.map(lambda value: _noted(value, by_key))


def _noted(value: Value, repairs: Mapping[Key, Repair]) -> Value:
    repair = repairs.get((value.field, value.row))
    if repair is None:
        return value
    others = [
        one for one in value.alternatives if not repair.instead or one.value != repair.instead.value
    ]
    first = [replace(repair.instead, alternatives=())] if repair.instead else []
    result = CheckResult(REPAIR_RULE, True, repair.told)
    return replace(value, alternatives=(*first, *others), checks=(*value.checks, result))


def _notes(doc: Document, repairs: Iterable[Repair]) -> Iterator[Issue]:
    for repair in repairs:
        value = repair.variant.value
        message = f"{field_in_words(repair.key)}: {repair.told}"
        yield Issue("check", "repaired", message, doc.places_of(value)[0].page, value.field)


def _doubts(doubtful: Iterable[tuple[CheckInstance, Sequence[Repair]]]) -> Iterator[Issue]:
    """An issue for each check that several repairs would make true."""
    told = set()
    for instance, repairs in doubtful:
        ways = " or ".join(sorted(f"{field_in_words(r.key)} {r.variant.text!r}" for r in repairs))
        if ways not in told:
            told.add(ways)
            why = checks_in_words([instance])
            message = f"misread, but as {ways}? {why} with each, so nothing was changed"
            yield Issue("check", "ambiguous", message, field=repairs[0].variant.value.field)
