"""What tests share: a maker of small documents, and guards for what a machine may lack."""

import shutil
import string
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from docextract.document import Box, Document, Page, Word
from docextract.resolution.scoring.scorer import Scorer

# A busy machine must not turn a slow example into a failure.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

Make = Callable[..., Document]


def page_of(*lines: str, number: int = 1) -> Page:
    """An A4 page with a line per argument: 6 points a letter, two blanks start a new column.

    Lines are 14 points apart and 10 high; "Total    12.50" leaves a gap of 24 points.
    """
    made = []
    for row, text in enumerate(lines):
        words, at = [], 0
        for token in text.split(" "):
            if token:
                box = Box(50 + 6 * at, 50 + 14 * row, 50 + 6 * (at + len(token)), 60 + 14 * row)
                words.append(Word(token, box))
            at += len(token) + 1
        made.append(tuple(words))
    return Page(number, 595, 842, tuple(line for line in made if line))


@pytest.fixture
def doc() -> Make:
    """`doc("Total 12.50", "Thanks")`: a document of one page; lists of lines make pages."""

    def make(*lines: str | list[str], name: str = "made.pdf") -> Document:
        pages = [lines] if all(isinstance(line, str) for line in lines) else lines
        made = tuple(page_of(*page, number=n) for n, page in enumerate(pages, 1))
        return Document(name, sha256="0" * 64, media_type="application/pdf", pages=made)

    return make


@pytest.fixture(scope="module")
def independent_scorer() -> Iterator[Scorer]:
    """Every stage has the scorer that learnt nothing: each source's log odds count in full."""
    made = Scorer(kinds=frozenset({"bill", "slip"}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Scorer, "load", lambda folder: made)
        yield made


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small bi-encoder with random weights: every part works, nothing is learnt.

    Its vocabulary is signs, so that any word has pieces; its heads are loud, so that there are
    spans of any score.
    """
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    from docextract.models.bi_encoder.config import BiEncoderConfig
    from docextract.models.bi_encoder.network import BiEncoder

    signs = string.ascii_lowercase + string.digits + string.punctuation
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *signs, *(f"##{sign}" for sign in signs)]
    made = Tokenizer(models.WordPiece({name: n for n, name in enumerate(names)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=made,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    )
    torch.manual_seed(0)
    config = BiEncoderConfig(
        vocab_size=len(names),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        match_size=16,
    )
    model = BiEncoder(config)
    with torch.no_grad():
        for head in (model.start, model.inside, model.end, model.kind):
            for weight in head.parameters():
                weight.normal_(std=0.3)
        for head in (model.start, model.inside, model.end):
            head.bias.fill_(1.0)
    folder = tmp_path_factory.mktemp("models") / "tiny"
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what needs a program that is not here."""
    if shutil.which("tesseract") is None:
        skip = pytest.mark.skip(reason="Tesseract is not installed: apt install tesseract-ocr")
        for item in items:
            if "tesseract" in item.keywords:
                item.add_marker(skip)
