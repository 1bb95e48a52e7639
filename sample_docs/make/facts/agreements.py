"""Agreements: who binds themselves to whom, from when, for how long, under which law."""

from dataclasses import dataclass
from datetime import date

from sample_docs.make.facts.firms import Firm
from sample_docs.make.facts.record import Fact, Json, record


@dataclass(frozen=True)
class Party:
    """A firm, the law it was founded under, and who signs for it."""

    firm: Firm
    status: str  # "a Delaware corporation"
    role: str  # what the agreement calls it
    signatory: str
    office: str


@dataclass(frozen=True)
class Nda:
    """A mutual agreement on confidential information."""

    parties: tuple[Party, Party]
    effective: date
    jurisdiction: str
    term: str  # as printed
    term_years: str  # as a record has it
    purpose: str

    def record(self) -> Json:
        """As a person would write it down."""
        data: dict[str, Fact] = {
            "parties": [party.firm.name for party in self.parties],
            "effective_date": self.effective,
            "jurisdiction": self.jurisdiction,
            "term": self.term_years,
        }
        return record("nda", data)


@dataclass(frozen=True)
class Contract:
    """Any other agreement. `clauses` are (heading, text)."""

    title: str
    parties: tuple[Party, Party]
    agreed: date
    effective: date
    expires: date
    law: str
    clauses: tuple[tuple[str, str], ...]

    def record(self) -> Json:
        """As a person would write it down."""
        data: dict[str, Fact] = {
            "title": self.title,
            "parties": [party.firm.name for party in self.parties],
            "agreement_date": self.agreed,
            "effective_date": self.effective,
            "expiration_date": self.expires,
            "governing_law": self.law,
        }
        return record("contract", data)


OSPREY = Nda(
    parties=(
        Party(
            Firm("Osprey Sensing, Inc.", ("310 Harrier Way", "Brackwater, CO 80999")),
            "a Delaware corporation",
            "Osprey",
            "Imogen Castellane",
            "Chief Executive Officer",
        ),
        Party(
            Firm("Veldt Agronomics LLC", ("1020 Sorghum Avenue", "Pale Butte, NE 68999")),
            "a Nebraska limited liability company",
            "Veldt",
            "Rufus Adeyemi-Holt",
            "Managing Member",
        ),
    ),
    effective=date(2026, 1, 12),
    jurisdiction="Colorado",
    term="two (2) years",
    term_years="2 years",
    purpose=(
        "the possible joint development of a soil-moisture sensor and of software that plans "
        "irrigation from its readings"
    ),
)

ROOFTOP = Contract(
    title="ROOFTOP LICENSE AND MAINTENANCE AGREEMENT",
    parties=(
        Party(
            Firm("Copperfield Storage Partners, L.P.", ("77 Depot Street", "Ashgrove, PA 17999")),
            "a Pennsylvania limited partnership",
            "Licensor",
            "Eleanor Vantongeren",
            "General Partner",
        ),
        Party(
            Firm("Brightfold Solar Corporation", ("4 Meridian Plaza", "Lower Tarn, NJ 08999")),
            "a New Jersey corporation",
            "Licensee",
            "Cosmo Idowu",
            "Vice President, Operations",
        ),
    ),
    agreed=date(2026, 3, 3),
    effective=date(2026, 4, 1),
    expires=date(2036, 3, 31),
    law="Commonwealth of Pennsylvania",
    clauses=(
        (
            "Grant of License",
            "Licensor grants to Licensee the exclusive right to install, operate and maintain a "
            "photovoltaic system on the roof of the building at 77 Depot Street (the “Premises”), "
            "together with the right of access to it at all reasonable hours upon one business "
            "day's notice by telephone or electronic mail.",
        ),
        (
            "License Fee",
            "Licensee shall pay Licensor an annual fee of $18,400.00, in advance, on the first "
            "business day of April of each year. From the third year the fee rises by two percent "
            "(2%) each year. An amount not paid within fifteen days bears interest at six percent "
            "(6%) per annum.",
        ),
        (
            "Maintenance",
            "Licensee shall keep the system in good repair, inspect it at least twice a year, and "
            "make good any damage to the roof membrane within thirty (30) days of notice. Licensor "
            "shall keep the structure of the building sound and shall not shade the system.",
        ),
        (
            "Insurance",
            "Each party shall carry commercial general liability insurance of not less than "
            "$2,000,000 per occurrence and shall name the other as an additional insured.",
        ),
        (
            "Termination",
            "Either party may terminate this Agreement if the other fails to cure a material "
            "breach within sixty (60) days of written notice. Upon expiration Licensee shall "
            "remove the system within ninety (90) days and restore the roof, ordinary wear "
            "excepted.",
        ),
        (
            "Assignment",
            "Neither party may assign this Agreement without the written consent of the other, "
            "which shall not be unreasonably withheld, except to a purchaser of substantially all "
            "of its assets.",
        ),
    ),
)

CLEANING = Contract(
    title="Janitorial Services Agreement",
    parties=(
        Party(
            Firm("Marrowstone Dental Group, P.C.", ("12 Canal View", "Eastwick, MA 01999")),
            "a Massachusetts professional corporation",
            "Client",
            "Dr. Henrike Oduya",
            "President",
        ),
        Party(
            Firm("Silver Broom Services, Inc.", ("650 Mill Lane", "Eastwick, MA 01999")),
            "a Massachusetts corporation",
            "Contractor",
            "Basil Ferreira",
            "Owner",
        ),
    ),
    agreed=date(2025, 11, 18),
    effective=date(2025, 12, 1),
    expires=date(2027, 11, 30),
    law="Massachusetts",
    clauses=(
        (
            "Services",
            "Contractor shall clean the offices of Client at 12 Canal View five evenings a week, "
            "after 7:00 p.m., as set out in Schedule A, and shall supply all labor, materials and "
            "equipment.",
        ),
        (
            "Compensation",
            "Client shall pay Contractor $2,150.00 per month within twenty (20) days of invoice. "
            "Additional work is charged at $38.00 per hour and needs prior approval in writing.",
        ),
        (
            "Staff and Keys",
            "Contractor shall assign only staff who have passed a background check. Keys and alarm "
            "codes remain the property of Client and shall be returned on request.",
        ),
        (
            "Indemnity",
            "Contractor shall indemnify Client against claims that arise from the negligence of "
            "its staff, and shall carry workers' compensation insurance as the law requires.",
        ),
        (
            "Termination for Convenience",
            "Either party may end this Agreement at the close of any calendar month upon sixty "
            "(60) days' written notice. Client shall then pay for all services rendered up to "
            "that day, and Contractor shall return all keys within three business days.",
        ),
        (
            "Notices",
            "Notices under this Agreement shall be in writing and sent to the addresses above by "
            "registered mail or by a courier that keeps a record of delivery, and are deemed "
            "received on the day so recorded.",
        ),
        (
            "Entire Agreement",
            "This document and Schedule A contain everything that the parties have agreed. A "
            "change is valid only if both have signed it.",
        ),
    ),
)
