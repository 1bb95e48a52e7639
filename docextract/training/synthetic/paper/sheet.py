"""Pages of a synthetic document: labelled words with boxes, lines and filled rectangles.

Units are points, origin top-left, y down; y of a text is its baseline.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docextract.document import Box
from docextract.training.synthetic.paper.fonts import Style, space_width, text_width, word_extent


class Ink(NamedTuple):
    """A text to be printed, labelled with the field that it is a value of.

    Attributes:
        text: What is printed.
        label: A field's path ("total", "line_items.amount"); "" for no value.
        row: Number of the row of a table; -1 outside tables.
        part: Tells occurrences apart: words of one label and part are one value.
    """

    text: str
    label: str = ""
    row: int = -1
    part: int = 0


Inks = Sequence[Ink]
_PLACES = re.compile(r"(\{\w+\})")


class PrintedWord(NamedTuple):
    """A printed word: its letters, its box and the labelled text it is of."""

    text: str
    box: Box
    ink: Ink


class Run(NamedTuple):
    """Words that are drawn in one go from (x, y)."""

    x: float
    y: float
    style: Style
    words: tuple[PrintedWord, ...]
    grey: float = 0.0

    @property
    def text(self) -> str:
        """As it is drawn."""
        return " ".join(word.text for word in self.words)


class Rule(NamedTuple):
    """A horizontal or vertical line, or with `grey` below 1 a filled rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float
    grey: float | None = None


@dataclass
class Paper:
    """One page."""

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass
class Sheet:
    """The pages of a document; what is printed goes on the last."""

    width: float
    height: float
    papers: list[Paper] = field(default_factory=list)
    parts: int = 0

    def __post_init__(self) -> None:
        self.new_page()

    @property
    def paper(self) -> Paper:
        """The page that is printed on."""
        return self.papers[-1]

    def new_page(self) -> None:
        """Begin a new page."""
        self.papers.append(Paper(self.width, self.height))

    def ink(self, text: str, label: str = "", row: int = -1) -> Ink:
        """A value that is an occurrence of its own."""
        self.parts += 1
        return Ink(text, label, row, self.parts)

    def write(
        self,
        at: tuple[float, float],
        inks: "Inks | Ink | str",
        style: Style,
        *,
        align: str = "l",
        grey: float = 0.0,
    ) -> float:
        """Print on one line; `at` is its left end, right end ("r") or middle ("c").

        Returns where the line ends, in points from the left.
        """
        words = words_of(inks)
        if not words:
            return at[0]
        wide = _wide(words, style)
        x = at[0] - {"l": 0.0, "r": wide, "c": wide / 2}[align]
        self.paper.runs.append(Run(x, at[1], style, tuple(_placed(words, x, at[1], style)), grey))
        return x + wide

    def horizontal_line(self, x0: float, y: float, x1: float) -> None:
        """Draw a horizontal line."""
        self.paper.rules.append(Rule(x0, y, x1, y))

    def vertical_line(self, x: float, top: float, bottom: float) -> None:
        """Draw a vertical line."""
        self.paper.rules.append(Rule(x, top, x, bottom))

    def draw_frame(self, box: tuple[float, float, float, float]) -> None:
        """Draw a rectangle of four lines."""
        x0, top, x1, bottom = box
        self.horizontal_line(x0, top, x1)
        self.horizontal_line(x0, bottom, x1)
        self.vertical_line(x0, top, bottom)
        self.vertical_line(x1, top, bottom)

    def fill_rectangle(self, box: tuple[float, float, float, float], grey: float) -> None:
        """Fill a rectangle with grey."""
        self.paper.rules.append(Rule(*box, grey))


def words_of(inks: "Inks | Ink | str") -> list[tuple[str, Ink]]:
    """Each word with its label. A text that begins with NUL is joined to the word before.

    The joined word keeps the text that has a label, as a span can only take whole words.
    """
    pieces: Iterable[Ink]
    if isinstance(inks, str):
        pieces = (Ink(inks),)
    elif isinstance(inks, Ink):
        pieces = (inks,)
    else:
        pieces = inks
    words: list[tuple[str, Ink]] = []
    for ink in pieces:
        glued = words and ink.text.startswith("\x00")
        parts = ink.text.replace("\x00", "").split()
        if glued and parts:
            text, before = words.pop()
            words.append((text + parts[0], ink if ink.label else before))
            parts = parts[1:]
        words += [(part, ink) for part in parts]
    return words


def wrap_text(inks: "Inks | Ink | str", style: Style, room: float) -> list[list[Ink]]:
    """Wrap to lines no wider than `room`; a word wider than that has a line of its own."""
    lines: list[list[Ink]] = []
    at = 0.0
    gap = space_width(style.font) * style.size * style.stretch / 100
    for text, ink in words_of(inks):
        wide = text_width(text, style)
        if not lines or at + gap + wide > room:
            lines.append([])
            at = wide
        else:
            at += gap + wide
        lines[-1].append(ink._replace(text=text))
    return lines


def fill_template(text: str, values: Mapping[str, Inks]) -> Inks:
    """Fill each "{name}" of the text with labelled values; what touches one is joined to it."""
    inks: list[Ink] = []
    open_end = False  # the last ink ends without a space
    for piece in _PLACES.split(text):
        found = values[piece[1:-1]] if _PLACES.fullmatch(piece) else (Ink(piece),)
        for at, ink in enumerate(found):
            if not ink.text.strip():
                open_end = open_end and not ink.text
                continue
            joined = at == 0 and open_end and not ink.text.startswith(" ")
            inks.append(ink._replace(text="\x00" + ink.text) if joined else ink)
            open_end = not ink.text.endswith(" ")
    return inks


def _wide(words: list[tuple[str, Ink]], style: Style) -> float:
    return text_width(" ".join(text for text, _ in words), style)


def _placed(
    words: list[tuple[str, Ink]], x: float, y: float, style: Style
) -> Iterable[PrintedWord]:
    """The words' boxes, as the reader measures them."""
    across = style.size * style.stretch / 100
    gap = space_width(style.font) * across
    for text, ink in words:
        one = word_extent(text, style.font)
        box = Box(
            x + one.left * across,
            y - one.top * style.size,
            x + one.right * across,
            y - one.bottom * style.size,
        )
        yield PrintedWord(text, box, ink)
        x += one.advance * across + gap


#: Points between two texts on one line under which a reader takes them for one word.
_APART = 2.0


def has_no_overlaps(sheet: Sheet) -> bool:
    """Whether no text overlaps another or leaves its page."""
    return all(_sound(paper) for paper in sheet.papers)


def _sound(paper: Paper) -> bool:
    boxes = sorted(
        (run.words[0].box.x0, run.words[-1].box.x1, run.y - 0.7 * run.style.size, run.y)
        for run in paper.runs
    )
    for at, (x0, x1, top, bottom) in enumerate(boxes):
        if x0 < 0 or x1 > paper.width or bottom > paper.height or top < 0:
            return False
        for other in boxes[at + 1 :]:
            if other[0] >= x1 + _APART:
                break
            if other[2] < bottom and top < other[3]:
                return False
    return True
