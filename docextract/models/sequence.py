"""A Hugging Face sequence-classification folder as a classifier of texts of any length."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from docextract.errors import ConfigError
from docextract.models.device import device
from docextract.models.encoder import batches

#: Windows of one text in all; a longer text is judged by its beginning.
MOST_WINDOWS = 8


class SequenceClassifier:
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

    def classify(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        """Label -> probability for each text: the mean over its windows, summing to 1."""
        import torch

        tokenizer, model, place = self._loaded
        longest = min(512, int(getattr(model.config, "max_position_embeddings", 512)))
        windows: list[list[int]] = []
        owner: list[int] = []
        for n, text in enumerate(texts):
            encoded = tokenizer(
                text,
                truncation=True,
                max_length=longest,
                stride=longest // 8,
                return_overflowing_tokens=True,
            )
            cut = encoded["input_ids"][:MOST_WINDOWS]
            windows += cut
            owner += [n] * len(cut)
        names = [str(model.config.id2label[n]) for n in range(model.config.num_labels)]
        sums = torch.zeros(len(texts), len(names))
        with torch.inference_mode():
            for batch in batches(windows, 16_384 if place.type != "cpu" else 1):
                padded = tokenizer.pad(
                    {"input_ids": [windows[n] for n in batch]}, return_tensors="pt"
                )
                logits = model(**padded.to(place)).logits.float().cpu()
                for row, n in enumerate(batch):
                    sums[owner[n]] += logits[row].softmax(-1)
        shares = sums / sums.sum(-1, keepdim=True).clamp_min(1e-9)
        return [dict(zip(names, row.tolist(), strict=True)) for row in shares]

    @cached_property
    def _loaded(self) -> tuple[Any, Any, Any]:
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()
        try:
            tokenizer = AutoTokenizer.from_pretrained(self.folder, local_files_only=True)
            model = AutoModelForSequenceClassification.from_pretrained(
                self.folder, local_files_only=True, use_safetensors=True
            )
        except (OSError, ValueError, KeyError) as error:
            raise ConfigError(f"cannot load the model in {self.folder}: {error}") from error
        place = device(self._device_name)
        return tokenizer, model.eval().to(place), place
