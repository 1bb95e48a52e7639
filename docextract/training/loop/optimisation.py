"""One way downhill: draw windows, sum up gradients, step, look, save; and how it goes on.

What a step's loss is, and what is looked at on the way, is a `Task`'s.
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
from docextract.training.data.mixture import Mixture, Source
from docextract.training.data.windows import Item
from docextract.training.loop import checkpoint
from docextract.training.loop.precision import Precision
from docextract.training.loop.progress import Display, State
from docextract.training.loop.schedule import Patience, Schedule

log = logging.getLogger(__name__)

#: Parts of the network that start from nothing and so learn faster.
NEW = (
    *("start.", "inside.", "end.", "span.", "lengths.", "unknown.", "pieces."),
    *(f"embeddings.{name}." for name in ("shapes", "places", "before", "after", "rises", "box")),
)
#: Steps over which the loss that is shown is the mean.
_RECENT = 50

Named = Iterable[tuple[str, torch.nn.Parameter]]


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a training goes.

    Attributes:
        steps: Steps of the optimiser.
        learning_rate: Of the pretrained encoder, at its highest.
        head_rate: Of the parts that start from nothing.
        warm_up: Share of the steps in which the rate rises.
        pieces: Word pieces in a step.
        together: Word pieces in one forward pass; a step sums the gradients of several.
        decay: Weight decay of matrices.
        clip: Norm to which gradients are cut.
        seed: Of every choice there is.
        frozen: Lower layers of the encoder that stay as they are, and with them what they rest
            on; 0: none.
        check_every: Steps between looks at the validation part, and between checkpoints.
        patience: Checks without gain after which training stops; 0: never.
        kinds_left_out: How often a step leaves some kinds out, whose documents are "unknown" then.
        label_gradients: Every how many steps the encoder learns from the label sentences too.
        kind_windows: Windows of a document, from its first, that bear its kind.
        precision: Of forward passes and losses; weights and gradients are always float32.
    """

    steps: int
    learning_rate: float = 3e-4
    head_rate: float = 1e-3
    warm_up: float = 0.03
    pieces: int = 2048
    together: int = 640
    decay: float = 0.01
    clip: float = 1.0
    seed: int = 0
    frozen: int = 0
    check_every: int = 200
    patience: int = 0
    kinds_left_out: float = 0.3
    label_gradients: int = 3
    kind_windows: int = 2
    precision: Precision = "auto"


@dataclass
class Outcome:
    """What a training came to: every point of validation, and the losses between them."""

    steps: int = 0
    best_step: int = 0
    seconds: float = 0.0
    pieces: int = 0
    losses: list[tuple[int, float]] = field(default_factory=list)
    points: list[dict[str, Any]] = field(default_factory=list)


class Look(NamedTuple):
    """What was measured on the way.

    Attributes:
        score: Decides which weights are the best; larger is better.
        scores: What it is made of: measure -> source or label -> value.
        error: The score's standard error; weights that are worse by less are not known to be.
    """

    score: float
    scores: Mapping[str, Mapping[str, float]]
    error: float = 0.0


class Task(Protocol):
    """What is learnt."""

    @property
    def network(self) -> torch.nn.Module:
        """All that a checkpoint keeps; its gradients are cut together."""
        ...

    def trained(self) -> Named:
        """The parameters that steps change, by name; those that take no gradient are left out."""
        ...

    def learn(self, found: Sequence[Item], step: int) -> float:
        """Add up the gradients of a step's windows; their mean loss."""
        ...

    def look(self) -> Look:
        """Measure on what is not learnt from."""
        ...


def begun(model: BiEncoder, tokenizer: Any, sources: Sequence[Source], options: Options) -> Mixture:
    """What a training draws from; random numbers are seeded, and what is not to learn held fast."""
    torch.manual_seed(options.seed)
    # 30,000 word vectors learn little from a few hundred documents, and forget the rest.
    model.embeddings.words.weight.requires_grad_(False)
    if options.frozen:
        model.embeddings.requires_grad_(False)
        model.encoder.layer[: options.frozen].requires_grad_(False)
    return Mixture(
        sources,
        tokenizer,
        seed=options.seed,
        window=model.config.max_position_embeddings,
        kind_windows=options.kind_windows,
    )


