"""The picture of a flow map: an SVG that names its classes and leaves colours to a style sheet.

The path runs down, column by column; a stop with a condition has a way around it; a curve leads from the section that decides to
the stop that is decided. Ends and what is opened from the side have columns of their own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import ceil, sqrt

from builder.flow.stops import Map, Stop
from builder.problems import gettext_noop as _

Say = Callable[[str], str]
Link = Callable[[Stop], str]
CHANGES = {
    "added": _("new"),
    "removed": _("removed"),
    "changed": _("changed"),
    "moved": _("moved"),
}

WIDTH, HEIGHT, GAP = 270, 60, 34  # of a stop, and between two
INDENT = 22  # of a section that lies within another
SPINE = 70  # where the path runs, from the left of a column
LANE, LANES = 8, 9  # of the curves at the right of a column
AROUND = 20  # how far the way around a stop lies from it
MARGIN = 28
COLUMN = WIDTH + 2 * INDENT + LANE * LANES + 3 * AROUND
ROWS_AT_LEAST = 14
LONGEST_TITLE, LONGEST_CONDITION = 30, 36


@dataclass(frozen=True, slots=True)
class _Box:
    """A stop in its place."""

    stop: Stop
    column: int
    x: int
    y: int

    @property
    def right(self) -> int:
        return self.x + WIDTH

    @property
    def middle(self) -> int:
        return self.y + HEIGHT // 2

    @property
    def spine(self) -> int:
        return MARGIN + AROUND + self.column * COLUMN + SPINE


def draw(flow: Map, link: Link, say: Say = str) -> str:
    """The picture; `link` gives the address of a stop, empty for none."""
    rows = max(ROWS_AT_LEAST, ceil(2 * sqrt(len(flow.path))))
    path = _boxes(flow.path, 0, rows)
    used = 1 + max((box.column for box in path), default=0)
    ends = _boxes(flow.outcomes, used, len(flow.outcomes) or 1)
    used += bool(ends)
    sides = _boxes(flow.sides, used, len(flow.sides) or 1)
    boxes = [*path, *ends, *sides]
    width = MARGIN * 2 + (used + bool(sides)) * COLUMN
    height = MARGIN * 2 + AROUND + max((box.y + HEIGHT for box in boxes), default=0)
    heads = [_head(ends, say(_("Ends"))), _head(sides, say(_("At any moment")))]
    parts = [
        *_ways(path, ends),
        *_decisions(boxes),
        *heads,
        *(_stop(box, link, say) for box in boxes),
    ]
    return (
        f'<svg class="flow" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="group" aria-label="{escape(say(_("Flow map")))}"><defs><marker id="flow-tip" viewBox="0 0 8 8" refX="7" refY="4" '
        'markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>'
        f"{''.join(parts)}</svg>"
    )


def _boxes(stops: tuple[Stop, ...], first: int, rows: int) -> list[_Box]:
    """Stops in their places, from a column on, so many under one another."""
    return [
        _Box(
            stop,
            first + at // rows,
            MARGIN + AROUND + (first + at // rows) * COLUMN + min(stop.depth, 2) * INDENT,
            MARGIN + AROUND + (at % rows) * (HEIGHT + GAP),
        )
        for at, stop in enumerate(stops)
    ]


def _ways(path: list[_Box], ends: list[_Box]) -> Iterator[str]:
    """From stop to stop, around those that have a condition, and from the last to the ends."""
    there = [box for box in path if box.stop.change != "removed"]
    for one, other in pairwise(there):
        yield _way(one, other)
    for box in there:
        if box.stop.condition:
            yield _around(box)
    for end in ends:
        if there and end.stop.change != "removed":
            yield _line("way", _gutter(there[-1], end.x, end.middle))


def _way(one: _Box, other: _Box) -> str:
    if one.column == other.column:
        return _line("way", f"M{one.spine} {one.y + HEIGHT}V{other.y}")
    down, over = _gutter(one, other.x - AROUND // 2, other.y - AROUND // 2), other.spine
    return _line("way", f"{down}H{over}V{other.y}")


def _gutter(box: _Box, x: int, y: int) -> str:
    """From under a stop through the gutter at the left of the next column, to a point."""
    gutter = MARGIN + (box.column + 1) * COLUMN - AROUND // 2
    return f"M{box.spine} {box.y + HEIGHT}v{GAP // 3}H{gutter}V{y}H{x}"


def _around(box: _Box) -> str:
    above, below, left = box.y - GAP // 2, box.y + HEIGHT + GAP // 4, box.x - AROUND
    return _line(
        "around", f"M{box.spine} {above}H{left + 8}q-8 0 -8 8V{below - 8}q0 8 8 8H{box.spine}"
    )


def _decisions(boxes: list[_Box]) -> Iterator[str]:
    """From who decides to what is decided: in a lane beside the column, or over to another one."""
    places = {box.stop.id: box for box in boxes}
    pairs = [
        (places[decider], box)
        for box in boxes
        for decider in box.stop.deciders
        if decider in places
    ]
    near = [pair for pair in pairs if pair[0].column == pair[1].column]
    for (one, other), lane in zip(near, _lanes(near), strict=True):
        x = MARGIN + AROUND + one.column * COLUMN + WIDTH + 2 * INDENT + lane * LANE
        turn = 6 if other.middle > one.middle else -6
        way = f"M{one.right} {one.middle}H{x - 6}q6 0 6 {turn}V{other.middle - turn}q0 {turn} -6 {turn}H{other.right}"
        yield _line("decides", way, _why(one, other))
    for one, other in pairs:
        if one.column != other.column:
            half = (other.x - one.right) // 2
            way = f"M{one.right} {one.middle}c{half} 0 {half} {other.middle - one.middle} {2 * half} {other.middle - one.middle}"
            yield _line("decides flow-far", way, _why(one, other))


def _lanes(pairs: list[tuple[_Box, _Box]]) -> list[int]:
    """A lane for each curve, so that those that overlap lie beside one another while there is room; the short ones inside."""
    taken: list[tuple[int, int, int, int]] = []  # column, lane, from, to
    lanes = [0] * len(pairs)
    for at in sorted(range(len(pairs)), key=lambda n: abs(pairs[n][1].y - pairs[n][0].y)):
        one, other = pairs[at]
        low, high = sorted((one.y, other.y))
        beside = {
            lane
            for column, lane, start, end in taken
            if column == one.column and start < high and low < end
        }
        lanes[at] = next((lane for lane in range(1, LANES) if lane not in beside), LANES)
        taken.append((one.column, lanes[at], low, high))
    return lanes


def _why(one: _Box, other: _Box) -> str:
    return f"{one.stop.title} → {other.stop.title}: {other.stop.condition}"


def _line(kind: str, way: str, why: str = "") -> str:
    title = f"<title>{escape(why)}</title>" if why else ""
    return f'<path class="flow-{kind}" d="{way}" marker-end="url(#flow-tip)">{title}</path>'


def _head(boxes: list[_Box], words: str) -> str:
    if not boxes:
        return ""
    return f'<text class="flow-head" x="{boxes[0].x}" y="{MARGIN}">{escape(words)}</text>'


def _stop(box: _Box, link: Link, say: Say) -> str:
    stop, address = box.stop, link(box.stop)
    change = f" flow-{stop.change}" if stop.change else ""
    label = escape(said(stop, say))
    lines = _texts(box, say)
    drawn = f'<title>{label}</title><rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{HEIGHT}" rx="8"/>{lines}'
    inside = f'<a href="{escape(address)}" aria-label="{label}">{drawn}</a>' if address else drawn
    return f'<g class="flow-stop flow-{stop.kind}{change}">{inside}</g>'


def _texts(box: _Box, say: Say) -> str:
    stop, x = box.stop, box.x + 12
    first = ("↻ " if stop.kind == "repeat" else "") + _short(stop.title, LONGEST_TITLE)
    badge = say(CHANGES[stop.change]) if stop.change else ""
    second = _short(stop.condition, LONGEST_CONDITION - len(badge))
    rows = [
        f'<text class="flow-title" x="{x}" y="{box.y + 24}">{escape(first)}</text>',
        f'<text class="flow-condition" x="{x}" y="{box.y + 45}">{escape(second)}</text>',
    ]
    count = str(stop.asks) if stop.asks else ""
    for words, kind, y in ((badge, "badge", 45), (count, "count", 24)):
        if words:
            rows.append(
                f'<text class="flow-{kind}" x="{box.right - 10}" y="{box.y + y}" text-anchor="end">{escape(words)}</text>'
            )
    return "".join(rows)


def said(stop: Stop, say: Say) -> str:
    """A stop in words: its title, when it is reached, what became of it."""
    parts = [stop.title]
    if stop.condition:
        parts.append(say(_("if %(condition)s")) % {"condition": stop.condition})
    if stop.change:
        parts.append(say(CHANGES[stop.change]))
    return " · ".join(parts)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
