"""SVG charts: line chart, reliability diagram, confusion matrix; no script, no library.

Colours come from the page's style sheet.

Coordinates inside are pixels of the view box, origin top-left, as SVG has them. Every chart has a
title for those who cannot see it; the numbers stand in a table beside it on the page.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from docextract.training.reporting.model_provenance import ConfusionMatrix, ReliabilityBin

#: (x, y) points of a line.
Line = Sequence[tuple[float, float]]

_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 10, 34


@dataclass(frozen=True)
class _Axes:
    """Maps data to pixels."""

    width: int
    height: int
    x: tuple[float, float]
    y: tuple[float, float]

    def across(self, value: float) -> float:
        """Pixels from the left."""
        return _LEFT + _share(value, self.x) * (self.width - _LEFT - _RIGHT)

    def down(self, value: float) -> float:
        """Pixels from the top."""
        return self.height - _BOTTOM - _share(value, self.y) * (self.height - _TOP - _BOTTOM)


def line_chart(
    title: str, series: Mapping[str, Line], *, mark: float | None = None, label: str = "step"
) -> Markup:
    """Draw lines over one axis.

    Args:
        title: Said to those who cannot see it.
        series: Name -> points; the names are classes of the style sheet: "loss", "score".
        mark: An x at which a vertical line stands: where the best weights were.
        label: What x counts.
    """
    points = [point for line in series.values() for point in line if math.isfinite(point[1])]
    if not points:
        return Markup("")
    xs = [x for x, _ in points]
    ys = ticks(min(y for _, y in points), max(y for _, y in points))
    axes = _Axes(520, 240, (min(xs), max(xs)), (ys[0], ys[-1]))
    parts = [_grid(axes, ticks(*axes.x), ys, label)]
    if mark is not None:
        at = axes.across(mark)
        parts.append(
            Markup('<line class="mark" x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/>').format(
                at, _TOP, axes.height - _BOTTOM
            )
        )
    for name, line in series.items():
        path = " ".join(
            f"{axes.across(x):.1f},{axes.down(y):.1f}" for x, y in line if math.isfinite(y)
        )
        parts.append(Markup('<polyline class="line {}" points="{}"/>').format(name, path))
        if len(line) == 1:
            parts.append(_dot(axes, *line[0], "one point"))
    return _svg(axes.width, axes.height, title, parts)


def reliability_diagram(title: str, bins: Sequence[ReliabilityBin]) -> Markup:
    """Draw confidence against the share that is right; on the diagonal both are the same.

    A dot's area is the number of values in its bin.
    """
    if not any(one.count for one in bins):
        return Markup("")
    axes = _Axes(300, 300, (0.0, 1.0), (0.0, 1.0))
    most = max(one.count for one in bins)
    tenths = [n / 5 for n in range(6)]
    parts = [_grid(axes, tenths, tenths, "confidence")]
    diagonal = (axes.across(0), axes.down(0), axes.across(1), axes.down(1))
    parts.append(Markup('<line class="mark" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(*diagonal))
    for one in bins:
        if one.count:
            told = f"{one.count} values at confidence {one.confidence:.2f}: {one.right:.2f} right"
            radius = 3 + 9 * math.sqrt(one.count / most)
            parts.append(_dot(axes, one.confidence, one.right, told, radius))
    return _svg(axes.width, axes.height, title, parts)


def confusion_matrix(title: str, matrix: ConfusionMatrix) -> Markup:
    """Draw true kinds down, predicted kinds across; darker cells hold more of their row."""
    size, left, top = 46, 150, 110
    side = size * len(matrix.kinds)
    parts: list[Markup] = []
    for row, counts in enumerate(matrix.counts):
        for column, count in enumerate(counts):
            share = count / max(1, sum(counts))
            sort = "right" if row == column else "wrong"
            x, y = left + column * size, top + row * size
            parts.append(
                Markup(
                    '<rect class="cell {}" x="{}" y="{}" width="{}" height="{}" '
                    'style="fill-opacity:{:.2f}"/>'
                ).format(sort, x + 1, y + 1, size - 2, size - 2, share)
            )
            if count:
                strong = "text on" if share > 0.6 else "text"
                parts.append(_text(x + size / 2, y + size / 2 + 4, str(count), strong))
    for n, kind in enumerate(matrix.kinds):
        middle = n * size + size / 2
        parts.append(_text(left - 8, top + middle + 4, kind, "text right-end"))
        parts.append(_text(left + middle, top - 8, kind, "text left-end", turn=-45))
    return _svg(left + side + 40, top + side + 10, title, parts)


def ticks(low: float, high: float) -> list[float]:
    """Three to seven round numbers from at or below `low` to at or above `high`."""
    largest = max(abs(low), abs(high))
    if high - low <= 1e-9 * largest or largest < 1e-9:
        wide = 0.5 * largest if largest >= 1e-9 else 0.5
        low, high = low - wide, high + wide
    rough = (high - low) / 4
    unit = 10 ** math.floor(math.log10(rough))
    step = next(unit * n for n in (1, 2, 5, 10) if unit * n >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [n * step for n in range(first, last + 1)]


def _share(value: float, ends: tuple[float, float]) -> float:
    low, high = ends
    return (value - low) / (high - low) if high > low else 0.5


def _grid(axes: _Axes, xs: Sequence[float], ys: Sequence[float], label: str) -> Markup:
    parts = []
    right, bottom = axes.width - _RIGHT, axes.height - _BOTTOM
    for y, text in zip(ys, _numbers(ys), strict=True):
        at = axes.down(y)
        parts.append(
            Markup('<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(
                _LEFT, right, at, at
            )
        )
        parts.append(_text(_LEFT - 6, at + 4, text, "text right-end"))
    for x, text in zip(xs, _numbers(xs), strict=True):
        if axes.x[0] <= x <= axes.x[1]:
            parts.append(_text(axes.across(x), bottom + 16, text, "text"))
    parts.append(_text((_LEFT + right) / 2, axes.height - 3, label, "text faint"))
    return Markup("").join(parts)


def _numbers(values: Sequence[float]) -> list[str]:
    """With as many decimals as tell neighbours apart."""
    step = min((b - a for a, b in pairwise(values)), default=1.0)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0
    return [f"{value:,.{decimals}f}" for value in values]


def _dot(axes: _Axes, x: float, y: float, told: str, radius: float = 4) -> Markup:
    return Markup(
        '<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"><title>{}</title></circle>'
    ).format(axes.across(x), axes.down(y), radius, told)


def _text(x: float, y: float, text: str, kind: str, *, turn: int = 0) -> Markup:
    made = '<text class="{0}" x="{1:.1f}" y="{2:.1f}" transform="rotate({3} {1:.1f} {2:.1f})">{4}'
    return Markup(made + "</text>").format(kind, x, y, turn, text)


def _svg(width: float, height: float, title: str, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" role="img" aria-label="{2}">{3}</svg>'
    ).format(width, height, escape(title), Markup("").join(parts))
