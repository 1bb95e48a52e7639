"""A trained model at work: passages -> readings, of which any number of labels can be asked.

The encoder reads each window once. A reading keeps the states; labels, spans and kinds are
products with them.
"""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from docextract.errors import ConfigError
from docextract.models.bi_encoder.window_states import WindowStates
from docextract.models.device import device

if TYPE_CHECKING:
    import torch

    from docextract.models.bi_encoder.decoding import Candidate
    from docextract.models.bi_encoder.featurisation import Window
    from docextract.models.bi_encoder.network import Labels, LayoutModel
    from docextract.models.bi_encoder.passage import Passage

log = logging.getLogger(__name__)

#: Word pieces in one forward pass on a GPU, halved when its memory does not do. On a CPU a window
#: goes alone: no slower there, and the result does not depend on what else is in the batch.
GPU_PIECES = 65_536
#: Windows of a document that say what kind it is, its first ones.
KIND_WINDOWS = 3
#: The kind of what is none of the kinds asked for.
UNKNOWN = "unknown"
#: The sentences of several kinds.
Sentences = tuple[tuple[str, ...], ...]


class Reading:
    """One passage as the encoder read it."""

    def __init__(self, engine: "LayoutEngine", words: int, parts: Sequence[WindowStates]) -> None:
        self.words = words
        self._engine = engine
        self._parts = parts
        self._told: dict[Sentences, list[torch.Tensor]] = {}

    def spans(self, sentences: Sequence[str], *, least: float = 0.05) -> list["Candidate"]:
        """Spans of each label, overlapping ones too, best first.

        Args:
            sentences: The labels; a candidate's label is an index into them.
            least: The lowest score.
        """
        import torch

        from docextract.models.bi_encoder.decoding import candidates

        if not sentences or not self._parts:
            return []
        with torch.inference_mode():
            labels = self._engine.labels(sentences)
            found = [one for part in self._parts for one in candidates(part, labels, least=least)]
        return sorted(found, key=lambda one: (-one.score, one.first, one.last, one.label))

    def kinds(self, sentences: Mapping[str, Sequence[str]]) -> dict[str, float]:
        """Kind -> probability, with "unknown" for none of them; they sum to 1.

        Args:
            sentences: Kind -> the sentences that describe it.
        """
        import torch

        names = [*sentences, UNKNOWN]
        if not self._parts:
            return {name: float(name == UNKNOWN) for name in names}
        with torch.inference_mode():
            logits = torch.stack([part.mean(0) for part in self._kinds(sentences)]).mean(0)
            shares = logits.float().softmax(0).tolist()
        return dict(zip(names, shares, strict=True))

    def shares(self, sentences: Mapping[str, Sequence[str]], kind: str) -> npt.NDArray[np.float32]:
        """(W,) by how much each word raises the log odds of the kind against all others.

        The logits are means over the word pieces, so each piece's part is known and nothing
        has to be estimated; a word's is the sum over its pieces. Words of windows that have no
        say are zero.
        """
        import torch

        made = np.zeros(self.words, np.float32)
        if not self._parts:
            return made
        at = [*sentences, UNKNOWN].index(kind)
        with torch.inference_mode():
            parts = self._kinds(sentences)
            others = torch.stack([part.mean(0) for part in parts]).mean(0)
            others[at] = -torch.inf
            weights = others.softmax(0)
            for part, seen in zip(parts, self._parts, strict=False):
                gains = ((part[:, at] - part @ weights) / (len(part) * len(parts))).float()
                sums = np.append(0, gains.cpu().numpy().cumsum())
                window = seen.window
                made[window.first : window.last] += sums[window.tails + 1] - sums[window.heads]
        return made

    def _kinds(self, sentences: Mapping[str, Sequence[str]]) -> list["torch.Tensor"]:
        """For each window that has a say, (T, K + 1) parts of its pieces in the kinds' logits."""
        key = tuple(tuple(told) for told in sentences.values())
        made = self._told.get(key)
        if made is None:
            vectors, seen = self._engine.middles(key), self._parts[:KIND_WINDOWS]
            made = [part.model.kind_parts(part.states, vectors) for part in seen]
            self._told = {key: made}  # the last ones only, which are asked for twice
        return made


