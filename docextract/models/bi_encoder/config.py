"""Configuration of the bi-encoder's network: its sizes, as transformers saves them."""

from typing import Any

from transformers import PreTrainedConfig


class BiEncoderConfig(PreTrainedConfig):  # type: ignore[misc]  # the library has no types
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
