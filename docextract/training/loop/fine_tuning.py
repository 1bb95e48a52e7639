"""Supervised fine-tuning on labelled documents; keeps the best model by validation.

Read `fine_tune` first; the loop itself, and how a run is resumed, is in optimisation.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from docextract.models.bi_encoder.batching import collate, label_window, to_device
from docextract.models.bi_encoder.encoded_passage import UNKNOWN
from docextract.models.bi_encoder.network import BiEncoder
from docextract.training.augmentation.label_paraphrases import LabelSentences
from docextract.training.data.mixture import TrainingSource
from docextract.training.data.windows import LabelledWindow, micro_batches
from docextract.training.loop.losses import LabelVectors, batch_loss, loss_weight
from docextract.training.loop.optimisation import (
    NamedParameters,
    TrainingLoop,
    TrainingResult,
    ValidationScore,
    prepare_training,
)
from docextract.training.loop.options import TrainingOptions
from docextract.training.loop.precision import autocast
from docextract.training.loop.progress import ProgressDisplay
from docextract.training.loop.validation import Validation, scores_by_name


@dataclass(frozen=True)
class FineTuningSetup:
    """Data, validation and hyperparameters of a fine-tuning.

    Attributes:
        sources: Training data.
        sentences: The sentences that describe labels and kinds.
        validate: Scores a model on held-out examples.
        options: Hyperparameters.
    """

    sources: Sequence[TrainingSource]
    sentences: LabelSentences
    validate: Callable[[BiEncoder], Validation]
    options: TrainingOptions


def fine_tune(
    model: BiEncoder,
    tokenizer: Any,
    setup: FineTuningSetup,
    out: Path,
    *,
    resume: bool = False,
    show: ProgressDisplay | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> TrainingResult:
    """Fine-tune the model in place; the best one by validation is saved in `out/best`.

    Args:
        model: On the device where it is to be trained.
        tokenizer: The model's.
        setup: Data, validation and hyperparameters.
        out: Folder of the checkpoint and the best model.
        resume: Go on from the checkpoint in `out`.
        show: Displays the progress.
        stop: Asked after each step; when it is true, training is interrupted with a checkpoint.

    Raises ConfigError when there is no checkpoint to go on from.
    """
    mixture = prepare_training(model, tokenizer, setup.sources, setup.options)
    task = _FineTuningTask(model, tokenizer, setup)
    run = TrainingLoop(task, mixture, setup.options, out / "checkpoint")

    def keep() -> None:
        save_model(model, tokenizer, out / "best")

    if resume:
        run.resume()
    else:
        run.validate_first(keep)
    return run.run(show=show, stop=stop, on_best=keep)


class _FineTuningTask:
    """Training task: spans and kinds of labelled windows, and the label sentences' encodings."""

    def __init__(self, model: BiEncoder, tokenizer: Any, setup: FineTuningSetup) -> None:
        self.network, self.tokenizer = model, tokenizer
        self.sentences, self.options = setup.sentences, setup.options
        self._validate = setup.validate
        self._place = next(model.parameters()).device

    def trainable_parameters(self) -> NamedParameters:
        """All parameters of the network."""
        named: NamedParameters = self.network.named_parameters()
        return named

    def validate(self) -> ValidationScore:
        """Score the network by the setup's own validation."""
        measured = self._validate(self.network)
        return ValidationScore(measured.score, scores_by_name(measured), measured.error)

    def accumulate_gradients(self, found: Sequence[LabelledWindow], step: int) -> float:
        """Accumulate the gradients of the windows, then those of the label sentences."""
        options = self.options
        rng = np.random.default_rng((options.seed, step, 1))
        learn = step % options.label_gradient_interval == 0
        vectors, made = self._vectors(found, rng, learn=learn)
        count = sum(loss_weight(item) for item in found) or 1.0
        total = 0.0
        for part in micro_batches(found, most=options.micro_batch_pieces):
            with autocast(options.precision, self._place):
                value = batch_loss(self.network, part, vectors) / count
            value.backward()  # type: ignore[no-untyped-call]
            total += float(value.detach())
        if learn:
            kept = [one for one in (vectors.labels, vectors.kinds) if one.grad is not None]
            # Where the whole encoder is held fast there is nothing that they could go back into.
            if kept and made.requires_grad:
                grads = torch.cat([_gradient(vectors.labels), _gradient(vectors.kinds)])
                made.backward(grads)  # type: ignore[no-untyped-call]
        return total

    def _vectors(
        self, found: Sequence[LabelledWindow], rng: np.random.Generator, *, learn: bool
    ) -> tuple[LabelVectors, torch.Tensor]:
        """Encode the batch's label sentences: leaves for the windows' gradients, and the graph."""
        labels = sorted({label for item in found for label in item.asked})
        kinds = self._kinds(found, rng)
        texts = [self.sentences.draw(label, rng) for label in labels]
        for kind in kinds:
            told = self.sentences.kinds[kind]
            texts.append(told[int(rng.integers(len(told)))])
        with torch.set_grad_enabled(learn), autocast(self.options.precision, self._place):
            made = self._encoded(texts)
        leaf = made.detach()
        label_rows = leaf[: len(labels)].clone().requires_grad_(learn)
        kind_rows = leaf[len(labels) :].clone().requires_grad_(learn)
        vectors = LabelVectors(
            label_rows,
            {label: n for n, label in enumerate(labels)},
            kind_rows,
            {kind: n for n, kind in enumerate(kinds)},
        )
        return vectors, made

    def _encoded(self, texts: Sequence[str]) -> torch.Tensor:
        config = self.network.config
        if not texts:
            return torch.zeros(0, config.hidden_size, device=self._place)
        most = config.max_position_embeddings
        cut = [label_window(text, self.tokenizer, most=most) for text in texts]
        return self.network.label_vectors(to_device(collate(cut), self._place))

    def _kinds(self, found: Sequence[LabelledWindow], rng: np.random.Generator) -> list[str]:
        """The kinds of this batch; documents of those that are dropped count as unknown."""
        if all(item.kind is None for item in found):
            return []
        known = sorted(self.sentences.kinds)
        if len(known) > 1 and rng.random() < self.options.kind_dropout:
            gone = set(rng.choice(known, min(3, len(known) - 1), replace=False).tolist())
            known = [kind for kind in known if kind not in gone]
        assert UNKNOWN not in known
        return known


def _gradient(leaf: torch.Tensor) -> torch.Tensor:
    return torch.zeros_like(leaf) if leaf.grad is None else leaf.grad


def save_model(model: BiEncoder, tokenizer: Any, folder: Path) -> None:
    """Save a model folder in the Hugging Face layout, its weights in half precision."""
    import copy

    halved = copy.deepcopy(model).half()
    halved.save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)
