"""The name a file is kept under: the sender's, without folders, without what deceives the eye, with the ending of its content."""

import re
import unicodedata
from pathlib import PurePosixPath

from builder.question_types.base.stored import (
    JPEG,
    MEDIA_TYPES,
    PDF,
    PICTURES,
    PLAIN_TEXT,
    PNG,
    WEBP,
)

LONGEST = 100  # letters, and bytes twice as many: what every file system takes
NAMELESS = "file"
FORBIDDEN = re.compile(r'[<>:"|?*%]')
DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)", re.IGNORECASE)
ENDINGS = {
    PDF: {".pdf"},
    JPEG: {".jpg", ".jpeg", ".jfif"},
    PNG: {".png"},
    WEBP: {".webp"},
    PLAIN_TEXT: {".txt", ".text"},
}
OF_PICTURES = frozenset().union(*(ENDINGS[media_type] for media_type in PICTURES))


def clean_name(name: str, media_type: str) -> str:
    """A name that is safe to offer and to save, and ends as its content asks."""
    plain = _plain(name.replace("\\", "/").rpartition("/")[2])
    ending = PurePosixPath(plain).suffix
    if ending.lower() in ENDINGS[media_type]:
        return _cut(plain[: -len(ending)], ending)
    if ending.lower() in OF_PICTURES and media_type in PICTURES:  # it was made into another kind
        plain = plain[: -len(ending)]
    return _cut(plain, MEDIA_TYPES[media_type])


def _plain(name: str) -> str:
    """Without invisible letters (those that turn the writing round among them), with single blanks."""
    seen = "".join(
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", name)
        if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
    return " ".join(FORBIDDEN.sub("-", seen).split()).strip(". ")


def _cut(stem: str, ending: str) -> str:
    stem = stem[: LONGEST - len(ending)].strip(". ") or NAMELESS
    while len(stem.encode()) > 2 * LONGEST:
        stem = stem[:-1]
    return f"{'_' if DEVICES.match(stem) else ''}{stem}{ending}"
