"""HTML report of a training: one page without network access and without scripts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from docextract.export.files import atomic
from docextract.training.reporting import charts
from docextract.training.reporting.model_provenance import ModelProvenance, ValidationPoint

NAME = "report.html"
#: Worst errors on the page.
_SHOWN = 50


@dataclass(frozen=True)
class WrongValue:
    """A wrong value: found and not there, there and not found, or another.

    `confidence` is the model's in what it found, 0 where it found nothing.
    """

    document: str
    label: str
    true: str
    found: str
    confidence: float

    @property
    def weight(self) -> float:
        """Severity: to be sure of what is wrong is worst, then to miss what is there."""
        return self.confidence if self.found else 0.3


def write_report(made: ModelProvenance, folder: Path, *, misses: Sequence[WrongValue] = ()) -> Path:
    """Write report.html into `folder`; its path.

    Args:
        made: What made.json holds.
        folder: The model's.
        misses: The values that came out wrong on the test part. They show words of documents,
            so a report with them is for whoever may see the documents.
    """
    path = folder / NAME
    with atomic(path) as part:
        part.write_text(report_html(made, misses), "utf-8")
    return path


def report_html(made: ModelProvenance, misses: Sequence[WrongValue] = ()) -> str:
    """Render the report's HTML."""
    from jinja2 import Environment, StrictUndefined

    # Documents' words come in here: everything is escaped but what `charts` made.
    made_of = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    source = resources.files("docextract.training.reporting").joinpath("report.html.jinja")
    worst = sorted(misses, key=lambda miss: -miss.weight)[:_SHOWN]
    parts = {
        name: {
            "scores": scores,
            "confusion": scores.kinds and charts.confusion_matrix(f"kinds, {name}", scores.kinds),
            "reliability": charts.reliability_diagram(f"reliability, {name}", scores.reliability),
        }
        for name, scores in made.scores.items()
    }
    return made_of.from_string(source.read_text("utf-8")).render(
        made=made,
        parts=parts,
        curves=_curves(made.points, made.best_step),
        options={key: _printed(value) for key, value in made.options.items()},
        worst=worst,
        misses=len(misses),
    )


def _curves(points: Sequence[ValidationPoint], best: int) -> dict[str, str]:
    loss = [(float(point.step), point.loss) for point in points if point.loss is not None]
    score = [(float(point.step), point.score) for point in points if point.score is not None]
    return {
        "loss": charts.line_chart("loss by step", {"loss": loss}, mark=best),
        "score": charts.line_chart("validation score by step", {"score": score}, mark=best),
    }


def _printed(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
