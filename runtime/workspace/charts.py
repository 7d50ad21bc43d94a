"""Pictures of figures: SVG drawn on the server, which names its classes and leaves colours to a style sheet. A table stands beside each.

A library of charts would write its styles into the picture, which the pages' policy does not let in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 12, 26
LABELS_AT_MOST = 12
GRID = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with the part of it that is told apart."""

    label: str
    value: float
    part: float = 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a curve (0 to 1), its label, and the band the curve lies in."""

    at: float
    label: str
    low: float
    middle: float
    high: float


def bars(rows: Sequence[Bar], title: str) -> SafeString:
    """Columns side by side; empty where there is nothing to show."""
    if not rows:
        return mark_safe("")
    top = _top(max(row.value for row in rows))
    step = (WIDTH - LEFT - RIGHT) / len(rows)
    every = -(-len(rows) // LABELS_AT_MOST)
    parts = _grid(top)
    for number, row in enumerate(rows):
        x, width = LEFT + number * step + step * 0.12, step * 0.76
        parts += [
            _column("chart-bar", x, width, row.value / top),
            _column("chart-part", x, width, row.part / top),
        ]
        if number % every == 0:
            parts.append(_text(x + width / 2, HEIGHT - 8, row.label, "middle"))
    return _drawn(parts, title)


def curve(points: Sequence[Point], title: str) -> SafeString:
    """A line in its band, from left to right."""
    if not points:
        return mark_safe("")
    top = _top(max(point.high for point in points))
    above = [_place(point.at, point.high / top) for point in points]
    below = [_place(point.at, point.low / top) for point in reversed(points)]
    line = [_place(point.at, point.middle / top) for point in points]
    parts = _grid(top)
    parts.append(f'<path class="chart-band" d="M{"L".join(above + below)}z"/>')
    parts.append(f'<path class="chart-line" d="M{"L".join(line)}"/>')
    every = -(-len(points) // (LABELS_AT_MOST // 2))
    for point in points[::every]:
        x = LEFT + point.at * (WIDTH - LEFT - RIGHT)
        parts.append(_text(x, HEIGHT - 8, point.label, "start" if point.at == 0 else "middle"))
    return _drawn(parts, title)


def _top(highest: float) -> float:
    """Where the axis ends: a number whose quarters are whole, at or above the highest value."""
    top = 4.0
    while top < highest:
        top *= 2.5 if str(int(top))[0] == "8" else 2
    return top


def _grid(top: float) -> list[str]:
    found = []
    for number in range(GRID + 1):
        y = _y(number / GRID)
        found.append(f'<path class="chart-grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        found.append(_text(LEFT - 6, y + 4, f"{top * number / GRID:,.4g}", "end"))
    return found


def _y(share: float) -> float:
    return TOP + (1 - share) * (HEIGHT - TOP - BOTTOM)


def _place(at: float, share: float) -> str:
    return f"{LEFT + at * (WIDTH - LEFT - RIGHT):.1f} {_y(share):.1f}"


def _column(kind: str, x: float, width: float, share: float) -> str:
    y, bottom = _y(min(1.0, share)), _y(0)
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{bottom - y:.1f}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _drawn(parts: Sequence[str], title: str) -> SafeString:
    return mark_safe(  # noqa: S308 - every word is escaped where it is put in
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )
