"""Synthetic non-disclosure agreements and other contracts: titles, parties, clauses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from docextract.training.synthetic.facts.document_facts import (
    DocumentFacts,
    FactsOverride,
    unchanged,
)
from docextract.training.synthetic.facts.notation import format_date, random_notation
from docextract.training.synthetic.facts.parties import Party, random_company, random_private_person
from docextract.training.synthetic.facts.people import random_person_name, town
from docextract.training.synthetic.facts.vocabulary import random_word, word_lists
from docextract.training.synthetic.paper.cursor import LayoutCursor, new_cursor
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet, fill_template

NDA = "nda"
CONTRACT = "contract"
NDA_FIELDS = ("parties", "effective_date", "jurisdiction", "term")
CONTRACT_FIELDS = (
    "title",
    "parties",
    "agreement_date",
    "effective_date",
    "expiration_date",
    "governing_law",
)
_NUMBERS = {
    1: "one",
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    10: "ten",
    12: "twelve",
    18: "eighteen",
    24: "twenty-four",
    36: "thirty-six",
}
_GERMAN = {1: "einem", 2: "zwei", 3: "drei", 5: "fünf", 10: "zehn"}


@dataclass
class Agreement:
    """An agreement being laid out: cursor and facts."""

    cursor: LayoutCursor
    language: str
    nda: bool
    first: Party
    second: Party
    title: str
    day: date
    term: str
    law: str
    start: date
    end: date
    names: tuple[str, str]
    clauses: tuple[str, ...] = ()  # in this order; none: some at random

    def word(self, thing: str) -> str:
        """One of the words or clauses for a thing."""
        return random_word(self.cursor.rng, "agreement", self.language, thing)

    def tell(self, text: str) -> None:
        """A paragraph with the agreement's values in their places."""
        self.cursor.paragraph(self.inks(text))
        self.cursor.move_down(0.6)

    def inks(self, text: str) -> Inks:
        """The text with values in their places, each an occurrence of its own."""
        return fill_template(text, _Values(self))


