import numpy as np
import pytest

from docextract.errors import ConfigError
from docextract.models.bi_encoder.passage import Passage
from docextract.models.token_classifier import TaggedSpan, TokenClassifier, decode_tags
from docextract.stages.entities import Entities

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A tiny BERT that tags "ada lovelace" as a person and "paris" as a place, by its weights."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "ada", "lovelace", "paris", "and", "##x"]
    vocab = {word: number for number, word in enumerate(words)}
    made = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]",
    )  # fmt: skip
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words), hidden_size=len(words), num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=8, max_position_embeddings=64, num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)), label2id={name: n for n, name in enumerate(LABELS)},
    )  # fmt: skip
    model = BertForTokenClassification(config)
    with torch.no_grad():
        for weight in model.parameters():
            weight.zero_()
        model.bert.embeddings.word_embeddings.weight.copy_(torch.eye(len(words)))
        for name, module in model.named_modules():
            if name.endswith("LayerNorm"):
                module.weight.fill_(1)
        for word, label in {"ada": 1, "lovelace": 2, "paris": 3}.items():
            model.classifier.weight[label, vocab[word]] = 5
        model.classifier.bias[0] = 2
    path = tmp_path_factory.mktemp("tagger")
    model.save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


@pytest.mark.model
def test_words_are_tagged_with_their_probability(folder):
    (found,) = TokenClassifier(folder, device="cpu").tag(
        [Passage.of_text("Ada Lovelace and Paris")]
    )
    assert [tag[:3] for tag in found] == [(0, 2, "PER"), (3, 4, "LOC")]
    assert all(0.5 < tag.confidence < 1 for tag in found)


@pytest.mark.model
def test_a_text_longer_than_the_model_is_read_to_its_end(folder):
    words = (["and"] * 97 + ["Ada", "Lovelace", "Paris"]) * 3
    short, long, empty = TokenClassifier(folder, device="cpu").tag(
        [Passage.of_text("Paris"), Passage.of_text(" ".join(words)), Passage.of_text("")]
    )
    assert [tag[:3] for tag in short] == [(0, 1, "LOC")]
    assert empty == []
    assert [tag[:3] for tag in long] == [
        (at + shift, at + shift + size, label)
        for at in (97, 197, 297)
        for shift, size, label in ((0, 2, "PER"), (2, 1, "LOC"))
    ]


@pytest.mark.model
def test_the_stage_gives_them_offsets_in_each_document_and_our_labels(doc, folder):
    made = [doc(["and and"], ["Ada Lovelace", "31.01.2024"]), doc("Paris")]
    one, two = Entities(model="", huggingface_folder=str(folder), device="cpu")(made)
    assert [(s.label, one.text[s.start : s.end]) for s in one.entities] == [
        ("PERSON", "Ada Lovelace"),
        ("DATE", "31.01.2024"),
    ]
    assert [(s.label, str(s.origin)) for s in two.entities] == [
        ("LOC", f"huggingface:{folder.name}")
    ]


@pytest.mark.model
def test_damaged_weights_are_an_error_that_names_the_folder(tmp_path):
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(ConfigError, match=str(tmp_path)):
        TokenClassifier(tmp_path).tag([Passage.of_text("x")])


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ("B-A I-A O B-A", [(0, 2, "A"), (3, 4, "A")]),
        ("B-A B-A", [(0, 1, "A"), (1, 2, "A")]),
        ("I-A I-B", [(0, 1, "A"), (1, 2, "B")]),
        ("A A O", [(0, 2, "A")]),
        ("U-A B-A L-A", [(0, 1, "A"), (1, 3, "A")]),
        ("O O", []),
        ("", []),
    ],
)
def test_labels_of_words_become_stretches(labels, found):
    tagged = list(decode_tags([(label, 0.5) for label in labels.split()]))
    assert tagged == [TaggedSpan(*one, 0.5) for one in found]


def layoutlm(path):
    """A tiny LayoutLM that tags a word by where it stands: its first class at the page's top."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import LayoutLMConfig, LayoutLMForTokenClassification, PreTrainedTokenizerFast

    vocab = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3}
    made = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]",
    )  # fmt: skip
    config = LayoutLMConfig(
        vocab_size=4, hidden_size=4, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=4, max_position_embeddings=32, num_labels=2,
        id2label={0: "B-LOC", 1: "B-PER"}, label2id={"B-LOC": 0, "B-PER": 1},
    )  # fmt: skip
    torch.manual_seed(0)
    model = LayoutLMForTokenClassification(config)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "LayerNorm" not in name:
                weight.zero_()
        heights = torch.linspace(-1, 1, 1024)
        model.layoutlm.embeddings.y_position_embeddings.weight[:, 0] = heights
        model.classifier.weight[1, 0] = 5
    model.save_pretrained(path)
    tokenizer.save_pretrained(path)


def lilt(path):
    """A tiny LiLT, whose tokenizer asks for the boxes of words."""
    import torch
    from transformers import LayoutLMv3TokenizerFast, LiltConfig, LiltForTokenClassification

    signs = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "a", "Ġ"]
    tokenizer = LayoutLMv3TokenizerFast(vocab={s: n for n, s in enumerate(signs)}, merges=[])
    config = LiltConfig(
        vocab_size=len(signs), hidden_size=12, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=8, max_position_embeddings=80, channel_shrink_ratio=2, num_labels=2,
        id2label={0: "B-LOC", 1: "B-PER"}, label2id={"B-LOC": 0, "B-PER": 1},
    )  # fmt: skip
    torch.manual_seed(0)
    model = LiltForTokenClassification(config)
    with torch.no_grad():
        model.lilt.layout_embeddings.y_position_embeddings.weight.normal_(std=5)
    model.save_pretrained(path)
    tokenizer.save_pretrained(path)


@pytest.mark.model
def test_a_model_of_layout_is_told_where_the_words_stand(doc, tmp_path):
    layoutlm(tmp_path)
    (made,) = Entities(model="", huggingface_folder=str(tmp_path), device="cpu")(
        [doc("top", *[""] * 50, "low")]
    )
    assert [(s.label, made.text[s.start : s.end]) for s in made.entities] == [
        ("LOC", "top"),
        ("PERSON", "low"),
    ]


@pytest.mark.model
def test_a_tokenizer_that_asks_for_boxes_gets_them(tmp_path):
    lilt(tmp_path)
    boxes = np.array([[0, 0, 9, 9], [0, 990, 9, 999]], np.float32)
    lines = np.arange(2, dtype=np.int32)
    passages = [Passage(("a", "a"), boxes, lines), Passage(("a", "a"), None, lines)]
    placed, unplaced = TokenClassifier(tmp_path, device="cpu").tag(passages)
    assert [(tag.first, tag.last) for tag in placed] == [(0, 1), (1, 2)]
    assert placed[0].confidence != placed[1].confidence
    assert placed != unplaced
