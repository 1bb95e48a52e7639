"""Masked language modelling with layout: unsupervised pretraining of the encoder.

As in LayoutLM (Xu et al., KDD 2020); which words are masked and how is in masking.py. Word
vectors, boxes, codes and encoder are those of the model; the heads for spans and kinds take no
part, and the labels of the windows are not used.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from docextract.errors import ConfigError
from docextract.models.bi_encoder.batching import collate, to_device
from docextract.models.bi_encoder.network import BiEncoder
from docextract.training.augmentation.masking import (
    MaskedWindow,
    Vocabulary,
    mask_words,
    without_layout,
)
from docextract.training.data.examples import Example
from docextract.training.data.mixture import TrainingSource
from docextract.training.data.windows import LabelledWindow, labelled_windows, micro_batches
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

log = logging.getLogger(__name__)

#: Parts of the model that are trained.
_TRAINED = ("embeddings.", "encoder.")
#: Mixed into the seed: words masked in training, and in validation.
_LEARNT, _HELD = 2, 3


@dataclass(frozen=True)
class PretrainingSetup:
    """Data and hyperparameters of masked pretraining.

    Attributes:
        sources: Training data.
        held: Validation data, of other vendors, templates, articles.
        options: Hyperparameters.
    """

    sources: Sequence[TrainingSource]
    held: Sequence[Example]
    options: TrainingOptions


class MaskedAccuracy(NamedTuple):
    """Masked pieces, how many of them were predicted right, and their summed loss."""

    pieces: int = 0
    right: int = 0
    loss: float = 0.0

    def plus(self, other: "MaskedAccuracy") -> "MaskedAccuracy":
        """Both counts added up."""
        return MaskedAccuracy(
            self.pieces + other.pieces, self.right + other.right, self.loss + other.loss
        )

    @property
    def accuracy(self) -> float:
        """Share of masked pieces predicted right; 0 where nothing was masked."""
        return self.right / self.pieces if self.pieces else 0.0

    @property
    def mean_loss(self) -> float:
        """Mean loss of a masked piece; 0 where nothing was masked."""
        return self.loss / self.pieces if self.pieces else 0.0


def pretrain(
    model: BiEncoder,
    tokenizer: Any,
    setup: PretrainingSetup,
    folder: Path,
    *,
    resume: bool = False,
    show: ProgressDisplay | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> TrainingResult:
    """Pretrain the model's encoder in place; its heads stay as they are.

    Args:
        model: On the device where it is to be trained.
        tokenizer: The model's.
        setup: Data and hyperparameters.
        folder: Of the checkpoint.
        resume: Go on from the checkpoint.
        show: Displays the progress.
        stop: Asked after each step; when it is true, training is interrupted with a checkpoint.

    Raises ConfigError when there is no checkpoint to go on from, or the tokenizer has no [MASK].
    """
    mixture = prepare_training(model, tokenizer, setup.sources, setup.options)
    run = TrainingLoop(_MaskedLanguageTask(model, tokenizer, setup), mixture, setup.options, folder)
    if resume:
        run.resume()
    return run.run(show=show, stop=stop)


class MaskedLanguageHead(nn.Module):
    """Masked language modelling head: logits over the vocabulary; thrown away after pretraining.

    Its output weights are tied to the input embeddings (Press and Wolf, EACL 2017), so that all
    that is learnt, but for this small transformation, is the encoder's.
    """

    def __init__(self, size: int, pieces: int, *, epsilon: float) -> None:
        super().__init__()
        self.dense = nn.Linear(size, size)
        self.norm = nn.LayerNorm(size, eps=epsilon)
        self.bias = nn.Parameter(torch.zeros(pieces))

    def forward(self, states: Tensor, vectors: Tensor) -> Tensor:
        """(N, H) states and the (V, H) vectors of all pieces -> (N, V) logits."""
        made = self.norm(nn.functional.gelu(self.dense(states)))
        return nn.functional.linear(made, vectors, self.bias)


class _MaskedLanguageModel(nn.Module):
    """The model with a masked language modelling head."""

    def __init__(self, model: BiEncoder) -> None:
        super().__init__()
        config = model.config
        self.model = model
        place = next(model.parameters()).device
        self.pieces = MaskedLanguageHead(
            config.hidden_size, config.vocab_size, epsilon=config.layer_norm_eps
        ).to(place)

    def forward(self, hidden: Sequence[MaskedWindow]) -> tuple[Tensor, Tensor]:
        """The (N, V) logits of all masked pieces of the windows, and their (N,) truth."""
        vectors = self.model.embeddings.words.weight
        states = self.model(to_device(collate([one.window for one in hidden]), vectors.device))
        rows = np.repeat(np.arange(len(hidden)), [len(one.at) for one in hidden])
        at = np.concatenate([one.at for one in hidden])
        truth = torch.from_numpy(np.concatenate([one.truth for one in hidden]))
        logits: Tensor = self.pieces(states[rows, at], vectors)
        return logits, truth.to(vectors.device)


class _MaskedLanguageTask:
    """Training task: predict masked word pieces."""

    def __init__(self, model: BiEncoder, tokenizer: Any, setup: PretrainingSetup) -> None:
        if tokenizer.mask_token_id is None:
            raise ConfigError("the model's tokenizer has no [MASK]: no word can be hidden with it")
        self.network = _MaskedLanguageModel(model)
        self.options = setup.options
        self._vocabulary = Vocabulary(tokenizer.mask_token_id, model.config.vocab_size)
        self._place = next(model.parameters()).device
        rng = np.random.default_rng((setup.options.seed, _HELD))
        most = model.config.max_position_embeddings
        self._held = [
            mask_words(item.window, self._vocabulary, rng)
            for example in setup.held
            for item in labelled_windows(example, tokenizer, most=most, kind_windows=0)
        ]

    def trainable_parameters(self) -> NamedParameters:
        """Parameters of the encoder, its embeddings and the masked language modelling head."""
        for name, parameter in self.network.model.named_parameters():
            if name.startswith(_TRAINED):
                yield name, parameter
        yield from self.network.pieces.named_parameters(prefix="pieces")

    def accumulate_gradients(self, found: Sequence[LabelledWindow], step: int) -> float:
        """Accumulate the gradients of a batch's masked pieces; their mean loss."""
        rng = np.random.default_rng((self.options.seed, step, _LEARNT))
        hidden = [mask_words(item.window, self._vocabulary, rng) for item in found]
        count = sum(len(one.at) for one in hidden)
        total = 0.0
        for part in micro_batches(hidden, most=self.options.micro_batch_pieces):
            value, _ = self._read(part)
            (value / count).backward()  # type: ignore[no-untyped-call]
            total += float(value.detach())
        return total / count

    def validate(self) -> ValidationScore:
        """Accuracy on masked pieces of the validation windows, with layout and without it.

        The same words are masked each time. What is lost without layout is in part a shift of
        the distribution, since only texts that never had a layout are read so in training.
        """
        laid = [one for one in self._held if one.window.layout]
        with_layout = self._told(laid)
        bare = self._told([without_layout(one) for one in laid])
        told = self._told([one for one in self._held if not one.window.layout])
        told = told.plus(with_layout)
        scores = {
            "all": told.accuracy,
            "with layout": with_layout.accuracy,
            "layout off": bare.accuracy,
        }
        log.info(
            "  hidden words: loss %.4f, %.4f of %d told; of documents %.4f, layout off %.4f",
            *(told.mean_loss, told.accuracy, told.pieces, with_layout.accuracy, bare.accuracy),
        )
        return ValidationScore(told.accuracy, {"hidden": scores, "loss": {"all": told.mean_loss}})

    def _read(self, part: Sequence[MaskedWindow]) -> tuple[Tensor, Tensor]:
        """The summed loss of the masked pieces, and how many are predicted right, two scalars."""
        with autocast(self.options.precision, self._place):
            logits, truth = self.network(part)
            value = nn.functional.cross_entropy(logits.float(), truth, reduction="sum")
        return value, (logits.argmax(-1) == truth).sum()

    def _told(self, hidden: Iterable[MaskedWindow]) -> MaskedAccuracy:
        self.network.eval()
        made = MaskedAccuracy()
        with torch.no_grad():
            for part in micro_batches(hidden, most=self.options.micro_batch_pieces):
                value, right = self._read(part)
                pieces = sum(len(one.at) for one in part)
                made = made.plus(MaskedAccuracy(pieces, int(right), float(value)))
        self.network.train()
        return made
