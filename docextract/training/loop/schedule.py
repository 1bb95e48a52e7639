"""Learning rate schedule: linear warm-up, then cosine or linear decay to a floor."""

import math
from dataclasses import dataclass
from typing import Literal

Shape = Literal["cosine", "linear"]


@dataclass(frozen=True)
class LearningRateSchedule:
    """Factor of the learning rate by step: linear warm-up, then decay to a floor.

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
