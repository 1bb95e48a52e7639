"""The network: one encoder for pages and for label sentences, and heads that compare the two.

Sources: the sum of text and box embeddings is LayoutLM's (Xu et al., KDD 2020), with the boxes as
sines instead of tables (Vaswani et al., NeurIPS 2017), since a table needs millions of pages to
learn that neighbouring numbers are neighbours; labels as sentences in a bi-encoder are GLiNER's
(Zaratiana et al., NAACL 2024). The start is all-MiniLM-L6-v2 (Wang et al., NeurIPS 2020; Reimers
and Gurevych, EMNLP 2019).
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from transformers import PreTrainedConfig, PreTrainedModel
from transformers.models.bert.modeling_bert import BertEncoder

from docextract.models.bi_encoder.featurisation import GAP_CODES, PLACES, RISE_CODES, SHAPES

#: Wavelengths of the sines of a coordinate, in thousandths of the page: from twice the page down
#: to about the height of a line.
WAVELENGTHS = tuple(2000.0 / 2**n for n in range(8))
#: Codes of the length of a span, the last for all longer ones.
LENGTHS = (1, 2, 3, 4, 6, 9, 13, 20, 40)


class LayoutConfig(PreTrainedConfig):  # type: ignore[misc]  # the library has no types
    """Sizes of the network; names as in transformers' BERT."""

    model_type = "docextract_layout"

    def __init__(  # noqa: PLR0913  (in the manner of the library)
        self,
        *,
        vocab_size: int = 30522,
        hidden_size: int = 384,
        num_hidden_layers: int = 6,
        num_attention_heads: int = 12,
        intermediate_size: int = 1536,
        max_position_embeddings: int = 512,
        hidden_act: str = "gelu",
        hidden_dropout_prob: float = 0.1,
        attention_probs_dropout_prob: float = 0.0,
        layer_norm_eps: float = 1e-12,
        initializer_range: float = 0.02,
        match_size: int = 256,
        pad_token_id: int = 0,
        **others: Any,
    ) -> None:
        super().__init__(pad_token_id=pad_token_id, **others)
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.num_hidden_layers = num_hidden_layers
        self.num_attention_heads = num_attention_heads
        self.intermediate_size = intermediate_size
        self.max_position_embeddings = max_position_embeddings
        self.hidden_act = hidden_act
        self.hidden_dropout_prob = hidden_dropout_prob
        self.attention_probs_dropout_prob = attention_probs_dropout_prob
        self.layer_norm_eps = layer_norm_eps
        self.initializer_range = initializer_range
        self.match_size = match_size
        self.is_decoder = False
        self.add_cross_attention = False
        self.chunk_size_feed_forward = 0


