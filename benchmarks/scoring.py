"""When an extracted value counts as right, and precision, recall and F1 over many.

Exact: the printed words, or the value's text in the record, equal the truth character for
character, runs of white space taken as one. Normalised: dates, amounts and percentages are equal
by value, all else when its letters and digits are equal, case ignored and "&" taken as "and".

A value that equals the truth is a true positive; one that does not, or where the truth says that
there is none, a false positive; a truth that no value equals a false negative. So a wrong value
counts against both precision and recall. Fields whose truth is not known are left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docextract.document import Value
from docextract.schema import FieldSchema, FieldType
from docextract.values import typed

BY_VALUE = frozenset(
    {FieldType.DATE, FieldType.TIME, FieldType.MONEY, FieldType.NUMBER, FieldType.PERCENT}
)


@dataclass
class Score:
    """Counts of one field over documents."""

    right: int = 0
    exact: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.right + other.right,
            self.exact + other.exact,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """Right values among those found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right values among those wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def exact_recall(self) -> float:
        """Values that are right to the character among those wanted."""
        return self.exact / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.found + self.wanted
        return 2 * self.right / total if total else 0.0


def score(
    field: FieldSchema, values: Sequence[Value], answers: Sequence[str], *, month_first: bool
) -> Score:
    """The counts of one field of one document; several answers are compared as a set."""
    open_answers = list(dict.fromkeys(answers))
    right = exact = 0
    for value in values:
        hit = next((a for a in open_answers if is_right(field, value, a, month_first)), None)
        if hit is not None:
            open_answers.remove(hit)
            right += 1
            exact += is_exact(value, hit)
    return Score(right, exact, len(values), len(set(answers)))


def is_exact(value: Value, answer: str) -> bool:
    """Whether a value is the truth, character for character."""
    return " ".join(answer.split()) in (" ".join(value.raw.split()), str(value.value))


def is_right(field: FieldSchema, value: Value, answer: str, month_first: bool) -> bool:
    """Whether a value is the truth, by value or by letters and digits."""
    if field.type in BY_VALUE:
        wanted = typed.read(field.type, answer, day_first=not month_first)
        return wanted is not None and wanted == value.value
    return letters(str(value.value)) == letters(answer)


def letters(text: str) -> str:
    """Letters and digits in one case, "&" taken as "and"."""
    return "".join(sign for sign in text.casefold().replace("&", "and") if sign.isalnum())


def total(scores: Iterable[Score]) -> Score:
    """All counts together."""
    return sum(scores, Score())
