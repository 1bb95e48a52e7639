"""What a worker does with a task. `RunOptions.work` names this function by its import path."""

from collections.abc import Iterator

from docextract import readers
from docextract.batch.workers.messages import Drawing, Task
from docextract.document import Page
from docextract.readers import ReadOptions, ReadResult, Source


def steps(task: Task, options: ReadOptions) -> Iterator[ReadResult | Page]:
    """Read or draw what the task names, giving each part when it is there.

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


def _draw(source: Source, drawing: Drawing, options: ReadOptions) -> None:
    from docextract.drawing import draw

    drawing.folder.mkdir(parents=True, exist_ok=True)
    for number, picture in draw(source, drawing.document, options):
        picture.save(drawing.folder / f"page-{number}.png")
