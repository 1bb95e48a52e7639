"""Address blocks: finds an address beside other text, which must be read down, never across.

An address is recognised by its form: lines under each other, of which one is a postcode with a
town. Text at the same height may be the address of another party, payment details, or the data
of an invoice. It is no block of its own where it is the column of the address's labels, or of
amounts.
"""

import re
from collections.abc import Iterator, Sequence

from docextract.readers.geometry.line_pieces import LinePiece, Row
from docextract.values.parties.addresses import parse_address

#: Lines of an address with its name, and lines up to which a block is looked at: a party's numbers
#: may stand under its address.
_LEAST, _MOST = 3, 12
#: Lines of a block begin, or end, so near each other, in heights of a line. A judgement, as the
#: next three.
_ALIGNED = 0.5
#: More white between two lines, in heights of capitals, ends a block, and parts it from a heading.
_BREAK, _HEADING = 1.8, 3.5
#: Share of lines with a figure in them from which a column on the left is no column of labels.
_FIGURES = 0.4
#: What may be a postcode; cheaper than to read every block as an address.
_POSTCODE = re.compile(r"\b\d{4,5}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_AMOUNT = re.compile(r"-?\d{1,3}(?:[.,' ]?\d{3})*[.,]\d\d-?")


def find_address_rows(left: Sequence[Row], right: Sequence[Row], *, both: bool) -> range | None:
    """The rows of the first address that stands left or right of something else.

    Args:
        left: What each row has left of a white strip, nothing for some.
        right: What each row has right of it; as many rows.
        both: Whether there must be an address on either side.

    Returns:
        The numbers of the rows, with those of an address on the other side that begins beside it
        and with the headings of both; None where there is no such address.
    """
    # More pieces than one on the left are labels with their values, or blocks to be parted first.
    inner = (
        [row[0] if len(row) == 1 else None for row in left],
        [row[0] if row else None for row in right],
    )
    blocks = tuple(list(_addresses(side)) for side in inner)
    for block in sorted((*blocks[0], *blocks[1]), key=lambda block: block.start):
        having = [any(_meet(block, other) for other in side) for side in blocks]
        beside = [other.stop for side in blocks for other in side if _meet(block, other)]
        rows = range(block.start, max(beside))
        sides = [[row for row in side[rows.start : rows.stop] if row] for side in (left, right)]
        alone = not both and all(sides) and not all(having)
        if all(having) or (alone and _is_block(sides[having[0]], on_left=having[1])):
            return range(_headed(rows, block, inner), rows.stop)
    return None


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _addresses(side: Sequence[LinePiece | None]) -> Iterator[range]:
    """The blocks of a side that hold an address."""
    for block in _blocks(side):
        texts = [_text(piece) for piece in side[block.start : block.stop] if piece]
        if _LEAST <= len(texts) <= _MOST and any(map(_POSTCODE.search, texts)):
            found = parse_address("\n".join(texts))
            if found and found.postcode and found.city:
                yield block


def _blocks(side: Sequence[LinePiece | None]) -> Iterator[range]:
    """Blocks of lines that are aligned left or right, one under the other without a gap."""
    first: int | None = None
    last = 0
    for at, piece in enumerate(side):
        if piece is None:
            continue
        before = side[last] if first is not None else None
        if first is not None and not (before and continues_block(before, piece)):
            yield range(first, last + 1)
            first = None
        first, last = at if first is None else first, at
    if first is not None:
        yield range(first, last + 1)


def continues_block(above: LinePiece, below: LinePiece, most: float = _BREAK) -> bool:
    """Whether a line is aligned with the one above it, at most `most` heights under it."""
    height = max(above.bottom - above.top, below.bottom - below.top)
    aligned = min(abs(above.x0 - below.x0), abs(above.x1 - below.x1)) <= _ALIGNED * height
    return aligned and below.top - above.bottom <= most * height


def _is_block(rows: Sequence[Row], *, on_left: bool) -> bool:
    """Whether what stands left or right of an address is no column of amounts or of its labels."""
    if any(_AMOUNT.fullmatch(row[-1].words[-1].text) for row in rows):
        return False
    figures = sum(any(sign.isdigit() for piece in row for sign in _text(piece)) for row in rows)
    return not on_left or figures >= _FIGURES * len(rows)


def _headed(rows: range, block: range, inner: Sequence[Sequence[LinePiece | None]]) -> int:
    """The first row, or the one above that has a heading over the address and one beside it."""
    above = rows.start - 1
    if above < 0 or not all(side[above] for side in inner):
        return rows.start
    for side in inner:
        over, first = side[above], side[block.start]
        if over and first and continues_block(over, first, _HEADING):
            return above
    return rows.start


def _text(piece: LinePiece) -> str:
    return " ".join(word.text for word in piece.words)
