"""Batching: windows of word pieces -> padded tensors on a device."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from docextract.models.bi_encoder.embeddings import Batch
from docextract.models.bi_encoder.featurisation import Window, cut_windows
from docextract.models.bi_encoder.passage import Passage


def collate(parts: Sequence[Window]) -> Batch:
    """B windows, padded to the longest."""
    longest = max(len(window.ids) for window in parts)
    ids = np.zeros((len(parts), longest), np.int64)
    codes = np.zeros((len(parts), longest, 5), np.int64)
    boxes = np.zeros((len(parts), longest, 4), np.float32)
    mask = np.zeros((len(parts), longest), bool)
    for row, window in enumerate(parts):
        size = len(window.ids)
        ids[row, :size], codes[row, :size] = window.ids, window.codes
        boxes[row, :size], mask[row, :size] = window.boxes, True
    layout = torch.tensor([float(window.layout) for window in parts])
    made = [torch.from_numpy(part) for part in (ids, codes, boxes, mask)]
    return Batch(made[0], made[1], made[2], layout, made[3])


def to_device(batch: Batch, place: torch.device) -> Batch:
    """The batch on a device."""
    return Batch(
        batch.ids.to(place),
        batch.codes.to(place),
        batch.boxes.to(place),
        batch.layout.to(place),
        batch.mask.to(place),
    )


def label_window(text: str, tokenizer: Any, *, most: int) -> Window:
    """A label sentence as a window, truncated to `most` word pieces."""
    return cut_windows(Passage.of_text(text), tokenizer, most=most)[0]
