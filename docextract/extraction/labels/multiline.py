"""Values of several lines: hanging indents, running text, and titles in the largest letters.

A line goes on with the value above it only in the same column and in letters of the same size.
"""

from collections.abc import Iterator
from statistics import median

from docextract.document import Stretch
from docextract.extraction.context import Case, Found
from docextract.extraction.parties.address_block import LEADING, printed
from docextract.layout.segments import Segment
from docextract.schema import FieldType

#: Lines of a value at most.
LINES = 4
#: Letters of one size differ by less than this part in the height of their lines: a line without
#: letters like g or p is lower. Larger letters are a title's. A judgement; no set tells it.
ALIKE = 0.35
LARGER = 1.25
SAME = 0.1


def hanging(case: Case, stretch: Stretch) -> list[Stretch]:
    """The stretch, and the lines that hang under its first word when something is left of it."""
    first = case.sheet.doc.words_of(*stretch)[0]
    segment = case.sheet.at(stretch[0])
    beside = [other for other in case.sheet.row(segment) if other.box.x1 <= first.word.box.x0]
    leads = beside or first.start > segment.start
    spans = [stretch]
    if not leads or stretch[1] < segment.end:
        return spans
    left = min([segment.box.x0, *(other.box.x0 for other in beside)])
    while len(spans) < LINES:
        below = next(_hung(case, segment, first.word.box.x0, left), None)
        if below is None:
            break
        spans.append((below.start, below.end))
        segment = below
    return spans


def _hung(case: Case, segment: Segment, x0: float, left: float) -> Iterator[Segment]:
    """What stands right under a segment, begins at x0 and has nothing between `left` and it."""
    for other in case.sheet.below(segment, lines=LEADING + 1):
        close = other.box.top - segment.box.bottom <= LEADING * segment.height
        level = abs(other.box.x0 - x0) <= 0.5 * segment.height
        alone = not any(left <= one.box.x1 < other.box.x0 for one in case.sheet.row(other))
        if close and level and alone and not case.labelled(other) and _alike(segment, other):
            yield other


def _alike(a: Segment, b: Segment) -> bool:
    return abs(a.height - b.height) <= ALIKE * max(a.height, b.height)


def running(case: Case, heading: Segment) -> Iterator[Segment]:
    """The running text under a heading in reading order, down to the next heading.

    What stands beside it in another column is left out.
    """
    column = heading.box
    for segment in case.sheet.after(heading):
        box = segment.box
        moved = segment.page != heading.page or box.bottom < heading.box.top
        if not moved and (box.x1 < column.x0 or box.x0 > column.x1):
            continue
        if _heads(case, segment):
            return
        column = column if moved else column | box
        yield segment


def _heads(case: Case, segment: Segment) -> bool:
    """Whether a segment looks like the heading of the next section."""
    words = case.sheet.text[segment.start : segment.end]
    short = len(words) <= 40 and len(segment.words) <= 5
    return short and (case.labelled(segment) or words.isupper() or words.endswith(":"))


def by_title(case: Case) -> Iterator[Found]:
    """The largest letters of the upper half of page 1, where a field's place is there."""
    wanted = [path for path, field in case.schema.fields.items() if field.place == "title"]
    lines = _largest(case) if wanted else []
    spans = [(line.start, line.end) for line in lines]
    for path in wanted:
        field = case.schema.field(path)
        if field.type in (FieldType.TEXT, FieldType.NAME) and spans:
            typed = case.type(field, " ".join(printed(case, line) for line in lines))
            if typed is not None:
                yield case.found(path, spans, typed, "title")


def _largest(case: Case) -> list[Segment]:
    page = case.sheet.doc.pages[0]
    usual = median(segment.height for segment in case.sheet.page(1))
    able = [one for one in case.sheet.between(1, 0, page.height / 2) if _titles(case, one)]
    tallest = max((segment.height for segment in able), default=0.0)
    if tallest < LARGER * usual:
        return []
    lines = [next(one for one in able if one.height >= tallest * (1 - SAME))]
    while len(lines) < LINES:
        under = case.sheet.below(lines[-1], lines=LEADING)
        if not under or under[0] not in able or not _alike(lines[0], under[0]):
            break
        lines.append(under[0])
    return lines


def _titles(case: Case, segment: Segment) -> bool:
    words = printed(case, segment)
    return ":" not in words and sum(sign.isalpha() for sign in words) >= 3
