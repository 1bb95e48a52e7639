"""A Hugging Face token-classification folder as a tagger of words, in texts of any length."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from docextract.errors import ConfigError
from docextract.models.device import device

#: Pieces that two neighbouring windows share: enough for a sentence of context on either side.
STRIDE = 128

#: Windows that run together. More would fill a small GPU's memory at 512 pieces each.
BATCH = 16


class Tagged(NamedTuple):
    """Words [first, last) of one text, their label, and its mean probability over them."""

    first: int
    last: int
    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Window:
    """One stretch of a text as the model reads it: `words[n]` is piece n's word, or None."""

    text: int
    pieces: tuple[int, ...]
    words: tuple[int | None, ...]


class TokenClassifier:
    """Loads its weights at the first call. Never looks anything up on the network."""

    def __init__(self, folder: Path, *, device: str = "auto") -> None:
        if not (folder / "config.json").is_file():
            raise ConfigError(f"no model in {folder}: it has no config.json")
        self.folder = folder
        self._device_name = device

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the folder's files that decide: weights, configuration, tokenizer."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.iterdir()):
            if path.suffix in {".json", ".safetensors", ".txt", ".model"}:
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
        return digest.hexdigest()

    def tag(self, texts: Sequence[Sequence[str]]) -> list[list[Tagged]]:
        """The entities of each text, which is a sequence of words.

        A long text is read in overlapping windows; each word takes its label from the window in
        which it stands farthest from a cut. A word's label is that of its first piece.
        """
        tokenizer, model, _ = self._loaded
        longest = min(512, int(getattr(model.config, "max_position_embeddings", 512)))
        cut = [
            window
            for number, words in enumerate(texts)
            if words
            for window in _windows(tokenizer, number, words, longest)
        ]
        # Windows of like length together, so that little is padded.
        cut.sort(key=lambda window: len(window.pieces))
        best: list[dict[int, tuple[int, int, float]]] = [{} for _ in texts]
        for start in range(0, len(cut), BATCH):
            batch = cut[start : start + BATCH]
            for window, (labels, shares) in zip(batch, self._run(batch), strict=True):
                _merge(best[window.text], window, labels, shares)
        names = {int(number): str(name) for number, name in model.config.id2label.items()}
        return [
            list(entities([(names.get(label, "O"), share) for _, label, share in _in_order(words)]))
            for words in best
        ]

    def _run(self, batch: Sequence[_Window]) -> list[tuple[list[int], list[float]]]:
        """For each window, the label and its probability of each piece."""
        import torch

        tokenizer, model, place = self._loaded
        padded = tokenizer.pad(
            {"input_ids": [list(window.pieces) for window in batch]}, return_tensors="pt"
        )
        with torch.inference_mode():
            shares = model(**padded.to(place)).logits.float().softmax(-1).cpu()
        top = shares.max(-1)
        return list(zip(top.indices.tolist(), top.values.tolist(), strict=True))

    @cached_property
    def _loaded(self) -> tuple[Any, Any, Any]:
        from transformers import AutoModelForTokenClassification, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()
        try:
            tokenizer = AutoTokenizer.from_pretrained(
                self.folder, local_files_only=True, add_prefix_space=True
            )
            model = AutoModelForTokenClassification.from_pretrained(
                self.folder, local_files_only=True, use_safetensors=True
            )
        except (OSError, ValueError, KeyError) as error:
            raise ConfigError(f"cannot load the model in {self.folder}: {error}") from error
        if not tokenizer.is_fast:
            raise ConfigError(f"the model in {self.folder} has no fast tokenizer (tokenizer.json)")
        place = device(self._device_name)
        return tokenizer, model.eval().to(place), place


def _windows(tokenizer: Any, number: int, words: Sequence[str], longest: int) -> Iterator[_Window]:
    encoded = tokenizer(
        list(words),
        is_split_into_words=True,
        truncation=True,
        max_length=longest,
        stride=min(STRIDE, longest // 4),
        return_overflowing_tokens=True,
    )
    for at, pieces in enumerate(encoded["input_ids"]):
        yield _Window(number, tuple(pieces), tuple(encoded.word_ids(at)))


def _merge(
    best: dict[int, tuple[int, int, float]],
    window: _Window,
    labels: Sequence[int],
    shares: Sequence[float],
) -> None:
    """Keep each word's (distance from the nearest cut, label, probability) of its best window."""
    before = None
    for at, word in enumerate(window.words):
        if word is not None and word != before:
            distance = min(at, len(window.words) - at)
            if word not in best or distance > best[word][0]:
                best[word] = (distance, labels[at], shares[at])
        before = word


def _in_order(best: dict[int, tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """One entry a word. A word that the tokenizer drops (a lone control character) has none."""
    last = max(best, default=-1)
    return [best.get(word, (0, -1, 0.0)) for word in range(last + 1)]


def entities(labels: Sequence[tuple[str, float]]) -> Iterator[Tagged]:
    """Words' labels in BIO, BILOU or plain form, with probabilities -> stretches of words."""
    first, label, shares = 0, "", list[float]()
    for at, (printed, share) in enumerate((*labels, ("O", 0.0))):
        mark, _, name = printed.rpartition("-")
        begins = mark in ("B", "U", "S") or name != label
        if label and (begins or name == "O"):
            yield Tagged(first, at, label, sum(shares) / len(shares))
            label = ""
        if name != "O" and not label:
            first, label, shares = at, name, []
        if label:
            shares.append(share)
