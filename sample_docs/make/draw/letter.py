"""A company's letter on a printed sheet."""

from reportlab.lib.colors import HexColor
from reportlab.lib.pdfencrypt import StandardEncryption

from sample_docs.make.draw.sheet import GREY, INK, Sheet, Type
from sample_docs.make.facts.letters import Letter
from sample_docs.make.facts.printed import british_date

LEFT, RIGHT = 72, 523
WAVE = HexColor("#2b6f9e")
BODY = Type("Times-Roman", 11.3)
BOLD = Type("Times-Bold", 11.3)
SMALL = Type("Helvetica", 8, GREY)


def draw(letter: Letter, *, password: str = "") -> bytes:
    """The PDF of one page; with a `password`, encrypted with it."""
    lock = StandardEncryption(password, canPrint=1, strength=128) if password else None
    sheet = Sheet(title=letter.subject, encrypt=lock)
    _letterhead(sheet, letter)
    sheet.lines(LEFT, 168, (letter.recipient.name, *letter.recipient.address), BODY)
    sheet.text(LEFT, 246, british_date(letter.day), BODY)
    sheet.text(LEFT, 262, f"Our reference: {letter.reference}", BODY)
    sheet.text(LEFT, 298, letter.greeting, BODY)
    sheet.text(LEFT, 322, letter.subject, BOLD)
    y = 346.0
    for paragraph in letter.paragraphs:
        y = sheet.wrapped(LEFT, y, paragraph, BODY, RIGHT - LEFT, lead=1.36) + 9
    sheet.text(LEFT, y + 6, letter.closing, BODY)
    sheet.signature(LEFT + 6, y + 44, 33, colour=INK)
    sheet.lines(LEFT, y + 66, letter.signatory, BODY)
    return sheet.finish()


def _letterhead(sheet: Sheet, letter: Letter) -> None:
    for row, tint in enumerate(("#2b6f9e", "#6aa3c8", "#a9cbe0")):
        y = 50 + 11 * row
        path = sheet.canvas.beginPath()
        path.moveTo(LEFT, sheet.height - y)
        for bump in range(3):
            x = LEFT + 18 * bump
            up = sheet.height - y + 7
            path.curveTo(x + 6, up, x + 12, up - 14, x + 18, sheet.height - y)
        sheet.canvas.setStrokeColor(HexColor(tint))
        sheet.canvas.setLineWidth(4)
        sheet.canvas.drawPath(path, fill=0, stroke=1)
    sheet.text(LEFT + 68, 66, letter.sender.name, Type("Helvetica-Bold", 17, WAVE))
    sheet.text(LEFT + 68, 80, "Clean water for the upper valley since 1887", SMALL)
    sheet.rule(LEFT, RIGHT, 98, weight=1.4, colour=WAVE)
    sender = letter.sender
    lines = (*sender.address, sender.phone, sender.email)
    for row, line in enumerate(lines):
        sheet.text(RIGHT, 114 + 11 * row, line, SMALL, "right")
    legal = f"{sender.name} Limited. Registered in England no. 00998871. {sender.web}"
    sheet.rule(LEFT, RIGHT, 800, weight=0.5, colour=WAVE)
    sheet.text(sheet.width / 2, 812, legal, SMALL, "centre")
