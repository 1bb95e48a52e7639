"""From a trained model and labelled documents to a better model: what `docextract train` does.

Read from top to bottom. What a training needs to go on lies in the folder of the new model until
it is done; then only the model does, with how it was made and a report.
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
from docextract.training.data import replay
from docextract.training.data.examples import Example
from docextract.training.reporting import model_provenance as made
from docextract.training.reporting.measure import Labels, measure
from docextract.training.reporting.model_provenance import Made
from docextract.training.reporting.report import report
from docextract.training.settings import Settings, options

if TYPE_CHECKING:
    from docextract.training.data.mixture import Change, Source
    from docextract.training.loop.early_stopping import Validation
    from docextract.training.loop.optimisation import Options, Outcome
    from docextract.training.loop.progress import Display

#: What was begun, beside the checkpoint: a training goes on only as it began.
_STARTED = "started.json"


class Parts(NamedTuple):
    """Examples to learn from, to decide by, and to measure on at the end."""

    training: Sequence[Example]
    validation: Sequence[Example]
    test: Sequence[Example]

    @property
    def sha256(self) -> str:
        """Of which example is where, and what is marked in it."""
        listing = [
            [(e.name, e.passage.texts, [astuple(mark) for mark in e.marks], e.kind) for e in part]
            for part in self
        ]
        return hashlib.sha256(json.dumps(listing).encode()).hexdigest()


@dataclass(frozen=True)
class Material:
    """What there is to learn from.

    Attributes:
        parts: The examples.
        labels: What their labels are called.
        data: How made.json names the data set.
        schemas: Their .toml files, which go with the model.
        change: Done to an example each time it is learnt from.
        others: Learnt beside them; see `replay`.
    """

    parts: Parts
    labels: Labels
    data: made.DataSet
    schemas: Sequence[Path] = ()
    change: "Change | None" = None
    others: Sequence[Example] = ()

    @property
    def sources(self) -> "list[Source]":
        """The documents to learn, and those that keep the model from forgetting."""
        from docextract.training.data.mixture import Source

        own = Source(self.data.name, self.parts.training, 1 - replay.SHARE, self.change)
        if not self.others:
            return [own]
        return [own, Source("other kinds", self.others, replay.SHARE, self.change)]


@dataclass(frozen=True)
class Job:
    """Where a training starts from, where it goes, and who is told.

    Attributes:
        base: Folder of a trained model.
        out: Folder of the new one.
        settings: How.
        resume: Go on with what was begun in `out`.
        show: Is told how far it is.
        stop: Asked after each step; when it says yes, the checkpoint is written and that is all.
    """

    base: Path
    out: Path
    settings: Settings = field(default_factory=Settings)
    resume: bool = False
    show: "Display | None" = None
    stop: Callable[[], bool] = lambda: False


def tune(material: Material, job: Job) -> Made | None:
    """Train, keep the best model, measure it, and write how it was made.

    Returns:
        What made.json holds; None when `job.stop` ended it, and it can be gone on with.

    Raises:
        ConfigError: there is no base model, or nothing to go on with.
    """
    from docextract.training.loop.fine_tuning import Lesson, train

    engine = BiEncoderEngine(job.base, device=job.settings.device)
    start = made.Start(name=str(job.base), sha256=made.sha256(job.base / "model.safetensors"))
    model, labels = engine.model.float(), material.labels
    chosen = _begin(material, job, start, model, engine.tokenizer)
    outcome = train(
        model,
        engine.tokenizer,
        Lesson(material.sources, labels.sentences, _validator(engine.tokenizer, material), chosen),
        job.out,
        resume=job.resume,
        show=job.show,
        stop=job.stop,
    )
    if job.stop():
        return None
    _finish(material, job)
    scored = {
        name: measure(BiEncoderEngine(job.out, device=job.settings.device), part, labels)
        for name, part in (("validation", material.parts.validation), ("test", material.parts.test))
        if part
    }
    _calibrate(scored["validation"].sure if "validation" in scored else (), job)
    _keep_scorer(material, job)
    written = _made(material, job, start, chosen, outcome)
    written = written.model_copy(update={"scores": {n: one.scores for n, one in scored.items()}})
    made.write(job.out / made.NAME, written)
    report(written, job.out, misses=scored["test"].misses if "test" in scored else ())
    return written


def _begin(
    material: Material, job: Job, start: made.Start, model: Any, tokenizer: Any
) -> "Options":
    """The options of this training: new ones, or those with which it began."""
    from docextract.training.loop.optimisation import Options

    path = job.out / _STARTED
    same = {"base": start.sha256, "examples": material.parts.sha256}
    if job.resume:
        begun = _begun(path)
        if changed := [name for name, value in same.items() if begun[name] != value]:
            raise ConfigError(
                f"{job.out} cannot be gone on with: the {' and the '.join(changed)} changed since; "
                "leave out --resume to begin anew"
            )
        return Options(**begun["options"])
    if (job.out / made.NAME).exists():
        raise ConfigError(f"there is a model in {job.out} already; give another folder")
    began = monotonic()
    _validator(tokenizer, material)(model)
    chosen = options(
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


def _validator(tokenizer: Any, material: Material) -> "Callable[[Any], Validation]":
    from docextract.training.loop.early_stopping import validate

    sentences, examples = material.labels.sentences, material.parts.validation
    return lambda model: validate(model, tokenizer, examples, sentences)


def _finish(material: Material, job: Job) -> None:
    """Make the folder that of a model: the best weights, the schemas, no checkpoint."""
    for path in (job.out / "best").iterdir():
        path.replace(job.out / path.name)
    (job.out / "best").rmdir()
    (job.out / "schemas").mkdir(exist_ok=True)
    for schema in material.schemas:
        shutil.copyfile(schema, job.out / "schemas" / schema.name)
    shutil.rmtree(job.out / "checkpoint")
    (job.out / _STARTED).unlink()


def _calibrate(sure: Sequence[tuple[str, float, bool]], job: Job) -> None:
    """Say what scores are worth: by the validation part, or as the base does where that is small.

    A test part stays out of it, so that its reliability is that of documents never seen.
    """
    found = calibration.fit_calibrator(sure)
    if found.points:
        found.save(job.out)
    elif (job.base / calibration.CALIBRATION_FILE).is_file():
        shutil.copyfile(
            job.base / calibration.CALIBRATION_FILE, job.out / calibration.CALIBRATION_FILE
        )


def _keep_scorer(material: Material, job: Job) -> None:
    """What rules and the model are worth together is the base's: few documents cannot tell it."""
    known = Scorer.load(job.base)
    own = {Schema.load(path).name for path in material.schemas}
    replace(known, kinds=known.kinds | own).save(job.out)


def _made(
    material: Material, job: Job, start: made.Start, chosen: "Options", outcome: "Outcome"
) -> Made:
    return Made(
        name=job.out.name,
        base=start,
        data=(material.data,),
        options={**asdict(chosen), "invented_documents": len(material.others)},
        seed=chosen.seed,
        versions=made.versions(),
        machine=made.machine(job.settings.device),
        points=tuple(made.Point.model_validate(point) for point in outcome.points),
        stopped="all steps" if outcome.steps >= chosen.steps else "no gain on the validation part",
        best_step=outcome.best_step,
        steps=outcome.steps,
        seconds=round(outcome.seconds, 1),
    )
