"""Hyperparameters of the optimisation loop."""

from dataclasses import dataclass

from docextract.training.loop.precision import Precision


@dataclass(frozen=True, kw_only=True)
class TrainingOptions:
    """Hyperparameters of a training.

    Attributes:
        steps: Steps of the optimiser.
        learning_rate: Peak learning rate of the pretrained encoder.
        head_learning_rate: Peak learning rate of newly initialised parameters.
        warm_up: Share of the steps in which the learning rate rises.
        pieces: Word pieces in a batch, that is in a step of the optimiser.
        micro_batch_pieces: Word pieces in one forward pass; gradients of several are
            accumulated for a step.
        weight_decay: Weight decay of matrices.
        max_gradient_norm: Norm at which gradients are clipped.
        seed: Of every choice there is.
        frozen_layers: Lower layers of the encoder that are not trained, and with them the
            embeddings; 0: all are trained.
        validate_every: Steps between validations, and between checkpoints.
        patience: Validations without gain after which training stops early; 0: never.
        kind_dropout: Share of the steps in which some kinds are left out, so that their
            documents are "unknown".
        label_gradient_interval: Every how many steps gradients also flow through the encoded
            label sentences.
        kind_windows: Windows of a document, from its first, that bear its kind.
        precision: Of forward passes and losses; weights and gradients are always float32.
    """

    steps: int
    learning_rate: float = 3e-4
    head_learning_rate: float = 1e-3
    warm_up: float = 0.03
    pieces: int = 2048
    micro_batch_pieces: int = 640
    weight_decay: float = 0.01
    max_gradient_norm: float = 1.0
    seed: int = 0
    frozen_layers: int = 0
    validate_every: int = 200
    patience: int = 0
    kind_dropout: float = 0.3
    label_gradient_interval: int = 3
    kind_windows: int = 2
    precision: Precision = "auto"
