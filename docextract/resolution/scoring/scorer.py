"""Scorer: a linear model over features, with a softmax per field that includes "none".

Fitted by `docextract.training.fitting` on documents that neither rules nor model learnt from. A
candidate's score is a sum, so that each term of it can be told to a person. The probabilities of
a field's candidates and of "none of them" are a softmax over their scores (multinomial logistic
regression; McFadden, "Conditional logit analysis of qualitative choice behavior", 1974); of a
field that can have many values, each candidate stands against "not this one" alone.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from docextract import resources
from docextract.document import Document, Value, readings
from docextract.errors import ConfigError
from docextract.evidence.origins import source_group
from docextract.resolution.groups import Group, by_field, grouped
from docextract.resolution.scoring.features import FieldCandidates, expanded, features
from docextract.schema import FieldSchema, FieldType, Schema
from docextract.validation_errors import format_validation_error

NAME = "scoring.json"
#: What the weights of sources are where nothing was measured: each source's log odds count in
#: full, as if sources erred independently. A repair of OCR's signs is as good as an equation of
#: amounts that fails is bad: a judgement, as no labelled set has repaired values.
PRIOR: Mapping[str, float] = {
    "rules": 1.0,
    "model": 1.0,
    "form": 1.0,
    "code": 1.0,
    "ways": 0.5,
    "digits_right": math.log(5.0),
    "digits_wrong": math.log(0.5),
    "out_of_range": math.log(0.2),
    "repaired": math.log(0.4),
}
#: What the model's word counts for on a kind of which it saw no real document. Of non-disclosure
#: agreements (60 of the training part) a model that never saw one claimed 0.38 for its values, and
#: 0.27 were right.
UNPROVEN = 0.7
#: From where on its values are kept there. A judgement: nothing was measured on such kinds, and
#: candidates that are each half as likely are worth showing.
UNPROVEN_LEAST = 0.3
#: Nothing that was read is ever certain.
MOST = 0.99


class CheckWeights(BaseModel):
    """What the outcomes of checks add to the log score of an assignment.

    An equation of amounts hardly comes true by chance, an order of two dates often does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    equation_holds: float = 3 * math.log(8.0)
    equation_fails: float = 3 * math.log(0.4)
    order_holds: float = 2 * math.log(1.2)
    order_fails: float = 2 * math.log(0.2)
    same_party: float = math.log(0.1)


