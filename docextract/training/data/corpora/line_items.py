"""Line items of a data set: which rows and cells the page prints, and by which words.

A row has its cells by column, and beside them `printed` (column -> whether the page shows the
cell), `at` (column -> word ranges [page, start, end) that print it) and, for sub-lines of an
invoice, `kind`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from docextract.training.data.alignment.row_matches import Runs

#: Keys of a row that are no columns.
_NOT_COLUMNS = frozenset({"printed", "at", "kind"})


def printed_cells(item: Mapping[str, Any], *, visible: bool = True) -> dict[str, str | None]:
    """Column -> value; None for a value that is not known or, if `visible`, not printed."""
    printed = item.get("printed", {}) if visible else {}
    return {
        name: cell if printed.get(name, True) else None
        for name, cell in item.items()
        if name not in _NOT_COLUMNS
    }


def printed_table(items: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The rows if the page prints each of them with what it is about, else none.

    A row that is not printed as the data have it may be there in other words: which words are
    rows is then not known.
    """
    return items if all(item.get("printed", {}).get("row", True) for item in items) else ()


def word_numbers(pages: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """Page -> index of a word (or the end) -> its number through all pages; blanks do not count."""
    made: list[list[int]] = []
    total = 0
    for page in pages:
        numbers = [total]
        for text, *_ in page["words"]:
            total += bool(text.strip())
            numbers.append(total)
        made.append(numbers)
    return made


def known_cells(
    items: Sequence[Mapping[str, Any]], numbers: Sequence[Sequence[int]]
) -> list[dict[str, Runs]]:
    """Row -> column -> the words that print it, where the set says so and no other cell has them.

    A word of two cells ("2x5.90", a price that is also the amount) is no evidence for either.
    """
    found = [_known(item, numbers) for item in items]
    times = Counter(
        word for cells in found for runs in cells.values() for run in runs for word in range(*run)
    )
    return [
        {
            name: runs
            for name, runs in cells.items()
            if all(times[word] == 1 for run in runs for word in range(*run))
        }
        for cells in found
    ]


def _known(item: Mapping[str, Any], numbers: Sequence[Sequence[int]]) -> dict[str, Runs]:
    cells = printed_cells(item)
    made: dict[str, Runs] = {}
    for name, ranges in item.get("at", {}).items():
        runs = [(numbers[page][start], numbers[page][end]) for page, start, end in ranges]
        if cells.get(name) and runs and all(start < end for start, end in runs):
            made[name] = tuple(sorted(runs))
    return made
