"""List numbering of DOCX: the numbers that Word prints before paragraphs."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docextract.readers.office.docx_text import W

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from lxml.etree import _Element

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS = 9


@dataclass(frozen=True)
class _Level:
    """How one level of a list is numbered: "%1.%2" is the text of "2.1"."""

    style: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """Numbered lists of a document with counters: call `next` for paragraphs in their order."""

    levels: dict[str, list[_Level]] = field(default_factory=dict)  # by the list's abstract id
    lists: dict[str, str] = field(default_factory=dict)  # list id -> abstract id
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # style -> list id, level
    counts: dict[str, list[int]] = field(default_factory=dict)  # by abstract id

    @classmethod
    def of(cls, document: "DocxDocument") -> "Numbering":
        """The lists that a document defines."""
        made = cls()
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                made._define(relation.target_part.element)
        for style in document.styles.element.iterchildren(W + "style"):
            properties = style.find(W + "pPr")
            if properties is not None and (given := _list_of(properties)):
                made.styles[style.get(W + "styleId", "")] = given
        return made

    def _define(self, root: "_Element") -> None:
        for abstract in root.iterchildren(W + "abstractNum"):
            found = [_Level()] * _LEVELS
            for level in abstract.iterchildren(W + "lvl"):
                found[_number(level.get(W + "ilvl"))] = _level(level)
            self.levels[abstract.get(W + "abstractNumId", "")] = found
        for one in root.iterchildren(W + "num"):
            self.lists[one.get(W + "numId", "")] = _value(one.find(W + "abstractNumId"))

    def next(self, properties: "_Element", style: str) -> str:
        """The number of the next paragraph, which has these properties; "" for none."""
        list_id, level = _list_of(properties) or self.styles.get(style, ("0", 0))
        abstract = self.lists.get(list_id, "")
        if abstract not in self.levels:
            return ""
        levels = self.levels[abstract]
        counts = self.counts.setdefault(abstract, [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if levels[level].style in {"bullet", "none"}:
            return ""
        text = levels[level].text
        for n in range(level + 1):
            shown = _shown(counts[n] or levels[n].start, levels[n].style)
            text = text.replace(f"%{n + 1}", shown)
        return text


def _list_of(properties: "_Element") -> tuple[str, int] | None:
    """(list id, level) that the properties name; list "0" takes a paragraph out of a list."""
    given = properties.find(W + "numPr")
    if given is None or given.find(W + "numId") is None:
        return None
    return _value(given.find(W + "numId")), _number(_value(given.find(W + "ilvl")))


def _level(level: "_Element") -> _Level:
    return _Level(
        style=_value(level.find(W + "numFmt")) or "decimal",
        text=_value(level.find(W + "lvlText")),
        start=int(_value(level.find(W + "start")) or 1),
    )


def _value(element: "_Element | None") -> str:
    return "" if element is None else element.get(W + "val", "")


def _number(level: str | None) -> int:
    return min(max(int(level or 0), 0), _LEVELS - 1)


def _shown(count: int, style: str) -> str:
    """A count as its style prints it; styles of other scripts in digits."""
    if style in {"lowerLetter", "upperLetter"}:  # after z comes aa, then bb
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9)
        return letter if style == "lowerLetter" else letter.upper()
    if style in {"lowerRoman", "upperRoman"} and count < 4000:
        numeral, left = "", count
        for value, sign in _ROMAN:
            numeral += sign * (left // value)
            left %= value
        return numeral if style == "lowerRoman" else numeral.upper()
    return f"{count:02}" if style == "decimalZero" else str(count)
