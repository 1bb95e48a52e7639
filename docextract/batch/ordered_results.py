"""Parallel processing of many documents, with results in input order."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from docextract.batch.engine import Engine, Outcome
from docextract.batch.options import RunOptions
from docextract.document import Result
from docextract.pipeline import Pipeline
from docextract.readers import Source

#: Sources taken ahead of the result that is yielded next, for each worker.
_AHEAD = 8


def results(
    sources: Iterable[Source],
    pipeline: Pipeline,
    *,
    workers: int = 1,
    options: RunOptions | None = None,
) -> Iterator[Result]:
    """The result of each source, in input order; documents inside a document follow it.

    Args:
        sources: May be endless: only a few are taken ahead of the results.
        pipeline: Runs its stages in this process, on batches.
        workers: Processes that read; 0 reads in this one, where a crash is everybody's.
        options: Limits of time and memory for the workers; `workers` counts, not theirs.

    Raises:
        ConfigError, MissingDependency: no document can be processed like this.
    """
    if workers == 0:
        for source in sources:
            yield from pipeline(source)
        return
    chosen = replace(options or RunOptions(), workers=workers)
    with Engine(pipeline, chosen) as engine:
        yield from _ordered(iter(sources), engine, most=_AHEAD * workers)


def _ordered(sources: Iterator[Source], engine: Engine, *, most: int) -> Iterator[Result]:
    numbers = count()
    order: deque[int] = deque()  # of what is still to be yielded
    inside: deque[tuple[int, Source]] = deque()  # parts that were not submitted yet
    arrived: dict[int, Outcome] = {}
    more = True
    while more or order:
        while engine.has_capacity and (inside or (more and len(order) < most)):
            if inside:
                engine.submit(*inside.popleft())
                continue
            source = next(sources, None)
            if source is None:
                more = False
                break
            order.append(next(numbers))
            engine.submit(order[-1], source)
        arrived |= {outcome.number: outcome for outcome in engine.poll()}
        while order and order[0] in arrived:
            outcome = arrived.pop(order.popleft())
            parts = [(next(numbers), part) for part in outcome.parts]
            order.extendleft(number for number, _ in reversed(parts))
            inside.extend(parts)
            if outcome.result is not None:
                yield outcome.result
