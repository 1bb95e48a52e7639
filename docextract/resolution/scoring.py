"""What rules and a trained model are worth together: logistic weights, by type of field.

Each says of a value how sure it is. Beside each other they are worth more or less than that: the
rules were counted where they were written and err together, the model is surest where documents
are like those that it learnt from, and a value that the other source contradicts is seldom right.
So what their words are worth is fitted on documents that the model did not learn from
(logistic regression; Cox, 1958), and lies as `joining.json` in the model's folder. A date that can
be read in two ways is worth a share of that, since no source of its words knows what they mean.

That can be told only of kinds of which there are real documents. Of any other kind the model knows
invented documents at best, and is as sure of mistakes as of values: there it counts for less, and
beside rules as one source of two that err independently.
"""

import dataclasses
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from docextract.document import Typed, Value, readings
from docextract.errors import ConfigError
from docextract.evidence.comparison import contradict, same
from docextract.evidence.origins import method, source_group
from docextract.mistakes import explain
from docextract.resolution.assignment import odds
from docextract.schema import FieldSchema, FieldType
from docextract.values.parties.addresses import parse_address

NAME = "joining.json"
#: What is known of a value; each has a weight. "model" and "rules" are log odds, "ways" counts
#: further rules of another sort, the rest are shares between 0 and 1. "part" is how sure the
#: sources are of a longer value that has this one within, "whole" of one within this; "complete"
#: is for addresses: the parts that are there.
FEATURES = (
    "bias",
    "by_model",
    "model",
    "by_rules",
    "rules",
    "ways",
    "model_against",
    "rules_against",
    "part",
    "whole",
    "complete",
)
#: And what is left of how sure a date is where nothing in the document tells which number is the
#: month, as a logarithm. It is no feature: however sure the words are, their meaning is not.
AMBIGUOUS = "ambiguous"
#: What the model's word counts for on a kind of which it saw no real document. Of non-disclosure
#: agreements (60 of the training part) a model that never saw one claimed 0.38 for its values, and
#: 0.27 were right.
UNPROVEN = 0.7
#: Rules beyond the first that count.
MOST_WAYS = 2

Weights: TypeAlias = Mapping[str, float]


