"""A page as it was read: its words in lines, tables, form fields and barcodes."""

from dataclasses import dataclass
from typing import Any, Literal

from docextract.document.geometry import Box


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word. `text` has no white space; `confidence` is the OCR engine's, else 1."""

    text: str
    box: Box
    confidence: float = 1.0

    def __reduce__(self) -> tuple[Any, ...]:
        return Word, (self.text, self.box, self.confidence)  # for the same reason


#: Words of one printed line, left to right.
Line = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells found on a page; the words of a cell are those whose centre lies in it.

    `rows[r][c]` is a cell's box; None where a merged cell covers the place.
    """

    rows: tuple[tuple[Box | None, ...], ...]

    @property
    def box(self) -> Box:
        """The smallest box that covers all cells."""
        cells = [cell for row in self.rows for cell in row if cell]
        box = cells[0]
        for cell in cells[1:]:
            box |= cell
        return box


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a fillable form as the file holds it: one box that is typed into or ticked.

    `name` is the full one, parents first ("form1[0].Total[0]"), and `tooltip` what a person is
    told about the field. `value` is what was typed or chosen (a line for each of several), of a
    box to tick what a tick stands for. `checked` is None but for those; the radio buttons of a
    group share a name. `options` are what a choice offers.
    """

    name: str
    kind: Literal["text", "checkbox", "radio", "choice"]
    value: str
    box: Box
    tooltip: str = ""
    checked: bool | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A barcode that was decoded: its format ("qr", "datamatrix", "ean13", ...) and text."""

    format: str
    text: str
    box: Box


#: `Page.read_by` of a page whose words only OCR can give, and which no engine has seen yet.
WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Page:
    """One page, upright: its words in lines in reading order, and how they were read.

    `read_by` is "text-layer", an OCR engine's name, a format's name ("docx", "html", ...),
    or `WAITING`. `reason` says why that way was taken ("no text layer", "garbled text layer:
    ..."). `rotation` is the clockwise turn (0, 90, 180, 270) that made the source upright and
    `skew` the further clockwise turn in degrees that made its lines level. What stands in form
    fields to be read is among the words too; ticks are only in `form_fields`, since a mark
    between the words would come between labels and their values.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    read_by: str = "text-layer"
    reason: str = ""
    rotation: int = 0
    skew: float = 0.0
    tables: tuple[Table, ...] = ()
    form_fields: tuple[FormField, ...] = ()
    codes: tuple[Code, ...] = ()