class Descent:
    """One training under way."""

    def __init__(self, task: Task, mixture: Mixture, options: Options, folder: Path) -> None:
        """At its beginning; `folder` is the checkpoint's."""
        self.task, self.mixture, self.options, self.folder = task, mixture, options, folder
        self.optimiser = optimiser(task.trained(), options)
        warm_up = round(options.warm_up * options.steps)
        self.schedule = Schedule(options.steps, warm_up=warm_up, floor=0.02)
        self.patience = Patience(options.patience)
        self.outcome = Outcome()
        self.step = 0
        self._losses: list[float] = []

    def look_first(self, better: Callable[[], None] = lambda: None) -> None:
        """Look before the first step: weights that are known to be worse are never kept."""
        self._check(better)

    def go(
        self,
        *,
        show: Display | None = None,
        stop: Callable[[], bool] = lambda: False,
        better: Callable[[], None] = lambda: None,
    ) -> Outcome:
        """Go down to the last step.

        Args:
            show: Is told how far it is.
            stop: Asked after each step; when it says yes, the checkpoint is written and that is
                all.
            better: Called when no look before was better, as far as looks can tell.
        """
        self.task.network.train()
        steps = self.options.steps
        while self.step < steps and not self.patience.exhausted:
            mean_loss = self._one_step()
            if show:
                show(self._shown(mean_loss))
            if self.step % self.options.check_every == 0 or self.step == steps:
                self._check(better)
            if stop():
                self._keep()
                break
        return self.outcome

    def go_on(self) -> None:
        """Go on from the checkpoint. Raises ConfigError when there is none."""
        state = checkpoint.load(self.folder, model=self.task.network, optimiser=self.optimiser)
        self.step = state["step"]
        self.mixture.go_on(state["mixture"])
        self.patience = Patience(self.options.patience, *state["patience"])
        outcome = state["outcome"]
        outcome["losses"] = [(step, value) for step, value in outcome["losses"]]
        self.outcome = Outcome(**outcome)

    def _one_step(self) -> float:
        """Draw, sum up gradients, step. The mean loss of the last steps."""
        began = monotonic()
        found = self.mixture.draw(self.options.pieces, self.step)
        self._losses.append(self.task.learn(found, self.step))
        torch.nn.utils.clip_grad_norm_(self.task.network.parameters(), self.options.clip)
        for group in self.optimiser.param_groups:
            group["lr"] = group["initial_lr"] * self.schedule(self.step)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.outcome.steps = self.step
        self.outcome.pieces += sum(len(item.window.ids) for item in found)
        self.outcome.seconds += monotonic() - began
        return float(np.mean(self._losses[-_RECENT:]))

    def _shown(self, mean_loss: float) -> State:
        points, pieces = self.outcome.points, self.outcome.pieces
        score = points[-1]["score"] if points else None
        return State(self.step, self.step / self.options.steps, mean_loss, pieces, score)

    def _check(self, better: Callable[[], None]) -> None:
        """Look, note what is seen, and save the checkpoint."""
        seen = self.task.look()
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
            better()
        self._keep()

    def _keep(self) -> None:
        """Save the checkpoint."""
        state = {
            "step": self.step,
            "mixture": self.mixture.state,
            "patience": [self.patience.best, self.patience.without_gain],
            "outcome": vars(self.outcome),
        }
        checkpoint.save(self.folder, model=self.task.network, optimiser=self.optimiser, state=state)


def optimiser(named: Named, options: Options) -> torch.optim.Optimizer:
    """AdamW (Loshchilov and Hutter, ICLR 2019): new parts learn faster, matrices decay."""
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in named:
        if parameter.requires_grad:
            rate = options.head_rate if name.startswith(NEW) else options.learning_rate
            decay = options.decay if parameter.ndim > 1 and "embeddings" not in name else 0.0
            groups.setdefault((rate, decay), []).append(parameter)
    tables = [
        {"params": params, "lr": rate, "initial_lr": rate, "weight_decay": decay}
        for (rate, decay), params in groups.items()
    ]
    return torch.optim.AdamW(tables, betas=(0.9, 0.98))
