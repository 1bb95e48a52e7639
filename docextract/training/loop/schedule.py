"""How large a step is at each moment of training, and when no more steps are worth it."""

import math
from dataclasses import dataclass, replace
from typing import Literal

Shape = Literal["cosine", "linear"]


@dataclass(frozen=True)
class Schedule:
    """The learning rate's factor at a step: up in a line, then down to a floor.

    Cosine decay is that of Loshchilov and Hutter, "SGDR" (ICLR 2017), without restarts; the
    linear warm-up is that of Goyal et al., "Accurate, Large Minibatch SGD" (2017).
    """

    steps: int
    #: Steps until the factor is 1.
    warm_up: int = 0
    #: What the factor is at the end, and stays at.
    floor: float = 0.0
    shape: Shape = "cosine"

    def __post_init__(self) -> None:
        if self.steps < 1 or not 0 <= self.warm_up <= self.steps or not 0 <= self.floor <= 1:
            raise ValueError(f"no schedule can be so: {self}")

    def __call__(self, step: int) -> float:
        """The factor in [0, 1] for the step that is number `step`, from 0."""
        if step < self.warm_up:
            # Step 0 moves already: a factor of 0 would waste a batch.
            return (step + 1) / self.warm_up
        passed = min(1.0, (step - self.warm_up) / max(1, self.steps - self.warm_up))
        left = 1 - passed if self.shape == "linear" else (1 + math.cos(math.pi * passed)) / 2
        return self.floor + (1 - self.floor) * left


@dataclass(frozen=True)
class Patience:
    """Early stopping: the best value so far, and how many checks have passed without a better.

    Larger values are better. All of it can be written as JSON and read back.
    """

    #: Checks without gain after which to stop; 0: never.
    limit: int
    best: float | None = None
    without_gain: int = 0
    last: float | None = None
    #: The standard error of the last value.
    error: float = 0.0

    def after(self, value: float, error: float = 0.0) -> "Patience":
        """As it is once `value` has been measured; a value that is no number is no gain."""
        seen = replace(self, last=value, error=error)
        if value > (-math.inf if self.best is None else self.best):
            return replace(seen, best=value, without_gain=0)
        return replace(seen, without_gain=self.without_gain + 1)

    @property
    def worth_keeping(self) -> bool:
        """Whether the last value was the best, or not worse than it by more than its error.

        Four documents cannot tell models apart that differ by a value or two, and of two that
        they do not tell apart the one that has learnt longer is the safer. This is the rule of
        one standard error (Breiman et al., "Classification and Regression Trees", 1984), which
        there prefers the smaller tree.
        """
        if self.best is None or self.last is None:
            return False
        return self.last >= self.best - self.error

    @property
    def exhausted(self) -> bool:
        """Whether to stop."""
        return 0 < self.limit <= self.without_gain
