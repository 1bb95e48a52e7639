"""All rules over printed text, as one generator of candidates."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from docextract.document import Evidence, Origin, Typed, Value
from docextract.extraction.context import Case, Found
from docextract.extraction.labels.beside_label import by_label
from docextract.extraction.labels.multiline import by_title
from docextract.extraction.parties.letterhead import by_party
from docextract.extraction.patterns import by_entity, by_pattern, by_sign
from docextract.extraction.rule_precision import precision
from docextract.extraction.tables.line_items import by_row

#: A generator: everything of one sort that is found in a document.
Rule = Callable[[Case], Iterator[Found]]
#: Every rule there is.
RULES: tuple[Rule, ...] = (
    by_label,
    by_pattern,
    by_party,
    by_title,
    by_entity,
    by_sign,
    by_row,
)
#: Rules whose later values are no guesses but further members of a list.
LISTS = frozenset({"label list"})


def by_rules(case: Case, rules: Sequence[Rule] = RULES) -> Iterator[Value]:
    """Every value that a rule finds, with its confidence.

    The first thing that a rule says of a field is trusted more than whatever else it says.
    """
    first: dict[tuple[str, Origin, int | None], Typed] = {}
    for rule in rules:
        for found in rule(case):
            plain = replace(found.origin, label="")
            kept = first.setdefault((found.path, plain, found.row), found.value)
            origin = found.origin
            if kept != found.value and origin.name not in LISTS:
                origin = replace(origin, traits=(*origin.traits, "again"))
            confidence = precision(origin, case.schema.field(found.path).type)
            said = Evidence(origin, found.value, found.raw, found.spans)
            yield Value.found(found.path, said, confidence, row=found.row)
