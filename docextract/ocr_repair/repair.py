"""Repairs of what OCR misread: where exactly one makes a check true that is not, it is made.

A sum that does not add up, or check digits that are wrong, say that something was misread. Of the
other readings of its words (`rereading`) that one is taken with which the check comes true, where
there is just one and no check that held fails with it. The value as read stays as the first
alternative, and the record says what was done. Of two repairs that would both do none is made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docextract.document import CheckResult, Document, Issue, Record, RecordTree, Typed, Value
from docextract.ocr_repair.check_instances import Asked, Key, Outcomes
from docextract.ocr_repair.effects import Repair, best, mending, name_of, reason, what
from docextract.ocr_repair.proposals import proposed
from docextract.ocr_repair.rereading import Offer, Rereading, is_ocr
from docextract.schema import Schema

#: The name of the check that a repaired value carries.
REPAIR_RULE = "repaired"
#: A page that needs more repairs than this needs another scan.
MOST_REPAIRS = 5

#: Makes a record of candidates and says what is wrong with it: the check stage's `build`.
Build = Callable[[Document, Iterable[Value]], tuple[Record, tuple[Issue, ...]]]


@dataclass(frozen=True)
class _Made:
    """A record in the making: the candidates as repaired so far, and what they come to."""

    candidates: tuple[Value, ...]
    record: Record
    issues: tuple[Issue, ...]
    repairs: tuple[Repair, ...] = ()


def repaired(doc: Document, schema: Schema, build: Build) -> tuple[Record, tuple[Issue, ...]]:
    """The record of a document's candidates, misread ones repaired, and what is wrong with it.

    A document of which no page was read by OCR, or all of whose checks hold, is left as it is.
    """
    made = _Made(doc.candidates, *build(doc, doc.candidates))
    if not any(map(is_ocr, doc.pages)):
        return made.record, made.issues
    rereading = Rereading(doc, schema)
    doubtful: list[tuple[Asked, list[Repair]]] = []
    refused: set[tuple[Key, Typed]] = set()
    while len(made.repairs) < MOST_REPAIRS:
        outcomes = Outcomes(schema, made.record, made.candidates)
        repairs = [one for one in _repairs(outcomes, rereading) if what(one) not in refused]
        rivals = [(asked, best(asked, repairs)) for asked in outcomes.held]
        doubtful = [(asked, several) for asked, several in rivals if len(several) > 1]
        single = next((several[0] for _, several in rivals if len(several) == 1), None)
        if single is None:
            break
        refused.add(what(single))
        made = _tried(doc, made, single, outcomes, build) or made
    record = replace(made.record, evidence=_explained(made))
    issues = (*made.issues, *_notes(doc, made.repairs), *_doubts(doubtful))
    left = Outcomes(schema, record, made.candidates)
    record, proposals = proposed(record, left, rereading, {asked for asked, _ in doubtful})
    return record, (*issues, *proposals)


def _repairs(outcomes: Outcomes, rereading: Rereading) -> Iterator[Repair]:
    """Every offer with which a check comes true, for the fields of checks that do not hold."""
    if not outcomes.asking:
        return
    own = (value for key, value in outcomes.values.items() if key[0] in outcomes.asking)
    offers = [offer for value in own for offer in rereading.others(value)]
    offers += [offer for offer in rereading.unread if offer.value.field in outcomes.asking]
    yield from mending(outcomes, offers)


def _tried(
    doc: Document, made: _Made, repair: Repair, before: Outcomes, build: Build
) -> _Made | None:
    """The record with a repair, or None where another value then has its place.

    What the record comes to is for the whole choice among candidates to say, so it is made anew.
    """
    candidates = tuple(_with(made.candidates, repair.offer))
    record, issues = build(doc, candidates)
    after = Outcomes(before.schema, record, candidates)
    value = after.values.get(repair.key)
    kept = value is not None and value.value == repair.offer.value.value
    broken = any(holds and not after.held.get(asked) for asked, holds in before.held.items())
    if not kept or broken or not all(after.held.get(asked) for asked in repair.mends):
        return None
    return _Made(candidates, record, issues, (*made.repairs, repair))


def _with(candidates: Iterable[Value], offer: Offer) -> Iterator[Value]:
    """The candidates with an offer in the place of what its words were read as."""
    new, old = offer.value, offer.instead
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
        value = repair.offer.value
        message = f"{name_of(repair.key)}: {repair.told}"
        yield Issue("check", "repaired", message, doc.places_of(value)[0].page, value.field)


def _doubts(doubtful: Iterable[tuple[Asked, Sequence[Repair]]]) -> Iterator[Issue]:
    """An issue for each check that several repairs would make true."""
    told = set()
    for asked, repairs in doubtful:
        ways = " or ".join(sorted(f"{name_of(r.key)} {r.offer.text!r}" for r in repairs))
        if ways not in told:
            told.add(ways)
            message = f"misread, but as {ways}? {reason([asked])} with each, so nothing was changed"
            yield Issue("check", "ambiguous", message, field=repairs[0].offer.value.field)
