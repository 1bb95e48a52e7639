"""A services agreement as a typist sets it, to be signed by hand and scanned."""

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from sample_docs.make.draw.prose import Layout, body, flow, signatures
from sample_docs.make.facts.agreements import Contract
from sample_docs.make.facts.printed import long_date

TITLE = ParagraphStyle(
    "title", fontName="Helvetica-Bold", fontSize=15, leading=20, alignment=TA_CENTER, spaceAfter=18
)
HEADING = ParagraphStyle(
    "heading", fontName="Helvetica-Bold", fontSize=11, leading=15, spaceBefore=4, spaceAfter=3
)


def draw(contract: Contract) -> bytes:
    """The PDF."""
    text = body("Helvetica", 10.8)
    story: list[Flowable] = [
        Paragraph(contract.title, TITLE),
        *(Paragraph(words, text) for words in opening(contract)),
    ]
    for number, (heading, clause) in enumerate(clauses(contract), 1):
        parts = [Paragraph(f"{number}. {heading}", HEADING), Paragraph(clause, text)]
        story.append(KeepTogether(parts))
    block = [
        Paragraph("Signed by the parties on the date first written above.", text),
        Spacer(1, 14),
        signatures(contract.parties, text, seed=41),
    ]
    story.append(KeepTogether(block))
    return flow(story, Layout(margin=76, top=76), _furniture, contract.title)


def opening(contract: Contract) -> tuple[str, ...]:
    """Who makes the agreement, and when."""
    first, second = (
        f"{party.firm.name}, {party.status}, of {party.firm.one_line} (“{party.role}”)"
        for party in contract.parties
    )
    title = contract.title.title().replace(" And ", " and ")
    made = f"This {title} (“Agreement”) is made on {long_date(contract.agreed)}"
    return (f"{made} between {first}, and {second}.",)


def clauses(contract: Contract) -> tuple[tuple[str, str], ...]:
    """The contract's own clauses between those on its term and on its law."""
    term = (
        f"This Agreement takes effect on {long_date(contract.effective)} (the “Effective Date”) "
        f"and expires on {long_date(contract.expires)}, unless it is terminated earlier as "
        "provided herein."
    )
    law = (
        f"This Agreement is governed by and construed in accordance with the laws of "
        f"{'the ' if ' of ' in contract.law else ''}{contract.law}, without regard to its conflict "
        "of laws principles."
    )
    return (("Term", term), *contract.clauses, ("Governing Law", law))


def _furniture(canvas: Canvas, page: int) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawCentredString(canvas._pagesize[0] / 2, 38, f"Page {page}")
    canvas.drawString(76, 38, "Initials: ______  ______")
