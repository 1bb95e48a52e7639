"""Progress display on standard error: a bar on a terminal, a line now and then elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

#: Seconds between lines where there is no terminal, and between changes of the bar.
_LINES = 15.0
_CHANGES = 0.1


@dataclass(frozen=True)
class TrainingProgress:
    """Step, loss and score of a training at one moment.

    `complete` is the done share of the whole, in [0, 1], by steps or by time, whichever limits
    it. `tokens` counts all since step 0; `score` is the last one on the validation part.
    """

    step: int
    complete: float
    loss: float
    tokens: int = 0
    score: float | None = None


class ProgressDisplay(Protocol):
    """Displays the progress of a training; may be called at any rate."""

    def __call__(self, state: TrainingProgress, /) -> None:
        """Show it, unless something was shown a moment ago."""
        ...


@contextmanager
def progress(console: "Console") -> Iterator[ProgressDisplay]:
    """A display on this console; a quiet console shows nothing."""
    if not console.is_terminal or console.quiet:
        yield _Lines(console)
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        yield _Bar(bar, bar.add_task("", total=1.0))


class _Pace:
    """Rate and time left, counted from the first state shown: one that is resumed is not at 0."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._first: TrainingProgress | None = None

    def line(self, state: TrainingProgress) -> str:
        """The state, its rate and the time left, in words."""
        first = self._first = self._first or state
        passed = max(1e-9, monotonic() - self._began)
        parts = [f"step {state.step}", f"loss {state.loss:.4f}"]
        if state.score is not None:
            parts.append(f"validation {state.score:.4f}")
        if tokens := state.tokens - first.tokens:
            parts.append(f"{tokens / passed:,.0f} tokens/s")
        if (gained := state.complete - first.complete) > 0:
            parts.append(f"{_span(passed * (1 - state.complete) / gained)} left")
        return ", ".join(parts)


def _span(seconds: float) -> str:
    """4:05 or 1:02:03."""
    minutes, rest = divmod(round(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class _Bar:
    def __init__(self, bar: "Progress", task: "TaskID") -> None:
        self._bar = bar
        self._task = task
        self._pace = _Pace()
        self._shown = float("-inf")

    def __call__(self, state: TrainingProgress, /) -> None:
        if (now := monotonic()) - self._shown < _CHANGES:
            return
        self._shown = now
        self._bar.update(self._task, completed=state.complete, description=self._pace.line(state))


class _Lines:
    def __init__(self, console: "Console") -> None:
        self._console = console
        self._pace = _Pace()
        self._shown = float("-inf")

    def __call__(self, state: TrainingProgress, /) -> None:
        if (now := monotonic()) - self._shown < _LINES:
            return
        self._shown = now
        self._console.print(self._pace.line(state), highlight=False)
