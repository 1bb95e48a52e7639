"""Text layer of a PDF page: words and their boxes, through PDFium.

PDFium gives a page's text in drawn order, with a space where it sees a gap, whether or not one was
typed, and a line end where it sees a jump. It misses only gaps in text of font size 1 that a matrix
scales up, as some spreadsheets print; so boxes of single characters are asked for only where a word
is far too wide. A word's box takes two calls, one for the rectangles of its stretch of text and one
to get the only one there mostly is.
"""

import re
from collections.abc import Iterable
from ctypes import CFUNCTYPE, addressof, byref, c_double, c_int, c_void_p, cast
from math import degrees
from typing import TYPE_CHECKING, Any, NamedTuple

from docextract.document import Box, Word
from docextract.readers.pdf.file import PageFrame

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

#: A stretch that PDFium saw as one line.
_RUN = re.compile(r"[^\r\n]+")
#: U+FFFE stands for a hyphen at a line's end; the word goes on in the next line.
_WORD = re.compile(r"[^\s\ufffe]+\ufffe?")
#: What `_clean` changes: control and zero-width characters, soft hyphens, ligatures, surrogates.
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060"
    "\ud800-\udfff\ufeff\ufb00-\ufb06\ufffe]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))

#: Average width of its letters, in heights, from which a word may be several. Letters spaced for
#: show reach 2.3; digits of different columns that PDFium took for one number begin at 3.2.
_WIDE = 3.0
#: Gaps that part such a word: in heights, and in points, as a row of dashes has hardly any height.
_GAP = 2.5
_LEAST_GAP = 6.0

#: A word's characters and its box (x0, y0, x1, y1) with y up, as the PDF counts. A plain tuple:
#: a page has hundreds, and all the time that reading one may take is a few microseconds.
RawWord = tuple[str, float, float, float, float]

#: The two functions called for each word. pypdfium2's own declarations check four pointers a call,
#: which takes longer than the call itself.
_COUNT_RECTS = CFUNCTYPE(c_int, c_void_p, c_int, c_int)
_GET_RECT = CFUNCTYPE(c_int, c_void_p, c_int, *[c_void_p] * 4)


class TextRun(NamedTuple):
    """Words that PDFium takes for one line, and the clockwise turn of their letters (0 to 359)."""

    angle: int
    words: list[RawWord]


class TextLayer(NamedTuple):
    """The text of a page, and its words in drawn order."""

    text: str
    runs: list[TextRun]


def read_text_layer(textpage: "PdfTextPage") -> TextLayer:
    """All words of the page that have a box on it."""
    text = _in_units(textpage.get_text_range(errors="surrogatepass"))
    glyphs = _Glyphs(textpage, text)
    odd = _ODD.search(text) is not None
    runs = []
    for run in _RUN.finditer(text):
        words = glyphs.words(_WORD.finditer(text, run.start(), run.end()))
        if odd:
            cleaned = ((_clean(word[0]), *word[1:]) for word in words)
            words = [word for word in cleaned if word[0]]
        if words:
            runs.append(TextRun(glyphs.angle(run.start()), words))
    return TextLayer(_joined(text) if odd else text, runs)


def run_words(run: TextRun, frame: PageFrame) -> list[Word]:
    """The run's words with their boxes on the visible page."""
    if frame.turn == 0:  # written out: this is the way of nearly every page, and calls cost
        left, top = frame.left, frame.top
        return [
            Word(text, Box(x0 - left, top - y1, x1 - left, top - y0))
            for text, x0, y0, x1, y1 in run.words
        ]
    return [Word(word[0], Box(*frame.place(word[1:]))) for word in run.words]


