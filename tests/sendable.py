"""Files to send: whole ones, and such as somebody makes who means harm."""

import io
import json
import struct
import zlib
from typing import Any

from PIL import Image

PLACE = "Canary-Grünspan"  # what a camera wrote into the picture
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
STROKES = [[100, 100, 300, 200, 500, 80], [600, 150, 900, 150]]


def strokes(lines: Any = STROKES) -> bytes:
    """A signature as the browser sends it."""
    return json.dumps(lines).encode()


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB") -> bytes:
    """A picture with colours in it."""
    made = Image.linear_gradient("L").resize(size).convert(mode)
    return saved(made, kind)


def saved(made: Any, kind: str, **more: Any) -> bytes:
    file = io.BytesIO()
    made.save(file, kind, **more)
    return file.getvalue()


def photo(size: tuple[int, int] = (640, 480), orientation: int = 1) -> bytes:
    """A photo as a telephone writes it: where it was taken, with what, a remark, an embedded text."""
    exif = Image.Exif()
    exif[0x010F], exif[0x010E], exif[0x0112] = "CanaryCam", PLACE, orientation
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (50.0, 51.0, 1.5), 3: "E", 4: (4.0, 21.0, 2.5), 29: "2026:03:16"})
    made = Image.linear_gradient("L").resize(size).convert("RGB")
    xmp = f"<x:xmpmeta>{PLACE}</x:xmpmeta>".encode()
    return saved(made, "JPEG", exif=exif, comment=PLACE.encode(), xmp=xmp)


def many_scans() -> bytes:
    """A progressive JPEG that says its last scan hundreds of times: small to send, long to draw."""
    whole = saved(Image.linear_gradient("L").resize((64, 64)), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * 500 + whole[-2:]


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(bytes(1000), 9)
    chunks = b"".join(map(_chunk, (b"IHDR", b"IDAT", b"IEND"), (head, data, b"")))
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
