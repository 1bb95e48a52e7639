"""Lays out a letter: of a firm or an office on its paper, or of a person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from docextract.training.synthetic.facts.identifiers import digits, shaped
from docextract.training.synthetic.facts.notation import manner_of
from docextract.training.synthetic.facts.parties import Party, company, someone
from docextract.training.synthetic.facts.people import person
from docextract.training.synthetic.facts.stated import Stated, Teller, as_invented
from docextract.training.synthetic.facts.vocabulary import word
from docextract.training.synthetic.paper.cursor import Desk, desk_of, pairs_of
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, woven

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
    """A letter on its way to paper."""

    desk: Desk
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
        return word(self.desk.rng, "letter", self.language, thing)

    def fill(self, text: str) -> str:
        """The text with invented particulars that are no values of fields."""
        rng, manner = self.desk.rng, self.desk.manner
        places = {
            "other": manner.day(self.day - timedelta(days=rng.randint(3, 90))),
            "later": manner.day(self.day + timedelta(days=rng.randint(10, 120))),
            "number": digits(rng, 6),
            "last": self.recipient.contact.split()[-1],
            "contact": person(rng, self.sender.country),
            "phone": self.sender.phone,
            "firm": company(rng, self.sender.country).name,
            "amount": " ".join(
                part for part in manner.money(Decimal(rng.randint(1000, 250000)) / 100) if part
            ).replace(" \x00", ""),
        }
        return text.format(**places)


def draw(rng: Random, told: Teller[Letter] = as_invented) -> tuple[Stated, Sheet]:
    """A letter and its sheet."""
    country, language = rng.choice(_PLACES)
    manner = manner_of(rng, country, language)
    desk = desk_of(rng, manner, letter=country == "US")
    desk.style = desk.style._replace(size=max(9.5, desk.style.size))
    private = rng.random() < 0.35
    letter = Letter(
        desk=desk,
        language=language,
        sender=someone(rng, country) if private else company(rng, country),
        recipient=company(rng, country) if rng.random() < 0.5 else someone(rng, country),
        day=date(2005, 1, 1) + timedelta(days=rng.randrange(7700)),
        reference=shaped(rng, *_REFERENCES),
        subject="",
        signer="",
    )
    letter.subject = letter.fill(letter.word("subjects"))
    letter.signer = letter.sender.name if private else letter.sender.contact
    letter = told(letter)
    _heads(letter)
    _body(letter)
    values = {
        "sender_name": letter.sender.name, "sender_address": letter.sender.address.text,
        "recipient_name": letter.recipient.name, "recipient_address": letter.recipient.address.text,
        "date": letter.day, "subject": letter.subject, "reference": letter.reference,
    }  # fmt: skip
    return Stated(language, values), desk.sheet


def _party(letter: Letter, party: Party, who: str, *, contact: bool = False) -> list[Inks]:
    desk = letter.desk
    part = desk.ink("").part
    lines: list[Inks] = [[desk.ink(party.name, f"{who}_name")]]
    if contact and not party.person and desk.chance(0.3):
        lines.append([Ink(f"{letter.word('attention')} {party.contact}")])
    lines += [[Ink(line, f"{who}_address", -1, part)] for line in party.address.lines]
    return lines


def _heads(letter: Letter) -> None:
    desk = letter.desk
    way = desk.rng.choices(("paper", "private left", "private right", "line"), (45, 20, 20, 15))[0]
    if way == "paper":
        _paper(letter)
    elif way != "line":
        x = desk.left if way == "private left" else desk.left + 0.62 * (desk.right - desk.left)
        lines = _party(letter, letter.sender, "sender") + _contacts(letter)
        desk.y = desk.block((x, desk.y), lines) + desk.line
    desk.y = (
        max(desk.y + desk.line, desk.rng.uniform(110, 150))
        if desk.chance(0.6)
        else desk.y + desk.line
    )
    if way == "line" or (way == "paper" and desk.chance(0.4)):
        _line(letter)
    top = desk.y
    desk.y = desk.block(
        (desk.left, desk.y), _party(letter, letter.recipient, "recipient", contact=True)
    )
    _date_and_reference(letter, top)


def _paper(letter: Letter) -> None:
    """A letterhead."""
    desk, sender = letter.desk, letter.sender
    at, align = desk.rng.choice(
        ((desk.left, "l"), ((desk.left + desk.right) / 2, "c"), (desk.right, "r"))
    )
    big = desk.style.bigger(desk.rng.choice((1.2, 1.5, 1.8)), bold=desk.chance(0.7))
    desk.y += big.size * 0.5
    desk.sheet.write((at, desk.y), desk.ink(sender.name, "sender_name"), big, align=align)
    desk.y += big.size * 0.4 + desk.line
    lines = _party(letter, sender, "sender")[1:] + _contacts(letter)
    small = desk.style.bigger(0.85)
    if desk.chance(0.4):
        mark = desk.rng.choice(("·", "|", "•", "-"))
        inks = [
            ink
            for number, line in enumerate(lines)
            for ink in ([Ink(mark)] if number else []) + list(line)
        ]
        lines = [inks]
    desk.y = desk.block((at, desk.y), lines, small, align)


def _contacts(letter: Letter) -> list[Inks]:
    desk, sender = letter.desk, letter.sender
    lines: list[Inks] = []
    if desk.chance(0.6):
        lines.append([Ink(f"{letter.word('phone')} {sender.phone}")])
    if desk.chance(0.5):
        lines.append([Ink(f"{letter.word('mail')} {sender.email}")])
    return lines


def _line(letter: Letter) -> None:
    """The small line above the window."""
    desk, sender = letter.desk, letter.sender
    mark = desk.rng.choice(("·", "•", "-", ",", "|"))
    inks: list[Ink] = []
    for number, line in enumerate(_party(letter, sender, "sender")):
        if number:
            inks.append(Ink("\x00," if mark == "," else mark))
        inks += line
    desk.sheet.write((desk.left, desk.y), inks, desk.style.bigger(0.7))
    desk.down(1.6)


def _date_and_reference(letter: Letter, top: float) -> None:
    """Beside the recipient, in a line below, or after a place at the right."""
    desk = letter.desk
    day = desk.ink(desk.manner.day(letter.day), "date")
    pairs: list[tuple[str, Inks | Ink | str]] = []
    if desk.chance(0.35):
        pairs.append((letter.word("your_ref"), desk.manner.day(letter.day - timedelta(days=20))))
    if desk.chance(0.6):
        pairs.append((letter.word("our_ref").rstrip(":"), desk.ink(letter.reference, "reference")))
    if desk.chance(0.3):
        pairs.append((letter.word("contact"), letter.sender.contact))
    way = desk.rng.choice(("beside", "below", "right", "right", "left"))
    if way == "beside" and pairs:
        pairs.append(
            (
                letter.word("date_mark").rstrip(":")
                or {"de": "Datum"}.get(letter.language, "Date"),
                day,
            )
        )
        x = desk.left + 0.6 * (desk.right - desk.left)
        desk.y = max(
            desk.y, desk.pairs((x, max(top, desk.taken)), pairs, pairs_of(desk.rng, desk.right - x))
        )
        desk.down(1.5)
        return
    desk.down(1.5)
    place = f"{letter.sender.address.city}, " if desk.chance(0.55) else ""
    article = (
        {"de": "den ", "fr": "le "}.get(letter.language, "") if place and desk.chance(0.5) else ""
    )
    inks = woven(place + article + "{day}", {"day": [day]})
    align, x = ("r", desk.right) if way == "right" else ("l", desk.left)
    desk.sheet.write((x, desk.y), inks, desk.style, align=align)
    desk.down(1.5)
    if pairs:
        desk.y = desk.pairs((desk.left, desk.y), pairs, pairs_of(desk.rng, 220)) + desk.line


def _body(letter: Letter) -> None:
    desk = letter.desk
    greeting = letter.greeting or letter.fill(letter.word("greetings"))
    subject = [Ink(letter.word("subject_mark")), desk.ink(letter.subject, "subject")]
    heavy = desk.style.heavy if desk.chance(0.75) else desk.style
    before = letter.language != "en" or desk.chance(0.5)
    if desk.chance(0.92) and before:
        desk.paragraph(subject, style=heavy)
        desk.down(1)
    desk.paragraph(greeting)
    desk.down(0.6)
    if not before and desk.chance(0.8):
        desk.paragraph(subject, style=heavy)
        desk.down(0.6)
    for text in letter.paragraphs or _paragraphs(letter):
        desk.paragraph(text)
        desk.down(0.6)
    _end(letter)


def _paragraphs(letter: Letter) -> Iterator[str]:
    rng = letter.desk.rng
    for _ in range(rng.randint(1, 6)):
        count = rng.randint(1, 4)
        yield " ".join(letter.fill(letter.word("sentences")) for _ in range(count))


def _end(letter: Letter) -> None:
    desk = letter.desk
    desk.paragraph(letter.word("closings"))
    desk.down(desk.rng.choice((0.5, 2.0, 3.0)))
    name = desk.ink(letter.signer, "sender_name" if letter.sender.person else "")
    lines: Sequence[Inks | Ink | str] = [name, letter.word("functions")]
    desk.room(3 * desk.line)
    desk.y = desk.block((desk.left, desk.y), lines)
    if (text := letter.word("enclosures")) and desk.chance(0.5):
        desk.down(1)
        desk.paragraph(text)
