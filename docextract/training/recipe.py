"""Fine-tuning run: from a trained model and labelled documents to a new model folder.

Read from top to bottom. What a run needs to be resumed lies in the folder of the new model until
it is done; then only the model does, with its provenance and a report.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from docextract.encoding import score_calibration as calibration
from docextract.errors import ConfigError
from docextract.export.files import atomic
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.resolution.scoring.scorer import Scorer
from docextract.schema import Schema
from docextract.training.data import rehearsal
from docextract.training.data.examples import Example
from docextract.training.reporting import model_provenance as made
from docextract.training.reporting.model_evaluation import LabelSet, evaluate_model
from docextract.training.reporting.model_provenance import ModelProvenance
from docextract.training.reporting.report import write_report
from docextract.training.settings import FineTuningSettings, training_options

if TYPE_CHECKING:
    from docextract.training.data.mixture import Augmentation, TrainingSource
    from docextract.training.loop.optimisation import TrainingResult
    from docextract.training.loop.options import TrainingOptions
    from docextract.training.loop.progress import ProgressDisplay
    from docextract.training.loop.validation import Validation

#: The options of a run, beside the checkpoint: it is resumed only with the options it began with.
_STARTED = "started.json"


class DataSplit(NamedTuple):
    """Training, validation and test examples."""

    training: Sequence[Example]
    validation: Sequence[Example]
    test: Sequence[Example]

    @property
    def sha256(self) -> str:
        """Hash of which example is in which part, and of its labels."""
        listing = [
            [(e.name, e.passage.texts, [astuple(mark) for mark in e.marks], e.kind) for e in part]
            for part in self
        ]
        return hashlib.sha256(json.dumps(listing).encode()).hexdigest()


@dataclass(frozen=True)
class FineTuningData:
    """Data of a fine-tuning run.

    Attributes:
        parts: The examples.
        labels: The sentences and fields of their labels.
        data: The data set's entry in made.json.
        schemas: Their .toml files, which go with the model.
        augment: Applied to an example each time it is sampled.
        others: Rehearsal data; see `rehearsal_examples`.
    """

    parts: DataSplit
    labels: LabelSet
    data: made.DataSet
    schemas: Sequence[Path] = ()
    augment: "Augmentation | None" = None
    others: Sequence[Example] = ()

    @property
    def sources(self) -> "list[TrainingSource]":
        """The user's documents, and the rehearsal data against forgetting."""
        from docextract.training.data.mixture import TrainingSource

        own = TrainingSource(self.data.name, self.parts.training, 1 - rehearsal.SHARE, self.augment)
        if not self.others:
            return [own]
        return [
            own,
            TrainingSource("other kinds", self.others, rehearsal.SHARE, self.augment),
        ]


@dataclass(frozen=True)
class FineTuningJob:
    """A fine-tuning run: base model, output folder, settings, progress display.

    Attributes:
        base: Folder of a trained model.
        out: Folder of the new one.
        settings: Hyperparameters.
        resume: Resume the run that was begun in `out`.
        show: Displays the progress.
        stop: Asked after each step; when it is true, training is interrupted with a checkpoint.
    """

    base: Path
    out: Path
    settings: FineTuningSettings = field(default_factory=FineTuningSettings)
    resume: bool = False
    show: "ProgressDisplay | None" = None
    stop: Callable[[], bool] = lambda: False


def run_fine_tuning(material: FineTuningData, job: FineTuningJob) -> ModelProvenance | None:
    """Fine-tune, keep the best model, evaluate and calibrate it, write provenance and report.

    Returns:
        What made.json holds; None when `job.stop` ended it, and it can be gone on with.

    Raises:
        ConfigError: there is no base model, or nothing to go on with.
    """
    from docextract.training.loop.fine_tuning import FineTuningSetup, fine_tune

    engine = BiEncoderEngine(job.base, device=job.settings.device)
    start = made.BaseModelWeights(
        name=str(job.base), sha256=made.sha256(job.base / "model.safetensors")
    )
    model, labels = engine.model.float(), material.labels
    chosen = _begin(material, job, start, model, engine.tokenizer)
    outcome = fine_tune(
        model,
        engine.tokenizer,
        FineTuningSetup(
            material.sources, labels.sentences, _validator(engine.tokenizer, material), chosen
        ),
        job.out,
        resume=job.resume,
        show=job.show,
        stop=job.stop,
    )
    if job.stop():
        return None
    _finish(material, job)
    scored = {
        name: evaluate_model(BiEncoderEngine(job.out, device=job.settings.device), part, labels)
        for name, part in (("validation", material.parts.validation), ("test", material.parts.test))
        if part
    }
    _calibrate(scored["validation"].sure if "validation" in scored else (), job)
    _keep_scorer(material, job)
    written = _made(material, job, start, chosen, outcome)
    written = written.model_copy(update={"scores": {n: one.scores for n, one in scored.items()}})
    made.write(job.out / made.NAME, written)
    write_report(written, job.out, misses=scored["test"].misses if "test" in scored else ())
    return written


