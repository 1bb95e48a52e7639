"""Matches of a typed value in a document, and which of them belong to the field."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz

from docextract.document import Typed
from docextract.layout.labels import Anchor, fold_label
from docextract.schema import FieldSchema, FieldType
from docextract.training.data.alignment.search import Match, SearchableDocument
from docextract.values import typed

#: Types that are compared by what they mean -> most words that print one.
BY_VALUE: Mapping[FieldType, int] = {
    FieldType.DATE: 6,  # "this 6th day of January, 2012"
    FieldType.TIME: 2,
    FieldType.MONEY: 3,
    FieldType.NUMBER: 2,
    FieldType.INTEGER: 1,
    FieldType.PERCENT: 2,
    FieldType.DURATION: 4,
    FieldType.CURRENCY: 1,
    FieldType.BOOLEAN: 1,
    FieldType.CHOICE: 4,
}
#: Types whose letters and digits must all be there.
BY_SIGNS = frozenset(
    {
        FieldType.CODE,
        FieldType.IBAN,
        FieldType.VAT_ID,
        FieldType.PHONE,
        FieldType.EMAIL,
        FieldType.URL,
    }
)
#: A number by OCR, a name, an address: at least so like the truth (0 to 1). Those of names and
#: addresses are about what receipts were labelled with by others (0.82 and 0.78).
LIKE_CODE, LIKE_NAME, LIKE_ADDRESS = 0.87, 0.82, 0.75
#: A short number that is almost another one is another one.
_LEAST_CODE = 6
#: Words of an exact place may be less like the value than the best ones by so much (0 to 100).
_LONGER = 5
#: Without a label, more places than these are no evidence.
_MOST = 3
#: A label stands at most so many line heights above its value.
_ABOVE = 3.5


def find_value(
    sought: SearchableDocument, field: FieldSchema, value: str, *, month_first: bool
) -> list[Match]:
    """All matches of the value, in reading order; the most similar one if none is exact."""
    if field.type in BY_VALUE:
        return list(_by_value(sought, field, value, month_first))
    found = _whole(sought, value)
    if found or (field.type in BY_SIGNS and len(value) < _LEAST_CODE):
        return found
    near = sought.best_match(value)
    return [near] if near and near.ratio >= similarity_threshold(field.type) else []


def _whole(sought: SearchableDocument, value: str) -> list[Match]:
    """The exact matches but those inside longer words: a name in the address of a web page."""
    wanted = fold_label(value)
    found = [
        Match(
            place.runs,
            fuzz.ratio(wanted, fold_label("".join(sought.texts[place.start : place.end]))),
        )
        for place in sought.exact(value)
    ]
    best = max((place.ratio for place in found), default=0.0)
    return [Match(place.runs, 1.0) for place in found if place.ratio >= best - _LONGER]


def similarity_threshold(kind: FieldType) -> float:
    """Least similarity of a value's words to the truth, by type of field."""
    if kind in BY_SIGNS:
        return LIKE_CODE
    return LIKE_ADDRESS if kind is FieldType.ADDRESS else LIKE_NAME


def _by_value(
    sought: SearchableDocument, field: FieldSchema, value: str, month_first: bool
) -> Iterator[Match]:
    wanted = _read(field, value, not month_first)
    if wanted is None:
        return
    taken: list[tuple[int, int]] = []
    for start, end in _windows(sought.texts, _needle(wanted), BY_VALUE[field.type]):
        if any(start < last and first < end for first, last in taken):
            continue
        if _means(field, " ".join(sought.texts[start:end]), wanted):
            taken.append((start, end))
    if not taken and field.type is FieldType.DATE:
        taken = [(at, at + 1) for at in sought.within_words(value)]
    for run in sorted(taken):
        yield Match((run,), 1.0)


def _windows(texts: Sequence[str], needle: str, most: int) -> Iterator[tuple[int, int]]:
    """Runs of at most `most` words with the digits needed in them, short ones first."""
    able = [at for at, text in enumerate(texts) if needle in re.sub(r"\D", "", text)]
    for size in range(1, most + 1):
        starts = {start for at in able for start in range(at - size + 1, at + 1)}
        for start in sorted(starts):
            if 0 <= start <= len(texts) - size:
                yield start, start + size


def _needle(value: Typed) -> str:
    """Digits that one of the words must have."""
    if isinstance(value, date):
        return f"{value.year % 100:02}"
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        whole = abs(int(value))
        return str(whole)[-3:] if whole else ""
    return ""


def _means(field: FieldSchema, text: str, wanted: Typed) -> bool:
    parts = {text, text.rpartition(":")[2], *re.findall(r"\d[\d.,/' -]*\d", text)}
    orders = (True, False) if field.type is FieldType.DATE else (True,)
    return any(_read(field, part, order) == wanted for part in parts if part for order in orders)


def _read(field: FieldSchema, text: str, day_first: bool) -> Typed | None:
    latest = date.today() if field.past else None
    return typed.parse_value(
        field.type, text, day_first=day_first, latest=latest, choices=field.choices
    )


def matches_of_field(
    sought: SearchableDocument, path: str, kind: FieldType, found: Sequence[Match]
) -> list[Match]:
    """The matches that belong to the field, by the printed labels beside and above them.

    Those with one of its labels before them, else above them, if there are any; of a date also
    those at no label, for a day is printed again where an amount is another one that happens to
    be the same. Else those at no label, else all. Without a label of the field more than three
    are not trusted.
    """
    sides = [(place, _left(sought, place), _above(sought, place)) for place in found]
    labelled = [place for place, left, _ in sides if path in left]
    labelled = labelled or [place for place, left, above in sides if not left and path in above]
    free = [place for place, left, above in sides if not (left or above)]
    if labelled:
        again = free if kind is FieldType.DATE and len(labelled + free) <= _MOST else []
        return sorted(labelled + again)
    rest = free or list(found)
    return rest if len(rest) <= _MOST else []


def _left(sought: SearchableDocument, place: Match) -> frozenset[str]:
    """The fields whose label is the nearest one left of the place on its line."""
    row = sought.sheet.row(sought.segment(place.start))
    left = [
        anchor
        for anchor in sought.anchors
        if any(anchor.segment is other for other in row) and _before(sought, anchor, place)
    ]
    return _paths(left, max(left, key=_right_edge(sought))) if left else frozenset()


def _above(sought: SearchableDocument, place: Match) -> frozenset[str]:
    """The fields whose label is the nearest one above the place."""
    for other in sought.sheet.above(sought.segment(place.start), lines=_ABOVE):
        above = [anchor for anchor in sought.anchors if anchor.segment is other]
        if above:
            return frozenset(anchor.path for anchor in above)
    return frozenset()


def _before(sought: SearchableDocument, anchor: Anchor, place: Match) -> bool:
    words = sought.document.words
    word = words[sought.number(anchor.end - 1)].word
    return word.box.x0 <= words[place.start].word.box.x0


def _right_edge(sought: SearchableDocument) -> Callable[[Anchor], float]:
    words = sought.document.words
    return lambda anchor: words[sought.number(anchor.end - 1)].word.box.x1


def _paths(anchors: Sequence[Anchor], near: Anchor) -> frozenset[str]:
    """All fields that the same printed label is one of."""
    return frozenset(one.path for one in anchors if (one.start, one.end) == (near.start, near.end))
