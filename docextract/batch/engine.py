"""Processing engine: reads documents in processes and runs the stages, with bounded read-ahead."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from docextract.batch.document_reader import DocumentRead, DocumentReader, ImagesDrawn
from docextract.batch.inference_worker import InferenceWorker
from docextract.batch.options import RunOptions
from docextract.batch.workers.messages import DrawRequest
from docextract.document import Result, Status
from docextract.export.files import safe
from docextract.pipeline import Pipeline
from docextract.readers import Source

#: Documents that are read ahead of the stages, and words in them: at some 500 bytes a word with
#: its box this is at most 250 MB, whatever the documents are like.
_AHEAD = 64
_WORDS_AHEAD = 500_000


@dataclass(frozen=True)
class Outcome:
    """The outcome of a source: its result (None for a mere container), the documents inside it."""

    number: int
    result: Result | None
    parts: tuple[Source, ...] = ()
    seconds: float = 0.0


class Engine:
    """Reads in processes, runs the stages in a thread. A context manager: at its end, all stops.

    With `pictures`, what was found is drawn over the pages, into folders below that one.
    """

    def __init__(
        self, pipeline: Pipeline, options: RunOptions, *, pictures: Path | None = None
    ) -> None:
        self._pictures = pictures
        self._awaiting_images: dict[int, Outcome] = {}
        self._reader = DocumentReader(pipeline.options, options)
        self._inference = InferenceWorker(pipeline)
        self._in_stages: dict[int, DocumentRead] = {}
        self._max_reading = 2 * options.workers

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._reader.close()
        self._inference.close()

    @property
    def busy(self) -> bool:
        """Whether outcomes are still to come."""
        return bool(self._reader or self._in_stages)

    @property
    def has_capacity(self) -> bool:
        """Whether it takes another source: not too many are being read, or wait for the stages."""
        return (
            len(self._reader) < self._max_reading
            and len(self._in_stages) < _AHEAD
            and self._inference.words < _WORDS_AHEAD
        )

    @property
    def pages(self) -> int:
        """Pages read so far."""
        return self._reader.pages

    @property
    def partial_progress(self) -> float:
        """Work done on unfinished documents, as a number of documents: 0.5 for half of one."""
        return self._reader.partial_progress

    @property
    def peak_memory(self) -> int:
        """The largest memory of any worker so far, in bytes."""
        return self._reader.peak_memory

    def submit(self, number: int, source: Source) -> None:
        """Process a source; `number` comes back with its outcome."""
        self._reader.submit(number, source)

    def poll(self, timeout: float = 0.05) -> list[Outcome]:
        """The outcomes that are there by now; waits at most `timeout` seconds.

        Raises ConfigError or MissingDependency when no document can be processed like this.
        """
        done = []
        for read in self._reader.poll(timeout):
            if isinstance(read, ImagesDrawn):
                done.append(self._awaiting_images.pop(read.number))
            elif read.document is None:
                done.append(_without_document(read))
            else:
                self._in_stages[read.number] = read
                self._inference.submit(read.number, read.document)
        for number, result in self._inference.poll():
            read = self._in_stages.pop(number)
            seconds = read.seconds + result.seconds
            outcome = Outcome(number, replace(result, seconds=seconds), read.parts, seconds)
            if self._pictures and result.document:
                self._awaiting_images[number] = outcome
                folder = self._pictures / safe(read.source.name)
                self._reader.draw(number, read.source, DrawRequest(result.document, folder))
            else:
                done.append(outcome)
        return done


def _without_document(read: DocumentRead) -> Outcome:
    if read.issue is None:
        return Outcome(read.number, None, read.parts, read.seconds)
    result = Result(read.source.name, Status.FAILED, None, (read.issue,), read.seconds)
    return Outcome(read.number, result, (), read.seconds)