def _begin(
    material: FineTuningData,
    job: FineTuningJob,
    start: made.BaseModelWeights,
    model: Any,
    tokenizer: Any,
) -> "TrainingOptions":
    """The options of this run: new ones, or those it began with."""
    from docextract.training.loop.options import TrainingOptions

    path = job.out / _STARTED
    same = {"base": start.sha256, "examples": material.parts.sha256}
    if job.resume:
        begun = _begun(path)
        if changed := [name for name, value in same.items() if begun[name] != value]:
            raise ConfigError(
                f"{job.out} cannot be gone on with: the {' and the '.join(changed)} changed since; "
                "leave out --resume to begin anew"
            )
        return TrainingOptions(**begun["options"])
    if (job.out / made.NAME).exists():
        raise ConfigError(f"there is a model in {job.out} already; give another folder")
    began = monotonic()
    _validator(tokenizer, material)(model)
    chosen = training_options(
        job.settings,
        model,
        tokenizer,
        material.sources,
        material.labels.sentences,
        seconds_a_check=monotonic() - began,
    )
    job.out.mkdir(parents=True, exist_ok=True)
    with atomic(path) as part:
        part.write_text(json.dumps({**same, "options": asdict(chosen)}, indent=2), "utf-8")
    return chosen


def _begun(path: Path) -> Mapping[str, Any]:
    try:
        begun: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"nothing to go on with in {path.parent}: leave out --resume") from error
    return begun


def _validator(tokenizer: Any, material: FineTuningData) -> "Callable[[Any], Validation]":
    from docextract.training.loop.validation import validate

    sentences, examples = material.labels.sentences, material.parts.validation
    return lambda model: validate(model, tokenizer, examples, sentences)


def _finish(material: FineTuningData, job: FineTuningJob) -> None:
    """Finish the model folder: the best weights, the schemas, no checkpoint."""
    for path in (job.out / "best").iterdir():
        path.replace(job.out / path.name)
    (job.out / "best").rmdir()
    (job.out / "schemas").mkdir(exist_ok=True)
    for schema in material.schemas:
        shutil.copyfile(schema, job.out / "schemas" / schema.name)
    shutil.rmtree(job.out / "checkpoint")
    (job.out / _STARTED).unlink()


def _calibrate(sure: Sequence[tuple[str, float, bool]], job: FineTuningJob) -> None:
    """Calibrate scores on the validation part, or as the base does where that is small.

    A test part stays out of it, so that its reliability is that of documents never seen.
    """
    found = calibration.fit_calibrator(sure)
    if found.points:
        found.save(job.out)
    elif (job.base / calibration.CALIBRATION_FILE).is_file():
        shutil.copyfile(
            job.base / calibration.CALIBRATION_FILE, job.out / calibration.CALIBRATION_FILE
        )


def _keep_scorer(material: FineTuningData, job: FineTuningJob) -> None:
    """Copy the base's weights for rules and model together: few documents cannot fit them."""
    known = Scorer.load(job.base)
    own = {Schema.load(path).name for path in material.schemas}
    replace(known, kinds=known.kinds | own).save(job.out)


def _made(
    material: FineTuningData,
    job: FineTuningJob,
    start: made.BaseModelWeights,
    chosen: "TrainingOptions",
    outcome: "TrainingResult",
) -> ModelProvenance:
    return ModelProvenance(
        name=job.out.name,
        base=start,
        data=(material.data,),
        options={**asdict(chosen), "invented_documents": len(material.others)},
        seed=chosen.seed,
        versions=made.versions(),
        machine=made.machine(job.settings.device),
        points=tuple(made.ValidationPoint.model_validate(point) for point in outcome.points),
        stopped="all steps" if outcome.steps >= chosen.steps else "no gain on the validation part",
        best_step=outcome.best_step,
        steps=outcome.steps,
        seconds=round(outcome.seconds, 1),
    )