class Least(BaseModel):
    """The confidence from which on a value is kept, so that F1 is highest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    one: float = 0.3  # of a field that has one value
    many: float = 0.3  # of a field that can have many


class _Table(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid")

    kinds: list[str]
    documents: int
    least: Least
    ambiguous: float
    checks: CheckWeights
    weights: dict[str, float]


@dataclass(frozen=True)
class Option:
    """A value that a field can have: one for all candidates that say the same.

    Attributes:
        value: With the probability as its confidence, and the terms of its score.
        score: Log odds against "none", before checks of several fields.
        group: Its candidates.
    """

    value: Value
    score: float
    group: Group


@dataclass(frozen=True)
class Scorer:
    """Weights of features and of the outcomes of checks.

    Attributes:
        weights: Feature, alone or with its level ("model|date", "rules|invoice.due_date") ->
            weight.
        kinds: Kinds of which the model learnt from real documents.
        checks: What outcomes of checks add.
        ambiguous: What is left of how sure a date is where nothing in the document tells which
            number is the month, as a logarithm: however sure the words are, their meaning is not.
        least: A value less likely than this is left out of the record.
        documents: How many it was fitted on; 0 for one that was not.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: PRIOR)
    kinds: frozenset[str] = frozenset()
    checks: CheckWeights = field(default_factory=CheckWeights)
    ambiguous: float = math.log(0.55)
    least: Least = field(default_factory=Least)
    documents: int = 0

    @classmethod
    def load(cls, folder: Path) -> "Scorer":
        """The weights in a model folder; the shipped model's where it has none.

        Raises ConfigError when the file is damaged.
        """
        path = folder / NAME
        return _loaded(path if path.is_file() else resources.shipped_model() / NAME)

    def save(self, folder: Path) -> None:
        """Write the weights into a model folder; those that are nothing are left out."""
        kept = {name: round(one, 4) for name, one in sorted(self.weights.items())}
        table = _Table(
            kinds=sorted(self.kinds),
            documents=self.documents,
            least=Least(**{k: round(v, 4) for k, v in self.least.model_dump().items()}),
            ambiguous=round(self.ambiguous, 4),
            checks=CheckWeights(**{k: round(v, 4) for k, v in self.checks.model_dump().items()}),
            weights={name: one for name, one in kept.items() if one},
        )
        (folder / NAME).write_text(table.model_dump_json(indent=1) + "\n", "utf-8")

    @cached_property
    def fingerprint(self) -> str:
        """Changes with any weight."""
        parts = (sorted(self.weights.items()), sorted(self.kinds), self.checks, self.least)
        return hashlib.sha256(repr((*parts, self.ambiguous)).encode()).hexdigest()

    def options(
        self, doc: Document, schema: Schema, values: Sequence[Value]
    ) -> dict[str, list[Option]]:
        """Field -> its options, best first. Cells of tables are left out.

        Args:
            doc: Where the values stand.
            schema: Of its kind.
            values: All candidates, digits and ranges checked.
        """
        asked = any(source_group(value.first.origin) == "model" for value in values)
        proven = schema.name in self.kinds
        if not proven:
            values = [_unproven(value) for value in values]
        found = by_field(values)
        rivals = rival_fields(schema)
        made = {}
        for name, own in found.items():
            others = [value for rival in rivals.get(name, ()) for value in found.get(rival, ())]
            wanted = schema.fields[name]
            candidates = FieldCandidates(
                wanted, grouped(own), others, asked and proven and wanted.asked, proven
            )
            made[name] = self._field(doc, schema.name, name, candidates)
        return made

    def _field(
        self, doc: Document, kind: str, path: str, candidates: FieldCandidates
    ) -> list[Option]:
        options = [
            self._option(doc, kind, path, candidates, number)
            for number in range(len(candidates.groups))
        ]
        if not candidates.field.many:
            shares = softmax([option.score for option in options])
        else:
            shares = [softmax([option.score])[0] for option in options]
        made = [
            replace(option, value=_sure(option.value, share))
            for option, share in zip(options, shares, strict=True)
        ]
        return sorted(made, key=lambda option: -option.value.confidence)

    def _option(
        self, doc: Document, kind: str, path: str, candidates: FieldCandidates, number: int
    ) -> Option:
        group = candidates.groups[number]
        told = features(doc, candidates, number)
        terms = self.terms(told, kind, path, candidates.field)
        value = replace(group.value, terms=tuple(terms.items()))
        return Option(value, sum(terms.values()), group)

    def terms(
        self, told: Mapping[str, float], kind: str, path: str, field: FieldSchema
    ) -> dict[str, float]:
        """What each feature adds to the score, all of its levels together; the largest first."""
        sums: defaultdict[str, float] = defaultdict(float)
        for name, number in expanded(told, kind, path, field).items():
            weight = self.weights.get(name)
            if weight is not None:
                sums[name.partition("|")[0]] += weight * number
        return dict(sorted(sums.items(), key=lambda pair: -abs(pair[1])))

    def cell(self, kind: str, path: str, field: FieldSchema, value: Value) -> float:
        """Log odds of a cell of a table; its rivals are in other rows and say nothing of it."""
        if value.is_stated:
            return math.inf
        candidates = FieldCandidates(field, grouped([value]))
        told = features(Document(""), candidates, 0)
        return sum(self.terms(told, kind, path, field).values())

    def least_of(self, kind: str, *, many: bool) -> float:
        """The confidence from which on a value of a kind's field is kept."""
        if kind not in self.kinds:
            return UNPROVEN_LEAST
        return self.least.many if many else self.least.one

    def meant(self, value: Value, field: FieldSchema) -> Value:
        """The value as sure as its words' meaning is, once all that speaks for them is counted."""
        if value.is_stated or field.type is not FieldType.DATE or not readings(value):
            return value
        terms = (*value.terms, ("ambiguous", self.ambiguous))
        return replace(value, confidence=value.confidence * math.exp(self.ambiguous), terms=terms)


def rival_fields(schema: Schema) -> dict[str, list[str]]:
    """Field -> the fields of the other party, which never have the same value."""
    found: dict[str, list[str]] = {}
    for name, one in schema.fields.items():
        if one.unlike:
            found.setdefault(name, []).append(one.unlike)
            found.setdefault(one.unlike, []).append(name)
    return found


def softmax(scores: Sequence[float]) -> list[float]:
    """The probabilities of options with these log odds against "none", which has a score of 0."""
    highest = max([0.0, *scores])
    powers = [math.exp(score - highest) for score in scores]
    total = math.exp(-highest) + sum(powers)
    return [power / total for power in powers]


def _sure(value: Value, share: float) -> Value:
    return value if value.is_stated else replace(value, confidence=min(MOST, share))


def _unproven(value: Value) -> Value:
    if source_group(value.first.origin) != "model":
        return value
    return replace(value, confidence=UNPROVEN * value.confidence)


@lru_cache(maxsize=8)
def _loaded(path: Path) -> Scorer:
    try:
        table = _Table.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from error
    except ValidationError as error:
        raise ConfigError(f"{path}: {format_validation_error(error)}") from error
    if not all(map(math.isfinite, table.weights.values())):
        raise ConfigError(f"{path}: a weight is no finite number")
    return Scorer(
        table.weights,
        frozenset(table.kinds),
        table.checks,
        table.ambiguous,
        table.least,
        table.documents,
    )
