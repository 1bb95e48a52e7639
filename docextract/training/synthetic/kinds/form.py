"""Lays out a form that someone filled in: boxes, dotted lines, labels above or before."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from docextract.training.synthetic.facts.identifiers import digits, shaped
from docextract.training.synthetic.facts.notation import manner_of
from docextract.training.synthetic.facts.parties import Party, company, someone
from docextract.training.synthetic.facts.people import person
from docextract.training.synthetic.facts.stated import Stated, Teller, as_invented
from docextract.training.synthetic.facts.vocabulary import loaded, word
from docextract.training.synthetic.paper.cursor import Desk, desk_of
from docextract.training.synthetic.paper.fonts import Style, width
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, wrapped

KIND = "form"
FIELDS = (
    "form_title",
    "form_number",
    "applicant_name",
    "date_of_birth",
    "address",
    "phone",
    "email",
    "date_signed",
)


@dataclass
class Form:
    """A form on its way to paper; `hand` is what it is filled in with."""

    desk: Desk
    language: str
    who: Party
    title: str
    number: str
    born: date
    signed: date
    hand: Style

    def word(self, thing: str) -> str:
        """One of the words for a thing."""
        return word(self.desk.rng, "form", self.language, thing)


def draw(rng: Random, told: Teller[Form] = as_invented) -> tuple[Stated, Sheet]:
    """A form and its sheet."""
    country, language = rng.choice((("DE", "de"), ("DE", "de"), ("US", "en"), ("GB", "en")))
    desk = desk_of(rng, manner_of(rng, country, language).full, letter=country == "US")
    hand = (
        desk.style
        if rng.random() < 0.5
        else Style(rng.choice(("Courier", "Times", "Helvetica")), 10.0)
    )
    invented = Form(
        desk=desk,
        language=language,
        who=someone(rng, country),
        title=word(rng, "form", language, "title"),
        number=shaped(rng, "?-###", "####", "###/##", "?##"),
        born=date(1935, 1, 1) + timedelta(days=rng.randrange(25000)),
        signed=date(2008, 1, 1) + timedelta(days=rng.randrange(6500)),
        hand=hand,
    )
    form = told(invented)
    _head(form)
    _boxes(form)
    _end(form)
    values = {
        "form_title": form.title,
        "form_number": form.number,
        "applicant_name": form.who.name,
        "date_of_birth": form.born,
        "address": form.who.address.text,
        "phone": form.who.phone,
        "email": form.who.email,
        "date_signed": form.signed,
    }
    return Stated(language, values), desk.sheet


def _head(form: Form) -> None:
    desk = form.desk
    if desk.chance(0.5):
        desk.sheet.write((desk.left, desk.y), company(desk.rng, form.who.country).name, desk.style)
        desk.down(2)
    number = [Ink(form.word("form_number")), desk.ink(form.number, "form_number")]
    numbered = desk.chance(0.6)
    if numbered and desk.chance(0.5):
        desk.sheet.write((desk.right, desk.y), number, desk.style.bigger(0.85), align="r")
        desk.down(1.5)
        numbered = False
    big = desk.style.bigger(desk.rng.choice((1.2, 1.5, 1.8)), bold=True)
    for line in wrapped(desk.ink(form.title, "form_title"), big, desk.right - desk.left):
        desk.sheet.write((desk.left, desk.y), line, big)
        desk.y += big.size * 1.2
    if numbered:
        desk.sheet.write((desk.left, desk.y), number, desk.style.bigger(0.85))
        desk.down(1.2)
    if desk.chance(0.6):
        desk.down(0.6)
        desk.paragraph(form.word("sections"), style=desk.style.heavy)
    desk.down(0.8)


def _answers(form: Form) -> list[tuple[str, Inks]]:
    desk, who, rng = form.desk, form.who, form.desk.rng
    part = desk.ink("").part
    joined = [
        Ink(
            line + ("," if at < len(who.address.lines) - 1 and not line.endswith(",") else ""),
            "address",
            -1,
            part,
        )
        for at, line in enumerate(who.address.lines)
    ]
    answers: list[tuple[str, Inks]] = [
        (form.word("applicant_name"), [desk.ink(who.name, "applicant_name")])
    ]
    if desk.chance(0.8):
        answers.append(
            (form.word("date_of_birth"), [desk.ink(desk.manner.day(form.born), "date_of_birth")])
        )
    if desk.chance(0.9):
        answers.append((form.word("address"), joined))
    if desk.chance(0.75):
        answers.append((form.word("phone"), [desk.ink(who.phone, "phone")]))
    if desk.chance(0.6):
        answers.append((form.word("email"), [desk.ink(who.email, "email")]))
    for label in rng.sample(loaded(f"form.{form.language}")["others"], rng.randint(0, 5)):
        answers.append((label, [Ink(_other(form, label))]))
    if desk.chance(0.5):
        rng.shuffle(answers)
    return answers


def _other(form: Form, label: str) -> str:
    rng, desk = form.desk.rng, form.desk
    country = form.who.country
    if any(hint in label.lower() for hint in ("date", "zum")):
        return desk.manner.day(form.signed + timedelta(days=rng.randint(5, 60)))
    if any(hint in label.lower() for hint in ("number", "nummer", "plate", "zeichen", "years")):
        return digits(rng, rng.randint(1, 7))
    if any(hint in label.lower() for hint in ("employer", "arbeitgeber", "kasse")):
        return company(rng, country).name
    if "anschrift" in label.lower() or "address" in label.lower():
        return ", ".join(someone(rng, country).address.lines)
    return rng.choice((person(rng, country), "", "-", "n/a" if form.language == "en" else "keine"))


def _boxes(form: Form) -> None:
    desk = form.desk
    way = desk.rng.choice(("lines", "lines", "boxes", "column"))
    answers = _answers(form)
    widest = max(width(label, desk.style) for label, _ in answers) + 14
    for label, value in answers:
        lines = wrapped(
            value, form.hand, desk.right - desk.left - (widest if way != "boxes" else 12)
        )
        desk.room(4 * desk.line)
        if way == "boxes":
            _box(form, label, lines)
            continue
        colon = ":" if desk.chance(0.7) else ""
        desk.sheet.write((desk.left, desk.y), label + colon, desk.style)
        for line in lines:
            desk.sheet.write((desk.left + widest, desk.y), line, form.hand)
            if way == "lines":
                desk.sheet.level(desk.left + widest - 4, desk.y + 3, desk.right)
            desk.down(1.4)
        desk.down(0.5 if lines else 1.9)


def _box(form: Form, label: str, lines: list[list[Ink]]) -> None:
    desk = form.desk
    high = desk.line * 1.3 + form.hand.size * 1.3 * max(1, len(lines))
    top = desk.y - desk.style.size - 2
    desk.sheet.frame((desk.left, top, desk.right, top + high))
    desk.sheet.write((desk.left + 4, desk.y), label, desk.style.bigger(0.8))
    desk.block((desk.left + 6, desk.y + desk.line * 1.15), lines, form.hand)
    desk.y = top + high + desk.style.size + 2


def _end(form: Form) -> None:
    desk = form.desk
    desk.down(1)
    if desk.chance(0.7):
        desk.paragraph(
            form.word("notes").format(date=desk.manner.day(form.signed + timedelta(days=30)))
        )
        desk.down(1)
    if not desk.chance(0.85):
        return
    desk.room(4 * desk.line)
    label = form.word("date_signed")
    place = f"{form.who.address.city}, " if label.startswith("Ort") else ""
    end = desk.sheet.write((desk.left, desk.y), label + ":", desk.style)
    desk.sheet.write(
        (end + 8, desk.y),
        [Ink(place), desk.ink(desk.manner.day(form.signed), "date_signed")],
        form.hand,
    )
    x = desk.left + 0.58 * (desk.right - desk.left)
    desk.sheet.write((x, desk.y), form.word("signature") + ":", desk.style)
    desk.down(1.5)
