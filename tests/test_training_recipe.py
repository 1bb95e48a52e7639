"""From a model and labelled documents to another model, with a network that has few weights."""

import dataclasses
import json
import random

import pytest
import torch

from docextract.errors import ConfigError
from docextract.models.bi_encoder.decoding import SpanCandidate
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.models.bi_encoder.passage import Passage
from docextract.resources import available_resources
from docextract.schema import Schema
from docextract.training.augmentation.label_paraphrases import LabelSentences
from docextract.training.data.examples import Example, Mark
from docextract.training.data.rehearsal import SHARE, rehearsal_examples
from docextract.training.loop.fine_tuning import FineTuningSetup, fine_tune
from docextract.training.loop.options import TrainingOptions
from docextract.training.loop.validation import Validation, ValidationCounts
from docextract.training.recipe import DataSplit, FineTuningData, FineTuningJob, run_fine_tuning
from docextract.training.reporting import model_evaluation
from docextract.training.reporting import model_provenance as made
from docextract.training.settings import (
    LEAST_STEPS,
    MOST_STEPS,
    FineTuningSettings,
    training_options,
)

SLIP = Schema.model_validate(
    {
        "name": "slip",
        "kind": {"descriptions": ["A slip of paper from a shop."]},
        "fields": {
            "total": {"type": "money", "description": "total: the amount paid"},
            "goods": {"type": "text", "many": True, "description": "goods: what was bought"},
        },
    }
)
LABELS = model_evaluation.LabelSet(LabelSentences.of([SLIP]), [SLIP])
QUICK = FineTuningSettings(
    epochs=2, minutes=0, pieces=64, patience=0, device="cpu", learning_rate=1e-3
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
    milk, total = rng.randrange(10, 99), rng.randrange(10, 99)
    text = f"shop milk 1.{milk} tea 2.10 total {total}.50 eur thanks for all"
    marks = (Mark("slip.goods", 1, 2), Mark("slip.goods", 3, 4), Mark("slip.total", 6, 7))
    asked = frozenset({"slip.total", "slip.goods"})
    passage = Passage.of_text(text)
    return Example(f"{number}.txt", "mine", str(number), passage, marks, asked, "slip")


def material(*, extra: int = 0) -> FineTuningData:
    found = [example(number) for number in range(10 + extra)]
    data = made.DataSet(name="mine", licence="", sha256="0" * 64, files=10, examples={})
    return FineTuningData(DataSplit(found[4:], found[:2], found[2:4]), LABELS, data)


def weights(folder) -> dict[str, torch.Tensor]:
    return BiEncoderEngine(folder, device="cpu").model.state_dict()


@pytest.fixture(scope="module")
def tuned(tmp_path_factory, tiny_model):
    """A model that was trained without a break, and what was written of it."""
    torch.set_num_threads(1)
    out = tmp_path_factory.mktemp("tuned") / "new"
    return out, run_fine_tuning(material(), FineTuningJob(tiny_model, out, QUICK))


@pytest.mark.slow
def test_the_new_folder_is_a_model_with_how_it_was_made_and_a_report(tuned, tiny_model):
    out, written = tuned
    assert {path.name for path in out.iterdir()} == {
        *("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"),
        *("made.json", "report.html", "scoring.json", "schemas"),
    }
    assert made.read(out / "made.json") == written
    assert written.steps == LEAST_STEPS
    assert written.base.sha256 == made.sha256(tiny_model / "model.safetensors")
    assert set(written.scores) == {"validation", "test"}
    assert [point.step for point in written.points][-1] == LEAST_STEPS
    first = written.points[0]
    assert (first.step, first.loss, first.score is None) == (0, None, False)
    before = weights(tiny_model)
    assert any(not torch.equal(before[name], value) for name, value in weights(out).items())


@pytest.mark.slow
def test_training_that_was_stopped_and_gone_on_with_ends_with_the_same_weights(
    tmp_path, tiny_model, tuned
):
    asked = iter([False] * 9 + [True] * 2)
    stopped = run_fine_tuning(
        material(), FineTuningJob(tiny_model, tmp_path, QUICK, stop=lambda: next(asked))
    )
    assert stopped is None
    assert (
        run_fine_tuning(material(), FineTuningJob(tiny_model, tmp_path, QUICK, resume=True))
        is not None
    )
    other = weights(tmp_path)
    for name, value in weights(tuned[0]).items():
        assert torch.equal(other[name], value), name


def test_lower_layers_and_what_they_rest_on_stay_as_they_were(tmp_path, tiny_model):
    engine = BiEncoderEngine(tiny_model, device="cpu")
    setup = FineTuningSetup(
        material().sources,
        LABELS.sentences,
        lambda _: Validation(),
        TrainingOptions(steps=2, frozen_layers=1),
    )
    fine_tune(engine.model, engine.tokenizer, setup, tmp_path)
    after = engine.model.state_dict()
    before = weights(tiny_model)
    changed = {name for name, value in before.items() if not torch.equal(after[name], value)}
    assert not [name for name in changed if name.startswith(("embeddings.", "encoder.layer.0."))]
    assert any(name.startswith("start.") for name in changed)


def test_a_model_that_training_makes_worse_is_not_kept(tmp_path, tiny_model):
    looks = iter([900, *[200] * 100])

    def validate(_: object) -> Validation:
        return Validation({"mine": ValidationCounts(right=next(looks), found=1000, wanted=1000)})

    engine = BiEncoderEngine(tiny_model, device="cpu")
    given = material()
    settings = training_options(
        QUICK, engine.model, engine.tokenizer, given.sources, LABELS.sentences
    )
    setup = FineTuningSetup(given.sources, LABELS.sentences, validate, settings)
    outcome = fine_tune(engine.model, engine.tokenizer, setup, tmp_path)
    assert (outcome.best_step, outcome.steps) == (0, settings.steps)
    kept = weights(tmp_path / "best")
    for name, value in weights(tiny_model).items():
        assert torch.equal(kept[name], value.half().float()), name


def test_what_has_changed_cannot_be_gone_on_with(tmp_path, tiny_model):
    out = tmp_path / "new"
    asked = iter([True] * 2)
    run_fine_tuning(material(), FineTuningJob(tiny_model, out, QUICK, stop=lambda: next(asked)))
    with pytest.raises(ConfigError, match="the examples changed since"):
        run_fine_tuning(material(extra=1), FineTuningJob(tiny_model, out, QUICK, resume=True))


def test_without_a_beginning_there_is_nothing_to_go_on_with(tmp_path, tiny_model):
    with pytest.raises(ConfigError, match="leave out --resume"):
        run_fine_tuning(material(), FineTuningJob(tiny_model, tmp_path, QUICK, resume=True))


def test_a_model_is_not_written_over(tmp_path, tiny_model):
    (tmp_path / "made.json").write_text("{}")
    with pytest.raises(ConfigError, match="there is a model in"):
        run_fine_tuning(material(), FineTuningJob(tiny_model, tmp_path, QUICK))


def test_the_steps_follow_from_epochs_and_stay_within_bounds(tiny_model):
    engine = BiEncoderEngine(tiny_model, device="cpu")
    steps = [
        training_options(
            FineTuningSettings(epochs=epochs, minutes=0, pieces=64),
            engine.model,
            engine.tokenizer,
            material().sources,
            LABELS.sentences,
        ).steps
        for epochs in (1, 50, 100, 100_000)
    ]
    assert steps[0] == LEAST_STEPS
    assert steps[1] * 2 == pytest.approx(steps[2], abs=1)
    assert steps[3] == MOST_STEPS


def test_minutes_limit_the_steps_and_the_looks_at_the_validation_part(tiny_model):
    engine = BiEncoderEngine(tiny_model, device="cpu")
    given = (engine.model, engine.tokenizer, material().sources, LABELS.sentences)
    few = training_options(FineTuningSettings(epochs=100, minutes=0.001, pieces=64), *given)
    assert few.steps == 1
    slow = training_options(
        FineTuningSettings(epochs=1, minutes=1, pieces=64), *given, seconds_a_check=7
    )
    assert -(-slow.steps // slow.validate_every) <= 2


def test_what_is_learnt_beside_makes_the_training_longer(tiny_model):
    engine = BiEncoderEngine(tiny_model, device="cpu")
    alone, beside = (
        training_options(
            FineTuningSettings(epochs=50, minutes=0, pieces=64),
            engine.model,
            engine.tokenizer,
            given.sources,
            LABELS.sentences,
        ).steps
        for given in (material(), dataclasses.replace(material(), others=[example(99)]))
    )
    assert beside == pytest.approx(alone / (1 - SHARE), abs=1)


def test_other_kinds_are_invented_with_sentences_for_all_their_labels():
    schemas = [Schema.load(path) for path in available_resources("schemas").values()]
    sentences = LabelSentences.of(schemas)
    made_up = rehearsal_examples({"invoice", "slip"}, sentences, seed=1)
    assert len(made_up) > 50
    assert "invoice" not in {one.kind for one in made_up}
    assert {label for one in made_up for label in one.asked} <= sentences.labels.keys()


def test_without_schemas_of_other_kinds_nothing_is_invented():
    assert rehearsal_examples({"slip"}, LABELS.sentences) == []


def judged(
    *guesses, missed=(), true_kind=None, predicted_kind="unknown"
) -> model_evaluation.JudgedExample:
    return model_evaluation.JudgedExample(
        "a.txt", tuple(guesses), tuple(missed), (), true_kind, predicted_kind
    )


def test_scores_count_right_found_and_missed_values():
    right = model_evaluation.PredictedSpan("slip.total", "12.50", 0.9, True)
    wrong = model_evaluation.PredictedSpan("slip.goods", "total", 0.8, False)
    measured = model_evaluation.aggregate([judged(right, wrong, missed=[("slip.goods", "milk")])])
    counts = {label: (c.right, c.found, c.true) for label, c in measured.scores.labels.items()}
    assert counts == {"slip.total": (1, 1, 1), "slip.goods": (0, 1, 1)}
    assert measured.scores.overall.f1 == 0.5


def test_a_wrong_and_a_missed_value_of_a_field_are_one_error():
    wrong = model_evaluation.PredictedSpan("slip.goods", "total", 0.8, False)
    measured = model_evaluation.aggregate(
        [judged(wrong, missed=[("slip.goods", "milk"), ("slip.goods", "tea")])]
    )
    shown = [(miss.true, miss.found) for miss in measured.misses]
    assert shown == [("milk", "total"), ("tea", "")]


def test_kinds_are_counted_only_where_they_are_known():
    found = [judged(true_kind="slip", predicted_kind="slip"), judged(true_kind="slip"), judged()]
    kinds = model_evaluation.aggregate(found).scores.kinds
    assert kinds == made.ConfusionMatrix(kinds=("slip", "unknown"), counts=((1, 1), (0, 0)))


class Scripted:
    """An engine whose model finds what it is told to: (label, first, last, score)."""

    def __init__(self, *found):
        self.found = found

    def encode(self, passages):
        return [self for _ in passages]

    def spans(self, sentences, *, least):
        order = sorted(self.found, key=lambda one: -one[3])
        at = {LABELS.sentences.labels[label][0]: label for label, *_ in order}
        return [
            SpanCandidate(number, first, last, score)
            for number, sentence in enumerate(sentences)
            for label, first, last, score in order
            if at.get(sentence) == label and score >= least
        ]

    def kinds(self, sentences):
        return {"slip": 0.9, "unknown": 0.1}


def counts(text: str, marks: tuple[Mark, ...], *found) -> tuple[int, int, int]:
    asked = frozenset({"slip.total", "slip.goods", "entity.ORG"})
    shown = Example("a.txt", "mine", "a", Passage.of_text(text), marks, asked)
    overall = model_evaluation.evaluate_model(Scripted(*found), [shown], LABELS).scores.overall
    return overall.right, overall.found, overall.true


def test_a_single_value_that_is_printed_twice_is_found_by_either():
    marks = (Mark("slip.total", 1, 2), Mark("slip.total", 4, 5))
    found = [("slip.total", 4, 5, 0.9), ("slip.total", 1, 2, 0.8)]
    assert counts("total 1.50 paid with 1.50", marks, *found) == (1, 1, 1)


def test_a_single_value_is_right_when_it_reads_the_same():
    found = ("slip.total", 0, 1, 0.9)
    assert counts("1.50 or 1,50", (Mark("slip.total", 2, 3),), found) == (1, 1, 1)


def test_of_a_single_value_only_the_best_span_counts():
    found = [("slip.total", 1, 2, 0.7), ("slip.total", 2, 3, 0.9)]
    assert counts("total 1.50 2.75", (Mark("slip.total", 1, 2),), *found) == (0, 1, 1)


def test_several_values_count_once_each_however_often_they_are_printed():
    marks = tuple(Mark("slip.goods", at, at + 1) for at in range(3))
    found = [("slip.goods", 0, 1, 0.9), ("slip.goods", 1, 2, 0.8), ("slip.goods", 3, 4, 0.7)]
    assert counts("milk Milk, tea bread", marks, *found) == (1, 2, 2)


def test_an_entity_is_right_only_in_its_place():
    found = [("entity.ORG", 2, 3, 0.9)]
    assert counts("acme and acme", (Mark("entity.ORG", 0, 1),), *found) == (0, 1, 1)


def test_a_span_below_the_threshold_is_not_found():
    found = ("slip.total", 1, 2, 0.4)
    assert counts("total 1.50", (Mark("slip.total", 1, 2),), found) == (0, 0, 1)


def test_an_untrained_model_is_measured_without_an_error(tiny_model):
    engine = BiEncoderEngine(tiny_model, device="cpu")
    measured = model_evaluation.evaluate_model(engine, material().parts.training, LABELS)
    assert measured.scores.examples == 6
    assert measured.scores.overall.true == 18
    assert json.loads(measured.scores.model_dump_json())
