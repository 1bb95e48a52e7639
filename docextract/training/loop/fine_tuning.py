"""The training of the model on labelled documents: the loss of a step, and the best model kept.

Read `train` first; how a step goes, and how a run is gone on from, is in descent.py.
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
from docextract.training.augmentation.label_paraphrases import Sentences
from docextract.training.data.mixture import Source
from docextract.training.data.windows import Item, parts
from docextract.training.loop.early_stopping import Validation, table
from docextract.training.loop.losses import Vectors, loss, weight
from docextract.training.loop.optimisation import Descent, Look, Named, Options, Outcome, begun
from docextract.training.loop.precision import autocast
from docextract.training.loop.progress import Display


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
    validate: Callable[[BiEncoder], Validation]
    options: Options


def train(
    model: BiEncoder,
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
    mixture = begun(model, tokenizer, lesson.sources, lesson.options)
    task = _Labelled(model, tokenizer, lesson)
    run = Descent(task, mixture, lesson.options, out / "checkpoint")

    def keep() -> None:
        save(model, tokenizer, out / "best")

    if resume:
        run.go_on()
    else:
        run.look_first(keep)
    return run.go(show=show, stop=stop, better=keep)


class _Labelled:
    """Spans and kinds are learnt, and the sentences that they are asked for with."""

    def __init__(self, model: BiEncoder, tokenizer: Any, lesson: Lesson) -> None:
        self.network, self.tokenizer = model, tokenizer
        self.sentences, self.options = lesson.sentences, lesson.options
        self._validate = lesson.validate
        self._place = next(model.parameters()).device

    def trained(self) -> Named:
        """All that takes a gradient."""
        named: Named = self.network.named_parameters()
        return named

    def look(self) -> Look:
        """The validation part, as the lesson measures it."""
        measured = self._validate(self.network)
        return Look(measured.score, table(measured), measured.error)

    def learn(self, found: Sequence[Item], step: int) -> float:
        """Add up the gradients of the windows, and of the sentences from them all."""
        options = self.options
        rng = np.random.default_rng((options.seed, step, 1))
        learn = step % options.label_gradients == 0
        vectors, made = self._vectors(found, rng, learn=learn)
        count = sum(weight(item) for item in found) or 1.0
        total = 0.0
        for part in parts(found, most=options.together):
            with autocast(options.precision, self._place):
                value = loss(self.network, part, vectors) / count
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
        self, found: Sequence[Item], rng: np.random.Generator, *, learn: bool
    ) -> tuple[Vectors, torch.Tensor]:
        """The sentences of a step through the encoder, and what their gradients go back into."""
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
        vectors = Vectors(
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


def save(model: BiEncoder, tokenizer: Any, folder: Path) -> None:
    """Write a model folder in the Hugging Face manner, its weights in half precision."""
    import copy

    halved = copy.deepcopy(model).half()
    halved.save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)
