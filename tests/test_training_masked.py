"""The phase without labels: what is hidden, and what a network with few weights learns of it."""

import json
import random

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from docextract.errors import ConfigError
from docextract.models.bi_encoder.featurisation import cut_windows
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.models.bi_encoder.passage import Passage
from docextract.training import base
from docextract.training.augmentation.masking import (
    HIDDEN,
    REPLACED,
    Vocabulary,
    mask_words,
    without_layout,
)
from docextract.training.data.examples import Example, Mark
from docextract.training.data.mixture import TrainingSource
from docextract.training.data.sources import BaseTrainingData
from docextract.training.loop.masked_pretraining import PretrainingSetup, pretrain
from docextract.training.loop.options import TrainingOptions

MASK = 1
#: More than any text here has pieces, so that what is replaced is told from what is there.
VOCABULARY = Vocabulary(MASK, 10_000)
HEADS = ("start.", "inside.", "end.", "span.", "lengths.", "kind.", "unknown.")


@pytest.fixture(autouse=True)
def one_thread():
    """The network is too small for two."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def folder(tiny_model, tmp_path_factory):
    """The tiny model, whose [UNK] is its [MASK] as well: no word here has a sign that it lacks.

    Its word vectors are as long as a trained model's, without which no word can be told for sure.
    """
    from transformers import PreTrainedTokenizerFast

    made = tmp_path_factory.mktemp("models") / "masked"
    engine = BiEncoderEngine(tiny_model, device="cpu")
    with torch.no_grad():
        engine.model.embeddings.words.weight.mul_(10)
    engine.model.save_pretrained(made)
    PreTrainedTokenizerFast.from_pretrained(tiny_model, mask_token="[UNK]").save_pretrained(made)
    return made


def passage(words: str, *, boxes: bool = True) -> Passage:
    made = Passage.of_text(words)
    if not boxes:
        return made
    at = np.arange(len(made))
    columns, rows = 200 * (at % 4), 40 * (at // 4)
    found = np.stack((columns, rows, columns + 90, rows + 20), 1).astype(np.float32)
    return Passage(made.texts, found, (at // 4).astype(np.int32))


def text(number: int) -> str:
    rng = random.Random(number)
    return (
        f"shop milk 1.{rng.randrange(10, 99)} tea 2.10 total 9.{rng.randrange(10, 99)} EUR thanks"
    )


def example(number: int, *, boxes: bool = True) -> Example:
    found = passage(text(number), boxes=boxes)
    marks, asked = (Mark("receipt.total", 6, 7),), frozenset({"receipt.total"})
    return Example(f"{number}.txt", "mine", str(number), found, marks, asked, "receipt")


def texts(*, steps: int, precision="float32") -> PretrainingSetup:
    learnt = [example(number, boxes=number % 3 > 0) for number in range(6)]
    options = TrainingOptions(
        steps=steps, pieces=256, validate_every=10, learning_rate=3e-3, precision=precision
    )
    held = [example(10), example(11, boxes=False)]
    return PretrainingSetup([TrainingSource("mine", learnt, 1.0)], held, options)


@pytest.fixture
def window(folder):
    tokenizer = BiEncoderEngine(folder, device="cpu").tokenizer
    words = " ".join(text(number) for number in range(60))
    (made,) = cut_windows(passage(words), tokenizer, most=5000)
    return made


def hidden(window, seed: int = 0):
    return mask_words(window, VOCABULARY, np.random.default_rng(seed))


def test_the_seed_fixes_what_is_hidden(window):
    first, same, other = hidden(window), hidden(window), hidden(window, 1)
    assert np.array_equal(first.window.ids, same.window.ids)
    assert np.array_equal(first.at, same.at)
    assert not np.array_equal(first.at, other.at)


def test_words_are_hidden_whole(window):
    chosen = set(hidden(window).at.tolist())
    for head, tail in zip(window.heads, window.tails, strict=True):
        assert len(chosen & set(range(head, tail + 1))) in {0, tail - head + 1}


def test_the_pieces_of_a_hidden_word_have_one_fate(window):
    one = hidden(window)
    for head, tail in zip(window.heads, window.tails, strict=True):
        assert len(set((one.window.ids[head : tail + 1] == MASK).tolist())) == 1


def test_about_fifteen_of_a_hundred_pieces_are_to_be_told(window):
    shares = [len(hidden(window, seed).at) / (len(window.ids) - 2) for seed in range(20)]
    assert np.mean(shares) == pytest.approx(0.15, abs=0.01)


def test_of_the_words_to_be_told_most_are_masked_and_some_replaced_or_kept(window):
    fates = []
    for seed in range(40):
        one = hidden(window, seed)
        at = np.intersect1d(one.at, window.heads)
        now, before = one.window.ids[at], window.ids[at]
        fates += np.select([now == MASK, now == before], [0, 2], 1).tolist()
    shares = np.bincount(fates, minlength=3) / len(fates)
    assert shares == pytest.approx([HIDDEN, REPLACED, 1 - HIDDEN - REPLACED], abs=0.03)


def test_what_is_not_to_be_told_is_as_it_was_and_the_truth_is_what_was_there(window):
    one = hidden(window)
    rest = np.setdiff1d(np.arange(len(window.ids)), one.at)
    assert np.array_equal(one.window.ids[rest], window.ids[rest])
    assert np.array_equal(one.window.codes[rest], window.codes[rest])
    assert np.array_equal(one.truth, window.ids[one.at])


def test_hidden_words_keep_their_boxes_and_places_but_not_their_shapes(window):
    one = hidden(window)
    assert np.array_equal(one.window.boxes, window.boxes)
    assert np.array_equal(one.window.codes[:, 1:], window.codes[:, 1:])
    gone = one.window.ids == MASK
    assert gone.any()
    assert (window.codes[gone, 0] > 0).all()
    assert not one.window.codes[gone, 0].any()


def test_a_window_of_one_word_has_it_hidden(folder):
    tokenizer = BiEncoderEngine(folder, device="cpu").tokenizer
    (small,) = cut_windows(Passage.of_text("milk"), tokenizer, most=64)
    assert hidden(small).truth.tolist() == small.ids[1:-1].tolist()


def test_without_layout_the_same_words_are_hidden_and_no_box_is_left(window):
    one = hidden(window)
    bare = without_layout(one)
    assert np.array_equal(bare.window.ids, one.window.ids)
    assert not bare.window.layout
    assert not bare.window.boxes.any()
    assert not bare.window.codes[:, 2:].any()
    assert np.array_equal(bare.window.codes[:, :2], one.window.codes[:, :2])


def trained(folder, out, told: PretrainingSetup, **how):
    engine = BiEncoderEngine(folder, device="cpu")
    return engine.model, pretrain(engine.model, engine.tokenizer, told, out, **how)


@pytest.fixture(scope="module")
def learnt(folder, tmp_path_factory):
    """A model that was trained without a break, and how it went."""
    torch.set_num_threads(1)
    return trained(folder, tmp_path_factory.mktemp("learnt"), texts(steps=40))


def test_the_loss_falls(learnt):
    _, outcome = learnt
    losses = [value for _, value in outcome.losses]
    assert losses[-1] < 0.8 * losses[0]
    held = [point["scores"]["loss"]["all"] for point in outcome.points]
    assert held[-1] < held[0]


def test_the_loss_falls_in_bfloat16_and_weights_stay_long_and_finite(folder, tmp_path):
    model, outcome = trained(folder, tmp_path, texts(steps=20, precision="bfloat16"))
    losses = [value for _, value in outcome.losses]
    assert losses[-1] < losses[0]
    values = model.state_dict().values()
    assert all(value.dtype == torch.float32 and value.isfinite().all() for value in values)


def test_every_look_tells_accuracy_with_layout_and_without(learnt):
    _, outcome = learnt
    assert [point["step"] for point in outcome.points] == [10, 20, 30, 40]
    for point in outcome.points:
        assert set(point["scores"]["hidden"]) == {"all", "with layout", "layout off"}
        assert point["score"] == point["scores"]["hidden"]["all"]


def test_the_encoder_and_its_embeddings_learn_and_heads_and_word_vectors_do_not(learnt, folder):
    before = BiEncoderEngine(folder, device="cpu").model.state_dict()
    changed = {
        name
        for name, value in learnt[0].state_dict().items()
        if not torch.equal(before[name], value)
    }
    assert not [name for name in changed if name.startswith(HEADS)]
    assert "embeddings.words.weight" not in changed
    assert {"embeddings.box.weight", "embeddings.after.weight"} <= changed
    assert any(name.startswith("encoder.") for name in changed)


def test_what_was_stopped_and_gone_on_with_ends_with_the_same_weights(folder, tmp_path, learnt):
    told = texts(steps=40)
    asked = iter([False] * 14 + [True])
    _, stopped = trained(folder, tmp_path, told, stop=lambda: next(asked))
    assert stopped.steps == 15
    model, _ = trained(folder, tmp_path, told, resume=True)
    for name, value in learnt[0].state_dict().items():
        assert torch.equal(model.state_dict()[name], value), name


def test_a_tokenizer_without_a_mask_is_a_configuration_error(tiny_model, tmp_path):
    with pytest.raises(ConfigError, match=r"no \[MASK\]"):
        trained(tiny_model, tmp_path, texts(steps=1))


@pytest.mark.slow
def test_the_shipped_models_training_goes_on_between_its_phases(folder, tmp_path, monkeypatch):
    told = texts(steps=1)
    collected = BaseTrainingData(list(told.sources), list(told.held), list(told.held), [])
    monkeypatch.setattr(base, "collect_training_data", lambda *_, **__: collected)

    def run(name, *more):
        given = ["--data", ".", "--start", str(folder), "--out", str(tmp_path / name)]
        steps = ["--steps", "2", "--masked-steps", "3", "--device", "cpu"]
        base.main([*given, *steps, *more])
        return load_file(tmp_path / name / "model.safetensors")

    whole = run("whole")
    options = json.loads((tmp_path / "whole" / "made.json").read_text("utf-8"))["options"]
    assert (options["masked_steps"], options["steps"]) == (3, 2)
    assert not (tmp_path / "whole" / "masked").exists()

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(base, "fine_tune", killed)
        with pytest.raises(KeyboardInterrupt):
            run("parted")
    parted = run("parted", "--resume")
    assert whole.keys() == parted.keys()
    for name, value in whole.items():
        assert torch.equal(parted[name], value), name
