"""A layout model of a few thousand random weights, for tests of what is around it."""

from pathlib import Path

import torch

from docextract.models.layout.model import LayoutConfig, LayoutModel

#: Words that the tests' documents are made of, and signs that all others are spelt with.
WORDS = [
    "total",
    "date",
    "shop",
    "thanks",
    "paid",
    "eur",
    "milk",
    "bread",
    "tea",
    "invoice",
    "number",
    "amount",
]
SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789.,:/-&()"


def make(folder: Path, *, seed: int = 0) -> Path:
    """Write a model folder: configuration, tokenizer, weights."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS, *SIGNS, *(f"##{sign}" for sign in SIGNS)]
    tokenizer = Tokenizer(
        models.WordPiece({word: number for number, word in enumerate(known)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    torch.manual_seed(seed)
    config = LayoutConfig(
        vocab_size=len(known),
        hidden_size=48,
        num_hidden_layers=1,
        num_attention_heads=4,
        intermediate_size=96,
        max_position_embeddings=128,
        hidden_dropout_prob=0.0,
        match_size=32,
    )
    LayoutModel(config).save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(folder)
    return folder