def _in_units(text: str) -> str:
    """The text with a character for each UTF-16 unit, as PDFium counts.

    Of a pictogram beyond U+FFFF PDFium may give the first half alone. It must not be lost before
    the words have their boxes, or every word after it would get its neighbour's.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) == 2 * len(text):
        return text
    pairs = (units[at : at + 2] for at in range(0, len(units), 2))
    return "".join(pair.decode("utf-16-le", "surrogatepass") for pair in pairs)


def _joined(text: str) -> str:
    """The text with its halves of characters put together; those without another half are gone."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _clean(text: str) -> str:
    """The word as it is printed: hyphens that show, ligatures as letters, nothing invisible."""
    text = _joined(text)
    if not text:
        return ""
    if text[-1] in "\u00ad\ufffe":
        text = text[:-1] + "-"
    return _ODD.sub(lambda match: _LIGATURES.get(match[0], ""), text)


def _quick(function: Any, prototype: Any) -> Any:
    """The same C function, taking addresses as they are."""
    return prototype(cast(function, c_void_p).value)


class _Glyphs:
    """PDFium's calls for one text page. Indices are of the text, not of its characters' list."""

    def __init__(self, textpage: "PdfTextPage", text: str) -> None:
        from pypdfium2 import raw

        self._raw: Any = raw
        self._page = textpage.raw
        # PDFium leaves some characters out of the text; only then do the two indices differ.
        self._shifted = textpage.count_chars() != len(text)
        self._numbers = tuple(c_double() for _ in range(4))  # left, top, right, bottom
        self._count_rects = _quick(raw.FPDFText_CountRects, _COUNT_RECTS)
        self._get_rect = _quick(raw.FPDFText_GetRect, _GET_RECT)
        self._address = cast(self._page, c_void_p).value
        self._into = tuple(map(addressof, self._numbers))

    def words(self, matches: Iterable[re.Match[str]]) -> list[RawWord]:
        """The matched words with their boxes; those that have no place are left out."""
        # The hot loop of reading a PDF. Nearly every word is drawn in one piece.
        page, shifted, into = self._address, self._shifted, self._into
        count_rects, get_rect = self._count_rects, self._get_rect
        left, top, right, bottom = self._numbers
        words: list[RawWord] = []
        for match in matches:
            text, start = match[0], match.start()
            pieces = count_rects(page, self._char(start) if shifted else start, len(text))
            if not pieces:
                continue
            get_rect(page, 0, *into)
            x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
            for piece in range(1, pieces):
                get_rect(page, piece, *into)
                x0, x1 = min(x0, left.value), max(x1, right.value)
                y0, y1 = min(y0, bottom.value), max(y1, top.value)
            if x0 > x1 or y0 > y1:  # a mirrored page
                x0, y0, x1, y1 = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
            if x1 - x0 > _WIDE * (y1 - y0) * len(text):
                words += self._parts(text, start, y0, y1)
            else:
                words.append((text, x0, y0, x1, y1))
        return words

    def _parts(self, text: str, start: int, y0: float, y1: float) -> list[RawWord]:
        """The word at `start`, parted where its characters stand far apart."""
        least = max(_GAP * (y1 - y0), _LEAST_GAP)
        left, right, bottom, top = (c_double() for _ in range(4))
        into = tuple(map(byref, (left, right, bottom, top)))
        words: list[RawWord] = []
        for at, letter in enumerate(text):
            self._raw.FPDFText_GetCharBox(self._page, self._char(start + at), *into)
            x0, x1 = left.value, right.value
            if words and x0 - words[-1][3] <= least:
                before, begun, _, end, _ = words.pop()
                words.append((before + letter, begun, y0, max(end, x1), y1))
            else:
                words.append((letter, x0, y0, max(x0, x1), y1))
        return words

    def angle(self, index: int) -> int:
        """Clockwise turn of the character at `index`, in degrees."""
        radians: float = self._raw.FPDFText_GetCharAngle(self._page, self._char(index))
        return round(degrees(radians)) % 360 if radians > 0 else 0

    def _char(self, index: int) -> int:
        if not self._shifted:
            return index
        found: int = self._raw.FPDFText_GetCharIndexFromTextIndex(self._page, index)
        return max(found, 0)
