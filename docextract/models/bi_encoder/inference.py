"""Inference with the bi-encoder: passages and label sentences -> encoded passages and vectors.

The encoder runs over each window once. An `EncodedPassage` keeps the states; scores of labels,
spans and kinds are products with them.
"""

import hashlib
import logging
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docextract.errors import ConfigError
from docextract.models.bi_encoder.encoded_passage import EncodedPassage, KindSentences
from docextract.models.bi_encoder.window_states import WindowStates
from docextract.models.device import torch_device

if TYPE_CHECKING:
    import torch

    from docextract.models.bi_encoder.featurisation import Window
    from docextract.models.bi_encoder.network import BiEncoder, ProjectedLabels
    from docextract.models.bi_encoder.passage import Passage

log = logging.getLogger(__name__)

#: Word pieces in one forward pass on a GPU, halved when its memory does not do. On a CPU a window
#: goes alone: no slower there, and the result does not depend on what else is in the batch.
MAX_GPU_BATCH_PIECES = 65_536


class BiEncoderEngine:
    """Runs the network. Weights load at the first call; one object a process and device is enough.

    It is the `LabelEncoder` of the passages that it encodes.
    """

    def __init__(self, folder: Path, *, device: str = "auto") -> None:
        self.folder = folder
        self._device_name = device
        self._label_vectors: dict[str, torch.Tensor] = {}
        self._labels: dict[tuple[str, ...], ProjectedLabels] = {}
        self._kind_vectors: dict[KindSentences, torch.Tensor] = {}
        self._pieces = MAX_GPU_BATCH_PIECES

    @classmethod
    def from_model(cls, model: "BiEncoder", tokenizer: Any) -> "BiEncoderEngine":
        """An engine for a model that is in memory, such as one in training."""
        engine = cls(Path(), device=str(next(model.parameters()).device))
        engine.model, engine.tokenizer = model, tokenizer
        return engine

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the files that decide: configuration, tokenizer, weights.

        Raises ConfigError when one of them is missing.
        """
        digest = hashlib.sha256()
        for name in ("config.json", "tokenizer.json", "model.safetensors"):
            path = self.folder / name
            if not path.is_file():
                raise ConfigError(f"no model in {self.folder}: it has no {name}")
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def encode(self, passages: Sequence["Passage"]) -> list[EncodedPassage]:
        """Encode passages: one encoder pass a window, windows of all passages in common batches."""
        from docextract.models.bi_encoder.featurisation import cut_windows

        most = self.model.config.max_position_embeddings
        cut = [cut_windows(passage, self.tokenizer, most=most) for passage in passages]
        states = iter(self._run([window for parts in cut for window in parts]))
        return [
            EncodedPassage(
                self, len(passage), [WindowStates(self.model, part, next(states)) for part in parts]
            )
            for passage, parts in zip(passages, cut, strict=True)
        ]

    def label_vectors(self, sentences: Sequence[str]) -> "torch.Tensor":
        """(L, H) vectors of label sentences, cached."""
        import torch

        from docextract.models.bi_encoder.batching import label_window
        from docextract.models.bi_encoder.network import masked_mean

        missing = [text for text in dict.fromkeys(sentences) if text not in self._label_vectors]
        most = self.model.config.max_position_embeddings
        cut = [label_window(text, self.tokenizer, most=most) for text in missing]
        for text, states in zip(missing, self._run(cut), strict=True):
            everywhere = torch.ones(1, len(states), dtype=torch.bool, device=states.device)
            self._label_vectors[text] = masked_mean(states[None], everywhere)[0]
        return torch.stack([self._label_vectors[text] for text in sentences])

    def projected_labels(self, sentences: Sequence[str]) -> "ProjectedLabels":
        """The labels as the scoring heads compare words with them, cached."""
        key = tuple(sentences)
        if key not in self._labels:
            self._labels[key] = self.model.project(self.label_vectors(key))
        return self._labels[key]

    def kind_vectors(self, kinds: KindSentences) -> "torch.Tensor":
        """(K, H) the mean vector of each kind's sentences, cached."""
        import torch

        if kinds not in self._kind_vectors:
            self._kind_vectors[kinds] = torch.stack(
                [self.label_vectors(group).mean(0) for group in kinds]
            )
        return self._kind_vectors[kinds]

    def _run(self, parts: Sequence["Window"]) -> list["torch.Tensor"]:
        """The states of each window's pieces, whatever the batches were."""
        import torch

        done: dict[int, torch.Tensor] = {}
        order = sorted(range(len(parts)), key=lambda n: len(parts[n].ids))
        while len(done) < len(parts):
            batch = self._next(parts, order[len(done) :])
            try:
                made = self._forward([parts[n] for n in batch])
            except torch.OutOfMemoryError:
                if len(batch) == 1:
                    raise
                self._pieces = max(1, self._pieces // 2)
                log.warning("out of memory: batches of %d word pieces from here", self._pieces)
                torch.cuda.empty_cache()
                continue
            done.update(zip(batch, made, strict=True))
        return [done[n] for n in range(len(parts))]

    def _next(self, parts: Sequence["Window"], order: Sequence[int]) -> list[int]:
        if self._place.type == "cpu":
            return [order[0]]
        batch: list[int] = []
        for n in order:
            if batch and (len(batch) + 1) * len(parts[n].ids) > self._pieces:
                break
            batch.append(n)
        return batch

    def _forward(self, parts: Sequence["Window"]) -> list["torch.Tensor"]:
        import torch

        from docextract.models.bi_encoder.batching import collate, to_device

        with torch.inference_mode():
            states = self.model(to_device(collate(parts), self._place))
        return [states[row, : len(window.ids)] for row, window in enumerate(parts)]

    @cached_property
    def _place(self) -> "torch.device":
        return torch_device(self._device_name)

    @cached_property
    def tokenizer(self) -> Any:
        """The model's own, from its folder."""
        # AutoTokenizer would ask the configuration which one, and warn that it is nobody's.
        from transformers import PreTrainedTokenizerFast

        return PreTrainedTokenizerFast.from_pretrained(self.folder, local_files_only=True)

    @cached_property
    def model(self) -> "BiEncoder":
        """The network, ready to read. Raises ConfigError when it cannot be loaded."""
        from transformers.utils import logging as transformers_logging

        from docextract.models.bi_encoder.network import BiEncoder
        from docextract.models.device import model_dtype

        transformers_logging.disable_progress_bar()
        try:
            model = BiEncoder.from_pretrained(
                self.folder, local_files_only=True, dtype=model_dtype(self._place)
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ConfigError(f"cannot load the model in {self.folder}: {error}") from error
        ready: BiEncoder = model.eval().to(self._place)
        return ready
