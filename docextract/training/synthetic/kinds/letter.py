"""Synthetic letters: of a company or an office with a letterhead, or of a private person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
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
from docextract.training.synthetic.facts.vocabulary import random_word
from docextract.training.synthetic.paper.cursor import LayoutCursor, new_cursor, random_pair_style
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, fill_template

KIND = "letter"
FIELDS = (
    "sender_name", "sender_address", "recipient_name", "recipient_address", "date", "subject",
    "reference",
)  # fmt: skip
_REFERENCES = ("#####", "##########", "?-######", "##/####-?", "Kd #####", "VN #####", "AZ #####")
_PLACES = (("DE", "de"), ("DE", "de"), ("AT", "de"), ("CH", "de"), ("GB", "en"), ("US", "en"),
           ("US", "en"), ("FR", "fr"))  # fmt: skip


@dataclass
class Letter:
    """A letter being laid out: cursor and facts."""

    cursor: LayoutCursor
    language: str
    sender: Party
    recipient: Party
    day: date
    reference: str
    subject: str
    signer: str
    greeting: str = ""
    paragraphs: Sequence[str] = ()  # none: some at random

    def word(self, thing: str) -> str:
        """One of the words or sentences for a thing."""
        return random_word(self.cursor.rng, "letter", self.language, thing)

    def fill(self, text: str) -> str:
        """The text with invented particulars that are no values of fields."""
        rng, notation = self.cursor.rng, self.cursor.notation
        places = {
            "other": notation.day(self.day - timedelta(days=rng.randint(3, 90))),
            "later": notation.day(self.day + timedelta(days=rng.randint(10, 120))),
            "number": random_digits(rng, 6),
            "last": self.recipient.contact.split()[-1],
            "contact": random_person_name(rng, self.sender.country),
            "phone": self.sender.phone,
            "firm": random_company(rng, self.sender.country).name,
            "amount": " ".join(
                part for part in notation.money(Decimal(rng.randint(1000, 250000)) / 100) if part
            ).replace(" \x00", ""),
        }
        return text.format(**places)


def draw(rng: Random, override: FactsOverride[Letter] = unchanged) -> tuple[DocumentFacts, Sheet]:
    """Draw a random letter; its facts and its sheet."""
    country, language = rng.choice(_PLACES)
    notation = random_notation(rng, country, language)
    cursor = new_cursor(rng, notation, letter=country == "US")
    cursor.style = cursor.style._replace(size=max(9.5, cursor.style.size))
    private = rng.random() < 0.35
    letter = Letter(
        cursor=cursor,
        language=language,
        sender=random_private_person(rng, country) if private else random_company(rng, country),
        recipient=random_company(rng, country)
        if rng.random() < 0.5
        else random_private_person(rng, country),
        day=date(2005, 1, 1) + timedelta(days=rng.randrange(7700)),
        reference=random_from_pattern(rng, *_REFERENCES),
        subject="",
        signer="",
    )
    letter.subject = letter.fill(letter.word("subjects"))
    letter.signer = letter.sender.name if private else letter.sender.contact
    letter = override(letter)
    _heads(letter)
    _body(letter)
    values = {
        "sender_name": letter.sender.name, "sender_address": letter.sender.address.text,
        "recipient_name": letter.recipient.name, "recipient_address": letter.recipient.address.text,
        "date": letter.day, "subject": letter.subject, "reference": letter.reference,
    }  # fmt: skip
    return DocumentFacts(language, values), cursor.sheet


def _party(letter: Letter, party: Party, who: str, *, contact: bool = False) -> list[Inks]:
    cursor = letter.cursor
    part = cursor.ink("").part
    lines: list[Inks] = [[cursor.ink(party.name, f"{who}_name")]]
    if contact and not party.person and cursor.chance(0.3):
        lines.append([Ink(f"{letter.word('attention')} {party.contact}")])
    lines += [[Ink(line, f"{who}_address", -1, part)] for line in party.address.lines]
    return lines


def _heads(letter: Letter) -> None:
    cursor = letter.cursor
    way = cursor.rng.choices(("paper", "private left", "private right", "line"), (45, 20, 20, 15))[
        0
    ]
    if way == "paper":
        _paper(letter)
    elif way != "line":
        x = (
            cursor.left
            if way == "private left"
            else cursor.left + 0.62 * (cursor.right - cursor.left)
        )
        lines = _party(letter, letter.sender, "sender") + _contacts(letter)
        cursor.y = cursor.block((x, cursor.y), lines) + cursor.line
    cursor.y = (
        max(cursor.y + cursor.line, cursor.rng.uniform(110, 150))
        if cursor.chance(0.6)
        else cursor.y + cursor.line
    )
    if way == "line" or (way == "paper" and cursor.chance(0.4)):
        _line(letter)
    top = cursor.y
    cursor.y = cursor.block(
        (cursor.left, cursor.y), _party(letter, letter.recipient, "recipient", contact=True)
    )
    _date_and_reference(letter, top)


def _paper(letter: Letter) -> None:
    """A letterhead."""
    cursor, sender = letter.cursor, letter.sender
    at, align = cursor.rng.choice(
        ((cursor.left, "l"), ((cursor.left + cursor.right) / 2, "c"), (cursor.right, "r"))
    )
    big = cursor.style.scaled(cursor.rng.choice((1.2, 1.5, 1.8)), bold=cursor.chance(0.7))
    cursor.y += big.size * 0.5
    cursor.sheet.write((at, cursor.y), cursor.ink(sender.name, "sender_name"), big, align=align)
    cursor.y += big.size * 0.4 + cursor.line
    lines = _party(letter, sender, "sender")[1:] + _contacts(letter)
    small = cursor.style.scaled(0.85)
    if cursor.chance(0.4):
        mark = cursor.rng.choice(("·", "|", "•", "-"))
        inks = [
            ink
            for number, line in enumerate(lines)
            for ink in ([Ink(mark)] if number else []) + list(line)
        ]
        lines = [inks]
    cursor.y = cursor.block((at, cursor.y), lines, small, align)


def _contacts(letter: Letter) -> list[Inks]:
    cursor, sender = letter.cursor, letter.sender
    lines: list[Inks] = []
    if cursor.chance(0.6):
        lines.append([Ink(f"{letter.word('phone')} {sender.phone}")])
    if cursor.chance(0.5):
        lines.append([Ink(f"{letter.word('mail')} {sender.email}")])
    return lines


def _line(letter: Letter) -> None:
    """The small line above the window."""
    cursor, sender = letter.cursor, letter.sender
    mark = cursor.rng.choice(("·", "•", "-", ",", "|"))
    inks: list[Ink] = []
    for number, line in enumerate(_party(letter, sender, "sender")):
        if number:
            inks.append(Ink("\x00," if mark == "," else mark))
        inks += line
    cursor.sheet.write((cursor.left, cursor.y), inks, cursor.style.scaled(0.7))
    cursor.move_down(1.6)


def _date_and_reference(letter: Letter, top: float) -> None:
    """Beside the recipient, in a line below, or after a place at the right."""
    cursor = letter.cursor
    day = cursor.ink(cursor.notation.day(letter.day), "date")
    pairs: list[tuple[str, Inks | Ink | str]] = []
    if cursor.chance(0.35):
        pairs.append(
            (letter.word("your_ref"), cursor.notation.day(letter.day - timedelta(days=20)))
        )
    if cursor.chance(0.6):
        pairs.append(
            (letter.word("our_ref").rstrip(":"), cursor.ink(letter.reference, "reference"))
        )
    if cursor.chance(0.3):
        pairs.append((letter.word("contact"), letter.sender.contact))
    way = cursor.rng.choice(("beside", "below", "right", "right", "left"))
    if way == "beside" and pairs:
        pairs.append(
            (
                letter.word("date_mark").rstrip(":")
                or {"de": "Datum"}.get(letter.language, "Date"),
                day,
            )
        )
        x = cursor.left + 0.6 * (cursor.right - cursor.left)
        cursor.y = max(
            cursor.y,
            cursor.pairs(
                (x, max(top, cursor.taken)), pairs, random_pair_style(cursor.rng, cursor.right - x)
            ),
        )
        cursor.move_down(1.5)
        return
    cursor.move_down(1.5)
    place = f"{letter.sender.address.city}, " if cursor.chance(0.55) else ""
    article = (
        {"de": "den ", "fr": "le "}.get(letter.language, "") if place and cursor.chance(0.5) else ""
    )
    inks = fill_template(place + article + "{day}", {"day": [day]})
    align, x = ("r", cursor.right) if way == "right" else ("l", cursor.left)
    cursor.sheet.write((x, cursor.y), inks, cursor.style, align=align)
    cursor.move_down(1.5)
    if pairs:
        cursor.y = (
            cursor.pairs((cursor.left, cursor.y), pairs, random_pair_style(cursor.rng, 220))
            + cursor.line
        )


def _body(letter: Letter) -> None:
    cursor = letter.cursor
    greeting = letter.greeting or letter.fill(letter.word("greetings"))
    subject = [Ink(letter.word("subject_mark")), cursor.ink(letter.subject, "subject")]
    heavy = cursor.style.in_bold if cursor.chance(0.75) else cursor.style
    before = letter.language != "en" or cursor.chance(0.5)
    if cursor.chance(0.92) and before:
        cursor.paragraph(subject, style=heavy)
        cursor.move_down(1)
    cursor.paragraph(greeting)
    cursor.move_down(0.6)
    if not before and cursor.chance(0.8):
        cursor.paragraph(subject, style=heavy)
        cursor.move_down(0.6)
    for text in letter.paragraphs or _paragraphs(letter):
        cursor.paragraph(text)
        cursor.move_down(0.6)
    _end(letter)


def _paragraphs(letter: Letter) -> Iterator[str]:
    rng = letter.cursor.rng
    for _ in range(rng.randint(1, 6)):
        count = rng.randint(1, 4)
        yield " ".join(letter.fill(letter.word("sentences")) for _ in range(count))


def _end(letter: Letter) -> None:
    cursor = letter.cursor
    cursor.paragraph(letter.word("closings"))
    cursor.move_down(cursor.rng.choice((0.5, 2.0, 3.0)))
    name = cursor.ink(letter.signer, "sender_name" if letter.sender.person else "")
    lines: Sequence[Inks | Ink | str] = [name, letter.word("functions")]
    cursor.ensure_space(3 * cursor.line)
    cursor.y = cursor.block((cursor.left, cursor.y), lines)
    if (text := letter.word("enclosures")) and cursor.chance(0.5):
        cursor.move_down(1)
        cursor.paragraph(text)