class LayoutEngine:
    """Loads its weights at the first call; one object a process and device is enough."""

    def __init__(self, folder: Path, *, device: str = "auto") -> None:
        self.folder = folder
        self._device_name = device
        self._vectors: dict[str, torch.Tensor] = {}
        self._labels: dict[tuple[str, ...], Labels] = {}
        self._middles: dict[Sentences, torch.Tensor] = {}
        self._pieces = GPU_PIECES

    @classmethod
    def holding(cls, model: "LayoutModel", tokenizer: Any) -> "LayoutEngine":
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

    def read(self, passages: Sequence["Passage"]) -> list[Reading]:
        """What each passage says, one encoder pass a window, windows of all of them together."""
        from docextract.models.bi_encoder.featurisation import windows

        most = self.model.config.max_position_embeddings
        cut = [windows(passage, self.tokenizer, most=most) for passage in passages]
        states = iter(self._run([window for parts in cut for window in parts]))
        return [
            Reading(
                self, len(passage), [WindowStates(self.model, part, next(states)) for part in parts]
            )
            for passage, parts in zip(passages, cut, strict=True)
        ]

    def vectors(self, sentences: Sequence[str]) -> "torch.Tensor":
        """(L, H) vectors of label sentences, each made once."""
        import torch

        from docextract.models.bi_encoder.batching import sentence
        from docextract.models.bi_encoder.network import mean

        missing = [text for text in dict.fromkeys(sentences) if text not in self._vectors]
        most = self.model.config.max_position_embeddings
        cut = [sentence(text, self.tokenizer, most=most) for text in missing]
        for text, states in zip(missing, self._run(cut), strict=True):
            everywhere = torch.ones(1, len(states), dtype=torch.bool, device=states.device)
            self._vectors[text] = mean(states[None], everywhere)[0]
        return torch.stack([self._vectors[text] for text in sentences])

    def labels(self, sentences: Sequence[str]) -> "Labels":
        """The labels as the heads compare with them, made once."""
        key = tuple(sentences)
        if key not in self._labels:
            self._labels[key] = self.model.project(self.vectors(key))
        return self._labels[key]

    def middles(self, kinds: Sentences) -> "torch.Tensor":
        """(K, H) the mean vector of each kind's sentences, made once."""
        import torch

        if kinds not in self._middles:
            self._middles[kinds] = torch.stack([self.vectors(told).mean(0) for told in kinds])
        return self._middles[kinds]

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

        from docextract.models.bi_encoder.batching import collate, moved

        with torch.inference_mode():
            states = self.model(moved(collate(parts), self._place))
        return [states[row, : len(window.ids)] for row, window in enumerate(parts)]

    @cached_property
    def _place(self) -> "torch.device":
        return device(self._device_name)

    @cached_property
    def tokenizer(self) -> Any:
        """The model's own, from its folder."""
        # AutoTokenizer would ask the configuration which one, and warn that it is nobody's.
        from transformers import PreTrainedTokenizerFast

        return PreTrainedTokenizerFast.from_pretrained(self.folder, local_files_only=True)

    @cached_property
    def model(self) -> "LayoutModel":
        """The network, ready to read. Raises ConfigError when it cannot be loaded."""
        from transformers.utils import logging as transformers_logging

        from docextract.models.bi_encoder.network import LayoutModel
        from docextract.models.device import precision

        transformers_logging.disable_progress_bar()
        try:
            model = LayoutModel.from_pretrained(
                self.folder, local_files_only=True, dtype=precision(self._place)
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ConfigError(f"cannot load the model in {self.folder}: {error}") from error
        ready: LayoutModel = model.eval().to(self._place)
        return ready
