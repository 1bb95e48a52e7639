"""Entity rule: a finder with the label and the confidence of what it finds.

Confidence says how often such a match is right, on one scale for all rules:

    CHECKED   0.99  a checksum holds that few random texts satisfy (IBAN, ISIN), or a single
                    check digit beside the words that announce such a number
    NAMED     0.90  the shape is right, and words or signs beside it say what it is
    SHAPED    0.80  the shape alone; little else looks like it
    LIKELY    0.60  the shape alone; other things look like it
    POSSIBLE  0.40  a number that could be many things
"""

from dataclasses import dataclass

from docextract.entities.finders import Finder

CHECKED, NAMED, SHAPED, LIKELY, POSSIBLE = 0.99, 0.90, 0.80, 0.60, 0.40


@dataclass(frozen=True, slots=True)
class EntityRule:
    """A rule that finds entities of one label. Its name is their origin: "rule:iban"."""

    name: str
    label: str
    confidence: float
    find: Finder