@dataclass(frozen=True, eq=False)
class Batch:
    """Windows padded to one length T.

    Attributes:
        ids: (B, T) vocabulary numbers.
        codes: (B, T, 5) see `features.Window`.
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

    def __init__(self, config: LayoutConfig) -> None:
        super().__init__()
        size = config.hidden_size
        self.words = nn.Embedding(config.vocab_size, size, padding_idx=config.pad_token_id)
        self.positions = nn.Embedding(config.max_position_embeddings, size)
        self.shapes = nn.Embedding(len(SHAPES), size)
        self.places = nn.Embedding(len(PLACES), size)
        self.before = nn.Embedding(GAP_CODES, size)
        self.after = nn.Embedding(GAP_CODES, size)
        self.rises = nn.Embedding(RISE_CODES, size)
        self.box = nn.Linear(6 * 2 * len(WAVELENGTHS), size)
        self.norm = nn.LayerNorm(size, eps=config.layer_norm_eps)
        self.dropout = nn.Dropout(config.hidden_dropout_prob)

    def as_pretrained(self) -> None:
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
        told = self.shapes(shape) + self.places(place)
        told = told + self.before(before) + self.after(after) + self.rises(rise)
        box = self.box(waves(batch.boxes).to(text.dtype)) * batch.layout[:, None, None]
        states: Tensor = self.dropout(self.norm(text + told + box.to(text.dtype)))
        return states


def waves(boxes: Tensor) -> Tensor:
    """(..., 4) boxes -> (..., 96) sines and cosines of x0, y0, x1, y1, width and height."""
    x0, y0, x1, y1 = boxes.float().unbind(-1)
    six = torch.stack((x0, y0, x1, y1, x1 - x0, y1 - y0), -1)
    rates = 2 * math.pi / torch.tensor(WAVELENGTHS, device=boxes.device)
    angles = (six[..., None] * rates).flatten(-2)
    return torch.cat((angles.sin(), angles.cos()), -1)


class Match(nn.Module):
    """Scores words against labels: the product of their projections."""

    middle: Tensor

    def __init__(self, words: int, labels: int, size: int, *, bias: float) -> None:
        super().__init__()
        # States of the pretrained encoder are small: unscaled, products of two projections would
        # leave all words alike for hundreds of steps.
        self.words = nn.Sequential(
            nn.LayerNorm(words), nn.Linear(words, size), nn.GELU(), nn.Linear(size, size)
        )
        self.labels = nn.Sequential(nn.LayerNorm(labels), nn.Linear(labels, size))
        # What the sentences of all labels have in common, half of each, would be learnt first and
        # as a score for all of them; see `centre`.
        self.register_buffer("middle", torch.zeros(labels))
        self.bias = nn.Parameter(torch.tensor([bias]))

    def forward(self, words: Tensor, labels: Tensor) -> Tensor:
        """(..., H) states and (L, H) label vectors -> (..., L) logits."""
        return self.compare(self.words(words), self.project(labels))

    def compare(self, words: Tensor, labels: Tensor) -> Tensor:
        """(..., M) and (L, M), both projected -> (..., L) logits."""
        made: Tensor = words @ labels.T / math.sqrt(labels.shape[-1])
        return made + self.bias

    def project(self, labels: Tensor) -> Tensor:
        """(L, H) label vectors -> (L, M), what words are multiplied with."""
        projected: Tensor = self.labels(labels - self.middle)
        return projected


class KindMatch(nn.Module):
    """Scores a text against kinds: the cosine of their vectors, in logits.

    It starts as what the pretrained sentence encoder knows of their likeness, which tells most
    kinds apart before anything is learnt.
    """

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.words = nn.Linear(hidden, hidden, bias=False)
        self.labels = nn.Linear(hidden, hidden, bias=False)
        self.scale = nn.Parameter(torch.tensor([math.log(20.0)]))
        #: The cosine at which a kind is as likely as none.
        self.least = nn.Parameter(torch.tensor([0.35]))

    def as_pretrained(self) -> None:
        """Compare the encoder's vectors as they are."""
        nn.init.eye_(self.words.weight)
        nn.init.eye_(self.labels.weight)

    def forward(self, states: Tensor, kinds: Tensor) -> Tensor:
        """(T, H) states of pieces and (K, H) vectors -> (T, K), whose mean are the logits.

        The cosine is linear in the pieces once the length of their sum is known.
        """
        words = self.words(states)
        length = words.mean(-2).norm().clamp(min=1e-6)
        cosines = words @ nn.functional.normalize(self.labels(kinds), dim=-1).T / length
        logits: Tensor = self.scale.exp() * (cosines - self.least)
        return logits


class Labels(NamedTuple):
    """L labels as the heads for starts, insides, ends and spans see them, (L, M) each."""

    starts: Tensor
    insides: Tensor
    ends: Tensor
    spans: Tensor


