"""Half as long numbers in training: where, and that a network still learns in them."""

import math
import random

import pytest
import torch

from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.models.bi_encoder.passage import Passage
from docextract.schema import Schema
from docextract.training.augmentation.label_paraphrases import LabelSentences
from docextract.training.data.examples import Example, Mark
from docextract.training.data.mixture import TrainingSource
from docextract.training.loop import checkpoint
from docextract.training.loop.fine_tuning import FineTuningSetup, fine_tune
from docextract.training.loop.optimisation import build_optimiser
from docextract.training.loop.options import TrainingOptions
from docextract.training.loop.precision import autocast, resolve_precision
from docextract.training.loop.validation import Validation

CPU = torch.device("cpu")
SLIP = Schema.model_validate(
    {
        "name": "slip",
        "kind": {"descriptions": ["A slip of paper from a shop."]},
        "fields": {"total": {"type": "money", "description": "total: the amount paid"}},
    }
)


@pytest.fixture(autouse=True)
def one_thread():
    """The network is too small for two."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def example(number: int) -> Example:
    rng = random.Random(number)
    found = Passage.of_text(f"shop milk 1.{rng.randrange(10, 99)} total {number + 10}.50 eur")
    marks, asked = (Mark("slip.total", 4, 5),), frozenset({"slip.total"})
    return Example(f"{number}.txt", "mine", str(number), found, marks, asked, "slip")


def trained(folder, out, **options):
    engine = BiEncoderEngine(folder, device="cpu")
    source = TrainingSource("mine", [example(number) for number in range(6)], 1.0)
    chosen = TrainingOptions(pieces=128, learning_rate=1e-3, head_learning_rate=3e-3, **options)
    setup = FineTuningSetup([source], LabelSentences.of([SLIP]), lambda _: Validation(), chosen)
    return engine.model, fine_tune(engine.model, engine.tokenizer, setup, out)


def test_in_bfloat16_the_loss_falls_and_weights_and_moments_stay_long_and_finite(
    tiny_model, tmp_path
):
    model, outcome = trained(tiny_model, tmp_path, steps=30, validate_every=6, precision="bfloat16")
    losses = [value for _, value in outcome.losses]
    assert all(map(math.isfinite, losses))
    assert losses[-1] < 0.8 * losses[0]
    for value in model.state_dict().values():
        assert value.dtype == torch.float32
        assert value.isfinite().all()
    kept = build_optimiser(model.named_parameters(), TrainingOptions(steps=1))
    checkpoint.load(tmp_path / "checkpoint", model=model, optimiser=kept)
    moments = [one for state in kept.state.values() for one in state.values()]
    assert moments
    assert all(one.dtype == torch.float32 and one.isfinite().all() for one in moments)


def test_what_is_computed_in_bfloat16_is_not_what_is_computed_in_float32(tiny_model, tmp_path):
    first, second = (
        trained(tiny_model, tmp_path / precision, steps=1, precision=precision)[1].losses[0][1]
        for precision in ("float32", "bfloat16")
    )
    assert first != second
    assert first == pytest.approx(second, rel=0.02)


def test_float32_changes_nothing_in_what_is_computed():
    torch.manual_seed(0)
    one, other = torch.randn(8, 32), torch.randn(32, 8)
    plain = one @ other
    with autocast("float32", CPU):
        assert not torch.is_autocast_enabled("cpu")
        assert torch.equal(one @ other, plain)
    with autocast("bfloat16", CPU):
        assert (one @ other).dtype == torch.bfloat16


@pytest.mark.parametrize(
    ("has", "expected"),
    [
        ({"avx512_bf16": True}, "bfloat16"),
        ({"avx512_bf16": False, "amx_bf16": True}, "bfloat16"),
        ({"avx512_bf16": False, "amx_bf16": False, "avx512_f": True}, "float32"),
        ({}, "float32"),
    ],
)
def test_auto_takes_bfloat16_where_the_processor_has_instructions_for_it(
    monkeypatch, has, expected
):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: has, raising=False)
    assert resolve_precision("auto", CPU) == expected


@pytest.mark.parametrize(("generation", "expected"), [((7, 5), "float32"), ((8, 0), "bfloat16")])
def test_auto_takes_bfloat16_on_a_gpu_that_has_it_and_does_not_only_emulate_it(
    monkeypatch, generation, expected
):
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _: generation)
    assert resolve_precision("auto", torch.device("cuda")) == expected


def test_a_torch_that_cannot_say_what_the_processor_has_computes_in_float32(monkeypatch):
    monkeypatch.delattr(torch.cpu, "get_capabilities", raising=False)
    assert resolve_precision("auto", CPU) == "float32"


@pytest.mark.parametrize("wanted", ["float32", "bfloat16"])
def test_what_was_asked_for_is_what_is_taken(wanted):
    assert resolve_precision(wanted, CPU) == wanted