class _Table(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid")

    kinds: list[str]
    weights: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Joining:
    """What the values of rules and a model are worth together.

    Attributes:
        weights: Type of field, alone or behind the kind of document as in "invoice.address" ->
            weight of each feature. Of a type that is not in it nothing was measured: its sources
            are taken as independent.
        kinds: Kinds of which the model learnt from real documents; None: of any.
    """

    weights: Mapping[str, Weights] = dataclasses.field(default_factory=dict)
    kinds: frozenset[str] | None = None

    @classmethod
    def load(cls, folder: Path) -> "Joining":
        """The table of a model folder; an empty one where it has none.

        Raises ConfigError when the file is damaged.
        """
        path = folder / NAME
        if not path.is_file():
            return cls({})
        try:
            table = _Table.model_validate_json(path.read_bytes())
        except OSError as error:
            raise ConfigError(f"cannot read {path}: {error.strerror}") from error
        except ValidationError as error:
            raise ConfigError(f"{path}: {explain(error)}") from error
        for kind, weights in table.weights.items():
            known = {*FEATURES, AMBIGUOUS}
            if weights.keys() != known or not all(map(math.isfinite, weights.values())):
                names = ", ".join((*FEATURES, AMBIGUOUS))
                raise ConfigError(f"{path}: {kind}: the weights must be {names}")
        return cls(table.weights, frozenset(table.kinds))

    def save(self, folder: Path) -> None:
        """Write the table into a model folder."""
        rounded = {
            kind: {name: round(weight, 4) for name, weight in weights.items()}
            for kind, weights in self.weights.items()
        }
        table = _Table(kinds=sorted(self.kinds or ()), weights=rounded)
        (folder / NAME).write_text(table.model_dump_json(indent=1) + "\n", "utf-8")

    def of(self, kind: str, values: Sequence[Value]) -> tuple["Joining", list[Value]]:
        """What holds for documents of a kind, and their values as sure as they are there."""
        if not any(source_group(value.first.origin) == "model" for value in values):
            # Where no model was asked, that it is silent says nothing.
            return INDEPENDENT, [*values]
        if self.kinds is None or kind in self.kinds:
            own = {
                key.removeprefix(f"{kind}."): weights
                for key, weights in self.weights.items()
                if key.startswith(f"{kind}.")
            }
            return replace(self, weights={**self.weights, **own}), [*values]
        return INDEPENDENT, [_unproven(value) for value in values]

    @property
    def fingerprint(self) -> str:
        """Changes with the table."""
        text = json.dumps([self.weights, sorted(self.kinds or ())], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def knows(self, field: FieldSchema) -> bool:
        """Whether it has weights for the field's type.

        Of a field that the model was not asked for, that it is silent says nothing.
        """
        return field.asked and type_of(field) in self.weights

    def __call__(self, field: FieldSchema, groups: Sequence[Sequence[Value]], at: int) -> float:
        """How likely it is that the values of a group, which say the same, are right.

        Args:
            field: What they are values of, of a type that it knows.
            groups: All that rules and the model say of the field, by what they say.
            at: The number of the group.
        """
        weights = self.weights[type_of(field)]
        told = features(field, groups, at)
        share = _share(sum(weights[name] * told[name] for name in FEATURES))
        return share * math.exp(weights[AMBIGUOUS]) if is_ambiguous(field, groups[at]) else share


def type_of(field: FieldSchema) -> str:
    """What a field's weights are kept by: "date", or "name, many" for one of many values."""
    return f"{field.type.value}, many" if field.many else field.type.value


def features(field: FieldSchema, groups: Sequence[Sequence[Value]], at: int) -> dict[str, float]:
    """What is known of one group among all of its field, by the names of `FEATURES`."""
    own = _Told.of(groups[at])
    made = dict.fromkeys(FEATURES, 0.0)
    made["bias"] = 1.0
    if own.model:
        made |= {"by_model": 1.0, "model": math.log(odds(own.model))}
    if own.rules:
        made |= {"by_rules": 1.0, "rules": math.log(odds(own.rules))}
        made["ways"] = float(min(MOST_WAYS, own.ways - 1))
    value = groups[at][0].value
    if field.type is FieldType.ADDRESS:
        made["complete"] = _complete(str(value))
    for number, group in enumerate(groups):
        if number != at:
            _against(made, value, group[0].value, _Told.of(group))
    return made


def is_ambiguous(field: FieldSchema, group: Sequence[Value]) -> bool:
    """Whether a group of a field's values is a date that can be read in two ways."""
    return field.type is FieldType.DATE and all(readings(one) for one in group)


def _against(made: dict[str, float], value: Typed, other: Typed, told: "_Told") -> None:
    """Add what another value of the field says about this one."""
    if contradict(value, other):
        made["model_against"] = max(made["model_against"], told.model)
        made["rules_against"] = max(made["rules_against"], told.rules)
    else:
        larger = len(str(same(other))) > len(str(same(value)))
        name = "part" if larger else "whole"
        made[name] = max(made[name], told.model, told.rules)


@dataclass(frozen=True)
class _Told:
    """How sure the model and the rules are of a value, 0 where they do not give it."""

    model: float
    rules: float
    ways: int

    @classmethod
    def of(cls, group: Sequence[Value]) -> "_Told":
        model = [one.confidence for one in group if source_group(one.first.origin) == "model"]
        rules = [one for one in group if source_group(one.first.origin) == "rules"]
        ways = {method(one.first.origin) for one in rules}
        return cls(max(model, default=0), max((r.confidence for r in rules), default=0), len(ways))


def _unproven(value: Value) -> Value:
    if source_group(value.first.origin) != "model":
        return value
    return replace(value, confidence=UNPROVEN * value.confidence)


def _complete(address: str) -> float:
    found = parse_address(address)
    told = (found.street, found.postcode, found.city) if found else ()
    return sum(part is not None for part in told) / 3


def _share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, log_odds))))


#: Nothing is known of what sources are worth together.
INDEPENDENT = Joining()
