"""Two fields that never have the same value: who sells and who buys.

Each field is asked for by itself, so that one party may be taken for both. It is then the party
whose sign is the surer one, and for the other field the next candidate counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from docextract.document import Value
from docextract.schema import Schema
from docextract.stages.alike import same
from docextract.stages.choice import judged

#: By how much the odds of a value are multiplied that another field has more surely. A judgement:
#: who sells to himself is rare, and certain where the file states it.
TAKEN = 0.1


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


def _less(value: Value, winner: Value) -> Value:
    if same(value.value) != same(winner.value):
        return value
    return replace(value, confidence=judged(value, TAKEN))
