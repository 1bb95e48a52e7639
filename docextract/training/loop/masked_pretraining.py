"""A first phase without labels: the encoder learns what stands where from words that are hidden.

Masked language modelling with layout, as in LayoutLM (Xu et al., KDD 2020); which words are hidden
and what is left of them is in masking.py. Word vectors, boxes, codes and encoder are those of the
model; the heads that labels are asked of take no part. Labels of the windows are not looked at.
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
from docextract.training.augmentation.masking import Masked, Vocabulary, masked, without_layout
from docextract.training.data.examples import Example
from docextract.training.data.mixture import Source
from docextract.training.data.windows import Item, items, parts
from docextract.training.loop.optimisation import Descent, Look, Named, Options, Outcome, begun
from docextract.training.loop.precision import autocast
from docextract.training.loop.progress import Display

log = logging.getLogger(__name__)

#: Parts of the model that are trained.
_TRAINED = ("embeddings.", "encoder.")
#: Mixed into the seed: words hidden in training, and in what is measured.
_LEARNT, _HELD = 2, 3


@dataclass(frozen=True)
class Texts:
    """What is read, and how.

    Attributes:
        sources: What the encoder learns from.
        held: What it is measured on, of other vendors, templates, articles.
        options: How.
    """

    sources: Sequence[Source]
    held: Sequence[Example]
    options: Options


class Told(NamedTuple):
    """How many hidden pieces there were, how many of them were told, and the loss of all."""

    pieces: int = 0
    right: int = 0
    loss: float = 0.0

    def and_also(self, other: "Told") -> "Told":
        """Both together."""
        return Told(self.pieces + other.pieces, self.right + other.right, self.loss + other.loss)

    @property
    def accuracy(self) -> float:
        """The share that was told; 0 where nothing was hidden."""
        return self.right / self.pieces if self.pieces else 0.0

    @property
    def mean_loss(self) -> float:
        """Of a piece; 0 where nothing was hidden."""
        return self.loss / self.pieces if self.pieces else 0.0


def pretrain(
    model: BiEncoder,
    tokenizer: Any,
    texts: Texts,
    folder: Path,
    *,
    resume: bool = False,
    show: Display | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Train the model's encoder in place; its heads stay as they are.

    Args:
        model: On the device where it is to be trained.
        tokenizer: The model's.
        texts: What to read, and how.
        folder: Of the checkpoint.
        resume: Go on from the checkpoint.
        show: Is told how far the training is.
        stop: Asked after each step; when it says yes, the checkpoint is written and that is all.

    Raises ConfigError when there is no checkpoint to go on from, or the tokenizer has no [MASK].
    """
    mixture = begun(model, tokenizer, texts.sources, texts.options)
    run = Descent(_Hidden(model, tokenizer, texts), mixture, texts.options, folder)
    if resume:
        run.go_on()
    return run.go(show=show, stop=stop)


class Pieces(nn.Module):
    """Scores every word piece for each hidden one; needed in this phase and then no more.

    The vectors that words go in with are those that they are told by (Press and Wolf, EACL 2017),
    so that all that is learnt, but for this small step between, is the encoder's.
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


class _Network(nn.Module):
    """The model, and what it tells hidden words with."""

    def __init__(self, model: BiEncoder) -> None:
        super().__init__()
        config = model.config
        self.model = model
        place = next(model.parameters()).device
        self.pieces = Pieces(
            config.hidden_size, config.vocab_size, epsilon=config.layer_norm_eps
        ).to(place)

    def forward(self, hidden: Sequence[Masked]) -> tuple[Tensor, Tensor]:
        """The (N, V) logits of all hidden pieces of the windows, and their (N,) truth."""
        vectors = self.model.embeddings.words.weight
        states = self.model(to_device(collate([one.window for one in hidden]), vectors.device))
        rows = np.repeat(np.arange(len(hidden)), [len(one.at) for one in hidden])
        at = np.concatenate([one.at for one in hidden])
        truth = torch.from_numpy(np.concatenate([one.truth for one in hidden]))
        logits: Tensor = self.pieces(states[rows, at], vectors)
        return logits, truth.to(vectors.device)


class _Hidden:
    """Hidden words are learnt."""

    def __init__(self, model: BiEncoder, tokenizer: Any, texts: Texts) -> None:
        if tokenizer.mask_token_id is None:
            raise ConfigError("the model's tokenizer has no [MASK]: no word can be hidden with it")
        self.network = _Network(model)
        self.options = texts.options
        self._vocabulary = Vocabulary(tokenizer.mask_token_id, model.config.vocab_size)
        self._place = next(model.parameters()).device
        rng = np.random.default_rng((texts.options.seed, _HELD))
        most = model.config.max_position_embeddings
        self._held = [
            masked(item.window, self._vocabulary, rng)
            for example in texts.held
            for item in items(example, tokenizer, most=most, kind_windows=0)
        ]

    def trained(self) -> Named:
        """The encoder and what goes into it, and the scorer of pieces."""
        for name, parameter in self.network.model.named_parameters():
            if name.startswith(_TRAINED):
                yield name, parameter
        yield from self.network.pieces.named_parameters(prefix="pieces")

    def learn(self, found: Sequence[Item], step: int) -> float:
        """Add up the gradients of a step's hidden pieces; their mean loss."""
        rng = np.random.default_rng((self.options.seed, step, _LEARNT))
        hidden = [masked(item.window, self._vocabulary, rng) for item in found]
        count = sum(len(one.at) for one in hidden)
        total = 0.0
        for part in parts(hidden, most=self.options.together):
            value, _ = self._read(part)
            (value / count).backward()  # type: ignore[no-untyped-call]
            total += float(value.detach())
        return total / count

    def look(self) -> Look:
        """How many hidden pieces of the held windows are told; with layout, and without it.

        The same words are hidden at each look. What is lost without layout is in part the
        surprise, since only texts that never had one are read so in training.
        """
        laid = [one for one in self._held if one.window.layout]
        with_layout = self._told(laid)
        bare = self._told([without_layout(one) for one in laid])
        told = self._told([one for one in self._held if not one.window.layout])
        told = told.and_also(with_layout)
        scores = {
            "all": told.accuracy,
            "with layout": with_layout.accuracy,
            "layout off": bare.accuracy,
        }
        log.info(
            "  hidden words: loss %.4f, %.4f of %d told; of documents %.4f, layout off %.4f",
            *(told.mean_loss, told.accuracy, told.pieces, with_layout.accuracy, bare.accuracy),
        )
        return Look(told.accuracy, {"hidden": scores, "loss": {"all": told.mean_loss}})

    def _read(self, part: Sequence[Masked]) -> tuple[Tensor, Tensor]:
        """The summed loss of the hidden pieces, and how many of them are told, two scalars."""
        with autocast(self.options.precision, self._place):
            logits, truth = self.network(part)
            value = nn.functional.cross_entropy(logits.float(), truth, reduction="sum")
        return value, (logits.argmax(-1) == truth).sum()

    def _told(self, hidden: Iterable[Masked]) -> Told:
        self.network.eval()
        made = Told()
        with torch.no_grad():
            for part in parts(hidden, most=self.options.together):
                value, right = self._read(part)
                pieces = sum(len(one.at) for one in part)
                made = made.and_also(Told(pieces, int(right), float(value)))
        self.network.train()
        return made
