"""Features of a candidate and of its rivals, each with a weight to be learnt.

Numbers are log odds of confidences where they are called by a source ("rules", "model"), shares
in [0, 1] where they are called by a relation ("model_against"), and else 0 or 1. The names stand
in `WORDS`, with what a person is told about each.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docextract.document import Document, Value
from docextract.evidence.check_digits import DIGITS_RULE
from docextract.evidence.comparison import contradict, same
from docextract.resolution.groups import Group
from docextract.resolution.value_ranges import RANGE_RULE
from docextract.schema import FieldSchema, FieldType
from docextract.values.parties.addresses import parse_address

#: Feature -> what a person is told of it. Rules have one more each: "rule:label right".
WORDS: Mapping[str, str] = {
    "rules": "how often its rule is right",
    "by_rules": "found by a rule",
    "rule": "found by this rule",
    "ways": "found by rules of several sorts",
    "model": "how sure the model is",
    "by_model": "found by the model",
    "both": "found by a rule and by the model",
    "model_silent": "the model was asked and does not give it",
    "form": "how surely a form field says it",
    "code": "how surely a barcode says it",
    "model_against": "the model gives something else",
    "rules_against": "rules give something else",
    "part": "a longer candidate has it within",
    "whole": "it has a shorter candidate within",
    "rival_model": "the model gives it for the other party",
    "rival_rules": "rules give it for the other party",
    "complete": "how complete the address is",
    "digits_right": "its check digits are right",
    "digits_wrong": "its check digits are wrong",
    "out_of_range": "outside its plausible range",
    "completed": "words were added to what was found",
    "shortened": "words were taken off what was found",
    "repaired": "OCR's signs were taken for others",
    "misread": "OCR was unsure of its words",
    "later_page": "not on the first page",
    "height": "how far down the page it stands",
}
#: CalibrationTable are this far from 0 and 1 at least, so that their log odds are finite.
LEAST = 0.005
#: Sorts of rules beyond the first that count.
MOST_WAYS = 2


def log_odds(confidence: float) -> float:
    """The natural logarithm of p / (1 - p), kept finite."""
    bounded = min(1 - LEAST, max(LEAST, confidence))
    return math.log(bounded / (1 - bounded))


@dataclass(frozen=True)
class FieldCandidates:
    """All candidates of one field of a document, and what the field of the other party has.

    Attributes:
        field: The field's schema.
        groups: The candidates, grouped by what they say.
        rivals: The candidates of fields that never have the same value.
        asked: Whether the model was asked for the field, so that its silence says something.
        proven: Whether the model learnt from real documents of the kind, so that what it gives
            instead speaks against a candidate; what it gives speaks for one in any case.
    """

    field: FieldSchema
    groups: Sequence[Group]
    rivals: Sequence[Value] = ()
    asked: bool = False
    proven: bool = True


def features(doc: Document, candidates: FieldCandidates, number: int) -> dict[str, float]:
    """What is known of one group of a field's candidates, by the names of `WORDS`."""
    group = candidates.groups[number]
    made = _by_source(group, asked=candidates.asked)
    others = [one for at, one in enumerate(candidates.groups) if at != number]
    _add_others(made, group, others, proven=candidates.proven)
    _add_rivals(made, group, candidates.rivals)
    if candidates.field.type is FieldType.ADDRESS:
        made["complete"] = _completeness(str(group.best.value))
    _add_checks(made, group)
    _add_place(made, doc, group.best)
    return {name: number for name, number in made.items() if number}


def _by_source(group: Group, *, asked: bool) -> dict[str, float]:
    made: dict[str, float] = {}
    sources = group.sources
    if "rules" in sources:
        made |= {"by_rules": 1.0, "rules": log_odds(sources["rules"])}
        made["ways"] = float(min(MOST_WAYS, len(group.methods) - 1))
        made["model_silent"] = float(asked and "model" not in sources)
        for value in group.members:
            origin = value.first.origin
            if origin.source == "rule":
                again = ", again" if "again" in origin.traits else ""
                made[f"rule:{origin.name}{again}"] = 1.0
    if "model" in sources:
        made |= {"by_model": 1.0, "model": log_odds(sources["model"])}
        made["both"] = float("rules" in sources)
    made |= {name: log_odds(sources[name]) for name in ("form", "code") if name in sources}
    return made


def _add_others(
    made: dict[str, float], group: Group, others: Sequence[Group], *, proven: bool
) -> None:
    """What the other candidates of the field say for or against this one."""
    value = group.best.value
    for other in others:
        model, rules = other.sources.get("model", 0.0), other.sources.get("rules", 0.0)
        if contradict(value, other.best.value):
            _raise(made, "model_against", model if proven else 0.0)
            _raise(made, "rules_against", rules)
        else:
            longer = len(str(same(other.best.value))) > len(str(same(value)))
            _raise(made, "part" if longer else "whole", max(model, rules))


def _add_rivals(made: dict[str, float], group: Group, rivals: Sequence[Value]) -> None:
    alike = [one for one in rivals if same(one.value) == same(group.best.value)]
    if alike:
        sources = Group(tuple(alike)).sources
        made["rival_model"] = sources.get("model", 0.0)
        made["rival_rules"] = sources.get("rules", 0.0)


def _add_checks(made: dict[str, float], group: Group) -> None:
    for value in group.members:
        for check in value.checks:
            if check.rule == DIGITS_RULE:
                made["digits_right" if check.holds else "digits_wrong"] = 1.0
            elif check.rule == RANGE_RULE and check.holds is False:
                made["out_of_range"] = 1.0
    for said in group.best.chain[1:]:
        made[str(said.step)] = 1.0


def _add_place(made: dict[str, float], doc: Document, value: Value) -> None:
    """Where on which page it stands, and how sure OCR was of its words."""
    places = doc.places_of(value)
    if places and doc.pages:
        page = doc.pages[places[0].page - 1]
        made["later_page"] = float(page.number > 1)
        if page.height and page.number == 1:
            made["height"] = places[0].box.y / page.height - 0.5
    words = [placed.word for span in value.spans for placed in doc.words_of(*span)]
    made["misread"] = 1 - min((word.confidence for word in words), default=1.0)


def _raise(made: dict[str, float], name: str, to: float) -> None:
    made[name] = max(made.get(name, 0.0), to)


def _completeness(address: str) -> float:
    """The share of street, postcode and town that an address has."""
    found = parse_address(address)
    told = (found.street, found.postcode, found.city) if found else ()
    return sum(part is not None for part in told) / 3


def type_of(field: FieldSchema) -> str:
    """What a field's weights are kept by: "date", or "name, many" for one of many values."""
    return f"{field.type.value}, many" if field.many else field.type.value


def expanded(
    found: Mapping[str, float], kind: str, path: str, field: FieldSchema
) -> dict[str, float]:
    """The features at their three levels: of all fields, of the field's type, of the field alone.

    A weight of a deeper level is how much that type or field differs from the level above. It is
    learnt under a penalty, so that it stays near 0 where there are few values (partial pooling).
    """
    levels = ("", f"|{type_of(field)}", f"|{kind}.{path}")
    return {f"{name}{level}": number for name, number in found.items() for level in levels}
