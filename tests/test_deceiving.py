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
    schemas = (Schema.load(resources.find_resource("schemas", kind)),)
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


def processed(pipeline: Pipeline, doc: Document) -> Document:
    (made,) = pipeline.run_stages([doc])
    return made


@pytest.fixture(scope="module")
def made() -> dict[tuple[str, str], Pipeline]:
    """(pipeline's name, kind) -> the pipeline, each made once."""
    return {(name, kind): make(kind) for name, make in PIPELINES.items() for kind in KINDS}


KINDS = sorted({case.kind for case in CASES})

#: What is made to be taken for an invoice, and is none: it asks for no money, or for old money.
NO_INVOICES = {
    "quotation": """\
Harper Fencing Ltd
2 Oak Way
Taunton TA1 1AA

Quotation Q-4410
Date: 4 June 2025
Valid until: 4 July 2025

Mrs Joan Tully
7 Brook Road
Taunton TA2 8PP

Description          Qty    Unit price    Amount
Panel fence, 2 m     12     80.00         960.00

Net total                                 960.00
VAT 20%                                   192.00
Total                                     1,152.00

We are pleased to offer you the above. This quotation is not an invoice. Prices are
binding for 30 days. Please sign and return this quotation if you wish us to go ahead.""",
    "reminder": """\
Möbelhaus Brandt GmbH
Ringstr. 8
50667 Köln

Herrn
Jonas Weber
Am Markt 3
53111 Bonn

Köln, 2. Mai 2025

Zahlungserinnerung

Sehr geehrter Herr Weber,

sicher haben Sie übersehen, dass unser Schreiben vom 28. Februar noch offen ist. Wir
bitten Sie, die 238,00 EUR und die 41,50 EUR vom Januar bis zum 16. Mai zu begleichen.
Sollten Sie inzwischen bezahlt haben, betrachten Sie diesen Brief als gegenstandslos.

Mit freundlichen Grüßen
Petra Brandt""",
    "note of delivery": """\
Kranz Verpackung GmbH
Hafenstr. 30
28217 Bremen

Teehaus Nord
Marktplatz 6
26122 Oldenburg

Lieferschein Nr. LS-5561
Lieferdatum: 19.05.2025

Bezeichnung          Menge
Karton 20x20         500
Klebeband            24

Ware vollständig und unbeschädigt erhalten:""",
}


@pytest.mark.parametrize("name", PIPELINES)
@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_a_document_made_to_deceive_is_read_as_a_clerk_reads_it(case, name, made):
    doc = processed(made[name, case.kind], case.document())
    assert doc.record is not None
    assert differing(case, doc.record.data) == {}


@pytest.mark.parametrize("name", PIPELINES)
def test_a_page_that_was_changed_does_not_change_what_the_xml_states(name, made):
    lines = [line.replace("140,40", "940,40") for line in LINES]
    data = holding(page(*lines), {"factur-x.xml": cii()})
    given = read(Source("a.pdf", data=data), ReadOptions()).document
    assert given is not None
    doc = processed(made[name, "invoice"], given)
    assert doc.record is not None
    assert doc.record.data["grand_total"] == Decimal("140.40")
    assert [i.field for i in doc.issues if i.category == "mismatch"] == ["grand_total"]


@pytest.mark.model
@pytest.mark.parametrize("name", NO_INVOICES)
def test_what_only_looks_like_an_invoice_is_none(name):
    schemas = tuple(Schema.load(resources.find_resource("schemas", kind)) for kind in known())
    (told,) = Classify(schemas=schemas, device="cpu")([words(NO_INVOICES[name])])
    assert told.kind is not None
    assert told.kind.label != "invoice"


def known() -> tuple[str, ...]:
    return tuple(resources.available_resources("schemas"))


def words(text: str) -> Document:
    return Case("", "", (text,), {}).document()
