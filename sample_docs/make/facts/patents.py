"""A patent application as published."""

from dataclasses import dataclass
from datetime import date

from sample_docs.make.facts.record import Fact, Json, record


@dataclass(frozen=True)
class Patent:
    """What the first page says and what the specification goes on to."""

    title: str
    publication_number: str
    application_number: str
    filed: date
    published: date
    inventors: tuple[tuple[str, str], ...]  # (name, town)
    applicant: tuple[str, str]
    classes: tuple[str, ...]
    abstract: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    claims: tuple[str, ...]

    def record(self) -> Json:
        """As a person would write it down."""
        data: dict[str, Fact] = {
            "title": self.title,
            "publication_number": self.publication_number,
            "filing_date": self.filed,
            "publication_date": self.published,
            "inventors": [name for name, _ in self.inventors],
            "applicant": self.applicant[0],
            "classification": self.classes[0],
            "abstract": self.abstract,
        }
        return record("patent", data)


PLANTER = Patent(
    title="SELF-WATERING PLANTER WITH TILTING RESERVOIR",
    publication_number="US 2026/0999417 A1",
    application_number="19/999,204",
    filed=date(2024, 11, 6),
    published=date(2026, 5, 14),
    inventors=(
        ("Wilhelmina Okafor-Strand", "Dry Fork, NV (US)"),
        ("Desmond Ruyter", "Pale Butte, NE (US)"),
    ),
    applicant=("Terrapot Horticulture, Inc.", "Dry Fork, NV (US)"),
    classes=("A01G 27/02", "A01G 9/02"),
    abstract=(
        "A planter comprises a pot, a reservoir pivotally mounted below the pot, and a wick that "
        "reaches from the pot into the reservoir. A counterweight tilts the reservoir toward the "
        "wick as the reservoir empties, so that the remaining water stays in contact with the wick "
        "until the reservoir is substantially empty. A pointer coupled to the reservoir shows the "
        "water level on a scale at the outside of the planter."
    ),
    sections=(
        (
            "TECHNICAL FIELD",
            (
                "The present disclosure relates to containers for growing plants, and more "
                "particularly to planters that supply water to the soil from a reservoir.",
            ),
        ),
        (
            "BACKGROUND",
            (
                "Planters that water themselves commonly hold water in a flat reservoir below the "
                "soil. A wick of fibers draws the water upward. When the level falls, the surface "
                "of the water drops below the end of the wick although a considerable amount, in "
                "some products a fifth of the capacity, is still present.",
                "It is known to lengthen the wick or to shape the bottom of the reservoir as a "
                "funnel. A longer wick, however, tends to keep the soil too wet while the "
                "reservoir is full, and a funnel raises the height of the planter. Floats that "
                "show the level are prone to jam when roots grow into their guides.",
                "There is therefore a need for a planter that uses substantially all of its water "
                "without additional height, and that indicates the level reliably.",
            ),
        ),
        (
            "SUMMARY",
            (
                "In one embodiment, a planter includes a pot having a drain opening, a reservoir "
                "mounted on a pivot below the pot, a wick extending through the drain opening, and "
                "a counterweight attached to the reservoir on the side of the pivot that lies "
                "toward the wick. While the reservoir is full, the weight of the water holds it "
                "level against a stop. As water is consumed the counterweight prevails and the "
                "reservoir tilts, which gathers the remaining water at the wick.",
                "In another embodiment the axle of the pivot passes through the wall of the "
                "planter and carries a pointer, so that the angle of the reservoir, and hence the "
                "amount of water, can be read from outside.",
            ),
        ),
        (
            "BRIEF DESCRIPTION OF THE DRAWING",
            ("FIG. 1 is a sectional view of a planter according to one embodiment.",),
        ),
        (
            "DETAILED DESCRIPTION",
            (
                "Referring to FIG. 1, a planter 10 comprises an outer wall 12, which may be molded "
                "of polypropylene, and a pot 14 resting on a shoulder of the outer wall. The pot "
                "holds soil 16 and has a drain opening 18 near one side of its bottom.",
                "A reservoir 20 is mounted below the pot on a pivot 22. The reservoir is a shallow "
                "tray of about 1.5 liters. A counterweight 24, for example a steel rod of 180 "
                "grams, is inserted into a channel at the end of the tray nearest the wick. A wick "
                "26 of braided polyester hangs from the drain opening into this end.",
                "When the tray contains more than about 0.6 liters, its center of gravity lies on "
                "the far side of the pivot and the tray rests on a stop 28. Below that amount the "
                "tray begins to tilt, through an angle of up to 14 degrees. Tests with a prototype "
                "left 35 milliliters unused, compared with 290 milliliters in the same tray when "
                "it was fixed.",
                "The axle of the pivot is extended through the outer wall and carries a pointer "
                "30 that moves over a scale 32. As no part of the indicator lies in the path of "
                "the roots, jamming is avoided. A filling spout 34 opens above the far end.",
                "The counterweight may be replaced by a spring of low rate, or by a chamber that "
                "is filled with sand by the user. The wick may be divided into several strands. "
                "While the embodiment has a single tray, two trays may be arranged side by side "
                "for a window box, each with its own wick.",
            ),
        ),
    ),
    claims=(
        "A planter comprising: a pot having a drain opening; a reservoir mounted on a pivot below "
        "the pot; a wick extending from the pot through the drain opening into the reservoir; and "
        "a counterweight arranged to tilt the reservoir toward the wick as water is consumed.",
        "The planter of claim 1, further comprising a stop that holds the reservoir level while "
        "it contains more than a predetermined amount of water.",
        "The planter of claim 1, wherein an axle of the pivot extends through an outer wall of the "
        "planter and carries a pointer.",
        "The planter of claim 1, wherein the counterweight is a rod removably held in a channel "
        "of the reservoir.",
    ),
)
