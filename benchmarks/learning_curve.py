"""How good a model gets on a data set that it has not seen, by how many documents it is shown.

    python benchmarks/learning_curve.py --base MODEL [--data DIR] [--set ndas]
        [--sizes 0,5,20,50] [--minutes 2.5] [--seed 0] [--json FILE]

The base model must not have been trained on the set. Of its train part the first so many
documents, in an order that the seed fixes, are learnt from by what `docextract train` does
itself; a fifth of them, one at least, decides when to stop. F1 is measured on the dev part:
values read straight from the model's spans, without the rules of a pipeline, right when they
read as the true value in the field's type. Values that the alignment did not find in the
documents' words are no part of it.

Minutes are those of training, with the choice of how many steps fit and all looks at the held out
fifth; reading the examples and measuring are not in them. The data folder is also taken from
DOCEXTRACT_DATA.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from rich.console import Console
from rich.table import Table

from docextract import resources
from docextract.models.bi_encoder.inference import BiEncoderEngine
from docextract.schema import Schema
from docextract.training.augmentation.augment import augment
from docextract.training.augmentation.label_paraphrases import LabelSentences
from docextract.training.data import corpora
from docextract.training.data.examples import Example
from docextract.training.data.rehearsal import rehearsal_examples
from docextract.training.loop.progress import progress
from docextract.training.recipe import DataSplit, FineTuningData, FineTuningJob, run_fine_tuning
from docextract.training.reporting import model_provenance as made
from docextract.training.reporting.model_evaluation import LabelSet, evaluate_model
from docextract.training.settings import FineTuningSettings


@dataclass(frozen=True)
class Point:
    """What so many documents came to."""

    documents: int
    f1: float
    precision: float
    recall: float
    by_label: Mapping[str, float]
    minutes: float
    steps: int


def main() -> None:
    """Measure each size, print the table."""
    given = _arguments()
    schemas = [Schema.load(path) for path in resources.available_resources("schemas").values()]
    labels = LabelSet(LabelSentences.of(schemas), schemas)
    learnt = corpora.load(given.data, [given.set], "train")
    order = np.random.default_rng(given.seed).permutation(len(learnt))
    learnt = [learnt[number] for number in order]
    measured = corpora.load(given.data, [given.set], "dev")
    points = []
    for size in map(int, given.sizes.split(",")):
        points.append(_point(learnt[:size], measured, labels, given))
        print(json.dumps(asdict(points[-1])), flush=True)
    Console().print(_table(points, given.set))
    if given.json:
        told = {"set": given.set, "base": made.sha256(given.base / "model.safetensors")}
        told |= {"seed": given.seed, "versions": made.versions(), "machine": made.machine("auto")}
        text = json.dumps({**told, "points": [asdict(point) for point in points]}, indent=2)
        given.json.write_text(text + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=os.environ.get("DOCEXTRACT_DATA"))
    parser.add_argument("--set", default="ndas")
    parser.add_argument("--sizes", default="0,5,20,50")
    parser.add_argument("--minutes", type=float, default=2.5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if given.data is None:
        parser.error("give --data or set DOCEXTRACT_DATA")
    given.data = Path(given.data)
    return given


def _point(
    learnt: Sequence[Example],
    measured: Sequence[Example],
    labels: LabelSet,
    given: argparse.Namespace,
) -> Point:
    began = time.monotonic()
    if not learnt:
        scores = evaluate_model(BiEncoderEngine(given.base), measured, labels).scores
        return _of(0, scores, 0.0, 0)
    held = max(1, len(learnt) // 5)
    parts = DataSplit(learnt[held:], learnt[:held], ())
    data = made.DataSet(name=given.set, licence="", sha256="", files=len(learnt), examples={})
    with tempfile.TemporaryDirectory() as folder, progress(Console(stderr=True)) as show:
        out = Path(folder, "tuned")
        settings = FineTuningSettings(minutes=given.minutes, seed=given.seed)
        others = rehearsal_examples(
            {one.kind or "" for one in learnt}, labels.sentences, seed=given.seed
        )
        material = FineTuningData(parts, labels, data, augment=augment, others=others)
        written = run_fine_tuning(material, FineTuningJob(given.base, out, settings, show=show))
        minutes = (time.monotonic() - began) / 60
        scores = evaluate_model(BiEncoderEngine(out), measured, labels).scores
    return _of(len(learnt), scores, minutes, written.steps if written else 0)


def _of(documents: int, scores: made.Scores, minutes: float, steps: int) -> Point:
    return Point(
        documents,
        round(scores.overall.f1, 4),
        round(scores.overall.precision, 4),
        round(scores.overall.recall, 4),
        {label: round(count.f1, 4) for label, count in scores.labels.items()},
        round(minutes, 2),
        steps,
    )


def _table(points: Sequence[Point], name: str) -> Table:
    labels = sorted({label for point in points for label in point.by_label})
    table = Table(title=f"{name}: F1 on the dev part by documents learnt from")
    for heading in ("documents", "F1", "precision", "recall", *labels, "minutes"):
        table.add_column(heading, justify="right")
    for point in points:
        figures = [point.f1, point.precision, point.recall]
        figures += [point.by_label.get(label, 0.0) for label in labels]
        told = [f"{figure:.3f}" for figure in figures]
        table.add_row(str(point.documents), *told, f"{point.minutes:.1f}")
    return table


if __name__ == "__main__":
    main()
