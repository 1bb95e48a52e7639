"""The training of the model: draw windows, step downhill, validate, keep the best.

Read from top to bottom. A run can be stopped and gone on from at any step.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import torch

from docextract.models.layout.collate import collate, moved, sentence
from docextract.models.layout.engine import UNKNOWN
from docextract.models.layout.model import LayoutModel
from docextract.training import checkpoint
from docextract.training.items import Item, parts
from docextract.training.losses import Vectors, loss, weight
from docextract.training.mixture import Mixture, Source
from docextract.training.progress import Display, State
from docextract.training.schedule import Patience, Schedule
from docextract.training.sentences import Sentences
from docextract.training.validation import Validation, table

log = logging.getLogger(__name__)

#: Parts of the network that start from nothing and so learn faster.
NEW = (
    *("start.", "inside.", "end.", "span.", "lengths.", "unknown."),
    *(f"embeddings.{name}." for name in ("shapes", "places", "before", "after", "rises", "box")),
)


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
        check_every: Steps between looks at the validation part, and between checkpoints.
        patience: Checks without gain after which training stops; 0: never.
        kinds_left_out: How often a step leaves some kinds out, whose documents are "unknown" then.
        label_gradients: Every how many steps the encoder learns from the label sentences too.
        kind_windows: Windows of a document, from its first, that bear its kind.
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
    check_every: int = 200
    patience: int = 0
    kinds_left_out: float = 0.3
    label_gradients: int = 3
    kind_windows: int = 2


@dataclass(frozen=True)
class Lesson:
    """What is to be learnt, and how.

    Attributes:
        sources: What the model learns from.
        sentences: What their labels and kinds are called.
        validate: Measures a model on examples that it does not learn from.
        options: How.
    """

    sources: Sequence[Source]
    sentences: Sentences
    validate: Callable[[LayoutModel], Validation]
    options: Options


@dataclass
class Outcome:
    """What a training came to: every point of validation, and the losses between them."""

    steps: int = 0
    best_step: int = 0
    seconds: float = 0.0
    pieces: int = 0
    losses: list[tuple[int, float]] = field(default_factory=list)
    points: list[dict[str, Any]] = field(default_factory=list)


def train(
    model: LayoutModel,
    tokenizer: Any,
    lesson: Lesson,
    out: Path,
    *,
    resume: bool = False,
    show: Display | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Train the model in place; the best one by validation lies in `out/best`.

    Args:
        model: On the device where it is to be trained.
        tokenizer: The model's.
        lesson: What to learn, and how.
        out: Folder of the checkpoint and the best model.
        resume: Go on from the checkpoint in `out`.
        show: Is told how far the training is.
        stop: Asked after each step; when it says yes, the checkpoint is written and that is all.

    Raises ConfigError when there is no checkpoint to go on from.
    """
    run = _Run(model, tokenizer, lesson, out)
    if resume:
        run.go_on()
    model.train()
    steps = lesson.options.steps
    while run.step < steps and not run.patience.exhausted:
        mean_loss = run.one_step()
        if show:
            score = run.outcome.points[-1]["score"] if run.outcome.points else None
            pieces = run.outcome.pieces
            show(State(run.step, run.step / steps, mean_loss, pieces, score))
        if run.step % lesson.options.check_every == 0 or run.step == steps:
            run.check(lesson.validate(model))
        if stop():
            run.keep()
            break
    return run.outcome


