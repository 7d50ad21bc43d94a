"""Whether a file that was sent may be unpacked: sizes and elements are counted before anything is made of it. Pure.

A spreadsheet is a zip of XML. A few kilobytes may unpack to gigabytes, an XML that names itself may unfold to more, and a million empty
elements cost a reader minutes: such a file is refused by counting alone.
"""

import io
import re
import zipfile
from typing import IO, Final

UNPACKED_AT_MOST: Final = 64 * 1024 * 1024
PARTS_AT_MOST: Final = 1_000
ELEMENTS_AT_MOST: Final = 4_000_000  # marks of cells and shared texts: each takes some
OTHERS_AT_MOST: Final = 100_000  # of all that is neither: styles, names, relations
PIECE: Final = 256 * 1024
DECLARED: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
LONGEST_DECLARED: Final = 9
TABLES: Final = ("xl/worksheets/", "xl/sharedstrings.xml")
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def hindrance(data: bytes) -> str:
    """Why it may not be unpacked: `damaged`, or `bomb`; blank where it may."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _declared(archive.infolist()) or _counted(archive)
    except (
        Exception
    ):  # of zipfile, zlib, the codecs: whatever a damaged file provokes is its fault
        return "damaged"


def _declared(parts: list[zipfile.ZipInfo]) -> str:
    """By what the zip says of itself. A part never gives more than it says: what is read ends there."""
    if len(parts) > PARTS_AT_MOST or sum(one.file_size for one in parts) > UNPACKED_AT_MOST:
        return "bomb"
    names = [one.filename for one in parts]
    plain = all(one.compress_type in METHODS and not one.flag_bits & 1 for one in parts)
    return "" if plain and len(names) == len(set(names)) else "damaged"


def _counted(archive: zipfile.ZipFile) -> str:
    elements = others = 0
    for part in archive.infolist():
        name = part.filename.lower()
        if not name.endswith((".xml", ".rels")):
            continue
        with archive.open(part) as stream:
            found = _elements(stream)
        if found is None:
            return "damaged"
        if name.startswith(TABLES):
            elements += found
        else:
            others += found
        if elements > ELEMENTS_AT_MOST or others > OTHERS_AT_MOST:
            return "bomb"
    return ""


def _elements(stream: IO[bytes]) -> int | None:
    """How many marks begin in it; None where it declares entities, or is not written in bytes that can be looked through."""
    count, tail, first = 0, b"", True
    while piece := stream.read(PIECE):
        if first and not piece.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            return None
        if b"\x00" in piece or DECLARED.search(tail + piece):  # UTF-16 would hide it
            return None
        count += piece.count(b"<")
        tail, first = piece[-LONGEST_DECLARED:], False
    return count
