"""A radiology report of two pages, printed from a hospital's system."""

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import letter

from sample_docs.make.draw.sheet import Sheet, Type
from sample_docs.make.facts.medical import MedicalReport
from sample_docs.make.facts.printed import american_date

LEFT, RIGHT = 68, 544
BODY = Type("Courier", 10.4, black)
HEAD = Type("Helvetica-Bold", 10.6, black)
LABEL = Type("Helvetica", 9.4, black)


def draw(report: MedicalReport) -> bytes:
    """The PDF: patient, technique and findings, then the impression overleaf."""
    sheet = Sheet(letter, "Radiology report")
    _letterhead(sheet, report)
    _patient(sheet, report)
    y = _section(sheet, 262, "EXAMINATION", report.examination)
    y = _section(sheet, y, "CLINICAL HISTORY", report.history)
    y = _section(sheet, y, "TECHNIQUE", report.technique)
    _section(sheet, y, "FINDINGS", *report.findings)
    sheet.text(RIGHT, 752, "Page 1 of 2", LABEL, "right")
    sheet.page()
    _overleaf(sheet, report)
    y = _section(sheet, 120, "IMPRESSION", *report.impression)
    _signed(sheet, report, y + 20)
    sheet.text(RIGHT, 752, "Page 2 of 2", LABEL, "right")
    return sheet.finish()


def _letterhead(sheet: Sheet, report: MedicalReport) -> None:
    firm = report.institution
    sheet.box((LEFT, 44), (44, 44), fill=black, radius=6)
    sheet.canvas.setFillGray(1)
    sheet.canvas.rect(LEFT + 18, sheet.height - 82, 8, 32, fill=1, stroke=0)
    sheet.canvas.rect(LEFT + 6, sheet.height - 70, 32, 8, fill=1, stroke=0)
    sheet.text(LEFT + 58, 64, firm.name, Type("Times-Bold", 20, black))
    sheet.text(LEFT + 58, 80, f"{firm.one_line}   Phone {firm.phone}", LABEL)
    sheet.rule(LEFT, RIGHT, 100, weight=1.6, colour=black)
    middle = (LEFT + RIGHT) / 2
    sheet.text(middle, 122, "RADIOLOGY REPORT", Type("Helvetica-Bold", 14, black), "centre")


def _patient(sheet: Sheet, report: MedicalReport) -> None:
    left = (
        ("Patient:", report.patient_name),
        ("Date of birth:", american_date(report.date_of_birth)),
        ("Patient ID:", report.patient_id),
        ("Sex:", "F"),
    )
    right = (
        ("Report date:", american_date(report.report_date)),
        ("Exam date:", american_date(report.report_date)),
        ("Referring:", report.referrer),
        ("Accession:", "26-104417"),
    )
    sheet.box((LEFT, 138), (RIGHT - LEFT, 88), stroke=black)
    sheet.line((316, 138), (316, 226), colour=black)
    for x, rows in ((LEFT + 8, left), (324, right)):
        for row, (label, value) in enumerate(rows):
            sheet.text(x, 156 + 20 * row, label, LABEL)
            sheet.text(x + 72, 156 + 20 * row, value, BODY)


def _section(sheet: Sheet, y: float, title: str, *paragraphs: str) -> float:
    sheet.text(LEFT, y, f"{title}:", HEAD)
    y += 15
    for paragraph in paragraphs:
        y = sheet.wrapped(LEFT, y, paragraph, BODY, RIGHT - LEFT, lead=1.28) + 3
    return y + 10


def _overleaf(sheet: Sheet, report: MedicalReport) -> None:
    sheet.text(LEFT, 64, report.institution.name, HEAD)
    who = f"{report.patient_name}    {report.patient_id}"
    sheet.text(RIGHT, 64, who, BODY, "right")
    sheet.rule(LEFT, RIGHT, 74, weight=1.2, colour=black)


def _signed(sheet: Sheet, report: MedicalReport, y: float) -> None:
    sheet.signature(LEFT + 20, y + 34, 19, width=130, colour=black)
    sheet.rule(LEFT, LEFT + 220, y + 42, colour=black)
    sheet.text(LEFT, y + 56, report.physician, HEAD)
    sheet.text(LEFT, y + 70, "Diagnostic Radiology", LABEL)
    when = f"Electronically signed {american_date(report.report_date)} 4:52 PM"
    sheet.text(LEFT, y + 84, when, LABEL)
    note = (
        "This report is confidential and intended for the referring physician. If you have "
        "received it in error, please call the number on the first page."
    )
    sheet.wrapped(LEFT, y + 130, note, LABEL, RIGHT - LEFT)