class _Run:
    """One training under way."""

    def __init__(
        self,
        model: LayoutModel,
        tokenizer: Any,
        lesson: Lesson,
        out: Path,
    ) -> None:
        options = lesson.options
        torch.manual_seed(options.seed)
        self.model, self.tokenizer, self.out = model, tokenizer, out
        self.sentences, self.options = lesson.sentences, options
        window = model.config.max_position_embeddings
        self.mixture = Mixture(
            lesson.sources,
            tokenizer,
            seed=options.seed,
            window=window,
            kind_windows=options.kind_windows,
        )
        # 30,000 word vectors learn little from a few hundred documents, and forget the rest.
        model.embeddings.words.weight.requires_grad_(False)
        self.optimiser = optimiser(model, options)
        warm_up = round(options.warm_up * options.steps)
        self.schedule = Schedule(options.steps, warm_up=warm_up, floor=0.02)
        self.patience = Patience(options.patience)
        self.outcome = Outcome()
        self.step = 0
        self._losses: list[float] = []

    def one_step(self) -> float:
        """Draw, sum up gradients, step. The mean loss."""
        began = monotonic()
        options = self.options
        rng = np.random.default_rng((options.seed, self.step, 1))
        found = self.mixture.draw(options.pieces, self.step)
        learn = self.step % options.label_gradients == 0
        vectors, made = self._vectors(found, rng, learn=learn)
        count = sum(weight(item) for item in found) or 1.0
        total = 0.0
        for part in parts(found, most=options.together):
            value = loss(self.model, part, vectors) / count
            value.backward()  # type: ignore[no-untyped-call]
            total += float(value.detach())
        if learn:
            kept = [one for one in (vectors.labels, vectors.kinds) if one.grad is not None]
            if kept:
                grads = torch.cat([_gradient(vectors.labels), _gradient(vectors.kinds)])
                made.backward(grads)  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), options.clip)
        for group in self.optimiser.param_groups:
            group["lr"] = group["initial_lr"] * self.schedule(self.step)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.outcome.steps = self.step
        self.outcome.pieces += sum(len(item.window.ids) for item in found)
        self.outcome.seconds += monotonic() - began
        self._losses.append(total)
        return float(np.mean(self._losses[-50:]))

    def check(self, measured: Validation) -> None:
        """Note the validation, keep the model if it is the best, and save the checkpoint."""
        mean_loss = float(np.mean(self._losses)) if self._losses else 0.0
        self._losses = []
        self.outcome.losses.append((self.step, mean_loss))
        point = {
            "step": self.step,
            "seconds": round(self.outcome.seconds, 1),
            "loss": mean_loss,
            "score": measured.score,
            "scores": table(measured),
        }
        self.outcome.points.append(point)
        self.patience = self.patience.after(measured.score)
        log.info("step %d: loss %.4f, validation %.4f", self.step, mean_loss, measured.score)
        if self.patience.worth_keeping:
            self.outcome.best_step = self.step
            save(self.model, self.tokenizer, self.out / "best")
        self.keep()

    def keep(self) -> None:
        """Save the checkpoint."""
        checkpoint.save(
            self.out / "checkpoint", model=self.model, optimiser=self.optimiser, state=self._state()
        )

    def go_on(self) -> None:
        """Go on from the checkpoint."""
        state = checkpoint.load(self.out / "checkpoint", model=self.model, optimiser=self.optimiser)
        self.step = state["step"]
        self.mixture.go_on(state["mixture"])
        self.patience = Patience(self.options.patience, 0.0, *state["patience"])
        outcome = state["outcome"]
        outcome["losses"] = [(step, value) for step, value in outcome["losses"]]
        self.outcome = Outcome(**outcome)

    def _state(self) -> Mapping[str, Any]:
        return {
            "step": self.step,
            "mixture": self.mixture.state,
            "patience": [self.patience.best, self.patience.without_gain],
            "outcome": vars(self.outcome),
        }

    def _vectors(
        self, found: Sequence[Item], rng: np.random.Generator, *, learn: bool
    ) -> tuple[Vectors, torch.Tensor]:
        """The sentences of a step through the encoder, and what their gradients go back into."""
        place = next(self.model.parameters()).device
        labels = sorted({label for item in found for label in item.asked})
        kinds = self._kinds(found, rng)
        texts = [self.sentences.draw(label, rng) for label in labels]
        for kind in kinds:
            told = self.sentences.kinds[kind]
            texts.append(told[int(rng.integers(len(told)))])
        with torch.set_grad_enabled(learn):
            made = self._encoded(texts, place)
        leaf = made.detach()
        label_rows = leaf[: len(labels)].clone().requires_grad_(learn)
        kind_rows = leaf[len(labels) :].clone().requires_grad_(learn)
        vectors = Vectors(
            label_rows,
            {label: n for n, label in enumerate(labels)},
            kind_rows,
            {kind: n for n, kind in enumerate(kinds)},
        )
        return vectors, made

    def _encoded(self, texts: Sequence[str], place: torch.device) -> torch.Tensor:
        if not texts:
            return torch.zeros(0, self.model.config.hidden_size, device=place)
        most = self.model.config.max_position_embeddings
        cut = [sentence(text, self.tokenizer, most=most) for text in texts]
        return self.model.label_vectors(moved(collate(cut), place))

    def _kinds(self, found: Sequence[Item], rng: np.random.Generator) -> list[str]:
        """The kinds that are asked in this step; those left out make their documents unknown."""
        if all(item.kind is None for item in found):
            return []
        known = sorted(self.sentences.kinds)
        if len(known) > 1 and rng.random() < self.options.kinds_left_out:
            gone = set(rng.choice(known, min(3, len(known) - 1), replace=False).tolist())
            known = [kind for kind in known if kind not in gone]
        assert UNKNOWN not in known
        return known


def _gradient(leaf: torch.Tensor) -> torch.Tensor:
    return torch.zeros_like(leaf) if leaf.grad is None else leaf.grad


def optimiser(model: LayoutModel, options: Options) -> torch.optim.Optimizer:
    """AdamW (Loshchilov and Hutter, ICLR 2019): new parts learn faster, matrices decay."""
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            rate = options.head_rate if name.startswith(NEW) else options.learning_rate
            decay = options.decay if parameter.ndim > 1 and "embeddings" not in name else 0.0
            groups.setdefault((rate, decay), []).append(parameter)
    tables = [
        {"params": params, "lr": rate, "initial_lr": rate, "weight_decay": decay}
        for (rate, decay), params in groups.items()
    ]
    return torch.optim.AdamW(tables, betas=(0.9, 0.98))


def save(model: LayoutModel, tokenizer: Any, folder: Path) -> None:
    """Write a model folder in the Hugging Face manner, its weights in half precision."""
    import copy

    halved = copy.deepcopy(model).half()
    halved.save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)
