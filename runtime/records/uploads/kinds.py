"""What a file is, told by its content alone: its name and what the browser calls it say nothing."""

import re

from builder.question_types.base.stored import JPEG, PDF, PLAIN_TEXT, PNG, WEBP

BEGINNINGS = ((PDF, b"%PDF-"), (JPEG, b"\xff\xd8\xff"), (PNG, b"\x89PNG\r\n\x1a\n"))
END_OF_PDF, NEAR_THE_END = b"%%EOF", 2048
# Of the control characters, those that lay out a text.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def media_type_of(data: bytes) -> str:
    """The media type, or an empty text for what the house does not take."""
    for media_type, beginning in BEGINNINGS:
        if data.startswith(beginning):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    return PLAIN_TEXT if _is_text(data) else ""


def is_whole(media_type: str, data: bytes) -> bool:
    """Whether its end is there: a PDF that was cut off on the way opens nowhere."""
    return media_type != PDF or END_OF_PDF in data[-NEAR_THE_END:]


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return NO_TEXT.search(text) is None
