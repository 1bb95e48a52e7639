"""A radiologist's report."""

from dataclasses import dataclass
from datetime import date

from sample_docs.make.facts.firms import Firm
from sample_docs.make.facts.record import Fact, Json, record


@dataclass(frozen=True)
class MedicalReport:
    """An examination and what was seen; `findings` are (organ, text)."""

    institution: Firm
    patient_name: str
    date_of_birth: date
    patient_id: str
    report_date: date
    physician: str
    referrer: str
    examination: str
    history: str
    technique: str
    findings: tuple[str, ...]
    impression: tuple[str, ...]

    def record(self) -> Json:
        """As a person would write it down."""
        data: dict[str, Fact] = {
            "patient_name": self.patient_name,
            "date_of_birth": self.date_of_birth,
            "patient_id": self.patient_id,
            "report_date": self.report_date,
            "physician": self.physician,
            "institution": self.institution.name,
            "examination": self.examination,
            "findings": " ".join(self.findings),
            "impression": " ".join(self.impression),
        }
        return record("medical_report", data)


KNEE = MedicalReport(
    institution=Firm(
        "Quarry Hill Imaging Center",
        ("880 Limestone Boulevard", "Port Ellery, WA 98999"),
        phone="(206) 555-0175",
    ),
    patient_name="Lindqvist, Theodora M.",
    date_of_birth=date(1979, 8, 23),
    patient_id="QH-0058214",
    report_date=date(2026, 4, 15),
    physician="Anselm Baptiste, M.D.",
    referrer="Ruth Ikeda, D.O.",
    examination="MRI of the right knee without contrast",
    history=(
        "46-year-old woman with pain on the inner side of the right knee for six weeks after a "
        "twisting injury while skiing. Occasional locking. No previous surgery."
    ),
    technique=(
        "Sagittal, coronal and axial sequences were obtained at 1.5 T, with and without fat "
        "suppression. No contrast agent was given. No earlier study is available for comparison."
    ),
    findings=(
        "There is a horizontal tear of the posterior horn of the medial meniscus that reaches the "
        "lower surface, 11 mm long. No displaced fragment is seen.",
        "The lateral meniscus is intact.",
        "The anterior and posterior cruciate ligaments are continuous and of normal signal.",
        "There is mild swelling around the medial collateral ligament, whose fibers are intact, "
        "in keeping with a grade 1 sprain.",
        "Cartilage over the medial femoral condyle is thinned over an area of 8 x 6 mm; the bone "
        "below it shows no edema.",
        "There is a small joint effusion and a Baker's cyst of 2.4 x 1.1 cm. The extensor "
        "mechanism is normal.",
    ),
    impression=(
        "1. Horizontal tear of the posterior horn of the medial meniscus.",
        "2. Grade 1 sprain of the medial collateral ligament.",
        "3. Small focal cartilage defect of the medial femoral condyle.",
        "4. Small effusion and Baker's cyst.",
    ),
)
