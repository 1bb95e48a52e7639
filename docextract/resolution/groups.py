"""Groups of candidates that say the same, each of them one option for its field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from docextract.document import Value
from docextract.evidence.comparison import same
from docextract.evidence.origins import method, source_group


@dataclass(frozen=True)
class Group:
    """Candidates of one field that say the same. Two of one rule prove no more than one."""

    members: tuple[Value, ...]

    @cached_property
    def best(self) -> Value:
        """The surest of them; what the file states is the surest of all."""
        return max(self.members, key=lambda value: (value.is_stated, value.confidence))

    @cached_property
    def sources(self) -> dict[str, float]:
        """Source ("rules", "model", "form", "code", ...) -> its highest confidence."""
        found: dict[str, float] = {}
        for value in self.members:
            source = source_group(value.first.origin)
            found[source] = max(found.get(source, 0.0), value.confidence)
        return found

    @cached_property
    def methods(self) -> frozenset[str]:
        """The different sorts of signs by which rules found it."""
        origins = [value.first.origin for value in self.members]
        return frozenset(method(one) for one in origins if source_group(one) == "rules")

    @cached_property
    def value(self) -> Value:
        """One value for all of them, with the evidence of each, the surest first.

        What one of them says beyond doubt, the others mean too: their other readings go. What a
        barcode or a form says, and somewhere is printed too, is traced to both.
        """
        best = self.best
        if best.is_stated:
            return best
        ranked = [best, *(one for one in self.members if one is not best)]
        sure = all(value.alternatives for value in self.members)
        return replace(
            best,
            evidence=tuple(dict.fromkeys(said for value in ranked for said in value.chain)),
            alternatives=best.alternatives if sure else (),
            spans=next((value.spans for value in ranked if value.spans), ()),
            places=next((value.places for value in ranked if value.places), ()),
        )


def grouped(values: Iterable[Value]) -> tuple[Group, ...]:
    """The groups that candidates of one field make, in the order of their first members."""
    groups: dict[object, list[Value]] = {}
    for value in values:
        groups.setdefault(same(value.value), []).append(value)
    return tuple(Group(tuple(group)) for group in groups.values())


def by_field(values: Iterable[Value]) -> dict[str, list[Value]]:
    """Candidates by the path of their field; the cells of tables are left out."""
    found: dict[str, list[Value]] = {}
    for value in values:
        if value.row is None:
            found.setdefault(value.field, []).append(value)
    return found


def agreeing(group: Group) -> Sequence[str]:
    """The sources that say what a group says, by name."""
    return sorted(group.sources)
