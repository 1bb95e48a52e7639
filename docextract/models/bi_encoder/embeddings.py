"""Input embeddings of the bi-encoder: word pieces, positions, boxes and layout codes, summed.

The sum of text and box embeddings is LayoutLM's (Xu et al., KDD 2020), with the boxes as sines
instead of tables (Vaswani et al., NeurIPS 2017), since a table needs millions of pages to learn
that neighbouring numbers are neighbours.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from docextract.models.bi_encoder.config import BiEncoderConfig
from docextract.models.bi_encoder.featurisation import (
    GAP_CODES,
    LINE_GAP_CODES,
    LINE_POSITIONS,
    WORD_SHAPES,
)

#: Wavelengths of the sines of a coordinate, in thousandths of the page: from twice the page down
#: to about the height of a line.
WAVELENGTHS = tuple(2000.0 / 2**n for n in range(8))


@dataclass(frozen=True, eq=False)
class Batch:
    """Windows padded to one length T.

    Attributes:
        ids: (B, T) vocabulary numbers.
        codes: (B, T, 5) see `featurisation.Window`.
        boxes: (B, T, 4) in thousandths of the page.
        layout: (B,) 1.0 where the boxes mean anything, else 0.0.
        mask: (B, T) True for pieces, False for padding.
    """

    ids: Tensor
    codes: Tensor
    boxes: Tensor
    layout: Tensor
    mask: Tensor


class LayoutEmbeddings(nn.Module):
    """Word piece + position + box + codes, summed and normalised."""

    def __init__(self, config: BiEncoderConfig) -> None:
        super().__init__()
        size = config.hidden_size
        self.words = nn.Embedding(config.vocab_size, size, padding_idx=config.pad_token_id)
        self.positions = nn.Embedding(config.max_position_embeddings, size)
        self.shapes = nn.Embedding(len(WORD_SHAPES), size)
        self.places = nn.Embedding(len(LINE_POSITIONS), size)
        self.before = nn.Embedding(GAP_CODES, size)
        self.after = nn.Embedding(GAP_CODES, size)
        self.rises = nn.Embedding(LINE_GAP_CODES, size)
        self.box = nn.Linear(6 * 2 * len(WAVELENGTHS), size)
        self.norm = nn.LayerNorm(size, eps=config.layer_norm_eps)
        self.dropout = nn.Dropout(config.hidden_dropout_prob)

    def init_as_pretrained(self) -> None:
        """Let nothing but words and positions count, as they did in the encoder's pretraining.

        Random numbers of the usual size for boxes would drown the words.
        """
        for table in (self.shapes, self.places, self.before, self.after, self.rises):
            nn.init.zeros_(table.weight)
        nn.init.zeros_(self.box.weight)

    def forward(self, batch: Batch) -> Tensor:
        """(B, T, H) states that go into the first layer."""
        places = torch.arange(batch.ids.shape[1], device=batch.ids.device)
        shape, place, before, after, rise = batch.codes.unbind(-1)
        text = self.words(batch.ids) + self.positions(places)
        codes = self.shapes(shape) + self.places(place)
        codes = codes + self.before(before) + self.after(after) + self.rises(rise)
        box = (
            self.box(sinusoidal_features(batch.boxes).to(text.dtype)) * batch.layout[:, None, None]
        )
        states: Tensor = self.dropout(self.norm(text + codes + box.to(text.dtype)))
        return states


def sinusoidal_features(boxes: Tensor) -> Tensor:
    """(..., 4) boxes -> (..., 96) sines and cosines of x0, y0, x1, y1, width and height."""
    x0, y0, x1, y1 = boxes.float().unbind(-1)
    six = torch.stack((x0, y0, x1, y1, x1 - x0, y1 - y0), -1)
    rates = 2 * math.pi / torch.tensor(WAVELENGTHS, device=boxes.device)
    angles = (six[..., None] * rates).flatten(-2)
    return torch.cat((angles.sin(), angles.cos()), -1)
