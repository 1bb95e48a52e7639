"""A private letter from a word processor, in the OpenDocument format."""

from io import BytesIO

from odf.opendocument import OpenDocumentText
from odf.style import ParagraphProperties, Style, TextProperties
from odf.text import LineBreak, P

from sample_docs.make.archive import timeless
from sample_docs.make.facts.letters import Letter
from sample_docs.make.facts.printed import german_long_date


def draw(letter: Letter) -> bytes:
    """The ODT file."""
    paper = OpenDocumentText()
    plain = _style(paper, "Brief", "start", "normal")
    right = _style(paper, "Rechts", "end", "normal")
    bold = _style(paper, "Betreff", "start", "bold")
    sender, recipient = letter.sender, letter.recipient
    contact = (f"Telefon {sender.phone}", sender.email)
    city = sender.address[-1].split(" ", 1)[1]
    for style, lines in (
        (plain, (sender.name, *sender.address, *contact)),
        (plain, (recipient.name, *recipient.address)),
        (right, (f"{city}, {german_long_date(letter.day)}",)),
        (bold, (letter.subject, f"Versicherungsnummer: {letter.reference}")),
        (plain, (letter.greeting,)),
        *((plain, (words,)) for words in letter.paragraphs),
        (plain, (letter.closing, "", *letter.signatory)),
    ):
        paper.text.addElement(_paragraph(style, lines))
    file = BytesIO()
    paper.write(file)
    return timeless(file.getvalue())


def _style(paper: OpenDocumentText, name: str, align: str, weight: str) -> Style:
    style = Style(name=name, family="paragraph")
    style.addElement(ParagraphProperties(textalign=align, marginbottom="0.5cm"))
    style.addElement(
        TextProperties(fontsize="11pt", fontweight=weight, fontfamily="Liberation Serif")
    )
    paper.styles.addElement(style)
    return style


def _paragraph(style: Style, lines: tuple[str, ...]) -> P:
    paragraph = P(stylename=style)
    for number, words in enumerate(lines):
        if number:
            paragraph.addElement(LineBreak())
        paragraph.addText(words)
    return paragraph
