"""Forms: an American one with fields to fill on the screen, a German one filled by typewriter."""

from dataclasses import dataclass

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import letter

from sample_docs.make.draw.sheet import MM, Sheet, Type, star
from sample_docs.make.facts.forms import Form
from sample_docs.make.facts.printed import american_date, german_date

GREEN = HexColor("#2f6b3a")
PALE = HexColor("#f3f8f1")


@dataclass(frozen=True)
class Cell:
    """A ruled box of the form: label on top, what was entered below."""

    name: str
    label: str
    value: str
    width: float  # share of the row


def draw_fillable(form: Form) -> bytes:
    """The PDF of one page whose answers are values of AcroForm fields."""
    sheet = Sheet(letter, form.form_title)
    left, width = 46.0, 520.0
    sheet.polygon(star((72, 62), 24, 8, 0.62), GREEN)
    sheet.disc((72, 62), 9, HexColor("#f0c94a"))
    sheet.text(108, 52, "City of Marlow Falls", Type("Helvetica", 10, GREEN))
    sheet.text(108, 70, form.form_title, Type("Helvetica-Bold", 16.5))
    sheet.text(108, 84, "Parks and Recreation Department", Type("Helvetica", 9))
    sheet.text(left + width, 46, f"Form {form.form_number} (Rev. 10/2025)", Type(size=8), "right")
    y = 112.0
    for title, rows in _garden_parts(form):
        sheet.box((left, y), (width, 16), fill=GREEN)
        sheet.text(left + 6, y + 11.5, title, Type("Helvetica-Bold", 9, white))
        y += 16
        for row in rows:
            _fillable_row(sheet, (left, y), width, row)
            y += 36
        y += 10
    _consent(sheet, left, y, form)
    return sheet.finish()


def _garden_parts(form: Form) -> tuple[tuple[str, tuple[tuple[Cell, ...], ...]], ...]:
    more = form.further
    birth = american_date(form.date_of_birth)
    applicant = (
        (
            Cell("name", "1. Name of applicant", form.applicant_name, 0.68),
            Cell("birth", "2. Date of birth (MM/DD/YYYY)", birth, 0.32),
        ),
        (
            Cell("street", "3. Street address", form.address[0], 0.5),
            Cell("city", "City, State, ZIP", form.address[1], 0.5),
        ),
        (
            Cell("phone", "4. Telephone", form.phone, 0.4),
            Cell("email", "5. E-mail", form.email, 0.6),
        ),
    )
    plot = (
        (
            Cell("household", "6. Persons in household", more["household"], 0.3),
            Cell("size", "7. Plot size requested", more["size"], 0.3),
            Cell("season", "8. Season", "April - October 2026", 0.4),
        ),
        (
            Cell("first", "9. Garden, first choice", more["first"], 0.5),
            Cell("second", "10. Garden, second choice", more["second"], 0.5),
        ),
        (Cell("contact", "11. Person to contact in your absence", more["contact"], 1.0),),
    )
    return (
        ("PART A - APPLICANT", applicant),
        ("PART B - PLOT", plot),
    )


def _fillable_row(
    sheet: Sheet, corner: tuple[float, float], width: float, cells: tuple[Cell, ...]
) -> None:
    x, y = corner
    for cell in cells:
        wide = width * cell.width
        sheet.box((x, y), (wide, 36), fill=PALE, stroke=GREEN)
        sheet.text(x + 5, y + 10, cell.label, Type("Helvetica", 7.2))
        _field(sheet, cell, (x + 4, y + 13), (wide - 8, 20))
        x += wide


def _field(
    sheet: Sheet, cell: Cell, corner: tuple[float, float], size: tuple[float, float]
) -> None:
    sheet.canvas.acroForm.textfield(
        name=cell.name, tooltip=cell.label, value=cell.value, maxlen=80,
        x=corner[0], y=sheet.height - corner[1] - size[1], width=size[0], height=size[1],
        fontName="Helvetica", fontSize=10.5, borderWidth=0, fillColor=PALE, textColor=black,
        forceBorder=False,
    )  # fmt: skip


def _consent(sheet: Sheet, left: float, y: float, form: Form) -> None:
    rules = (
        "I have read the garden rules. I will begin to cultivate the plot by May 1, keep its paths "
        "clear, use no herbicides, and return it cleared by November 15. I understand that the "
        "fee of $45.00 is due within ten days of assignment and is not refundable."
    )
    sheet.text(left, y + 8, "PART C - CERTIFICATION", Type("Helvetica-Bold", 9, GREEN))
    end = sheet.wrapped(left, y + 22, rules, Type("Helvetica", 8.6), 520)
    sheet.signature(left + 20, end + 36, 52)
    sheet.rule(left, left + 300, end + 44)
    sheet.text(left, end + 54, "12. Signature of applicant", Type("Helvetica", 7.2))
    signed = Cell("signed", "13. Date signed", american_date(form.date_signed), 1.0)
    _field(sheet, signed, (left + 330, end + 22), (120, 20))
    sheet.rule(left + 330, left + 520, end + 44)
    sheet.text(left + 330, end + 54, signed.label, Type("Helvetica", 7.2))
    office = Type("Helvetica-Oblique", 8, HexColor("#555555"))
    sheet.box((left, 690), (520, 52), fill=HexColor("#ececec"))
    sheet.text(left + 6, 703, "For office use only", office)
    sheet.text(left + 6, 726, "Received ______________   Plot no. ________   Fee ________", office)


