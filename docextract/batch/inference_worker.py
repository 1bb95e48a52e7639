"""Inference worker: runs the stages on batches of documents, in a thread of its own."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Thread
from time import perf_counter
from typing import TypeAlias

from docextract.document import Document, Issue, Result, Status
from docextract.errors import Category, ConfigError, MissingDependency
from docextract.pipeline import Pipeline, make_result

log = logging.getLogger(__name__)

#: A batch is what has come in the meantime, up to this much. The stages form smaller ones.
_DOCUMENTS = 32
_WORDS = 50_000

_Given: TypeAlias = tuple[int, Document]
_Fatal = ConfigError | MissingDependency


class InferenceWorker:
    """Runs the stages on documents that are read. Created, used and closed by one thread."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.words = 0  # in documents that wait for the stages
        self._pipeline = pipeline
        self._given: SimpleQueue[_Given | None] = SimpleQueue()
        self._made: SimpleQueue[tuple[int, Document, Result] | _Fatal] = SimpleQueue()
        self._thread = Thread(target=self._run, name="docextract-stages", daemon=True)
        self._thread.start()

    def submit(self, number: int, document: Document) -> None:
        """Have the stages run on a document; `number` comes back with the result."""
        self.words += _size(document)
        self._given.put((number, document))

    def poll(self) -> list[tuple[int, Result]]:
        """The results that are there by now; does not wait.

        Raises ConfigError or MissingDependency when a stage cannot work at all, and
        RuntimeError when one has ended the thread.
        """
        done = []
        while not self._made.empty():
            made = self._made.get()
            if isinstance(made, ConfigError | MissingDependency):
                raise made
            number, document, result = made
            self.words -= _size(document)
            done.append((number, result))
        if not done and not self._thread.is_alive():
            raise RuntimeError("the thread of the stages has ended; its traceback is above")
        return done

    def close(self) -> None:
        """Let the batch at hand end, for at most ten seconds, and drop what waits."""
        while not self._given.empty():
            self._given.get()
        self._given.put(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while batch := self._batch():
            began = perf_counter()
            try:
                results = run_stages(self._pipeline, [document for _, document in batch])
            except (ConfigError, MissingDependency) as error:
                self._made.put(error)
                return
            seconds = (perf_counter() - began) / len(batch)
            for (number, document), result in zip(batch, results, strict=True):
                self._made.put((number, document, _took(result, seconds)))

    def _batch(self) -> list[_Given]:
        """Wait for a document, and take those that are there with it; nothing at the end."""
        batch: list[_Given] = []
        words = 0
        while len(batch) < _DOCUMENTS and words < _WORDS:
            try:
                given = self._given.get(block=not batch)
            except Empty:
                break
            if given is None:
                return []
            batch.append(given)
            words += _size(given[1])
        return batch


def run_stages(pipeline: Pipeline, docs: Sequence[Document]) -> list[Result]:
    """Run the stages; where a batch fails, on each document alone, so that one fails alone.

    Raises ConfigError or MissingDependency: no document's fault.
    """
    try:
        done = pipeline.run_stages(docs)
        if len(done) == len(docs):
            return [make_result(doc, seconds=0.0) for doc in done]
        log.debug("a stage gave %d documents for %d", len(done), len(docs))
    except (ConfigError, MissingDependency):
        raise
    except Exception:
        # The one place where a bug in a stage, or in a library below it, is caught: a run over
        # thousands of documents must not end for one. It is logged with its traceback below.
        log.debug("a batch of %d failed; each document alone now", len(docs), exc_info=True)
    return [_alone(pipeline, doc) for doc in docs]


def _alone(pipeline: Pipeline, doc: Document) -> Result:
    name = ""
    done = doc
    try:
        for stage in pipeline.stages:
            name = type(stage).__name__.lower()
            (done,) = stage([done])
    except (ConfigError, MissingDependency):
        raise
    except Exception as error:  # the second half of the boundary in `run_stages`
        log.exception("stage %s failed on %r", name, doc.name)
        message = f"a bug in docextract: {type(error).__name__}: {error}; the log has the traceback"
        issue = Issue(name, Category.INTERNAL, message)
        return Result(doc.name, Status.FAILED, None, (issue,))
    return make_result(done, seconds=0.0)


def _took(result: Result, seconds: float) -> Result:
    return replace(result, seconds=seconds)


def _size(document: Document) -> int:
    return sum(len(line) for page in document.pages for line in page.lines)
