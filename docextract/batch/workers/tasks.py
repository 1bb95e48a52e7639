"""Task execution in a worker. `RunOptions.work` names `perform_task` by its import path."""

from collections.abc import Iterator

from docextract import readers
from docextract.batch.workers.messages import DrawRequest, Task
from docextract.document import Page
from docextract.readers import ReadOptions, ReadResult, Source


def perform_task(task: Task, options: ReadOptions) -> Iterator[ReadResult | Page]:
    """Read or draw what the task names, yielding each output when it is ready.

    When exactly one page waits for OCR, it is read at once: the file is open already. More of
    them become tasks of their own, so that all cores work on one long scan.

    Raises InputError when the document or the page cannot be read.
    """
    if task.drawing is not None:
        _draw(task.source, task.drawing, options)
        return
    if task.page is not None:
        yield readers.recognise_page(task.source, task.page, options)
        return
    reading = readers.read(task.source, options)
    yield reading
    if reading.document is not None and len(reading.waiting) == 1:
        (number,) = reading.waiting
        page = next(page for page in reading.document.pages if page.number == number)
        yield readers.recognise_page(task.source, page, options)


def _draw(source: Source, drawing: DrawRequest, options: ReadOptions) -> None:
    from docextract.drawing import draw_annotations

    drawing.folder.mkdir(parents=True, exist_ok=True)
    for number, picture in draw_annotations(source, drawing.document, options):
        picture.save(drawing.folder / f"page-{number}.png")
