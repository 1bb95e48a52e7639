"""The pretrained sentence encoder: text -> token states and window vectors.

Source: Reimers & Gurevych, "Sentence-BERT", EMNLP 2019; the model is all-MiniLM-L6-v2
(6 layers, width 384), whose sentence vector is the mean of its token states.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from docextract.models.device import device
from docextract.models.huggingface import batches

#: Tokens a window has, of 512 that the model takes: sentence vectors were trained on up to 128
#: word pieces, and longer windows blur what a page is about.
WINDOW = 256
#: Tokens that neighbouring windows share.
OVERLAP = 32
#: Tokens in one forward pass on a GPU. On a CPU a window goes alone: no slower there, and the
#: result does not depend on what else is in the batch, to the last bit.
GPU_TOKENS = 32_768


@dataclass(frozen=True)
class Window:
    """A stretch of text as the encoder sees it.

    Attributes:
        offsets: (T, 2) start and end of each token in the text, in code points.
        states: (T, 384) float32 token states; their mean is the window's vector.
    """

    offsets: npt.NDArray[np.int64]
    states: npt.NDArray[np.float32]

    @property
    def vector(self) -> npt.NDArray[np.float32]:
        """(384,) of length 1; zeros for a window without a token."""
        return unit(self.states.mean(axis=0))


class SentenceEncoder:
    """Loads its weights at the first call; one object a process and device is enough."""

    def __init__(self, folder: Path, *, device: str = "auto") -> None:
        self.folder = folder
        self._device_name = device

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the weights file."""
        with (self.folder / "model.safetensors").open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def windows(self, texts: Sequence[str], *, most: int) -> list[list[Window]]:
        """Each text's windows, overlapping, in order: at most `most`, the last one kept.

        A text of more windows is seen at its beginning and at its very end, where what a
        document is shows best.
        """
        cut = [self._cut(text, most) for text in texts]
        states = iter(self._run([ids for pieces in cut for ids, _ in pieces]))
        return [[Window(offsets, next(states)) for _, offsets in pieces] for pieces in cut]

    def sentences(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """(N, 384) vectors of length 1, one a sentence; what exceeds a window is not seen."""
        found = self.windows(texts, most=1)
        return np.stack([windows[0].vector for windows in found])

    def _cut(self, text: str, most: int) -> list[tuple[list[int], npt.NDArray[np.int64]]]:
        encoded = self._tokenizer(
            text,
            truncation=True,
            max_length=WINDOW,
            stride=OVERLAP,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
        )
        pieces = [
            (ids, np.asarray(offsets, dtype=np.int64))
            for ids, offsets in zip(encoded["input_ids"], encoded["offset_mapping"], strict=True)
        ]
        return (
            pieces if len(pieces) <= most else pieces[: max(1, most - 1)] + pieces[-1:][: most - 1]
        )

    def _run(self, windows: Sequence[list[int]]) -> list[npt.NDArray[np.float32]]:
        import torch

        model, place = self._model
        done: list[npt.NDArray[np.float32]] = [np.empty(0, np.float32)] * len(windows)
        with torch.inference_mode():
            for batch in batches(windows, GPU_TOKENS if place.type != "cpu" else 1):
                longest = max(len(windows[n]) for n in batch)
                ids = torch.zeros(len(batch), longest, dtype=torch.long)
                mask = torch.zeros(len(batch), longest, dtype=torch.long)
                for row, n in enumerate(batch):
                    ids[row, : len(windows[n])] = torch.tensor(windows[n])
                    mask[row, : len(windows[n])] = 1
                output = model(input_ids=ids.to(place), attention_mask=mask.to(place))
                states = output.last_hidden_state.float().cpu().numpy()
                for row, n in enumerate(batch):
                    done[n] = states[row, : len(windows[n])]
        return done

    @cached_property
    def _tokenizer(self) -> Any:
        from transformers import AutoTokenizer

        return AutoTokenizer.from_pretrained(self.folder, local_files_only=True)

    @cached_property
    def _model(self) -> tuple[Any, Any]:
        import torch
        from transformers import AutoModel
        from transformers.utils import logging

        logging.disable_progress_bar()
        place = device(self._device_name)
        dtype = torch.float32 if place.type == "cpu" else torch.float16
        model = AutoModel.from_pretrained(self.folder, local_files_only=True, dtype=dtype)
        return model.eval().to(place), place


def unit(vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The vector of length 1 in this direction; zeros stay zeros."""
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
