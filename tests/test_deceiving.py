"""Documents made to deceive, against the records that a careful clerk would write of them.

Rules alone fill the records, so that no trained weights decide what these tests say. To ask the
same of a pipeline, add its line to `PIPELINES`.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from docextract import resources
from docextract.document import Document
from docextract.pipeline import Pipeline
from docextract.readers import ReadOptions, Source, read
from docextract.schema import Schema
from docextract.stages.check import Check
from docextract.stages.classify import Classify
from docextract.stages.entities import Entities
from docextract.stages.fields import Fields
from tests.deceiving import Case, differing
from tests.deceiving_invoices import INVOICES
from tests.deceiving_receipts import RECEIPTS
from tests.e_invoices import LINES, cii, holding, page

CASES = (*INVOICES, *RECEIPTS)


def rules(kind: str) -> Pipeline:
    """For documents of one kind; no stage asks a model."""
    schemas = (Schema.load(resources.find("schemas", kind)),)
    stages = (
        Classify(kind=kind, schemas=schemas),
        Entities(model=""),
        Fields(schemas=schemas, model=""),
        Check(schemas=schemas),
    )
    return Pipeline("rules", "", ReadOptions(), stages, schemas)


#: Name -> what makes the pipeline for a kind.
PIPELINES: Mapping[str, Callable[[str], Pipeline]] = {"rules": rules}


def marked(case: Case) -> object:
    """The case as a parameter; one that rules get wrong must go on to be wrong, or say so."""
    marks = [pytest.mark.xfail(strict=True, reason=case.fails)] if case.fails else []
    return pytest.param(case, id=f"{case.kind}: {case.name}", marks=marks)


def thought(pipeline: Pipeline, doc: Document) -> Document:
    (made,) = pipeline.think([doc])
    return made


@pytest.fixture(scope="module")
def made() -> dict[tuple[str, str], Pipeline]:
    """(pipeline's name, kind) -> the pipeline, each made once."""
    return {(name, kind): make(kind) for name, make in PIPELINES.items() for kind in KINDS}


KINDS = sorted({case.kind for case in CASES})


@pytest.mark.parametrize("name", PIPELINES)
@pytest.mark.parametrize("case", map(marked, CASES))
def test_a_document_made_to_deceive_is_read_as_a_clerk_reads_it(case, name, made):
    doc = thought(made[name, case.kind], case.document())
    assert doc.record is not None
    assert differing(case, doc.record.data) == {}


@pytest.mark.parametrize("name", PIPELINES)
def test_a_page_that_was_changed_does_not_change_what_the_xml_states(name, made):
    lines = [line.replace("140,40", "940,40") for line in LINES]
    data = holding(page(*lines), {"factur-x.xml": cii()})
    given = read(Source("a.pdf", data=data), ReadOptions()).document
    assert given is not None
    doc = thought(made[name, "invoice"], given)
    assert doc.record is not None
    assert doc.record.data["grand_total"] == Decimal("140.40")
    assert [i.field for i in doc.issues if i.category == "mismatch"] == ["grand_total"]
