"""Terminal tables of an evaluation and of the comparison of two runs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from docextract.evaluation.evaluation import Evaluation, Slice, slices
from docextract.evaluation.metrics import classification as kinds_
from docextract.evaluation.metrics.bootstrap import Interval, interval
from docextract.evaluation.metrics.calibration import Calibration
from docextract.evaluation.metrics.equality import Level
from docextract.evaluation.metrics.scores import (
    EXPECTED,
    FOUND,
    Counts,
    CountTable,
    f1,
    precision,
    recall,
    sroie,
)
from docextract.evaluation.outcomes import FieldOutcome
from docextract.evaluation.reporting.comparison import Comparison
from docextract.export.columns import printed

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

#: Longer values are cut.
WIDEST = 48
#: How many changed values of a comparison are shown; the JSON has all.
MOST_CHANGES = 20


def evaluation_tables(made: Evaluation) -> Iterator["RenderableType"]:
    """All tables of an evaluation: fields, calibration, kinds, entities, slices."""
    if made.fields.fields:
        yield field_table(made)
        yield _exact(made)
    if made.calibration.count:
        yield calibration_table(made.calibration, made.calibration_error)
    if made.kinds:
        yield kind_table(made.kinds)
    if made.entities:
        yield entity_table(made.entities)
    if made.fields.fields:
        for name, groups in slices(made).items():
            yield _slices(name, groups)


def field_table(made: Evaluation) -> "RenderableType":
    """F1 of each field at the three levels; precision, recall and the interval of the last."""
    headings = ["wanted", "found", "exact", "normal", "typed", "95 %", "prec", "recall"]
    table = _table(headings, between=1)  # to fit into 80 columns
    for name in made.fields.fields:
        counts = made.fields.only([name]).counts.sum(axis=(0, 1))
        table.add_row(name, *_cells(counts, made.field_f1(name)))
    rows = {"all fields": made.fields.single, "all columns": made.fields.columns}
    for title, names in rows.items():
        if names:
            counts = made.fields.only(names).counts.sum(axis=(0, 1))
            table.add_row(title, *_cells(counts, made.f1(fields=names)), style="bold")
    for name in made.rows.fields:
        counts = made.rows.only([name]).counts.sum(axis=(0, 1))
        table.add_row(f"rows of {name}", *_cells(counts, made.row_f1(name)), style="bold")
    levels = "fields: F1 exact, normalised and typed; interval, precision and recall of typed"
    return _titled(levels, table)


def _cells(counts: Counts, made: Interval) -> list[str]:
    return [
        str(counts[EXPECTED]),
        str(counts[FOUND]),
        *(f"{f1(counts, level):.3f}" for level in Level),
        _range(made),
        f"{precision(counts):.3f}",
        f"{recall(counts):.3f}",
    ]


def _exact(made: Evaluation) -> "RenderableType":
    from rich.text import Text

    share = sroie(made.fields.only(made.fields.single))
    return Text(
        f"exact, as SROIE counts: F1 {_full(made.f1(Level.EXACT))}, precision "
        f"{share.precision:.3f}, recall {share.recall:.3f}; fields fully exact {share.exact:.3f}\n"
    )


def calibration_table(made: Calibration, error: Interval) -> "RenderableType":
    """The reliability table."""
    table = _table(["values", "mean", "right"])
    for one in made.bins:
        if one.values:
            shares = (f"{one.confidence:.3f}", f"{one.right:.3f}")
            table.add_row(f"{one.low:.1f} to {one.high:.1f}", str(one.values), *shares)
    for aim, confidence, share in made.thresholds:
        least = "at no confidence" if confidence is None else f"from {confidence:.4f}"
        table.add_row(f"{aim:.0%} right {least}", f"{share:.1%}", style="bold")
    title = f"confidence of {made.count} values: expected calibration error {_full(error)}"
    return _titled(title, table)


def kind_table(made: kinds_.KindMetrics) -> "RenderableType":
    """F1 of each kind, with the kinds it was predicted as."""
    accuracy = interval(made.counts, kinds_.accuracy)
    macro = interval(made.counts, kinds_.macro_f1)
    unknown = "" if made.auroc is None else f", AUROC of unknown {made.auroc:.3f}"
    table = _table(["documents", "F1"])
    table.add_column("predicted as", justify="left")
    for kind, score in made.by_kind.items():
        said = {s: count for (truth, s), count in made.confusion.items() if truth == kind}
        wrong = {s: count for s, count in said.items() if s != kind}
        others = ", ".join(f"{s} {count}" for s, count in sorted(wrong.items()))
        table.add_row(kind, str(sum(said.values())), f"{score:.3f}", others)
    scores = f"accuracy {_full(accuracy)}, macro-F1 {_full(macro)}{unknown}"
    return _titled(f"kinds: {scores}", table)


def entity_table(made: CountTable) -> "RenderableType":
    """Strict F1 of each label of entities."""
    table = _table(["wanted", "found", "F1", "95 %", "prec", "recall"])
    rows: Mapping[str, Sequence[int]] = {
        **{label: [at] for at, label in enumerate(made.fields)},
        "all labels": range(len(made.fields)),
    }
    for name, at in rows.items():
        counts = made.counts[:, at].sum(axis=1)
        sums, score = counts.sum(axis=0), interval(counts, f1)
        shares = (f"{precision(sums):.3f}", f"{recall(sums):.3f}")
        table.add_row(
            name,
            str(sums[EXPECTED]),
            str(sums[FOUND]),
            f"{score.value:.3f}",
            _range(score),
            *shares,
        )
    return _titled("entities: strict F1", table)


def _slices(name: str, groups: Sequence[Slice]) -> "RenderableType":
    table = _table(["documents", "exact", "normal", "typed"])
    for group in groups:
        made = group.fields.only(group.fields.single)
        sums = made.counts.sum(axis=(0, 1))
        scores = (f"{f1(sums, level):.3f}" for level in Level)
        table.add_row(group.name, str(len(made.documents)), *scores)
    return _titled(f"F1 of all fields by {name}", table)


def error_table(found: Sequence[FieldOutcome]) -> "RenderableType":
    """Errors: the truth, the value found, its printed words, its confidence and page."""
    table = _table([])
    for heading in ("document", "truth", "found", "printed", "confidence", "page"):
        table.add_column(heading)
    for one in found:
        wrong = [f for f, right in zip(one.found, one.right[Level.TYPED], strict=True) if not right]
        table.add_row(
            one.field,
            one.document,
            _short("; ".join(one.expected) or "none"),
            _short("; ".join(printed(f.value) for f in wrong) or "nothing"),
            _short("; ".join(f.text for f in wrong)),
            "; ".join(f"{f.confidence:.2f}" for f in wrong if f.confidence is not None),
            "; ".join(str(f.page) for f in wrong if f.page),
        )
    return _titled("errors, by descending confidence", table)


def comparison_tables(made: Comparison, names: tuple[str, str] = ("before", "now")) -> list[Any]:
    """F1 of two runs called `names`, by field, how much it rose, and what changed."""
    table = _table([*names, "change", "95 %"])
    for name, (before, after, by) in [*made.fields.items(), ("all fields", made.overall)]:
        scores = (f"{before:.3f}", f"{after:.3f}", f"{by.value:+.3f}")
        table.add_row(name, *scores, f"{by.low:+.2f} to {by.high:+.2f}")
    found = _titled("F1 typed of both", table)
    return [found, _changes(made)] if made.changes else [found]


def _changes(made: Comparison) -> "RenderableType":
    better = sum(change.by > 0 for change in made.changes)
    rows = _table([])
    for heading in ("document", "truth", "before", "now"):
        rows.add_column(heading)
    for change in made.changes[:MOST_CHANGES]:
        values = (
            "; ".join(printed(f.value) for f in one.found) for one in (change.before, change.after)
        )
        rows.add_row(
            ("better " if change.by > 0 else "worse ") + change.after.field,
            change.after.document,
            _short("; ".join(change.after.expected) or "none"),
            *(_short(value or "nothing") for value in values),
        )
    worse = len(made.changes) - better
    return _titled(f"{better} fields of documents are better, {worse} worse", rows)


def _titled(title: str, table: "Table") -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    return Group(Text(title, style="bold"), table, "")


def _table(numbers: Sequence[str], *, between: int = 2) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 0, 0, between - 1))
    made.add_column("", no_wrap=True)
    for heading in numbers:
        made.add_column(heading, justify="right", no_wrap=True)
    return made


def _range(made: Interval) -> str:
    return f"{made.low:.2f}-{made.high:.2f}"


def _full(made: Interval) -> str:
    return f"{made.value:.3f} ({_range(made)})"


def _short(text: str) -> str:
    from rich.markup import escape

    line = " ".join(text.split())
    return escape(line if len(line) <= WIDEST else line[: WIDEST - 1] + "…")
