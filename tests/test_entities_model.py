import pytest

from docextract.errors import ConfigError
from docextract.models.layout.passage import Passage
from docextract.models.tokens import Tagged, TokenClassifier, entities
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
    one, two = Entities(huggingface_folder=str(folder), device="cpu")(made)
    assert [(s.label, one.text[s.start : s.end]) for s in one.entities] == [
        ("PERSON", "Ada Lovelace"),
        ("DATE", "31.01.2024"),
    ]
    assert [(s.label, s.origin) for s in two.entities] == [("LOC", f"huggingface:{folder.name}")]


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
    tagged = list(entities([(label, 0.5) for label in labels.split()]))
    assert tagged == [Tagged(*one, 0.5) for one in found]
