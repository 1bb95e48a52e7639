"""A mutual non-disclosure agreement over several pages, as a law office types it."""

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from sample_docs.make.draw.prose import Layout, body, flow, signatures
from sample_docs.make.facts.agreements import Nda
from sample_docs.make.facts.printed import long_date

TITLE = ParagraphStyle(
    "title", fontName="Times-Bold", fontSize=14, leading=18, alignment=TA_CENTER, spaceAfter=16
)

#: (heading, text); names in braces are filled from the facts.
CLAUSES = (
    (
        "Purpose",
        "The parties wish to explore {purpose} (the “Purpose”). In doing so each party may "
        "disclose to the other information that it regards as confidential. The party that "
        "discloses is called the “Discloser”, the party that receives the “Recipient”.",
    ),
    (
        "Confidential Information",
        "“Confidential Information” means all information, in whatever form, that Discloser "
        "makes available to Recipient in connection with the Purpose and that is marked as "
        "confidential or that a reasonable person would understand to be so, including designs, "
        "measurements, source code, field data, customer lists, prices and plans.",
    ),
    (
        "Exclusions",
        "Confidential Information does not include information that (a) is or becomes public "
        "through no act of Recipient; (b) was lawfully in Recipient's possession before "
        "disclosure, as its written records show; (c) is received from a third party free to "
        "disclose it; or (d) is developed independently, without use of Discloser's information.",
    ),
    (
        "Obligations of Recipient",
        "Recipient shall use Confidential Information only for the Purpose, shall protect it with "
        "no less care than its own information of like importance, and shall disclose it only to "
        "those of its employees and advisers who need to know it and who are bound by obligations "
        "no less strict than these. Recipient is liable for their acts as for its own.",
    ),
    (
        "Compelled Disclosure",
        "If a court or authority orders Recipient to disclose Confidential Information, Recipient "
        "shall, where the law permits, notify Discloser promptly in writing, so that Discloser "
        "may seek a protective order, and shall disclose no more than is required.",
    ),
    (
        "Return of Materials",
        "Within thirty (30) days of a written request Recipient shall return or destroy all "
        "materials that contain Confidential Information, and shall confirm this in writing. One "
        "archival copy may be kept by counsel for evidence of the obligations hereunder.",
    ),
    (
        "No License, No Warranty",
        "Nothing in this Agreement grants a license under any patent, copyright or trade secret. "
        "All Confidential Information is provided “as is”. Neither party is obliged to enter into "
        "any further agreement.",
    ),
    (
        "Term",
        "This Agreement is effective as of the Effective Date and continues for a period of "
        "{term}. The obligations with respect to trade secrets survive for as long as the "
        "information remains a trade secret under applicable law.",
    ),
    (
        "Remedies",
        "The parties agree that damages alone may not be an adequate remedy for a breach and that "
        "Discloser is entitled to seek injunctive relief in addition to all other remedies, "
        "without the posting of a bond where the law so permits.",
    ),
    (
        "Governing Law and Venue",
        "This Agreement is governed by the laws of the State of {jurisdiction}, without regard to "
        "its conflict of laws rules. The state and federal courts located in {jurisdiction} have "
        "exclusive jurisdiction over any dispute that arises from it.",
    ),
    (
        "General",
        "This Agreement is the entire understanding of the parties on its subject. It may be "
        "amended only in a writing signed by both. If a provision is held unenforceable, the "
        "remainder stays in force. It may be signed in counterparts and by electronic means, each "
        "of which is an original.",
    ),
)


def draw(nda: Nda) -> bytes:
    """The PDF, of two or more pages."""
    text = body()
    story: list[Flowable] = [
        Paragraph("MUTUAL NON-DISCLOSURE AGREEMENT", TITLE),
        Paragraph(_opening(nda), text),
    ]
    for number, (heading, clause) in enumerate(CLAUSES, 1):
        filled = clause.format(purpose=nda.purpose, term=nda.term, jurisdiction=nda.jurisdiction)
        story.append(Paragraph(f"{number}.&nbsp;&nbsp;<b><u>{heading}</u>.</b> {filled}", text))
    closing = (
        "IN WITNESS WHEREOF, the parties have caused this Agreement to be executed by their duly "
        "authorized representatives as of the Effective Date."
    )
    block = [Paragraph(closing, text), Spacer(1, 18), signatures(nda.parties, text, seed=70)]
    story.append(KeepTogether(block))
    layout = Layout(margin=80, top=82)
    return flow(story, layout, _furniture, "Mutual Non-Disclosure Agreement")


def _opening(nda: Nda) -> str:
    sides = (
        f"<b>{party.firm.name}</b>, {party.status} with its principal office at "
        f"{party.firm.one_line} (“{party.role}”)"
        for party in nda.parties
    )
    return (
        "This Mutual Non-Disclosure Agreement (this “Agreement”) is entered into as of "
        f"{long_date(nda.effective)} (the “Effective Date”) by and between {' and '.join(sides)}."
    )


def _furniture(canvas: Canvas, page: int) -> None:
    width, height = canvas._pagesize
    canvas.setFont("Times-Italic", 9)
    canvas.drawString(80, height - 52, "Confidential")
    canvas.drawRightString(width - 80, height - 52, "Osprey / Veldt - Mutual NDA")
    canvas.setFont("Times-Roman", 9)
    canvas.drawCentredString(width / 2, 36, f"- {page} -")
