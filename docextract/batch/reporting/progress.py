"""Progress display on standard error: a bar on a terminal, periodic lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

#: Seconds between lines where there is no terminal, and between changes of the bar.
_LINES = 10.0
_CHANGES = 0.1


@dataclass(frozen=True)
class ProgressState:
    """Progress of a run. `done` counts whole documents, `partial` the work in unfinished ones."""

    done: int = 0
    partial: float = 0.0
    total: int = 0
    pages: int = 0
    failed: int = 0


class Display(Protocol):
    """Shows a state; it may be called as often as one likes."""

    def __call__(self, state: ProgressState, /) -> None:
        """Show it, unless something was shown a moment ago."""
        ...


@contextmanager
def progress(console: "Console") -> Iterator[Display]:
    """A display on this console; a quiet console shows nothing."""
    if not console.is_terminal or console.quiet:
        yield _Lines(console)
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        TextColumn("{task.fields[done]}/{task.total:.0f} documents"),
        TextColumn("{task.fields[rate]:.1f} pages/s"),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("{task.fields[failures]}", style="red"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=0, done=0, rate=0.0, failures="")
        yield _Bar(bar, task)


class _Bar:
    def __init__(self, bar: "Progress", task: "TaskID") -> None:
        self._bar = bar
        self._task = task
        self._began = monotonic()
        self._shown = 0.0

    def __call__(self, state: ProgressState, /) -> None:
        now = monotonic()
        if now - self._shown < _CHANGES:
            return
        self._shown = now
        self._bar.update(
            self._task,
            completed=state.done + state.partial,
            total=state.total,
            done=state.done,
            rate=state.pages / (now - self._began),
            failures=f"{state.failed} failed" if state.failed else "",
        )


class _Lines:
    def __init__(self, console: "Console") -> None:
        self._console = console
        self._began = self._shown = monotonic()

    def __call__(self, state: ProgressState, /) -> None:
        now = monotonic()
        if now - self._shown < _LINES:
            return
        self._shown = now
        passed = now - self._began
        complete = (state.done + state.partial) / max(1, state.total)
        left = f", {passed / complete - passed:.0f} s left" if complete else ""
        self._console.print(
            f"{state.done}/{state.total} documents, {state.pages} pages, "
            f"{state.pages / passed:.1f} pages/s{left}, {state.failed} failed"
        )
