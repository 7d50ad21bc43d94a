"""A signature: the strokes of a pen, sent as points, drawn here as a picture.

`[[x, y, x, y, ..], ..]`, whole numbers on a sheet of WIDTH by HEIGHT. Nothing of what was sent is kept but these lines.
"""

import io
import json
from typing import Any, Final

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1000, 300
MOST_STROKES, MOST_NUMBERS = 500, 40_000
LARGEST: Final = 400_000  # bytes
PEN: Final = 5
FINER: Final = 2  # drawn larger and made smaller, so that its edges are smooth
INK, PAPER = 20, 255


def drawn(sent: bytes) -> bytes | None:
    """The picture (PNG) of the strokes; None where they are none, or draw nothing."""
    strokes = _strokes(sent)
    if not strokes:
        return None
    sheet = Image.new("L", (WIDTH * FINER, HEIGHT * FINER), PAPER)
    pen = ImageDraw.Draw(sheet)
    for stroke in strokes:
        _draw(pen, stroke)
    file = io.BytesIO()
    sheet.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def _strokes(sent: bytes) -> list[list[int]]:
    if len(sent) > LARGEST:
        return []
    try:
        found = json.loads(sent)
    except (ValueError, RecursionError):
        return []
    if not isinstance(found, list) or len(found) > MOST_STROKES:
        return []
    if not all(_is_stroke(stroke) for stroke in found):
        return []
    return found if 4 <= sum(map(len, found)) <= MOST_NUMBERS else []


def _is_stroke(stroke: Any) -> bool:
    if not isinstance(stroke, list) or len(stroke) < 2 or len(stroke) % 2:
        return False
    return all(
        type(number) is int and 0 <= number <= (HEIGHT if at % 2 else WIDTH)
        for at, number in enumerate(stroke)
    )


def _draw(pen: ImageDraw.ImageDraw, stroke: list[int]) -> None:
    points = [(x * FINER, y * FINER) for x, y in zip(stroke[::2], stroke[1::2], strict=True)]
    if len(points) > 1:
        pen.line(points, fill=INK, width=PEN * FINER, joint="curve")
    half = PEN * FINER // 2
    for x, y in (points[0], points[-1]):
        pen.ellipse((x - half, y - half, x + half, y + half), fill=INK)
