"""Hugging Face models from a local folder: sliding windows over long documents -> logits.

Nothing is ever looked up on the network, and weights are read from safetensors alone.
"""

import hashlib
import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from docextract.errors import ConfigError
from docextract.models.bi_encoder.passage import Passage
from docextract.models.device import torch_device

if TYPE_CHECKING:
    import torch

#: Pieces of the longest window, where the model allows for as many.
MAX_WINDOW_PIECES = 512
#: Pieces that two neighbouring windows share: enough for a sentence of context on either side.
WINDOW_OVERLAP = 128
#: Pieces in one forward pass on a GPU. On a CPU a window goes alone: no slower there, and the
#: result does not depend on what else is in the batch, to the last bit.
MAX_GPU_BATCH_PIECES = 16_384

_NOWHERE = (0, 0, 0, 0)
#: Where LayoutLM's [SEP] stands (Xu et al., KDD 2020); later tokenizers say it themselves.
_SEP = (1000, 1000, 1000, 1000)

Head = Literal["TokenClassification", "SequenceClassification"]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a passage as the model reads it.

    Attributes:
        passage: The passage's number.
        pieces: Vocabulary numbers.
        words: Each piece's word, as a number in the passage; None for special pieces.
        boxes: Where each piece stands, in thousandths of the page.
    """

    passage: int
    pieces: tuple[int, ...]
    words: tuple[int | None, ...]
    boxes: tuple[tuple[int, ...], ...]


class _Loaded(NamedTuple):
    tokenizer: Any
    model: Any
    place: "torch.device"


class HuggingFaceModel:
    """A model in a folder with configuration, tokenizer and safetensors. Loads at the first call.

    Args:
        path: The folder.
        head: Which of transformers' classes the model is of.
        device: Where it runs.
    """

    def __init__(self, path: Path, head: Head, *, device: str = "auto") -> None:
        if not (path / "config.json").is_file():
            raise ConfigError(f"no model in {path}: it has no config.json")
        self.path = path
        self._head = head
        self._device = device

    @property
    def origin(self) -> str:
        """The model's name as the origin of its predictions."""
        return f"huggingface:{self.path.name}"

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the folder's files that decide: weights, configuration, tokenizer."""
        digest = hashlib.sha256()
        for path in sorted(self.path.iterdir()):
            if path.suffix in {".json", ".safetensors", ".txt", ".model"}:
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
        return digest.hexdigest()

    @cached_property
    def labels(self) -> list[str]:
        """The names of the model's labels, by number."""
        config = self._loaded.model.config
        return [str(config.id2label[n]) for n in range(config.num_labels)]

    def windows(self, passages: Sequence[Passage]) -> Iterator[Window]:
        """The passages' windows, in order; none of a passage without words."""
        tokenizer, model, _ = self._loaded
        longest = int(getattr(model.config, "max_position_embeddings", MAX_WINDOW_PIECES))
        longest = min(MAX_WINDOW_PIECES, longest, int(tokenizer.model_max_length))
        for number, passage in enumerate(passages):
            if not len(passage):
                continue
            places = _places(passage)
            # The tokenizers of layout models want the boxes, and know that words are split.
            boxed = "boxes" in inspect.signature(tokenizer.__call__).parameters
            encoded = tokenizer(
                list(passage.texts),
                **({"boxes": places} if boxed else {"is_split_into_words": True}),
                truncation=True,
                max_length=longest,
                stride=min(WINDOW_OVERLAP, longest // 4),
                return_overflowing_tokens=True,
            )
            for at, pieces in enumerate(encoded["input_ids"]):
                words = tuple(encoded.word_ids(at))
                yield Window(
                    number, tuple(pieces), words, tuple(self._boxes(pieces, words, places))
                )

    def _boxes(
        self,
        pieces: Sequence[int],
        words: Sequence[int | None],
        places: Sequence[Sequence[int]],
    ) -> Iterator[tuple[int, ...]]:
        tokenizer = self._loaded.tokenizer
        for piece, word in zip(pieces, words, strict=True):
            if word is not None:
                yield tuple(places[word])
            elif piece == tokenizer.sep_token_id:
                yield tuple(getattr(tokenizer, "sep_token_box", _SEP))
            else:
                yield _NOWHERE

    def logits(self, windows: Sequence[Window]) -> list["torch.Tensor"]:
        """Logits of each window, in their order: (T, L) of its pieces, or (L,) of all of it."""
        import torch

        place = self._loaded.place
        results: dict[int, torch.Tensor] = {}
        for batch in length_sorted_batches([window.pieces for window in windows], _most(place)):
            given = self._padded([windows[n] for n in batch])
            with torch.inference_mode():
                made = self._loaded.model(**given).logits.float().cpu()
            results.update(zip(batch, made, strict=True))
        return [results[n] for n in range(len(windows))]

    def _padded(self, batch: Sequence[Window]) -> dict[str, "torch.Tensor"]:
        """Tensors of one length; boxes only for a model that takes them."""
        import torch

        tokenizer, model, place = self._loaded
        longest = max(len(window.pieces) for window in batch)
        given = {
            "input_ids": [_filled(w.pieces, tokenizer.pad_token_id or 0, longest) for w in batch],
            "attention_mask": [_filled((1,) * len(w.pieces), 0, longest) for w in batch],
        }
        tensors = {name: torch.tensor(rows) for name, rows in given.items()}
        if "bbox" in inspect.signature(model.forward).parameters:
            tensors["bbox"] = torch.tensor([_filled(w.boxes, _NOWHERE, longest) for w in batch])
        return {name: tensor.to(place) for name, tensor in tensors.items()}

    @cached_property
    def _loaded(self) -> _Loaded:
        import transformers

        transformers.utils.logging.disable_progress_bar()
        try:
            tokenizer = transformers.AutoTokenizer.from_pretrained(
                self.path, local_files_only=True, add_prefix_space=True
            )
            model = getattr(transformers, f"AutoModelFor{self._head}").from_pretrained(
                self.path, local_files_only=True, use_safetensors=True
            )
        except (OSError, ValueError, KeyError) as error:
            raise ConfigError(f"cannot load the model in {self.path}: {error}") from error
        if not tokenizer.is_fast:
            raise ConfigError(f"the model in {self.path} has no fast tokenizer (tokenizer.json)")
        place = torch_device(self._device)
        return _Loaded(tokenizer, model.eval().to(place), place)


def _places(passage: Passage) -> list[list[int]]:
    """Each word's box in whole thousandths of the page; all at its origin without layout."""
    boxes = passage.boxes if passage.boxes is not None else np.zeros((len(passage), 4))
    made: list[list[int]] = boxes.round().astype(int).clip(0, 1000).tolist()
    return made


def _filled(row: Sequence[Any], padding: Any, length: int) -> list[Any]:
    return [*row, *([padding] * (length - len(row)))]


def _most(place: "torch.device") -> int:
    return MAX_GPU_BATCH_PIECES if place.type != "cpu" else 1


def length_sorted_batches(windows: Sequence[Sequence[int]], pieces: int) -> Iterator[list[int]]:
    """Batches of windows of similar length, as lists of their indices.

    A batch has at least one window and at most `pieces` pieces with its padding.
    """
    batch: list[int] = []
    for n in sorted(range(len(windows)), key=lambda n: len(windows[n])):
        if batch and (len(batch) + 1) * len(windows[n]) > pieces:
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch
