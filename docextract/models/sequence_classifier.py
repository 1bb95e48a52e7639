"""Text classifier of any length from a Hugging Face sequence-classification model."""

from collections.abc import Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path

from docextract.models.bi_encoder.passage import Passage
from docextract.models.huggingface import HuggingFaceModel

#: Windows of one text that are classified; a longer text is classified by its beginning.
MAX_WINDOWS = 8


class SequenceClassifier:
    """Classifies passages. Loads its weights at the first call."""

    def __init__(self, path: Path, *, device: str = "auto") -> None:
        self.model = HuggingFaceModel(path, "SequenceClassification", device=device)

    def classify(self, passages: Sequence[Passage]) -> list[Mapping[str, float]]:
        """Label -> probability for each passage: the mean over its windows, summing to 1.

        Nothing for a passage without words.
        """
        import torch

        by_passage = groupby(self.model.windows(passages), key=lambda window: window.passage)
        windows = [one for _, group in by_passage for one in islice(group, MAX_WINDOWS)]
        shares: dict[int, list[torch.Tensor]] = {}
        for window, logits in zip(windows, self.model.logits(windows), strict=True):
            shares.setdefault(window.passage, []).append(logits.softmax(-1))
        means = {n: torch.stack(parts).mean(0).tolist() for n, parts in shares.items()}
        labels = self.model.labels
        return [
            dict(zip(labels, means[n], strict=True)) if n in means else {}
            for n in range(len(passages))
        ]
