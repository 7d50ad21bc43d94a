"""Pictures are drawn anew: only their points are kept. Place, time and device, comments, profiles, further frames and whatever
hides behind the picture stay behind.
"""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageFile, ImageOps

from builder.question_types.base.stored import JPEG, PNG, WEBP

FORMATS: Final = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
SAVED: Final = {JPEG: {"quality": 88}, PNG: {}, WEBP: {"quality": 88}}
MOST_PIXELS: Final = 50_000_000  # 200 MB while it is drawn
SMALL: Final = 320
# Each scan of a progressive JPEG is laid over the whole picture: thousands of them are minutes of work. Cameras write ten.
MOST_SCANS, SCAN, BEGINNING_OF_JPEG = 30, b"\xff\xda", b"\xff\xd8"
WHITE: Final = (255, 255, 255)
_turn = (
    threading.Lock()
)  # one at a time: several large ones at once would take the memory of the whole server


@dataclass(frozen=True, repr=False)
class Picture:
    """A picture drawn anew, and a small one where it was asked for."""

    data: bytes
    small: bytes | None = None


def redrawn(
    data: bytes, into: str, longest: int | None = None, *, small: bool = False
) -> Picture | str:
    """The picture as a file of the type `into`, no side longer than `longest`; or the code of why not: `pixels`, `broken`."""
    if data.count(SCAN) > MOST_SCANS and data.startswith(BEGINNING_OF_JPEG):
        return "broken"
    with _turn, _whole_ones_only():
        try:
            with Image.open(io.BytesIO(data), formats=tuple(FORMATS.values())) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return "pixels"
                return _drawn(picture, into, longest, small=small)
        except Image.DecompressionBombError:
            return "pixels"
        except Exception:  # what a forged picture makes a decoder raise is on no list
            return "broken"


@contextmanager
def _whole_ones_only() -> Iterator[None]:
    """WeasyPrint tells Pillow, for the whole process, to draw what is cut off as if it were whole; not so here."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _drawn(picture: Image.Image, into: str, longest: int | None, *, small: bool) -> Picture:
    if longest is not None:
        picture.thumbnail((longest, longest))
    upright = _bare(_upright(picture), into)
    data = _saved(upright, into)
    if not small:
        return Picture(data)
    upright.thumbnail((SMALL, SMALL))
    return Picture(data, _saved(upright, into))


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held; where that cannot be read, the picture as it is."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # what stands beside the points may be damaged in every way
        return picture


def _bare(picture: Image.Image, into: str) -> Image.Image:
    """The points alone, in colours that the format knows."""
    seen_through = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    made = picture.convert("RGBA" if seen_through else "RGB")
    if seen_through and into == JPEG:
        ground = Image.new("RGB", made.size, WHITE)
        ground.paste(made, mask=made.getchannel("A"))
        made = ground
    made.info = {}
    return made


def _saved(picture: Image.Image, into: str) -> bytes:
    file = io.BytesIO()
    picture.save(file, FORMATS[into], **SAVED[into])
    return file.getvalue()