class LayoutModel(PreTrainedModel):  # type: ignore[misc]
    """Reads windows of a page; scores words, spans and kinds against label sentences."""

    config_class = LayoutConfig
    base_model_prefix = "layout"
    _supports_sdpa = True

    def __init__(self, config: LayoutConfig) -> None:
        super().__init__(config)
        hidden, size = config.hidden_size, config.match_size
        self.embeddings = LayoutEmbeddings(config)
        self.encoder = BertEncoder(config)
        # No span starts, ends or goes on at most words: the biases say so from the beginning.
        self.start = Match(hidden, hidden, size, bias=-6.0)
        self.inside = Match(hidden, hidden, size, bias=-5.0)
        self.end = Match(hidden, hidden, size, bias=-6.0)
        self.span = Match(3 * hidden, hidden, size, bias=0.0)
        self.lengths = nn.Embedding(len(LENGTHS) + 1, 3 * hidden)
        self.kind = KindMatch(hidden)
        self.unknown = nn.Linear(hidden, 1)
        self.post_init()
        self.embeddings.as_pretrained()
        self.kind.as_pretrained()
        for match in (self.start, self.inside, self.end, self.span):
            for layer in match.modules():
                if isinstance(layer, nn.Linear):
                    nn.init.xavier_uniform_(layer.weight)

    def _init_weights(self, module: nn.Module) -> None:
        spread = self.config.initializer_range
        if isinstance(module, nn.Linear | nn.Embedding):
            nn.init.normal_(module.weight, std=spread)
        if isinstance(module, nn.Linear) and module.bias is not None:
            nn.init.zeros_(module.bias)
        if isinstance(module, nn.LayerNorm):
            nn.init.ones_(module.weight)
            nn.init.zeros_(module.bias)

    def centre(self, labels: Tensor) -> None:
        """Measure label vectors from the middle of these, (L, H)."""
        for match in (self.start, self.inside, self.end, self.span):
            match.middle.copy_(labels.mean(0))

    def forward(self, batch: Batch) -> Tensor:
        """(B, T, H) states of the word pieces."""
        mask = None if bool(batch.mask.all()) else batch.mask[:, None, None, :]
        states: Tensor = self.encoder(self.embeddings(batch), attention_mask=mask)[0]
        return states

    def label_vectors(self, batch: Batch) -> Tensor:
        """(L, H) the mean of each label sentence's states."""
        return mean(self(batch), batch.mask)

    def span_features(self, heads: Tensor, tails: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """What the span scorer sees of words [first, last): its ends, its mean and its length.

        `heads` and `tails` are (W, H) states of each word's first and last piece, `first` and
        `last` the (N,) bounds of the spans; the result is (N, 3 H).
        """
        sums = torch.cat((heads.new_zeros(1, heads.shape[1]), heads.cumsum(0)))
        count = last - first
        inner = (sums[last] - sums[first]) / count[:, None]
        bounds = torch.tensor(LENGTHS, device=heads.device)
        length: Tensor = self.lengths(torch.bucketize(count, bounds))
        return torch.cat((heads[first], tails[last - 1], inner), -1) + length

    def span_logits(self, features: Tensor, base: Tensor, labels: Tensor) -> Tensor:
        """(N,) logits of N spans, each against its own row of (N, H) label vectors.

        `base` is what the starts, insides and ends say of the span; the scorer corrects it.
        """
        return self.span_scores(self.span.words(features), base, self.span.project(labels))

    def span_scores(self, spans: Tensor, base: Tensor, labels: Tensor) -> Tensor:
        """The same for (N, M) spans and as many labels, both projected."""
        product = (spans * labels).sum(-1) / math.sqrt(spans.shape[-1])
        logits: Tensor = product + self.span.bias + base
        return logits

    def project(self, labels: Tensor) -> Labels:
        """(L, H) label vectors as the heads compare words and spans with them."""
        return Labels(*(m.project(labels) for m in (self.start, self.inside, self.end, self.span)))

    def kind_parts(self, states: Tensor, kinds: Tensor) -> Tensor:
        """(T, K + 1) each piece's part in the logits of K kinds and of "unknown", the last one.

        The logits of a window are the mean over its pieces.
        """
        return torch.cat((self.kind(states, kinds), self.unknown(states)), -1)


def base_logits(start: Tensor, inside: Tensor, end: Tensor) -> Tensor:
    """What start, mean inside and end logits together say of a span."""
    return (start + inside + end) / 3


def mean(states: Tensor, mask: Tensor) -> Tensor:
    """(B, T, H) states -> (B, H), the mean where the (B, T) mask is True."""
    weights = mask.to(states.dtype)[..., None]
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)


#: Names in a BERT checkpoint -> names here.
_BERT = {
    "embeddings.word_embeddings.weight": "embeddings.words.weight",
    "embeddings.position_embeddings.weight": "embeddings.positions.weight",
    "embeddings.LayerNorm.weight": "embeddings.norm.weight",
    "embeddings.LayerNorm.bias": "embeddings.norm.bias",
}


def from_bert(weights: dict[str, Tensor], config: LayoutConfig) -> LayoutModel:
    """A model that starts from a BERT encoder's weights; what BERT does not have is new.

    The embedding of BERT's first token type, which every piece had, goes into the positions.
    """
    model = LayoutModel(config)
    named = {_BERT.get(name, name): value for name, value in weights.items()}
    named["embeddings.positions.weight"] = (
        named["embeddings.positions.weight"] + named["embeddings.token_type_embeddings.weight"][0]
    )
    known = model.state_dict()
    taken = {name: value for name, value in named.items() if name in known}
    model.load_state_dict({**known, **taken})
    return model
