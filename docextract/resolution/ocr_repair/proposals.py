"""Proposals: one digit for another would mend a check; told to a person, never put in place.

A letter in an amount is no digit, so that reading it as one changes what nobody can have meant.
A digit for a digit does: 83.00 is as good an amount as 88.00, and that a sum comes true with it
may be chance, or something that is missing from the sum. So the value stays, its check goes on to
fail, which asks for a person's look, and what would mend it is told, where there is just one.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from docextract.document import Issue, Record, Step, Value
from docextract.evidence.ocr_variants import NUMERIC, OcrVariant, OcrVariants
from docextract.resolution.ocr_repair.check_instances import CheckInstance, Key, RecordChecks
from docextract.resolution.ocr_repair.effects import (
    Repair,
    best_repairs,
    checks_in_words,
    field_in_words,
    mending_variants,
    repaired_value,
)
from docextract.schema import FieldSchema, FieldType

#: Readings that are tried of one document. A judgement: what still fails in more has more wrong
#: with it than a digit.
MOST_OFFERS = 500


def proposed(
    record: Record, checks: RecordChecks, variants: OcrVariants, doubtful: Collection[CheckInstance]
) -> tuple[Record, tuple[Issue, ...]]:
    """The record, its values with what is proposed for them as their first alternative.

    Args:
        record: After all repairs.
        checks: Of its checks.
        variants: Of its document.
        doubtful: Checks that several repairs would make true, for which nothing is proposed.
    """
    repairs = list(mending_variants(checks, islice(_offers(checks, variants), MOST_OFFERS)))
    found = {}
    for instance, holds in checks.held.items():
        rivals = (
            best_repairs(instance, repairs) if holds is False and instance not in doubtful else []
        )
        if len(rivals) == 1:
            found[repaired_value(rivals[0])] = rivals[0]
    if not found:
        return record, ()
    by_key = {repair.key: repair for repair in found.values()}
    evidence = record.evidence.map(lambda value: _with(value, by_key.get(_key(value))))
    return replace(record, evidence=evidence), tuple(_issues(variants, found.values()))


def _offers(checks: RecordChecks, variants: OcrVariants) -> Iterator[OcrVariant]:
    """Other digits for the values in checks that fail, but for those that another check proves."""
    proven = {instance.row for instance, holds in checks.held.items() if instance.tells and holds}
    for key, value in checks.values.items():
        is_open = key[0] in checks.failing_fields and (key[1] is None or key[1] not in proven)
        if is_open and _tells(checks.schema.field(key[0])):
            yield from variants.other_digits(value)


def _tells(field: FieldSchema) -> bool:
    """Whether a digit more or less shows: in a sum, or in two check digits (ISO 7064 mod 97-10).

    One check digit comes true with one wrong number in ten, and a number has ten digits.
    """
    return field.type in NUMERIC or field.type is FieldType.IBAN or "LEI" in field.entities


def _key(value: Value) -> Key:
    return value.field, value.row


def _with(value: Value, repair: Repair | None) -> Value:
    if repair is None:
        return value
    offered = repair.variant.value
    proposed = value.corrected(Step.PROPOSED, "a digit for a digit", offered.value, offered.raw)
    other = replace(proposed, confidence=offered.confidence, alternatives=(), checks=(), parts=())
    return replace(value, alternatives=(other, *value.alternatives))


def _issues(variants: OcrVariants, repairs: Iterable[Repair]) -> Iterator[Issue]:
    for repair in repairs:
        value = repair.variant.value
        raw = " ".join(value.raw.split())
        message = (
            f"{field_in_words(repair.key)}: {raw!r} may be {repair.variant.text!r} misread: "
            f"with it, {checks_in_words(repair.mends)}; nothing was changed"
        )
        page = variants.doc.places_of(value)[0].page
        yield Issue("check", "proposal", message, page, value.field)
