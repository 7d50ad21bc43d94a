"""What becomes of a file that is sent, before it is sealed: told apart by its content, pictures drawn anew, its name cleaned.

Nothing here knows records, keys or the database. What cannot be kept is a code of `refusals`. A type whose answers name
files has its row in KEPT_AS.
"""

from collections.abc import Callable, Mapping
from typing import Final

from builder.question_types import Settings, Stored
from builder.question_types.base.stored import JPEG, MEGABYTE, PICTURES, PNG
from runtime.records.uploads.drawing import drawn
from runtime.records.uploads.kinds import is_whole, media_type_of
from runtime.records.uploads.names import clean_name
from runtime.records.uploads.pictures import redrawn
from runtime.records.uploads.sent import Ready, Sent

__all__ = ["Ready", "Sent", "made_ready"]

SIGNATURE_NAME: Final = "signature.png"


def made_ready(kind: Stored, settings: Settings, sent: Sent) -> Ready | str:
    """The file as it is kept, or the code of why it is not."""
    return KEPT_AS[kind.name](kind, settings, sent)


def _file(kind: Stored, settings: Settings, sent: Sent) -> Ready | str:
    """A PDF and a text as they are; a picture drawn anew, at its own size, so that nothing hides in it."""
    media_type = media_type_of(sent.data)
    if code := _not_taken(kind, settings, sent, media_type):
        return code
    name = clean_name(sent.name, media_type)
    if media_type not in PICTURES:
        whole = is_whole(media_type, sent.data)
        return Ready(name, media_type, sent.data) if whole else "broken"
    picture = redrawn(sent.data, media_type)
    return picture if isinstance(picture, str) else Ready(name, media_type, picture.data)


def _photo(kind: Stored, settings: Settings, sent: Sent) -> Ready | str:
    """Any picture as a JPEG of the size the author keeps, and a small one beside it for the screen."""
    if code := _not_taken(kind, settings, sent, media_type_of(sent.data)):
        return code
    picture = redrawn(sent.data, JPEG, settings.longest_side, small=True)
    if isinstance(picture, str):
        return picture
    return Ready(clean_name(sent.name, JPEG), JPEG, picture.data, picture.small)


def _signature(kind: Stored, settings: Settings, sent: Sent) -> Ready | str:
    """The strokes of a pen, drawn here: no picture of the sender's is kept."""
    data = drawn(sent.data)
    return Ready(SIGNATURE_NAME, PNG, data, data) if data else "nothing_drawn"


def _not_taken(kind: Stored, settings: Settings, sent: Sent, media_type: str) -> str:
    """The code of why it is not taken; an empty text where it is."""
    if not sent.data:
        return "empty"
    if len(sent.data) > settings.largest * MEGABYTE:
        return "too_large"
    return "" if media_type in kind.media_types(settings) else "kind"


KEPT_AS: Final[Mapping[str, Callable[[Stored, Settings, Sent], Ready | str]]] = {
    "file": _file,
    "photo": _photo,
    "signature": _signature,
}
