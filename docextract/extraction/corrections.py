"""The corrections of candidates: a list of named steps, each of which sees what the last one left.

A correction that makes another value of one says so in that value's evidence (`Value.corrected`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from docextract.document import SourceType, Value
from docextract.extraction.completion.blocklist import without_lead_labels, without_no_names
from docextract.extraction.completion.partial_values import with_wholes
from docextract.extraction.completion.single_valued import without_several
from docextract.extraction.completion.towns import with_towns
from docextract.extraction.completion.wrapped_iban import with_whole_ibans
from docextract.extraction.context import Case
from docextract.extraction.readings import with_readings
from docextract.extraction.structured.acroform import by_form, by_form_rows
from docextract.extraction.structured.acroform_rows import with_form_rows
from docextract.extraction.structured.barcodes import by_code
from docextract.extraction.structured.e_invoice import with_stated
from docextract.extraction.tables.source_choice import one_source
from docextract.extraction.value_parts import with_parts


@dataclass(frozen=True)
class Context:
    """What a correction knows besides the values.

    Attributes:
        case: The document under its schema.
        headings: The labels and phrases of all schemas, which are no names.
    """

    case: Case
    headings: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Correction:
    """A step from candidates to candidates, by its name."""

    name: str
    apply: Callable[[Context, Sequence[Value]], Iterable[Value]]


def _source_choice(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    asked = [value for value in values if value.first.origin.source is SourceType.MODEL]
    rules = [value for value in values if value.first.origin.source is not SourceType.MODEL]
    return one_source(context.case, rules, asked)


def _form_rows(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    return with_form_rows(values, list(by_form_rows(context.case)))


def _towns(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    return with_towns(context.case, values)


def _blocklist(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    return without_no_names(context.case.schema, values, context.headings)


def _lead_labels(context: Context, values: Sequence[Value]) -> list[Value]:
    return without_lead_labels(context.case.schema, values)


def _partial_values(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    return with_wholes(context.case.schema, values)


def _wrapped_ibans(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    return with_whole_ibans(context.case, values)


def _form_fields(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    return (*values, *by_form(context.case))


def _barcodes(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    return (*values, *by_code(context.case))


def _stated(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    return with_stated(context.case.sheet.doc, context.case.schema, values)


def _single_valued(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    return without_several(context.case.schema, values)


def _readings(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    return (with_readings(context.case, value) for value in values)


def _parts(context: Context, values: Sequence[Value]) -> Iterable[Value]:
    return (with_parts(context.case, value) for value in values)


#: Every correction, in order. What a form, a barcode or a file states is added behind those of
#: printed words, which it has no need of.
CORRECTIONS: tuple[Correction, ...] = (
    Correction("source choice", _source_choice),
    Correction("form rows", _form_rows),
    Correction("towns", _towns),
    Correction("blocklist", _blocklist),
    Correction("lead labels", _lead_labels),
    Correction("partial values", _partial_values),
    Correction("wrapped IBANs", _wrapped_ibans),
    Correction("form fields", _form_fields),
    Correction("barcodes", _barcodes),
    Correction("stated values", _stated),
    Correction("single-valued fields", _single_valued),
    Correction("readings", _readings),
    Correction("value parts", _parts),
)


def corrected(
    context: Context,
    values: Sequence[Value],
    corrections: Iterable[Correction] = CORRECTIONS,
) -> list[Value]:
    """The values after every correction."""
    made = list(values)
    for correction in corrections:
        made = list(correction.apply(context, made))
    return made
