"""Reading and thinking, joined: sources in, outcomes out, a bounded number at a time."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from docextract.batch.inference_worker import Thinker
from docextract.batch.options import RunOptions
from docextract.batch.reading import Drawn, Read, Readings
from docextract.batch.workers.messages import Drawing
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
    """What became of a source: its result (None for a mere container), what is inside it."""

    number: int
    result: Result | None
    parts: tuple[Source, ...] = ()
    seconds: float = 0.0


class Engine:
    """Reads in processes, thinks in a thread. A context manager: at its end, all of it stops.

    With `pictures`, what was found is drawn over the pages, into folders below that one.
    """

    def __init__(
        self, pipeline: Pipeline, options: RunOptions, *, pictures: Path | None = None
    ) -> None:
        self._pictures = pictures
        self._drawn: dict[int, Outcome] = {}
        self._readings = Readings(pipeline.options, options)
        self._thinker = Thinker(pipeline)
        self._thought_about: dict[int, Read] = {}
        self._most = 2 * options.workers

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._readings.close()
        self._thinker.close()

    @property
    def busy(self) -> bool:
        """Whether outcomes are still to come."""
        return bool(self._readings or self._thought_about)

    @property
    def room(self) -> bool:
        """Whether it takes another source: enough are being read, or wait for the stages."""
        return (
            len(self._readings) < self._most
            and len(self._thought_about) < _AHEAD
            and self._thinker.words < _WORDS_AHEAD
        )

    @property
    def pages(self) -> int:
        """Pages read so far."""
        return self._readings.pages

    @property
    def begun(self) -> float:
        """How many documents' worth of work is done on those that are not."""
        return self._readings.begun

    @property
    def peak(self) -> int:
        """Bytes, the most that one worker was seen to occupy."""
        return self._readings.peak

    def submit(self, number: int, source: Source) -> None:
        """Process a source; `number` comes back with its outcome."""
        self._readings.submit(number, source)

    def poll(self, timeout: float = 0.05) -> list[Outcome]:
        """The outcomes that are there by now; waits at most `timeout` seconds.

        Raises ConfigError or MissingDependency when no document can be processed like this.
        """
        done = []
        for read in self._readings.poll(timeout):
            if isinstance(read, Drawn):
                done.append(self._drawn.pop(read.number))
            elif read.document is None:
                done.append(_unthought(read))
            else:
                self._thought_about[read.number] = read
                self._thinker.submit(read.number, read.document)
        for number, result in self._thinker.poll():
            read = self._thought_about.pop(number)
            seconds = read.seconds + result.seconds
            outcome = Outcome(number, replace(result, seconds=seconds), read.parts, seconds)
            if self._pictures and result.document:
                self._drawn[number] = outcome
                folder = self._pictures / safe(read.source.name)
                self._readings.draw(number, read.source, Drawing(result.document, folder))
            else:
                done.append(outcome)
        return done


def _unthought(read: Read) -> Outcome:
    if read.issue is None:
        return Outcome(read.number, None, read.parts, read.seconds)
    result = Result(read.source.name, Status.FAILED, None, (read.issue,), read.seconds)
    return Outcome(read.number, result, (), read.seconds)
