"""Fine-tuning settings, and the loop's options that follow from them: steps by epochs or time."""

import tempfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from docextract.training.data.examples import Example
from docextract.training.loop.precision import Precision, resolve_precision

if TYPE_CHECKING:
    from docextract.models.bi_encoder.network import BiEncoder
    from docextract.training.augmentation.label_paraphrases import LabelSentences
    from docextract.training.data.mixture import TrainingSource
    from docextract.training.loop.options import TrainingOptions

#: Steps below which nothing is learnt, and above which training overfits to small data.
LEAST_STEPS, MOST_STEPS = 20, 3000
#: Validations in the whole training, and the largest share of a limited time that they may take.
CHECKS, CHECKING = 10, 0.25
#: Steps of the trial run that measures how long one takes.
TRIAL_STEPS = 3


@dataclass(frozen=True, kw_only=True)
class FineTuningSettings:
    """Settings for fine-tuning a trained model on a user's documents.

    Attributes:
        epochs: How often every document is sampled, about.
        minutes: At most so long, however many epochs that leaves; 0: no limit.
        learning_rate: Of the encoder; the heads learn `HEADS` times as fast.
        patience: Validations without gain after which training stops early; 0: never.
        validation: Share of the documents that decides when to stop.
        test: Share that is kept for the final scores.
        pieces: Word pieces in a batch.
        seed: Of every choice.
        device: "auto", "cpu", "cuda", "mps".
        precision: "auto", "float32", "bfloat16".
    """

    epochs: float = 40.0
    minutes: float = 15.0
    learning_rate: float = 6e-5
    patience: int = 6
    validation: float = 0.15
    test: float = 0.15
    pieces: int = 1536
    seed: int = 0
    device: str = "auto"
    precision: Precision = "auto"


#: The heads of a trained model are no longer new, and still adapt first.
HEADS = 2.0
#: Share of the layers, the lower ones, that stay as they are, which makes a step shorter; and of
#: the steps those in which the rate rises: until Adam knows how large gradients are, a few
#: documents undo more of what the base knows than they teach.
FROZEN, WARM_UP = 1 / 3, 0.15


def training_options(
    settings: FineTuningSettings,
    model: "BiEncoder",
    tokenizer: Any,
    sources: "Sequence[TrainingSource]",
    sentences: "LabelSentences",
    *,
    seconds_a_check: float = 0.0,
) -> "TrainingOptions":
    """Derive the loop's options: as many steps as the epochs take, or as the minutes leave.

    The first of the sources is the user's documents. `seconds_a_check` is how long one validation
    takes.
    """
    from docextract.training.loop.options import TrainingOptions

    window = model.config.max_position_embeddings
    epoch = _pieces(sources[0].examples, tokenizer, window, settings.seed)
    epoch *= sum(source.share for source in sources) / sources[0].share
    steps = _within(round(settings.epochs * epoch / settings.pieces))
    checks = CHECKS
    if settings.minutes:
        seconds = 60 * settings.minutes
        checks = max(1, min(CHECKS, int(CHECKING * seconds / max(seconds_a_check, 1e-3))))
        each = _seconds_a_step(settings, model, tokenizer, sources, sentences)
        steps = max(1, min(steps, int((seconds - checks * seconds_a_check) / each)))
    return TrainingOptions(
        steps=steps,
        learning_rate=settings.learning_rate,
        head_learning_rate=HEADS * settings.learning_rate,
        warm_up=WARM_UP,
        frozen_layers=int(FROZEN * model.config.num_hidden_layers),
        pieces=settings.pieces,
        seed=settings.seed,
        validate_every=-(-steps // checks),
        patience=settings.patience,
        precision=resolve_precision(settings.precision, next(model.parameters()).device),
    )


def _within(steps: int) -> int:
    return min(MOST_STEPS, max(LEAST_STEPS, steps))


def _pieces(examples: Sequence[Example], tokenizer: Any, window: int, seed: int) -> float:
    """Word pieces of an epoch."""
    from docextract.training.data.mixture import MOST_WINDOWS
    from docextract.training.data.windows import labelled_windows, sample_windows

    rng = np.random.default_rng(seed)
    found = (
        sample_windows(
            labelled_windows(example, tokenizer, most=window, kind_windows=1),
            rng,
            most=MOST_WINDOWS,
        )
        for example in examples
    )
    return sum(len(item.window.ids) for part in found for item in part)


def _seconds_a_step(
    settings: FineTuningSettings,
    model: "BiEncoder",
    tokenizer: Any,
    sources: "Sequence[TrainingSource]",
    sentences: "LabelSentences",
) -> float:
    """Seconds of a step, measured on a copy of the model that is thrown away."""
    from docextract.training.loop.fine_tuning import FineTuningSetup, fine_tune
    from docextract.training.loop.options import TrainingOptions
    from docextract.training.loop.validation import Validation

    trial = TrainingOptions(
        steps=TRIAL_STEPS,
        pieces=settings.pieces,
        validate_every=TRIAL_STEPS,
        precision=settings.precision,
    )
    with tempfile.TemporaryDirectory() as folder:
        setup = FineTuningSetup(sources, sentences, lambda _: Validation(), trial)
        made = fine_tune(deepcopy(model), tokenizer, setup, Path(folder))
    return made.seconds / made.steps