class _Values(dict[str, Inks]):
    """Makes a value's inks when its place comes up, so that each place has its own."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__()
        self._of = agreement

    def __missing__(self, place: str) -> Inks:
        of, cursor = self._of, self._of.cursor
        rng, notation = cursor.rng, cursor.notation
        dated = "effective_date" if of.nda else "agreement_date"
        labelled: Mapping[str, tuple[str, str]] = {
            "a": (of.first.name, "parties"),
            "b": (of.second.name, "parties"),
            "effective": (notation.day(of.day), dated),
            "law": (of.law, "jurisdiction" if of.nda else "governing_law"),
            "effective_ordinal": (_ordinal(of.day), dated),
            "term": (of.term, "term" if of.nda else ""),
            "start": (notation.day(of.start), "" if of.nda else "effective_date"),
            "end": (notation.day(of.end), "" if of.nda else "expiration_date"),
        }
        if place in labelled:
            return [cursor.ink(*labelled[place])]
        if place in ("form_a", "form_b"):
            state = of.word("laws") if of.language == "en" else town("DE")
            return [Ink(of.word("form").format(state=state))]
        return [
            Ink(
                {
                    "title": lambda: of.title.title() if of.language == "en" else of.title,
                    "as_a": lambda: of.names[0],
                    "as_b": lambda: of.names[1],
                    "address_a": lambda: ", ".join(of.first.address.lines),
                    "address_b": lambda: ", ".join(of.second.address.lines),
                    "other": lambda: notation.day(of.day - timedelta(days=rng.randint(100, 900))),
                    "other_place": lambda: town(of.first.country),
                    "small": lambda: str(rng.choice((5, 10, 14, 30, 60, 90))),
                    "amount": lambda: " ".join(
                        part for part in notation.money(Decimal(rng.randint(5, 900) * 100)) if part
                    ).replace(" \x00", ""),
                    "contact": lambda: of.first.contact,
                }[place]()
            )
        ]


def _ordinal(day: date) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(
        day.day % 10 if day.day not in (11, 12, 13) else 0, "th"
    )
    return f"{day.day}{ending} day of {format_date(day, '{M}, {yyyy}', 'en')}"


def draw_nda(
    rng: Random, override: FactsOverride[Agreement] = unchanged
) -> tuple[DocumentFacts, Sheet]:
    """Draw a random non-disclosure agreement; its facts and its sheet."""
    made = override(_agreement(rng, nda=True))
    _pages(made)
    values = {
        "parties": [made.first.name, made.second.name],
        "effective_date": made.day,
        "jurisdiction": made.law,
        "term": made.term,
    }
    return DocumentFacts(made.language, values), made.cursor.sheet


def draw_contract(
    rng: Random, override: FactsOverride[Agreement] = unchanged
) -> tuple[DocumentFacts, Sheet]:
    """Draw a random contract of another sort; its facts and its sheet."""
    made = override(_agreement(rng, nda=False))
    _pages(made)
    values = {
        "title": made.title,
        "parties": [made.first.name, made.second.name],
        "agreement_date": made.day,
        "effective_date": made.start,
        "expiration_date": made.end,
        "governing_law": made.law,
    }
    return DocumentFacts(made.language, values), made.cursor.sheet


def _agreement(rng: Random, *, nda: bool) -> Agreement:
    country, language = rng.choice(
        (("US", "en"), ("US", "en"), ("US", "en"), ("GB", "en"), ("DE", "de"))
    )
    notation = random_notation(rng, country, language).with_full_years
    if language == "en" and rng.random() < 0.8:
        form = "{M} {d}, {yyyy}" if country == "US" else "{d} {M} {yyyy}"
        notation = type(notation)(
            "en", form, notation.thousands, notation.decimal, notation.currency, notation.beside
        )
    cursor = new_cursor(rng, notation, letter=country == "US")
    if rng.random() < 0.5:
        cursor.style = cursor.style._replace(family="Times", size=11.0)
    day = date(1998, 1, 1) + timedelta(days=rng.randrange(10000))
    start = day + timedelta(days=rng.choice((0, 1, 14, 30)))
    return Agreement(
        cursor=cursor,
        language=language,
        nda=nda,
        first=random_company(rng, country),
        second=random_private_person(rng, country)
        if rng.random() < 0.2
        else random_company(rng, country),
        title=random_word(rng, "agreement", language, "nda_title" if nda else "contract_title"),
        day=day,
        term=_term(rng, language),
        law=random_word(rng, "agreement", language, "laws"),
        start=start,
        end=start + timedelta(days=rng.choice((365, 730, 1095, 1826)) - 1),
        names=(
            random_word(rng, "agreement", language, "as_a"),
            random_word(rng, "agreement", language, "as_b"),
        ),
    )


def _term(rng: Random, language: str) -> str:
    if language == "de":
        number = rng.choice(tuple(_GERMAN))
        unit = "Jahr" if number == 1 else "Jahren"
        return f"{rng.choice((_GERMAN[number], str(number)))} {unit}"
    years = rng.random() < 0.75
    number = rng.choice((1, 2, 3, 4, 5, 7, 10)) if years else rng.choice((6, 12, 18, 24, 36))
    unit = ("year" if years else "month") + ("" if number == 1 else "s")
    spelled = _NUMBERS[number]
    return rng.choice((f"{spelled} ({number}) {unit}", f"{number} {unit}", f"{spelled} {unit}"))


def _pages(made: Agreement) -> None:
    cursor = made.cursor
    _title(made)
    if cursor.chance(0.3):
        _listed_parties(made)
    else:
        made.tell(made.word("preamble"))
    recitals = word_lists(f"agreement.{made.language}")["recital"]
    for recital in cursor.rng.sample(recitals, cursor.rng.randint(0, 3)):
        made.tell(recital)
    clauses = list(made.clauses) or _clauses(made)
    section = "§ {} " if made.language == "de" else "Section {}. "
    numbered = cursor.rng.choice(("{}. ", section, "{}) ", ""))
    for number, clause in enumerate(clauses, 1):
        made.tell(numbered.format(number) + clause)
    if cursor.chance(0.75):
        _signatures(made)


def _clauses(made: Agreement) -> list[str]:
    cursor = made.cursor
    every = word_lists(f"agreement.{made.language}")[
        "nda_clause" if made.nda else "contract_clause"
    ]
    clauses = cursor.rng.sample(every, min(len(every), cursor.rng.randint(2, 8)))
    if cursor.chance(0.9):
        clauses.append(made.word("law"))
    if cursor.chance(0.75):
        clauses.append(made.word("term"))
    if not made.nda:
        clauses += [made.word(thing) for thing in ("starts", "ends") if cursor.chance(0.6)]
    cursor.rng.shuffle(clauses)
    return clauses


def _title(made: Agreement) -> None:
    cursor = made.cursor
    big = cursor.style.scaled(cursor.rng.choice((1.1, 1.3, 1.6)), bold=True)
    ink = cursor.ink(made.title, "" if made.nda else "title")
    middle = cursor.chance(0.75)
    at = (cursor.left + cursor.right) / 2 if middle else cursor.left
    cursor.sheet.write((at, cursor.y), ink, big, align="c" if middle else "l")
    cursor.y += big.size + cursor.line


def _listed_parties(made: Agreement) -> None:
    """The parties in paragraphs of their own, the date beside a label or in a sentence."""
    cursor = made.cursor
    cursor.paragraph(made.word("parties_list"), style=cursor.style.in_bold)
    cursor.move_down(0.4)
    for number, place in enumerate(("{a}", "{b}"), 1):
        mark = cursor.rng.choice((f"({number}) ", f"{number}. ", ""))
        made.tell(f"{mark}{place}, {{address_{place[1]}}} (“{{as_{place[1]}}}”)")
    made.tell(
        {"de": "Datum: {effective}"}.get(
            made.language,
            cursor.rng.choice(
                (
                    "Effective Date: {effective}",
                    "Dated {effective}",
                    "This Agreement is dated {effective}.",
                )
            ),
        )
    )


def _signatures(made: Agreement) -> None:
    cursor = made.cursor
    cursor.ensure_space(9 * cursor.line)
    made.tell(made.word("witness"))
    cursor.move_down(0.5)
    step = (cursor.right - cursor.left) / 2
    top = cursor.y
    for number, party in enumerate((made.first, made.second)):
        x = cursor.left + number * step
        country = party.country
        lines = [
            [cursor.ink(party.name, "parties")],
            [Ink(made.word("by") + " ________________")],
            [Ink(f"{made.word('name')} {random_person_name(cursor.rng, country)}")],
            [Ink(f"{made.word('office')} Director" if made.language == "en" else "")],
        ]
        if cursor.chance(0.5):
            other = cursor.notation.day(made.day + timedelta(days=cursor.rng.randint(0, 20)))
            lines.append([Ink(f"{made.word('dated')} {other}")])
        cursor.y = max(cursor.y, cursor.block((x, top), lines))
