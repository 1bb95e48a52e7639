"""A contract from a word processor, with a table of fees and a signature table."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from sample_docs.make.archive import timeless
from sample_docs.make.draw.contract import clauses, opening
from sample_docs.make.facts.agreements import Contract
from sample_docs.make.facts.printed import cents, english

FIRST_FEE = Decimal(18400)


def draw(contract: Contract) -> bytes:
    """The DOCX file."""
    paper = Document()
    paper.core_properties.author = "Vantongeren & Wick, Attorneys"
    paper.core_properties.title = contract.title.title()
    paper.styles["Normal"].font.name = "Georgia"
    paper.styles["Normal"].font.size = Pt(11)
    paper.sections[0].header.paragraphs[0].text = "Execution copy"
    paper.sections[0].footer.paragraphs[0].text = f"{contract.title.title()} - Ashgrove"
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(contract.title)
    run.bold, run.font.size = True, Pt(15)
    for words in opening(contract):
        paper.add_paragraph(words)
    for number, (heading, clause) in enumerate(clauses(contract), 1):
        paragraph = paper.add_paragraph()
        paragraph.add_run(f"{number}. {heading}. ").bold = True
        paragraph.add_run(clause)
    _signatures(paper, contract)
    paper.add_heading("Schedule A: Annual License Fee", 2)
    _fees(paper, contract)
    file = BytesIO()
    paper.save(file)
    return timeless(file.getvalue())


def _signatures(paper: Any, contract: Contract) -> None:
    paper.add_paragraph("In witness whereof the parties have signed this Agreement:")
    table = paper.add_table(rows=1, cols=2)
    for cell, party in zip(table.rows[0].cells, contract.parties, strict=True):
        cell.text = (
            f"{party.firm.name.upper()}\n\n/s/ {party.signatory}\n"
            f"Name: {party.signatory}\nTitle: {party.office}"
        )


def _fees(paper: Any, contract: Contract) -> None:
    table = paper.add_table(rows=1, cols=3, style="Light Grid Accent 1")
    for cell, words in zip(table.rows[0].cells, ("Year", "From", "Fee (USD)"), strict=True):
        cell.text = words
    fee = FIRST_FEE
    for year in range(1, contract.expires.year - contract.effective.year + 1):
        if year > 2:  # the fee rises from the third year on
            fee = cents(fee * Decimal("1.02"))
        start = f"April 1, {contract.effective.year + year - 1}"
        cells = table.add_row().cells
        for cell, words in zip(cells, (str(year), start, english(fee)), strict=True):
            cell.text = words
