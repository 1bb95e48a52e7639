"""Forms that somebody has filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sample_docs.make.facts.record import Fact, Json, record


@dataclass(frozen=True)
class Form:
    """A form; `further` are answers that a record does not ask for, by their names."""

    form_title: str
    form_number: str
    applicant_name: str
    date_of_birth: date
    address: tuple[str, ...]
    phone: str
    email: str
    date_signed: date
    further: Mapping[str, str] = field(default_factory=dict)

    def record(self) -> Json:
        """As a person would write it down."""
        data: dict[str, Fact] = {
            "form_title": self.form_title,
            "form_number": self.form_number,
            "applicant_name": self.applicant_name,
            "date_of_birth": self.date_of_birth,
            "address": ", ".join(self.address),
            "phone": self.phone,
            "email": self.email,
            "date_signed": self.date_signed,
        }
        return record("form", data)


GARDEN = Form(
    form_title="Application for a Community Garden Plot",
    form_number="PR-214",
    applicant_name="Josephine Abelard",
    date_of_birth=date(1991, 2, 7),
    address=("1406 Sycamore Court", "Marlow Falls, OR 97999"),
    phone="(503) 555-0129",
    email="j.abelard@mailbox.example",
    date_signed=date(2026, 1, 20),
    further={
        "household": "3",
        "size": "10 x 20 ft",
        "first": "Eastbank",
        "second": "Mill Creek",
        "contact": "Peregrine Abelard, (503) 555-0131",
    },
)

PARKING = Form(
    form_title="Antrag auf Ausstellung eines Bewohnerparkausweises",
    form_number="VA 32-07",
    applicant_name="Bärbel Großmann",
    date_of_birth=date(1968, 11, 30),
    address=("Töpfergasse 11", "04999 Pleißenau"),
    phone="030 23125 963",
    email="b.grossmann@netzpost.example",
    date_signed=date(2026, 8, 5),
    further={"plate": "PLN-BG 1168", "zone": "C – Altstadt", "make": "Kombi, grün"},
)
