"""A Hugging Face sequence-classification folder as a classifier of texts of any length."""

from collections.abc import Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path

from docextract.models.bi_encoder.passage import Passage
from docextract.models.huggingface import Folder

#: Windows of one text in all; a longer text is judged by its beginning.
MOST_WINDOWS = 8


class SequenceClassifier:
    """Loads its weights at the first call."""

    def __init__(self, path: Path, *, device: str = "auto") -> None:
        self.folder = Folder(path, "SequenceClassification", device=device)

    def classify(self, passages: Sequence[Passage]) -> list[Mapping[str, float]]:
        """Label -> probability for each passage: the mean over its windows, summing to 1.

        Nothing for a passage without words.
        """
        import torch

        by_passage = groupby(self.folder.windows(passages), key=lambda window: window.passage)
        windows = [one for _, group in by_passage for one in islice(group, MOST_WINDOWS)]
        shares: dict[int, list[torch.Tensor]] = {}
        for window, logits in zip(windows, self.folder.logits(windows), strict=True):
            shares.setdefault(window.passage, []).append(logits.softmax(-1))
        means = {n: torch.stack(told).mean(0).tolist() for n, told in shares.items()}
        labels = self.folder.labels
        return [
            dict(zip(labels, means[n], strict=True)) if n in means else {}
            for n in range(len(passages))
        ]
