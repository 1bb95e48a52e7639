"""Who said a value, of which words, and what was done to it after: typed, never parsed from text.

A value carries its `Evidence` in the order of time. The first says who found it; each later one
says what a correction made of it. So the origin that a value names did say that value: a
correction never speaks in the name of whoever it corrects.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Self

#: What a field's value can be once it is typed.
Typed = str | int | bool | Decimal | date | time


#: A stretch [start, end) of `Document.text`, in code points.
Stretch = tuple[int, int]


class SourceType(StrEnum):
    """From where a value comes."""

    RULE = "rule"  # a rule over what is printed
    MODEL = "model"  # the trained model
    HUGGING_FACE = "huggingface"  # a checkpoint of a user's
    SPACY = "spacy"  # a package or patterns of spaCy
    FORM = "form"  # a field of a fillable form
    QR = "qr"  # a payment code
    BARCODE = "barcode"  # any other code
    XML = "xml"  # an element of an e-invoice
    PERSON = "person"


_RULE = re.compile(r"(?P<name>.*?)(?: (?P<label>'.*'|\".*\"))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says something.

    Attributes:
        source: The sort of source.
        name: Of a rule its name ("label right"), of the model "NAME@VERSION", of a form its
            field's name, of an e-invoice the business term ("BT-112").
        traits: Of a rule, the circumstances that tell how far to trust it: "short", "inside".
        label: Of a rule, the printed words that led it there, quoted.
    """

    source: SourceType
    name: str = ""
    traits: tuple[str, ...] = ()
    label: str = ""

    def __str__(self) -> str:
        """As records have it: "rule:label right, short 'Total'", "xml:BT-112"."""
        said = ", ".join((self.name, *self.traits))
        text = f"{self.source}:{said}" if said else str(self.source)
        return f"{text} {self.label}" if self.label else text

    @classmethod
    def parse(cls, text: str) -> Self:
        """The origin that `str` made into this text; of unknown text, a rule of that name."""
        start, _, rest = text.partition(":")
        if start not in SourceType.__members__.values():
            return cls(SourceType.RULE, text)
        if start != SourceType.RULE:
            return cls(SourceType(start), rest)
        found = _RULE.fullmatch(rest)
        assert found
        name, *traits = found["name"].split(", ")
        return cls(SourceType.RULE, name, tuple(traits), found["label"] or "")


class Step(StrEnum):
    """What a piece of evidence did for a value."""

    FOUND = "found"  # read it from the words
    COMPLETED = "completed"  # took words along that belong to it: a town, the rest of a number
    SHORTENED = "shortened"  # left out words that do not belong to it
    REPAIRED = "repaired"  # took signs that OCR gave for the ones that look like them
    REINTERPRETED = "read otherwise"  # the same words, which can mean two things
    PROPOSED = "if misread"  # would mend a check, and is only shown


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one source says, or one correction makes, of a field's value.

    Attributes:
        origin: Who.
        value: The typed value that it says.
        raw: The words, as the document has them.
        spans: Where the words stand; none of what is no printed word.
        step: What it did.
        score: How sure the source itself is, in [0, 1]; None where it does not say.
    """

    origin: Origin
    value: Typed
    raw: str
    spans: tuple[Stretch, ...] = ()
    step: Step = Step.FOUND
    score: float | None = None

    def __str__(self) -> str:
        """Its origin with its score: "model:default@dfdfa3b8 0.95"."""
        return str(self.origin) if self.score is None else f"{self.origin} {self.score:.2f}"
