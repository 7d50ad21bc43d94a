"""A file on its way: as it was sent, and as it is kept."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Sent:
    """What was sent for a question, under an id of the sender's own: sent again, it is kept once."""

    id: uuid.UUID
    question: str
    data: bytes
    name: str = ""


@dataclass(frozen=True, repr=False)
class Ready:
    """A file as it is kept; `small`: a picture of it for the screen, where there is one."""

    name: str
    media_type: str
    data: bytes
    small: bytes | None = None
