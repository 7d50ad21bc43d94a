"""Names and ids for what comes from a file: kept where they can be, made of the original where not."""

import re
from uuid import NAMESPACE_URL, uuid5

from anyascii import anyascii

from builder.values import CHOICE_NAME, NAME, RESERVED

UNWANTED = re.compile(r"[^a-z0-9]+")
UNWANTED_IN_CODE = re.compile(r"[^A-Za-z0-9_-]+")
LONGEST = 63
ROOM = 56  # leaves space for a number behind the name


def block_id(form: str, place: str) -> str:
    """The same id for the same place of the same form, so that reading it again changes no id."""
    return str(uuid5(uuid5(NAMESPACE_URL, form), place))


class Names:
    """Gives each node a name of its own; all nodes of a body share one space here, which is always allowed."""

    def __init__(self) -> None:
        self._taken: set[str] = set(RESERVED)

    def take(self, wanted: str, *, otherwise: str = "question") -> str:
        """The wanted word, lower-cased and reduced to what a name may hold; numbered where it is taken."""
        word = (
            UNWANTED.sub("_", anyascii(wanted).lower()).strip("_")[:ROOM].strip("_") or otherwise
        )
        if not word[0].isalpha():
            word = f"q_{word}"[:ROOM]
        return self._free(word)

    def _free(self, word: str) -> str:
        name, number = word, 1
        while name in self._taken or not NAME.match(name):
            number += 1
            name = f"{word}_{number}"
        self._taken.add(name)
        return name


def choice_name(code: str, taken: set[str]) -> str:
    """A code as the name of a choice: kept as it is where it can be."""
    word = code
    if not CHOICE_NAME.match(word):
        word = UNWANTED_IN_CODE.sub("_", anyascii(code)).strip("_-")[:ROOM] or "choice"
    name, number = word, 1
    while name in taken:
        number += 1
        name = f"{word[:ROOM]}_{number}"
    taken.add(name)
    return name
