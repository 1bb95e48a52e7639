"""A patent application: a front page with a figure, then a specification in two columns."""

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Frame, Paragraph

from sample_docs.make.draw.patent_figure import draw_figure
from sample_docs.make.draw.prose import Layout, body
from sample_docs.make.draw.sheet import Sheet, Type
from sample_docs.make.facts.patents import Patent
from sample_docs.make.facts.printed import long_date

LEFT, MIDDLE, RIGHT = 56, 314, 556
TEXT = Type("Times-Roman", 10, black)
BOLD = Type("Times-Bold", 10, black)
HEADING = ParagraphStyle(
    "heading",
    fontName="Times-Roman",
    fontSize=10,
    leading=13,
    alignment=TA_CENTER,
    spaceBefore=5,
    spaceAfter=5,
)


def draw(patent: Patent) -> bytes:
    """The PDF."""
    sheet = Sheet(letter, patent.title.title())
    _masthead(sheet, patent)
    _left_column(sheet, patent)
    _right_column(sheet, patent)
    draw_figure(sheet, 470)
    _specification(sheet, patent)
    return sheet.finish()


def _masthead(sheet: Sheet, patent: Patent) -> None:
    x = 396.0
    for place, digit in enumerate(patent.publication_number * 2):
        wide = 0.8 + ord(digit) % 4 * 0.6
        if x + wide < RIGHT:
            sheet.box((x, 34), (wide, 24), fill=black)
        x += wide + 1 + place % 3 * 0.5
    number = patent.publication_number.replace("/", "").replace(" ", "")
    sheet.text(RIGHT, 68, number, Type("Helvetica", 7.5, black), "right")
    sheet.text(LEFT, 88, "(19) United States", Type("Times-Bold", 12.5, black))
    kind = "(12) Patent Application Publication"
    sheet.text(LEFT, 106, kind, Type("Times-Bold", 16, black))
    surname = patent.inventors[0][0].split()[-1]
    sheet.text(LEFT + 24, 121, f"{surname} et al.", Type("Times-Bold", 11, black))
    sheet.text(MIDDLE, 106, "(10) Pub. No.:", BOLD)
    sheet.text(RIGHT, 106, patent.publication_number, Type("Times-Bold", 12.5, black), "right")
    sheet.text(MIDDLE, 121, "(43) Pub. Date:", BOLD)
    published = f"{patent.published:%b}. {patent.published.day}, {patent.published.year}"
    sheet.text(RIGHT, 121, published.replace("May.", "May"), BOLD, "right")
    sheet.rule(LEFT, RIGHT, 132, weight=1.4, colour=black)


def _entry(sheet: Sheet, y: float, code: str, label: str, lines: tuple[str, ...]) -> float:
    sheet.text(LEFT, y, f"({code})", TEXT)
    sheet.text(LEFT + 26, y, label, TEXT)
    return sheet.lines(LEFT + 92, y, lines, TEXT, 1.2) + 8


def _left_column(sheet: Sheet, patent: Patent) -> None:
    sheet.text(LEFT, 154, "(54)", TEXT)
    title = Type("Times-Bold", 10.5, black)
    y = sheet.wrapped(LEFT + 26, 154, patent.title, title, MIDDLE - LEFT - 46) + 8
    y = _entry(sheet, y, "71", "Applicant:", patent.applicant)
    inventors = tuple(f"{name}, {town}" for name, town in patent.inventors)
    wrapped = tuple(part for line in inventors for part in _broken(line))
    y = _entry(sheet, y, "72", "Inventors:", wrapped)
    y = _entry(sheet, y, "21", "Appl. No.:", (patent.application_number,))
    _entry(sheet, y, "22", "Filed:", (long_date(patent.filed),))


def _broken(line: str) -> tuple[str, ...]:
    """An inventor's entry on two lines: the name, then the town."""
    name, town = line.split(", ", 1)
    return (f"{name},", town)


def _right_column(sheet: Sheet, patent: Patent) -> None:
    sheet.text(MIDDLE + 60, 154, "Publication Classification", BOLD)
    sheet.text(MIDDLE, 172, "(51)", TEXT)
    sheet.text(MIDDLE + 26, 172, "Int. Cl.", BOLD)
    y = 185.0
    for name in patent.classes:
        sheet.text(MIDDLE + 26, y, name, Type("Times-BoldItalic", 10, black))
        sheet.text(MIDDLE + 130, y, "(2006.01)", TEXT)
        y += 13
    sheet.text(MIDDLE, y + 8, "(57)", TEXT)
    sheet.text(MIDDLE + 92, y + 8, "ABSTRACT", BOLD)
    style = body("Times-Roman", 10)
    _place(sheet, [Paragraph(patent.abstract, style)], (MIDDLE, y + 14), (RIGHT - MIDDLE, 240))


def _place(
    sheet: Sheet,
    story: list[Flowable],
    corner: tuple[float, float],
    size: tuple[float, float],
) -> None:
    """Draw from `story`, taking from it, what fits into a box."""
    frame = Frame(
        corner[0], sheet.height - corner[1] - size[1], *size,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    frame.addFromList(story, sheet.canvas)


def _specification(sheet: Sheet, patent: Patent) -> None:
    layout = Layout(margin=LEFT)
    wide = (layout.size[0] - 2 * LEFT - layout.gutter) / 2
    story = _story(patent)
    page = 0
    while story:
        sheet.page()
        page += 1
        sheet.text(LEFT, 46, patent.publication_number, TEXT)
        sheet.text((LEFT + RIGHT) / 2, 60, str(page), TEXT, "centre")
        published = f"{patent.published:%b} {patent.published.day}, {patent.published.year}"
        sheet.text(RIGHT, 46, published, TEXT, "right")
        for left in (LEFT, LEFT + wide + layout.gutter):
            _fill(sheet, story, left, wide)


def _fill(sheet: Sheet, story: list[Flowable], left: float, wide: float) -> None:
    """One column; a paragraph that does not fit is split over to the next."""
    frame = Frame(
        left, 56, wide, sheet.height - 136,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    frame.addFromList(story, sheet.canvas)
    if story and (parts := frame.split(story[0], sheet.canvas)):
        frame.add(parts[0], sheet.canvas)
        story[:1] = parts[1:]


def _story(patent: Patent) -> list[Flowable]:
    style = body("Times-Roman", 10)
    story: list[Flowable] = [Paragraph(f"<b>{patent.title}</b>", HEADING)]
    number = 0
    for title, paragraphs in patent.sections:
        story.append(Paragraph(title, HEADING))
        for words in paragraphs:
            number += 1
            story.append(Paragraph(f"[{number:04d}]&nbsp;&nbsp;&nbsp;{words}", style))
    story.append(Paragraph("What is claimed is:", style))
    for at, claim in enumerate(patent.claims, 1):
        story.append(Paragraph(f"&nbsp;&nbsp;&nbsp;<b>{at}</b>. {claim}", style))
    return story
