"""Optimisation loop: samples batches, accumulates gradients, steps, validates, checkpoints.

The loss of a step and the validation score are a `TrainingTask`'s; the loop is the same for
masked pretraining and for fine-tuning.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch

from docextract.models.bi_encoder.network import BiEncoder
from docextract.training.data.mixture import Mixture, TrainingSource
from docextract.training.data.windows import LabelledWindow
from docextract.training.loop import checkpoint
from docextract.training.loop.early_stopping import EarlyStopping
from docextract.training.loop.options import TrainingOptions
from docextract.training.loop.progress import ProgressDisplay, TrainingProgress
from docextract.training.loop.schedule import LearningRateSchedule

log = logging.getLogger(__name__)

#: Prefixes of parameters that are initialised at random and so get a higher learning rate.
NEWLY_INITIALISED = (
    *("start.", "inside.", "end.", "span.", "lengths.", "unknown.", "pieces."),
    *(f"embeddings.{name}." for name in ("shapes", "places", "before", "after", "rises", "box")),
)
#: Steps over which the loss that is shown is the mean.
_RECENT = 50

NamedParameters = Iterable[tuple[str, torch.nn.Parameter]]


@dataclass
class TrainingResult:
    """Training history: the validation points, and the mean losses between them."""

    steps: int = 0
    best_step: int = 0
    seconds: float = 0.0
    pieces: int = 0
    losses: list[tuple[int, float]] = field(default_factory=list)
    points: list[dict[str, Any]] = field(default_factory=list)


class ValidationScore(NamedTuple):
    """Result of one validation.

    Attributes:
        score: Decides which weights are the best; larger is better.
        scores: What it is made of: measure -> source or label -> value.
        error: The score's standard error; weights that are worse by less are not known to be.
    """

    score: float
    scores: Mapping[str, Mapping[str, float]]
    error: float = 0.0


class TrainingTask(Protocol):
    """A training objective: parameters, gradients of a batch, validation score."""

    @property
    def network(self) -> torch.nn.Module:
        """All modules that a checkpoint keeps; their gradients are clipped together."""
        ...

    def trainable_parameters(self) -> NamedParameters:
        """Named parameters for the optimiser; those without a gradient are left out."""
        ...

    def accumulate_gradients(self, found: Sequence[LabelledWindow], step: int) -> float:
        """Accumulate the gradients of a batch over its micro-batches; the mean loss."""
        ...

    def validate(self) -> ValidationScore:
        """Score the network on held-out data."""
        ...


def prepare_training(
    model: BiEncoder, tokenizer: Any, sources: Sequence[TrainingSource], options: TrainingOptions
) -> Mixture:
    """Seed the random numbers, freeze parameters, and build the mixture to sample batches from."""
    torch.manual_seed(options.seed)
    # 30,000 word vectors learn little from a few hundred documents, and forget the rest.
    model.embeddings.words.weight.requires_grad_(False)
    if options.frozen_layers:
        model.embeddings.requires_grad_(False)
        model.encoder.layer[: options.frozen_layers].requires_grad_(False)
    return Mixture(
        sources,
        tokenizer,
        seed=options.seed,
        window=model.config.max_position_embeddings,
        kind_windows=options.kind_windows,
    )


class TrainingLoop:
    """A training in progress: optimiser, schedule, early stopping, history, checkpoint."""

    def __init__(
        self, task: TrainingTask, mixture: Mixture, options: TrainingOptions, folder: Path
    ) -> None:
        """Start at step 0; `folder` is the checkpoint's."""
        self.task, self.mixture, self.options, self.folder = task, mixture, options, folder
        self.optimiser = build_optimiser(task.trainable_parameters(), options)
        warm_up = round(options.warm_up * options.steps)
        self.schedule = LearningRateSchedule(options.steps, warm_up=warm_up, floor=0.02)
        self.patience = EarlyStopping(options.patience)
        self.outcome = TrainingResult()
        self.step = 0
        self._losses: list[float] = []

    def validate_first(self, on_best: Callable[[], None] = lambda: None) -> None:
        """Validate before the first step, so that weights known to be worse are never kept."""
        self._validate(on_best)

    def run(
        self,
        *,
        show: ProgressDisplay | None = None,
        stop: Callable[[], bool] = lambda: False,
        on_best: Callable[[], None] = lambda: None,
    ) -> TrainingResult:
        """Train to the last step, or until stopped early.

        Args:
            show: Displays the progress.
            stop: Asked after each step; when it is true, the checkpoint is written and training
                is interrupted.
            on_best: Called when no earlier validation was better beyond the standard error.
        """
        self.task.network.train()
        steps = self.options.steps
        while self.step < steps and not self.patience.exhausted:
            mean_loss = self._one_step()
            if show:
                show(self._shown(mean_loss))
            if self.step % self.options.validate_every == 0 or self.step == steps:
                self._validate(on_best)
            if stop():
                self._save_checkpoint()
                break
        return self.outcome

    def resume(self) -> None:
        """Restore the state from the checkpoint. Raises ConfigError when there is none."""
        state = checkpoint.load(self.folder, model=self.task.network, optimiser=self.optimiser)
        self.step = state["step"]
        self.mixture.restore(state["mixture"])
        self.patience = EarlyStopping(self.options.patience, *state["patience"])
        outcome = state["outcome"]
        outcome["losses"] = [(step, value) for step, value in outcome["losses"]]
        self.outcome = TrainingResult(**outcome)

    def _one_step(self) -> float:
        """Sample a batch, accumulate gradients, clip, step. The mean loss of the last steps."""
        began = monotonic()
        found = self.mixture.draw_batch(self.options.pieces, self.step)
        self._losses.append(self.task.accumulate_gradients(found, self.step))
        torch.nn.utils.clip_grad_norm_(
            self.task.network.parameters(), self.options.max_gradient_norm
        )
        for group in self.optimiser.param_groups:
            group["lr"] = group["initial_lr"] * self.schedule(self.step)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.outcome.steps = self.step
        self.outcome.pieces += sum(len(item.window.ids) for item in found)
        self.outcome.seconds += monotonic() - began
        return float(np.mean(self._losses[-_RECENT:]))

    def _shown(self, mean_loss: float) -> TrainingProgress:
        points, pieces = self.outcome.points, self.outcome.pieces
        score = points[-1]["score"] if points else None
        return TrainingProgress(self.step, self.step / self.options.steps, mean_loss, pieces, score)

    def _validate(self, on_best: Callable[[], None]) -> None:
        """Validate, record the point, update early stopping, save the checkpoint."""
        seen = self.task.validate()
        mean_loss = float(np.mean(self._losses)) if self._losses else None
        self._losses = []
        if mean_loss is not None:
            self.outcome.losses.append((self.step, mean_loss))
        point = {
            "step": self.step,
            "seconds": round(self.outcome.seconds, 1),
            "loss": mean_loss,
            "score": seen.score,
            "scores": seen.scores,
        }
        self.outcome.points.append(point)
        self.patience = self.patience.after(seen.score, seen.error)
        told = "-" if mean_loss is None else f"{mean_loss:.4f}"
        log.info("step %d: loss %s, validation %.4f", self.step, told, seen.score)
        if self.patience.worth_keeping:
            self.outcome.best_step = self.step
            on_best()
        self._save_checkpoint()

    def _save_checkpoint(self) -> None:
        """Save the checkpoint."""
        state = {
            "step": self.step,
            "mixture": self.mixture.state,
            "patience": [self.patience.best, self.patience.without_gain],
            "outcome": vars(self.outcome),
        }
        checkpoint.save(self.folder, model=self.task.network, optimiser=self.optimiser, state=state)


def build_optimiser(named: NamedParameters, options: TrainingOptions) -> torch.optim.Optimizer:
    """AdamW (Loshchilov and Hutter, ICLR 2019) with parameter groups by rate and weight decay.

    Newly initialised parameters learn faster; only matrices decay.
    """
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in named:
        if parameter.requires_grad:
            rate = (
                options.head_learning_rate
                if name.startswith(NEWLY_INITIALISED)
                else options.learning_rate
            )
            decay = options.weight_decay if parameter.ndim > 1 and "embeddings" not in name else 0.0
            groups.setdefault((rate, decay), []).append(parameter)
    tables = [
        {"params": params, "lr": rate, "initial_lr": rate, "weight_decay": decay}
        for (rate, decay), params in groups.items()
    ]
    return torch.optim.AdamW(tables, betas=(0.9, 0.98))
