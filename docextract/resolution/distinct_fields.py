"""Two fields that never have the same value: who sells and who buys.

Each field is asked for by itself, so that one party may be taken for both. It is then the party
whose sign is the surer one, and for the other field the next candidate counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from docextract.document import Value
from docextract.evidence.comparison import same
from docextract.evidence.origins import method, source_group
from docextract.resolution.assignment import judged
from docextract.schema import Schema

#: By how much the odds of a value are multiplied that another field has more surely. A judgement:
#: who sells to himself is rare, and certain where the file states it.
TAKEN = 0.1
#: Ways of rules that go by a label.
_LABELLED = frozenset({"label", "party"})


def told_apart(schema: Schema, ranked: Mapping[str, Sequence[Value]]) -> dict[str, list[Value]]:
    """The candidates of each field, best first, with those less likely that are another field's."""
    made = {name: list(values) for name, values in ranked.items()}
    for name, field in schema.fields.items():
        if field.unlike and made.get(name) and made.get(field.unlike):
            first, second = made[name][0], made[field.unlike][0]
            loser = name if first.confidence <= second.confidence else field.unlike
            winner = second if loser == name else first
            made[loser] = sorted(
                (_less(value, winner) for value in made[loser]), key=lambda one: -one.confidence
            )
    return made


def without_twins(schema: Schema, values: Iterable[Value]) -> list[Value]:
    """The candidates without what the model gives for a field and is more surely its rival's.

    Before they are joined: that the model points at the seller's address for the buyer's, too, is
    not to speak against what the rules find there. What the rival has is known from the model
    itself or from a label, not from its place on the page.
    """
    found = list(values)
    best: dict[str, Value] = {}
    for value in filter(_is_known, found):
        best[value.field] = max(best.get(value.field, value), value, key=attrgetter("confidence"))
    rivals = {name: field.unlike for name, field in schema.fields.items() if field.unlike}
    rivals |= {rival: name for name, rival in rivals.items()}
    return [
        one
        for one in found
        if not (_is_seen(one) and _is_twin(one, best.get(rivals.get(one.field, ""))))
    ]


def _is_seen(value: Value) -> bool:
    """Whether it is the model's, outside tables."""
    return value.row is None and source_group(value.first.origin) == "model"


def _is_known(value: Value) -> bool:
    return value.row is None and (method(value.first.origin) in _LABELLED or _is_seen(value))


def _is_twin(value: Value, rival: Value | None) -> bool:
    return (
        rival is not None
        and same(value.value) == same(rival.value)
        and value.confidence < rival.confidence
    )


def _less(value: Value, winner: Value) -> Value:
    if same(value.value) != same(winner.value):
        return value
    return replace(value, confidence=judged(value, TAKEN))
