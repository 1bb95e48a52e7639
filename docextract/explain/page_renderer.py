"""What a worker process does for `docextract explain`: it alone opens the document's file."""

import hashlib
from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from docextract import readers
from docextract.batch.workers.messages import DrawRequest, Task
from docextract.document import Document, Page
from docextract.drawing import render_page
from docextract.errors import UnreadableInput
from docextract.readers import ReadOptions, ReadResult, Source

if TYPE_CHECKING:
    from PIL.Image import Image

#: Print of 8 points can be read at 150 dots an inch; A4 is then 2.2 million pixels.
DPI = 150
MOST_PIXELS = 2_500_000
#: Shades that a page of text needs for smooth letters in a few colours.
_SHADES = 64
_QUALITY = 80


def perform_task(task: Task, options: ReadOptions) -> Iterator[ReadResult | Page]:
    """Draw the pages of the task's document into the task's folder, as page-1.png or page-1.jpg.

    Raises InputError: the file cannot be read, or is another than the record was made of.
    """
    if task.drawing:
        _draw(task.source, task.drawing, options)
    yield from ()  # the pictures are all there is


def _draw(source: Source, drawing: DrawRequest, options: ReadOptions) -> None:
    document = drawing.document
    found = hashlib.sha256(readers.load_bytes(source, options)).hexdigest()
    if found != document.sha256:
        raise UnreadableInput(
            f"it has changed since the record was made: its SHA-256 is {found[:16]}..., "
            f"the record's {document.sha256[:16]}...; run docextract over it again, or give "
            "the file as it was with --source"
        )
    for page in _with_words(source, document, options):
        _save(render_page(source, page, options, dpi=_dpi(page)), drawing.folder, page.number)


def _with_words(source: Source, document: Document, options: ReadOptions) -> tuple[Page, ...]:
    """The pages; those of a format without page images with the words to draw instead."""
    if document.media_type == "application/pdf" or document.media_type.startswith("image/"):
        return document.pages
    again = readers.read(source, options).document
    wanted = {page.number for page in document.pages}
    return tuple(page for page in again.pages if page.number in wanted) if again else ()


def _dpi(page: Page) -> float:
    inches = max(page.width, 1.0) * max(page.height, 1.0) / 72**2
    return min(DPI, sqrt(MOST_PIXELS / inches))


def _save(image: "Image", folder: Path, number: int) -> None:
    """Whichever is smaller: print packs better as PNG, photographs as JPEG."""
    drawn, photograph = folder / f"page-{number}.png", folder / f"page-{number}.jpg"
    image.quantize(_SHADES).save(drawn, optimize=True)
    image.save(photograph, quality=_QUALITY, optimize=True, progressive=True)
    larger = max(drawn, photograph, key=lambda path: path.stat().st_size)
    larger.unlink()
