"""A value of a field, with all that speaks for it and against it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from docextract.document.geometry import Place
from docextract.document.provenance import Evidence, Origin, SourceType, Step, Stretch, Typed


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check that spoke for or against a value. `holds` is None where it could not be told."""

    rule: str
    holds: bool | None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one field, with the evidence for it.

    `field` is the schema's path ("total", "line_items.amount"); `row` counts the rows of a
    nested field from 0. `spans` are (start, end) offsets of the words it was read from, in
    reading order; `places` are the boxes of what is no word, a ticked box or a barcode. Both are
    empty only for what an e-invoice states and no page prints: a value that can be traced to
    neither words nor places nor data does not exist. `evidence` says who found it, then what each
    correction made of it, then who else says the same. `parts` are (name, text) pairs of what a
    value consists of: an address's street and city. `score` is the confidence before a table
    turned it into the share of such values that are right; None where none did. `review` is why a
    person must look at the value: nothing for one that is accepted, None where nobody asked which
    are. `terms` are the parts of the sum that decided, in log odds: (feature, what it added).
    """

    field: str
    raw: str
    value: Typed
    confidence: float
    spans: tuple[Stretch, ...]
    evidence: tuple[Evidence, ...]
    row: int | None = None
    alternatives: tuple["Value", ...] = ()
    checks: tuple[CheckResult, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()
    score: float | None = None
    review: tuple[str, ...] | None = None
    terms: tuple[tuple[str, float], ...] = ()

    @classmethod
    def found(
        cls,
        field: str,
        said: Evidence,
        confidence: float,
        *,
        row: int | None = None,
        places: tuple[Place, ...] = (),
    ) -> Self:
        """The value that a source says, as it was found."""
        return cls(field, said.raw, said.value, confidence, said.spans, (said,), row, places=places)

    def corrected(
        self,
        step: Step,
        name: str,
        value: Typed,
        raw: str | None = None,
        spans: tuple[Stretch, ...] | None = None,
    ) -> Self:
        """The value that a correction makes of this one, which its evidence says.

        Args:
            step: What the correction does.
            name: The rule that does it.
            value: What it makes.
            raw: The words of that; as they were where they are the same.
            spans: Where those stand.
        """
        raw = self.raw if raw is None else raw
        spans = self.spans if spans is None else spans
        said = Evidence(Origin(SourceType.RULE, name), value, raw, spans, step)
        evidence = (*self.chain, said)
        return replace(self, value=value, raw=raw, spans=spans, evidence=evidence)

    @property
    def chain(self) -> tuple[Evidence, ...]:
        """Who found it and what was done to it since, without others who say the same."""
        later = [at for at, one in enumerate(self.evidence) if at and one.step is Step.FOUND]
        return self.evidence[: later[0]] if later else self.evidence

    @property
    def first(self) -> Evidence:
        """Who found it."""
        return self.evidence[0]

    @property
    def origin(self) -> Origin:
        """Who says the value as it is now: its last correction, else who found it."""
        return self.chain[-1].origin

    @property
    def is_stated(self) -> bool:
        """Whether the file states it as data, so that it is certain."""
        return self.first.origin.source is SourceType.XML


def readings(value: Value) -> Sequence[Value]:
    """The alternatives of a value that are other meanings of its own words."""
    return [one for one in value.alternatives if one.chain[-1].step is Step.REINTERPRETED]
