"""Synthetic filled-in forms: boxes, lines, labels above or before the values."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from docextract.training.synthetic.facts.document_facts import (
    DocumentFacts,
    FactsOverride,
    unchanged,
)
from docextract.training.synthetic.facts.identifiers import random_digits, random_from_pattern
from docextract.training.synthetic.facts.notation import random_notation
from docextract.training.synthetic.facts.parties import Party, random_company, random_private_person
from docextract.training.synthetic.facts.people import random_person_name
from docextract.training.synthetic.facts.vocabulary import random_word, word_lists
from docextract.training.synthetic.paper.cursor import LayoutCursor, new_cursor
from docextract.training.synthetic.paper.fonts import Style, text_width
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, wrap_text

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
    """A form being laid out: cursor and facts; `hand` is the style of what is filled in."""

    cursor: LayoutCursor
    language: str
    who: Party
    title: str
    number: str
    born: date
    signed: date
    hand: Style

    def word(self, thing: str) -> str:
        """One of the words for a thing."""
        return random_word(self.cursor.rng, "form", self.language, thing)


def draw(rng: Random, override: FactsOverride[Form] = unchanged) -> tuple[DocumentFacts, Sheet]:
    """Draw a random form; its facts and its sheet."""
    country, language = rng.choice((("DE", "de"), ("DE", "de"), ("US", "en"), ("GB", "en")))
    cursor = new_cursor(
        rng, random_notation(rng, country, language).with_full_years, letter=country == "US"
    )
    hand = (
        cursor.style
        if rng.random() < 0.5
        else Style(rng.choice(("Courier", "Times", "Helvetica")), 10.0)
    )
    invented = Form(
        cursor=cursor,
        language=language,
        who=random_private_person(rng, country),
        title=random_word(rng, "form", language, "title"),
        number=random_from_pattern(rng, "?-###", "####", "###/##", "?##"),
        born=date(1935, 1, 1) + timedelta(days=rng.randrange(25000)),
        signed=date(2008, 1, 1) + timedelta(days=rng.randrange(6500)),
        hand=hand,
    )
    form = override(invented)
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
    return DocumentFacts(language, values), cursor.sheet


def _head(form: Form) -> None:
    cursor = form.cursor
    if cursor.chance(0.5):
        cursor.sheet.write(
            (cursor.left, cursor.y), random_company(cursor.rng, form.who.country).name, cursor.style
        )
        cursor.move_down(2)
    number = [Ink(form.word("form_number")), cursor.ink(form.number, "form_number")]
    numbered = cursor.chance(0.6)
    if numbered and cursor.chance(0.5):
        cursor.sheet.write((cursor.right, cursor.y), number, cursor.style.scaled(0.85), align="r")
        cursor.move_down(1.5)
        numbered = False
    big = cursor.style.scaled(cursor.rng.choice((1.2, 1.5, 1.8)), bold=True)
    for line in wrap_text(cursor.ink(form.title, "form_title"), big, cursor.right - cursor.left):
        cursor.sheet.write((cursor.left, cursor.y), line, big)
        cursor.y += big.size * 1.2
    if numbered:
        cursor.sheet.write((cursor.left, cursor.y), number, cursor.style.scaled(0.85))
        cursor.move_down(1.2)
    if cursor.chance(0.6):
        cursor.move_down(0.6)
        cursor.paragraph(form.word("sections"), style=cursor.style.in_bold)
    cursor.move_down(0.8)


def _answers(form: Form) -> list[tuple[str, Inks]]:
    cursor, who, rng = form.cursor, form.who, form.cursor.rng
    part = cursor.ink("").part
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
        (form.word("applicant_name"), [cursor.ink(who.name, "applicant_name")])
    ]
    if cursor.chance(0.8):
        answers.append(
            (
                form.word("date_of_birth"),
                [cursor.ink(cursor.notation.day(form.born), "date_of_birth")],
            )
        )
    if cursor.chance(0.9):
        answers.append((form.word("address"), joined))
    if cursor.chance(0.75):
        answers.append((form.word("phone"), [cursor.ink(who.phone, "phone")]))
    if cursor.chance(0.6):
        answers.append((form.word("email"), [cursor.ink(who.email, "email")]))
    for label in rng.sample(word_lists(f"form.{form.language}")["others"], rng.randint(0, 5)):
        answers.append((label, [Ink(_other(form, label))]))
    if cursor.chance(0.5):
        rng.shuffle(answers)
    return answers


def _other(form: Form, label: str) -> str:
    rng, cursor = form.cursor.rng, form.cursor
    country = form.who.country
    if any(hint in label.lower() for hint in ("date", "zum")):
        return cursor.notation.day(form.signed + timedelta(days=rng.randint(5, 60)))
    if any(hint in label.lower() for hint in ("number", "nummer", "plate", "zeichen", "years")):
        return random_digits(rng, rng.randint(1, 7))
    if any(hint in label.lower() for hint in ("employer", "arbeitgeber", "kasse")):
        return random_company(rng, country).name
    if "anschrift" in label.lower() or "address" in label.lower():
        return ", ".join(random_private_person(rng, country).address.lines)
    return rng.choice(
        (random_person_name(rng, country), "", "-", "n/a" if form.language == "en" else "keine")
    )


def _boxes(form: Form) -> None:
    cursor = form.cursor
    way = cursor.rng.choice(("lines", "lines", "boxes", "column"))
    answers = _answers(form)
    widest = max(text_width(label, cursor.style) for label, _ in answers) + 14
    for label, value in answers:
        lines = wrap_text(
            value, form.hand, cursor.right - cursor.left - (widest if way != "boxes" else 12)
        )
        cursor.ensure_space(4 * cursor.line)
        if way == "boxes":
            _box(form, label, lines)
            continue
        colon = ":" if cursor.chance(0.7) else ""
        cursor.sheet.write((cursor.left, cursor.y), label + colon, cursor.style)
        for line in lines:
            cursor.sheet.write((cursor.left + widest, cursor.y), line, form.hand)
            if way == "lines":
                cursor.sheet.horizontal_line(cursor.left + widest - 4, cursor.y + 3, cursor.right)
            cursor.move_down(1.4)
        cursor.move_down(0.5 if lines else 1.9)


def _box(form: Form, label: str, lines: list[list[Ink]]) -> None:
    cursor = form.cursor
    high = cursor.line * 1.3 + form.hand.size * 1.3 * max(1, len(lines))
    top = cursor.y - cursor.style.size - 2
    cursor.sheet.draw_frame((cursor.left, top, cursor.right, top + high))
    cursor.sheet.write((cursor.left + 4, cursor.y), label, cursor.style.scaled(0.8))
    cursor.block((cursor.left + 6, cursor.y + cursor.line * 1.15), lines, form.hand)
    cursor.y = top + high + cursor.style.size + 2


def _end(form: Form) -> None:
    cursor = form.cursor
    cursor.move_down(1)
    if cursor.chance(0.7):
        cursor.paragraph(
            form.word("notes").format(date=cursor.notation.day(form.signed + timedelta(days=30)))
        )
        cursor.move_down(1)
    if not cursor.chance(0.85):
        return
    cursor.ensure_space(4 * cursor.line)
    label = form.word("date_signed")
    place = f"{form.who.address.city}, " if label.startswith("Ort") else ""
    end = cursor.sheet.write((cursor.left, cursor.y), label + ":", cursor.style)
    cursor.sheet.write(
        (end + 8, cursor.y),
        [Ink(place), cursor.ink(cursor.notation.day(form.signed), "date_signed")],
        form.hand,
    )
    x = cursor.left + 0.58 * (cursor.right - cursor.left)
    cursor.sheet.write((x, cursor.y), form.word("signature") + ":", cursor.style)
    cursor.move_down(1.5)
