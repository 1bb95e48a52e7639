"""Lays out a medical report: head of a hospital or practice, the patient, what was found."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from docextract.training.synthetic.facts.addresses import address
from docextract.training.synthetic.facts.identifiers import digits, phone, shaped
from docextract.training.synthetic.facts.notation import manner_of
from docextract.training.synthetic.facts.people import first_name, last_name, person, town
from docextract.training.synthetic.facts.stated import Stated, Teller, as_invented
from docextract.training.synthetic.facts.vocabulary import loaded, word
from docextract.training.synthetic.paper.cursor import Desk, desk_of, pairs_of
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
    """A report on its way to paper."""

    desk: Desk
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
        return word(self.desk.rng, "medical", self.language, thing)


def draw(rng: Random, told: Teller[Report] = as_invented) -> tuple[Stated, Sheet]:
    """A report and its sheet."""
    country, language = rng.choice(
        (("DE", "de"), ("DE", "de"), ("AT", "de"), ("US", "en"), ("US", "en"), ("GB", "en"))
    )
    desk = desk_of(rng, manner_of(rng, country, language).full, letter=country == "US")
    report = told(_report(rng, desk, country, language))
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
    return Stated(language, values), desk.sheet


def _report(rng: Random, desk: Desk, country: str, language: str) -> Report:
    lists = loaded(f"medical.{language}")
    institution = rng.choice(lists["institution"]).format(
        city=town(country),
        last=last_name(country),
        other=last_name(country),
        first=first_name(country),
    )
    patient = person(rng, country)
    if rng.random() < 0.35:
        first, _, last = patient.rpartition(" ")
        patient = f"{last}, {first}"
    return Report(
        desk=desk,
        language=language,
        country=country,
        institution=institution,
        patient=patient,
        born=date(1930, 1, 1) + timedelta(days=rng.randrange(31000)),
        number=shaped(rng, "######", "########", "?######", "###-####"),
        day=date(2006, 1, 1) + timedelta(days=rng.randrange(7300)),
        physician=rng.choice(lists["credential"]).format(
            name=person(rng, country).removeprefix("Dr. ")
        ),
        examination=rng.choice(lists["exams"]),
        findings=" ".join(rng.sample(lists["finding"], rng.randint(1, 7))),
        impression=" ".join(rng.sample(lists["conclusion"], rng.randint(1, 3))),
    )


def _head(report: Report) -> None:
    desk = report.desk
    big = desk.style.bigger(desk.rng.choice((1.2, 1.5, 1.8)), bold=True)
    x, align = desk.rng.choice(((desk.left, "l"), ((desk.left + desk.right) / 2, "c")))
    desk.sheet.write((x, desk.y), desk.ink(report.institution, "institution"), big, align=align)
    desk.y += big.size
    if desk.chance(0.7):
        lines: list[Inks | Ink | str] = [", ".join(address(desk.rng, report.country).lines)]
        if desk.chance(0.6):
            lines.append(f"Tel. {phone(desk.rng, report.country)}")
        desk.y = desk.block((x, desk.y), lines, desk.style.bigger(0.85), align)
    if desk.chance(0.5):
        desk.sheet.level(desk.left, desk.y, desk.right)
    desk.down(1.5)
    if desk.chance(0.8):
        title = desk.style.bigger(desk.rng.choice((1.1, 1.3)), bold=True)
        desk.sheet.write((x, desk.y), report.word("title"), title, align=align)
        desk.down(2)


def _patient(report: Report) -> None:
    desk, day = report.desk, report.desk.manner.day
    rng = desk.rng
    pairs: list[tuple[str, Inks | Ink | str]] = [
        (report.word("patient_name"), desk.ink(report.patient, "patient_name")),
        (report.word("date_of_birth"), desk.ink(day(report.born), "date_of_birth")),
    ]
    if desk.chance(0.8):
        pairs.append((report.word("patient_id"), desk.ink(report.number, "patient_id")))
    if desk.chance(0.9):
        pairs.append((report.word("report_date"), desk.ink(day(report.day), "report_date")))
    extras = (
        (0.4, "sex", rng.choice(("M", "F", "W", "m", "f"))),
        (0.4, "referrer", person(rng, report.country)),
        (0.3, "accession", digits(rng, 7)),
        (0.3, "other_date", day(report.day - timedelta(days=rng.randint(1, 40)))),
    )
    pairs += [(report.word(thing), text) for share, thing, text in extras if desk.chance(share)]
    rng.shuffle(pairs)
    if desk.chance(0.5):
        desk.y = desk.pairs((desk.left, desk.y), pairs, pairs_of(rng, 260)) + desk.line
        return
    half = (len(pairs) + 1) // 2
    middle = (desk.left + desk.right) / 2
    how = pairs_of(rng, middle - desk.left - 20)
    desk.y = (
        max(
            desk.pairs((desk.left, desk.y), pairs[:half], how),
            desk.pairs((middle, desk.y), pairs[half:], how),
        )
        + desk.line
    )


def _sections(report: Report) -> None:
    desk = report.desk
    sections = [
        ("examination", desk.ink(report.examination, "examination"), 0.9),
        ("history", Ink(report.history or report.word("histories")), 0.6),
        ("findings", desk.ink(report.findings, "findings"), 0.95),
        ("impression", desk.ink(report.impression, "impression"), 0.9),
    ]
    inline = desk.chance(0.35)
    colon = desk.rng.choice((":", ":", ""))
    for thing, text, share in sections:
        if not desk.chance(share):
            continue
        label = report.word(thing)
        if inline:
            desk.paragraph([Ink(f"{label}:"), text])
        else:
            desk.paragraph(label + colon, style=desk.style.heavy if desk.chance(0.9) else None)
            desk.paragraph(text)
        desk.down(0.7)


def _signature(report: Report) -> None:
    desk = report.desk
    if not desk.chance(0.85):
        return
    desk.down(1)
    name = desk.ink(report.physician, "physician")
    if desk.chance(0.5):
        desk.paragraph([Ink(report.word("physician") + ":"), name])
    else:
        desk.paragraph(report.word("physician"))
        desk.paragraph(name)
