"""The bi-encoder's network: one encoder for pages and label sentences, and its scoring heads.

Labels as sentences in a bi-encoder are GLiNER's (Zaratiana et al., NAACL 2024); training starts
from all-MiniLM-L6-v2 (Wang et al., NeurIPS 2020; Reimers and Gurevych, EMNLP 2019).
"""

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.models.bert.modeling_bert import BertEncoder

from docextract.models.bi_encoder.config import BiEncoderConfig
from docextract.models.bi_encoder.embeddings import Batch, LayoutEmbeddings
from docextract.models.bi_encoder.scorers import KindScorer, LabelScorer

#: Codes of the length of a span, the last for all longer ones.
LENGTHS = (1, 2, 3, 4, 6, 9, 13, 20, 40)


class ProjectedLabels(NamedTuple):
    """L labels projected for the heads of starts, insides, ends and spans, (L, M) each."""

    starts: Tensor
    insides: Tensor
    ends: Tensor
    spans: Tensor


class BiEncoder(PreTrainedModel):  # type: ignore[misc]
    """Reads windows of a page; scores words, spans and kinds against label sentences."""

    config_class = BiEncoderConfig
    base_model_prefix = "layout"
    _supports_sdpa = True

    def __init__(self, config: BiEncoderConfig) -> None:
        super().__init__(config)
        hidden, size = config.hidden_size, config.match_size
        self.embeddings = LayoutEmbeddings(config)
        self.encoder = BertEncoder(config)
        # No span starts, ends or goes on at most words: the biases say so from the beginning.
        self.start = LabelScorer(hidden, hidden, size, bias=-6.0)
        self.inside = LabelScorer(hidden, hidden, size, bias=-5.0)
        self.end = LabelScorer(hidden, hidden, size, bias=-6.0)
        self.span = LabelScorer(3 * hidden, hidden, size, bias=0.0)
        self.lengths = nn.Embedding(len(LENGTHS) + 1, 3 * hidden)
        self.kind = KindScorer(hidden)
        self.unknown = nn.Linear(hidden, 1)
        self.post_init()
        self.embeddings.init_as_pretrained()
        self.kind.init_as_pretrained()
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

    def centre_labels(self, labels: Tensor) -> None:
        """Centre label vectors: subtract the mean of these, (L, H), from now on."""
        for match in (self.start, self.inside, self.end, self.span):
            match.middle.copy_(labels.mean(0))

    def forward(self, batch: Batch) -> Tensor:
        """(B, T, H) states of the word pieces."""
        mask = None if bool(batch.mask.all()) else batch.mask[:, None, None, :]
        states: Tensor = self.encoder(self.embeddings(batch), attention_mask=mask)[0]
        return states

    def label_vectors(self, batch: Batch) -> Tensor:
        """(L, H) the mean of each label sentence's states."""
        return masked_mean(self(batch), batch.mask)

    def span_features(self, heads: Tensor, tails: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Input of the span head for words [first, last): its ends, its mean and its length.

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

        `base` are the logits from starts, insides and ends, which the span head corrects.
        """
        return self.span_scores(self.span.words(features), base, self.span.project(labels))

    def span_scores(self, spans: Tensor, base: Tensor, labels: Tensor) -> Tensor:
        """The same for (N, M) spans and as many labels, both projected."""
        product = (spans * labels).sum(-1) / math.sqrt(spans.shape[-1])
        logits: Tensor = product + self.span.bias + base
        return logits

    def project(self, labels: Tensor) -> ProjectedLabels:
        """(L, H) label vectors projected for the heads that compare words and spans with them."""
        return ProjectedLabels(
            *(m.project(labels) for m in (self.start, self.inside, self.end, self.span))
        )

    def kind_parts(self, states: Tensor, kinds: Tensor) -> Tensor:
        """(T, K + 1) each piece's part in the logits of K kinds and of "unknown", the last one.

        The logits of a window are the mean over its pieces.
        """
        return torch.cat((self.kind(states, kinds), self.unknown(states)), -1)


def span_base_logits(start: Tensor, inside: Tensor, end: Tensor) -> Tensor:
    """Logits of spans from the logits of their starts, mean insides and ends."""
    return (start + inside + end) / 3


def masked_mean(states: Tensor, mask: Tensor) -> Tensor:
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


def from_bert(weights: dict[str, Tensor], config: BiEncoderConfig) -> BiEncoder:
    """A model that starts from a BERT encoder's weights; what BERT does not have is new.

    The embedding of BERT's first token type, which every piece had, goes into the positions.
    """
    model = BiEncoder(config)
    named = {_BERT.get(name, name): value for name, value in weights.items()}
    named["embeddings.positions.weight"] = (
        named["embeddings.positions.weight"] + named["embeddings.token_type_embeddings.weight"][0]
    )
    known = model.state_dict()
    taken = {name: value for name, value in named.items() if name in known}
    model.load_state_dict({**known, **taken})
    return model
