"""All rules over what is printed, as one generator of candidates."""

from collections.abc import Callable, Iterator

from docextract.document import Typed, Value
from docextract.extraction.context import Case, Found
from docextract.extraction.labels.beside_label import by_label
from docextract.extraction.labels.multiline import by_title
from docextract.extraction.parties.letterhead import by_party
from docextract.extraction.patterns import by_entity, by_pattern, by_sign
from docextract.extraction.rule_precision import share
from docextract.extraction.tables.line_items import by_row

#: Every rule there is.
RULES: tuple[Callable[[Case], Iterator[Found]], ...] = (
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


def by_rules(case: Case) -> Iterator[Value]:
    """Every value that a rule finds, with its confidence.

    The first thing that a rule says of a field is trusted more than whatever else it says.
    """
    first: dict[tuple[str, str, int | None], Typed] = {}
    for rule in RULES:
        for path, spans, raw, value, name, note, row in rule(case):
            kept = first.setdefault((path, name, row), value)
            told = name if kept == value or name in LISTS else f"{name}, again"
            confidence = share(told, case.schema.field(path).type)
            yield Value(path, raw, value, confidence, spans, f"rule:{told} {note}".strip(), row)
