"""What is put onto laid out pages: pens, fields to fill in, attached files, locks; and a patent."""

from itertools import pairwise
from random import Random

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from docextract.training.synthetic.facts.notation import format_date
from docextract.training.synthetic.from_record import RecordData, record_date
from docextract.training.synthetic.paper.fonts import Style
from docextract.training.synthetic.paper.render import pdf_bytes
from docextract.training.synthetic.paper.sheet import Sheet, wrap_text
from docextract.training.synthetic.produce import SyntheticDocument
from sample_docs.make.records import data_of, text_of

PLAIN, BOLD, BIG = Style("Times", 10), Style("Times", 10, bold=True), Style("Times", 15, bold=True)
#: The patent's figure: lines through points, from its top left.
_FIGURE = (
    ((70, 30), (90, 250), (330, 250), (350, 30)),
    ((96, 40), (112, 152), (126, 152)),
    ((142, 152), (310, 152), (324, 40)),
    ((98, 56), (322, 56)),
    ((128, 120), (125, 216)),
    ((140, 120), (137, 216)),
    ((106, 196), (110, 232), (316, 216), (314, 180)),
    ((108, 214), (230, 205)),
    ((206, 250), (212, 224), (218, 250)),
)
#: Its reference signs, and what they point to.
_SIGNS = {
    "10": ((20, 8), (92, 34)), "12": ((20, 110), (80, 120)), "14": ((392, 40), (322, 60)),
    "16": ((392, 76), (280, 92)), "18": ((20, 160), (134, 152)), "20": ((392, 214), (300, 206)),
    "22": ((212, 272), (212, 228)), "24": ((20, 232), (112, 222)), "26": ((20, 196), (127, 178)),
}  # fmt: skip


def signed(made: SyntheticDocument) -> bytes:
    """A PDF with a number on each page and a name in pen on each line for signatures."""
    papers = made.sheet.papers

    def over(canvas: Canvas, number: int) -> None:
        paper = papers[number - 1]
        canvas.setFont("Times-Roman", 9)
        canvas.drawCentredString(paper.width / 2, 36, f"- {number} of {len(papers)} -")
        for run in paper.runs:
            if "____" in run.text:
                _scrawl(canvas, (run.words[-1].box.x0 + 8, paper.height - run.y + 2))

    return pdf_bytes(made.sheet, over)


def _scrawl(canvas: Canvas, start: tuple[float, float]) -> None:
    """A line that moves as a hand does; each place has another hand."""
    rng = Random(f"{start}")
    (at, base), tall = start, {0, rng.randrange(2, 7)}
    path = canvas.beginPath()
    path.moveTo(at, base)
    for stroke in range(9):
        step, high = rng.uniform(6, 13), rng.uniform(2, 6) + 7 * (stroke in tall)
        path.curveTo(
            at + step * rng.uniform(-0.5, 0.6), base + high * 1.4,
            at + step * rng.uniform(0.9, 1.7), base + high, at + step, base - 6 * rng.random(),
        )  # fmt: skip
        at += step
    canvas.setStrokeColorRGB(0.1, 0.18, 0.48)
    canvas.drawPath(path, fill=0, stroke=1)


def fillable(made: SyntheticDocument) -> bytes:
    """A PDF whose answers, which the layout has typed, are values of AcroForm fields alone."""
    (paper,) = made.sheet.papers
    typed = [run for run in paper.runs if run.style.family == "Courier"]
    paper.runs = [run for run in paper.runs if run not in typed]

    def over(canvas: Canvas, _: int) -> None:
        for at, run in enumerate(typed):
            name = run.words[0].ink.label or f"other_{at}"
            beside = [other.x for other in paper.runs if other.y == run.y and other.x > run.x]
            canvas.acroForm.textfield(
                name=name, tooltip=name, value=run.text, maxlen=80, x=run.x - 2,
                y=paper.height - run.y - 4, width=min([260 + run.x, *beside]) - run.x, height=15,
                fontName="Helvetica", fontSize=10, borderWidth=0, forceBorder=False,
            )  # fmt: skip

    return pdf_bytes(made.sheet, over)


