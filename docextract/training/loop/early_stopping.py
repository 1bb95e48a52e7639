"""Early stopping with patience, and which weights are worth keeping."""

import math
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class EarlyStopping:
    """Patience: the best value so far, and how many validations have brought no better one.

    Larger values are better. All of it can be written as JSON and read back.
    """

    #: Validations without gain after which to stop; 0: never.
    limit: int
    best: float | None = None
    without_gain: int = 0
    last: float | None = None
    #: The standard error of the last value.
    error: float = 0.0

    def after(self, value: float, error: float = 0.0) -> "EarlyStopping":
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
