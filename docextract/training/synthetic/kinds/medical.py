"""Synthetic medical reports: institution, patient, sections, signature."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from docextract.training.synthetic.facts.addresses import random_address
from docextract.training.synthetic.facts.document_facts import (
    DocumentFacts,
    FactsOverride,
    unchanged,
)
from docextract.training.synthetic.facts.identifiers import (
    phone,
    random_digits,
    random_from_pattern,
)
from docextract.training.synthetic.facts.notation import random_notation
from docextract.training.synthetic.facts.people import (
    first_name,
    last_name,
    random_person_name,
    town,
)
from docextract.training.synthetic.facts.vocabulary import random_word, word_lists
from docextract.training.synthetic.paper.cursor import LayoutCursor, new_cursor, random_pair_style
from docextract.training.synthetic.paper.sheet import Ink, Inks, Sheet

KIND = "medical_report"
FIELDS = (
    "patient_name",
    "date_of_birth",
    "patient_id",
    "report_date",
    "physician",
    "institution",
    "examination",
    "findings",
    "impression",
)


@dataclass
class Report:
    """A medical report being laid out: cursor and facts."""

    cursor: LayoutCursor
    language: str
    country: str
    institution: str
    patient: str
    born: date
    number: str
    day: date
    physician: str
    examination: str
    findings: str
    impression: str
    history: str = ""

    def word(self, thing: str) -> str:
        """One of the words for a thing."""
        return random_word(self.cursor.rng, "medical", self.language, thing)


def draw(rng: Random, override: FactsOverride[Report] = unchanged) -> tuple[DocumentFacts, Sheet]:
    """Draw a random medical report; its facts and its sheet."""
    country, language = rng.choice(
        (("DE", "de"), ("DE", "de"), ("AT", "de"), ("US", "en"), ("US", "en"), ("GB", "en"))
    )
    cursor = new_cursor(
        rng, random_notation(rng, country, language).with_full_years, letter=country == "US"
    )
    report = override(_report(rng, cursor, country, language))
    _head(report)
    _patient(report)
    _sections(report)
    _signature(report)
    values = {
        "patient_name": report.patient,
        "date_of_birth": report.born,
        "patient_id": report.number,
        "report_date": report.day,
        "physician": report.physician,
        "institution": report.institution,
        "examination": report.examination,
        "findings": report.findings,
        "impression": report.impression,
    }
    return DocumentFacts(language, values), cursor.sheet


def _report(rng: Random, cursor: LayoutCursor, country: str, language: str) -> Report:
    lists = word_lists(f"medical.{language}")
    institution = rng.choice(lists["institution"]).format(
        city=town(country),
        last=last_name(country),
        other=last_name(country),
        first=first_name(country),
    )
    patient = random_person_name(rng, country)
    if rng.random() < 0.35:
        first, _, last = patient.rpartition(" ")
        patient = f"{last}, {first}"
    return Report(
        cursor=cursor,
        language=language,
        country=country,
        institution=institution,
        patient=patient,
        born=date(1930, 1, 1) + timedelta(days=rng.randrange(31000)),
        number=random_from_pattern(rng, "######", "########", "?######", "###-####"),
        day=date(2006, 1, 1) + timedelta(days=rng.randrange(7300)),
        physician=rng.choice(lists["credential"]).format(
            name=random_person_name(rng, country).removeprefix("Dr. ")
        ),
        examination=rng.choice(lists["exams"]),
        findings=" ".join(rng.sample(lists["finding"], rng.randint(1, 7))),
        impression=" ".join(rng.sample(lists["conclusion"], rng.randint(1, 3))),
    )


def _head(report: Report) -> None:
    cursor = report.cursor
    big = cursor.style.scaled(cursor.rng.choice((1.2, 1.5, 1.8)), bold=True)
    x, align = cursor.rng.choice(((cursor.left, "l"), ((cursor.left + cursor.right) / 2, "c")))
    cursor.sheet.write(
        (x, cursor.y), cursor.ink(report.institution, "institution"), big, align=align
    )
    cursor.y += big.size
    if cursor.chance(0.7):
        lines: list[Inks | Ink | str] = [
            ", ".join(random_address(cursor.rng, report.country).lines)
        ]
        if cursor.chance(0.6):
            lines.append(f"Tel. {phone(cursor.rng, report.country)}")
        cursor.y = cursor.block((x, cursor.y), lines, cursor.style.scaled(0.85), align)
    if cursor.chance(0.5):
        cursor.sheet.horizontal_line(cursor.left, cursor.y, cursor.right)
    cursor.move_down(1.5)
    if cursor.chance(0.8):
        title = cursor.style.scaled(cursor.rng.choice((1.1, 1.3)), bold=True)
        cursor.sheet.write((x, cursor.y), report.word("title"), title, align=align)
        cursor.move_down(2)


def _patient(report: Report) -> None:
    cursor, day = report.cursor, report.cursor.notation.day
    rng = cursor.rng
    pairs: list[tuple[str, Inks | Ink | str]] = [
        (report.word("patient_name"), cursor.ink(report.patient, "patient_name")),
        (report.word("date_of_birth"), cursor.ink(day(report.born), "date_of_birth")),
    ]
    if cursor.chance(0.8):
        pairs.append((report.word("patient_id"), cursor.ink(report.number, "patient_id")))
    if cursor.chance(0.9):
        pairs.append((report.word("report_date"), cursor.ink(day(report.day), "report_date")))
    extras = (
        (0.4, "sex", rng.choice(("M", "F", "W", "m", "f"))),
        (0.4, "referrer", random_person_name(rng, report.country)),
        (0.3, "accession", random_digits(rng, 7)),
        (0.3, "other_date", day(report.day - timedelta(days=rng.randint(1, 40)))),
    )
    pairs += [(report.word(thing), text) for share, thing, text in extras if cursor.chance(share)]
    rng.shuffle(pairs)
    if cursor.chance(0.5):
        cursor.y = (
            cursor.pairs((cursor.left, cursor.y), pairs, random_pair_style(rng, 260)) + cursor.line
        )
        return
    half = (len(pairs) + 1) // 2
    middle = (cursor.left + cursor.right) / 2
    how = random_pair_style(rng, middle - cursor.left - 20)
    cursor.y = (
        max(
            cursor.pairs((cursor.left, cursor.y), pairs[:half], how),
            cursor.pairs((middle, cursor.y), pairs[half:], how),
        )
        + cursor.line
    )


def _sections(report: Report) -> None:
    cursor = report.cursor
    sections = [
        ("examination", cursor.ink(report.examination, "examination"), 0.9),
        ("history", Ink(report.history or report.word("histories")), 0.6),
        ("findings", cursor.ink(report.findings, "findings"), 0.95),
        ("impression", cursor.ink(report.impression, "impression"), 0.9),
    ]
    inline = cursor.chance(0.35)
    colon = cursor.rng.choice((":", ":", ""))
    for thing, text, share in sections:
        if not cursor.chance(share):
            continue
        label = report.word(thing)
        if inline:
            cursor.paragraph([Ink(f"{label}:"), text])
        else:
            cursor.paragraph(
                label + colon, style=cursor.style.in_bold if cursor.chance(0.9) else None
            )
            cursor.paragraph(text)
        cursor.move_down(0.7)


def _signature(report: Report) -> None:
    cursor = report.cursor
    if not cursor.chance(0.85):
        return
    cursor.move_down(1)
    name = cursor.ink(report.physician, "physician")
    if cursor.chance(0.5):
        cursor.paragraph([Ink(report.word("physician") + ":"), name])
    else:
        cursor.paragraph(report.word("physician"))
        cursor.paragraph(name)