def holding(made: SyntheticDocument, name: str, data: bytes) -> bytes:
    """A PDF with a file in it, as the source of what it shows (PDF/A-3, AFRelationship)."""

    def over(canvas: Canvas, _: int) -> None:
        document = canvas._doc
        stream = PDFStream(PDFDictionary({"Type": PDFName("EmbeddedFile")}), data)
        file = document.Reference(PDFDictionary({
            "Type": PDFName("Filespec"), "F": PDFString(name), "UF": PDFString(name),
            "AFRelationship": PDFName("Alternative"),
            "EF": PDFDictionary({"F": document.Reference(stream)}),
        }))  # fmt: skip
        names = PDFDictionary({"Names": PDFArray([PDFString(name), file])})
        document.Catalog.Names = PDFDictionary({"EmbeddedFiles": names})
        document.Catalog.AF = PDFArray([file])

    return pdf_bytes(made.sheet, over)


def locked(made: SyntheticDocument, password: str) -> bytes:
    """A PDF that opens with the password alone."""
    lock = StandardEncryption(password, canPrint=1, strength=128)
    return pdf_bytes(made.sheet, lambda canvas, _: canvas.setEncrypt(lock))


def patent(name: str) -> bytes:
    """A PDF: a front page with a figure, then the specification in two columns."""
    data, text = data_of(name), text_of(name)
    sheet = Sheet(612, 792)
    sheet.write((56, 88), "(19) United States", BOLD)
    sheet.write((56, 108), "(12) Patent Application Publication", BIG)
    days = [format_date(record_date(data, f"{field}_date"), form, "en") for field, form in
            (("publication", "{S}. {d}, {yyyy}"), ("filing", "{S}. {d}, {yyyy}"))]  # fmt: skip
    sheet.write((372, 108), f"(10) Pub. No.: {data['publication_number']}", BOLD)
    sheet.write((372, 122), f"(43) Pub. Date: {days[0].replace('May.', 'May')}", BOLD)
    sheet.horizontal_line(56, 132, 556)
    inventors = "; ".join(
        f"{who}, {town}" for who, town in zip(data["inventors"], text["towns"], strict=True)
    )
    y = 154.0
    for code, label, value in (
        ("(54)", "", data["title"]),
        ("(71)", "Applicant:", f"{data['applicant']}, {text['towns'][0]}"),
        ("(72)", "Inventors:", inventors),
        ("(21)", "Appl. No.:", text["application"]),
        ("(22)", "Filed:", days[1]),
    ):
        sheet.write((56, y), f"{code} {label}", PLAIN)
        y = _lines(sheet, (138, y), value, 160, BOLD if code == "(54)" else PLAIN) + 8
    sheet.write((330, 154), "Publication Classification", BOLD)
    sheet.write((330, 170), f"(51) Int. Cl. {data['classification']} (2006.01)", PLAIN)
    sheet.write((330, 190), "(57) ABSTRACT", BOLD)
    _lines(sheet, (330, 206), data["abstract"], 226, PLAIN)
    _columns(sheet, text)

    def over(canvas: Canvas, number: int) -> None:
        if number == 1:
            _figure(canvas)

    return pdf_bytes(sheet, over)


def _lines(sheet: Sheet, at: tuple[float, float], words: str, room: float, style: Style) -> float:
    x, y = at
    for line in wrap_text(words, style, room):
        sheet.write((x, y), line, style)
        y += 12.5
    return y


def _figure(canvas: Canvas) -> None:
    left, top = 101, 322
    canvas.setLineWidth(1)
    for points in _FIGURE:
        for (x0, y0), (x1, y1) in pairwise(points):
            canvas.line(left + x0, top - y0, left + x1, top - y1)
    canvas.setLineWidth(0.4)
    canvas.setFont("Helvetica", 10)
    for sign, ((x, y), (to_x, to_y)) in _SIGNS.items():
        canvas.drawString(left + x, top - y, sign)
        canvas.line(left + x + (14 if x < 200 else -4), top - y + 4, left + to_x, top - to_y)
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawCentredString(306, top - 290, "FIG. 1")


def _columns(sheet: Sheet, text: RecordData) -> None:
    """The specification, its paragraphs numbered, and the claims."""
    numbers = iter(range(1, 100))
    story = [(p, True) if p.startswith("#") else (f"[{next(numbers):04}] {p}", False)
             for p in text["paragraphs"]]  # fmt: skip
    story.append(("What is claimed is:", False))
    story += [(f"{at}. {claim}", False) for at, claim in enumerate(text["claims"], 1)]
    x, y = 400.0, 800.0  # full: the first line begins a page
    for words, is_head in story:
        for line in wrap_text(words.lstrip("# "), PLAIN, 236):
            if y > 730:
                x = 56.0 if x > 300 else 320.0
                y = 76.0
                if x < 300:
                    sheet.new_page()
            sheet.write((x + 118, y) if is_head else (x, y), line, PLAIN, align="lc"[is_head])
            y += 12.5
        y += 5
