"""Converts a sheet to a training example: words in the reader's order with labelled spans."""

from collections.abc import Iterator, Sequence

import numpy as np

from docextract.document import Box, Line, Word
from docextract.models.bi_encoder.passage import Passage
from docextract.readers.geometry import reading_order
from docextract.readers.pdf.tables import find_grids
from docextract.training.data.examples import Mark
from docextract.training.synthetic.paper.sheet import Ink, Paper, Run, Sheet

#: The field whose values are rows, in every schema that has one.
ROWS = "line_items"


def read_sheet(sheet: Sheet, kind: str) -> tuple[Passage, tuple[Mark, ...]]:
    """The words in reading order and their labelled spans, labels beginning with "<kind>."."""
    texts: list[str] = []
    boxes: list[tuple[float, ...]] = []
    numbers: list[int] = []
    inks: list[Ink] = []
    line_number = 0
    for paper in sheet.papers:
        said: dict[int, Ink] = {}
        for line in _lines(paper, said):
            for word in line:
                texts.append(word.text)
                boxes.append(_thousandths(word.box, paper))
                numbers.append(line_number)
                inks.append(said[id(word)])
            line_number += 1
    made = Passage(
        tuple(texts),
        np.asarray(boxes, np.float32).reshape(-1, 4),
        np.asarray(numbers, np.int32),
    )
    return made, tuple(sorted(marks(inks, kind), key=lambda mark: (mark.start, mark.label)))


def _lines(paper: Paper, said: dict[int, Ink]) -> Sequence[Line]:
    """The page's lines, by the reader's own functions; `said` learns the ink of each word."""
    runs: list[list[Word]] = []
    before: Run | None = None
    for run in paper.runs:
        words = [Word(word.text, word.box) for word in run.words]
        said.update((id(word), told.ink) for word, told in zip(words, run.words, strict=True))
        if before and before.y == run.y and before.words[-1].box.x1 < run.x:
            runs[-1] += words  # PDFium sees one line in what is drawn on along a baseline
        else:
            runs.append(words)
        before = run
    rules = []
    for x0, top, x1, bottom, _ in paper.rules:
        if x0 == x1 or top == bottom:
            rules.append((x0, top, x1, bottom))
        else:  # a tint: the reader sees its sides
            rules += [(x0, top, x1, top), (x0, bottom, x1, bottom)]
            rules += [(x0, top, x0, bottom), (x1, top, x1, bottom)]
    return reading_order.order_lines(runs, [table.box for table in find_grids(rules)])


def _thousandths(box: Box, paper: Paper) -> tuple[float, ...]:
    edges = (
        box.x0 / paper.width,
        box.top / paper.height,
        box.x1 / paper.width,
        box.bottom / paper.height,
    )
    return tuple(min(max(1000 * edge, 0.0), 1000.0) for edge in edges)


def marks(inks: Sequence[Ink], kind: str) -> Iterator[Mark]:
    """One mark for each unbroken stretch of a value, and one for each row of a table."""
    rows: dict[int, list[int]] = {}
    begin = 0
    for at, ink in enumerate(inks):
        if ink.row >= 0:
            rows.setdefault(ink.row, []).append(at)
        after = inks[at + 1] if at + 1 < len(inks) else None
        if after is None or _value(after) != _value(ink):
            if ink.label:
                yield Mark(f"{kind}.{ink.label}", begin, at + 1)
            begin = at + 1
    for places in rows.values():
        yield Mark(f"{kind}.{ROWS}", places[0], places[-1] + 1)


def _value(ink: Ink) -> tuple[str, int, int]:
    return ink.label, ink.row, ink.part
