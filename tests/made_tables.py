"""Tables of confidences made by hand: of values of which it is said how many were right."""

from pathlib import Path

from docextract.confidence.fit import Known, fitted
from docextract.confidence.table import CalibrationTable


def known(
    score: float, right: int, wrong: int = 0, *, field: str = "bill.total", kind: str = "money"
) -> list[Known]:
    """So many right and wrong values with this score."""
    rights = [True] * right + [False] * wrong
    return [Known(field, kind, score, is_right) for is_right in rights]


def table(*parts: list[Known]) -> CalibrationTable:
    """The table of all these values."""
    return fitted([one for part in parts for one in part], documents=100)


def saved(path: Path, *parts: list[Known]) -> Path:
    """The same as a file."""
    table(*parts).save(path)
    return path