def draw_typed(form: Form) -> bytes:
    """The PDF of one A4 page with ruled cells, filled by typewriter."""
    sheet = Sheet(title=form.form_title)
    left, width = 22 * MM, 168 * MM
    _town(sheet, left)
    sheet.text(left + width, 62, f"Vordruck {form.form_number}", Type(size=8.5), "right")
    title = Type("Helvetica-Bold", 14.5, black)
    y = sheet.wrapped(left, 132, form.form_title, title, width) + 6
    hint = "Bitte in Druckbuchstaben oder mit Schreibmaschine ausfüllen. Zutreffendes ankreuzen."
    sheet.text(left, y, hint, Type("Helvetica", 8.5, black))
    y += 16
    for row in _parking_rows(form):
        _typed_row(sheet, (left, y), width, row)
        y += 38
    _boxes(sheet, left, y + 22)
    _declaration(sheet, left, y + 92, form)
    return sheet.finish()


def _parking_rows(form: Form) -> tuple[tuple[Cell, ...], ...]:
    more = form.further
    birth = german_date(form.date_of_birth)
    return (
        (
            Cell("", "Vorname, Name der antragstellenden Person", form.applicant_name, 0.66),
            Cell("", "Geburtsdatum", birth, 0.34),
        ),
        (
            Cell("", "Straße, Hausnummer", form.address[0], 0.5),
            Cell("", "Postleitzahl, Ort", form.address[1], 0.5),
        ),
        (
            Cell("", "Telefon", form.phone, 0.4),
            Cell("", "E-Mail", form.email, 0.6),
        ),
        (
            Cell("", "Amtliches Kennzeichen", more["plate"], 0.36),
            Cell("", "Fahrzeug", more["make"], 0.32),
            Cell("", "Bewohnerparkzone", more["zone"], 0.32),
        ),
    )


def _town(sheet: Sheet, left: float) -> None:
    """The arms of the town: a tower on a shield."""
    sheet.polygon(
        [(left, 46), (left + 36, 46), (left + 36, 72), (left + 18, 92), (left, 72)], black
    )
    sheet.box((left + 12, 56), (12, 26), fill=white)
    for at in (10, 16, 22):
        sheet.box((left + at, 51), (4, 6), fill=white)
    sheet.text(left + 48, 62, "Stadt Pleißenau", Type("Times-Bold", 17, black))
    sheet.text(left + 48, 78, "Ordnungsamt · Straßenverkehrsbehörde", Type("Helvetica", 9, black))
    sheet.text(left + 48, 90, "Rathausplatz 1, 04999 Pleißenau", Type("Helvetica", 9, black))


def _typed_row(
    sheet: Sheet, corner: tuple[float, float], width: float, cells: tuple[Cell, ...]
) -> None:
    x, y = corner
    for cell in cells:
        wide = width * cell.width
        sheet.box((x, y), (wide, 38), stroke=black)
        sheet.text(x + 4, y + 10, cell.label, Type("Helvetica", 7.4, black))
        sheet.text(x + 8, y + 29, cell.value, Type("Courier-Bold", 11.5, black))
        x += wide


def _boxes(sheet: Sheet, left: float, y: float) -> None:
    choices = (("Erstantrag", True), ("Verlängerung", False), ("Fahrzeugwechsel", False))
    for at, (label, ticked) in enumerate(choices):
        x = left + 150 * at
        sheet.box((x, y - 9), (10, 10), stroke=black)
        if ticked:
            sheet.text(x + 1.6, y - 0.6, "X", Type("Courier-Bold", 11.5, black))
        sheet.text(x + 16, y, label, Type("Helvetica", 10, black))
    fee = "Die Gebühr beträgt 30,70 EUR je Jahr und wird mit der Ausstellung fällig."
    sheet.text(left, y + 26, fee, Type("Helvetica", 9.5, black))


def _declaration(sheet: Sheet, left: float, y: float, form: Form) -> None:
    words = (
        "Ich versichere, dass ich in der genannten Zone mit Hauptwohnsitz gemeldet bin und dass "
        "mir kein privater Stellplatz zur Verfügung steht. Mir ist bekannt, dass der Ausweis bei "
        "falschen Angaben entschädigungslos eingezogen wird."
    )
    y = sheet.wrapped(left, y, words, Type("Helvetica", 9.5, black), 168 * MM) + 44
    place = f"Pleißenau, {german_date(form.date_signed)}"
    sheet.text(left + 6, y - 6, place, Type("Courier-Bold", 11.5, black))
    sheet.signature(left + 270, y - 8, 8, width=140)
    for x, label in ((left, "Ort, Datum"), (left + 260, "Unterschrift")):
        sheet.rule(x, x + 200, y, colour=black)
        sheet.text(x, y + 11, label, Type("Helvetica", 7.4, black))
