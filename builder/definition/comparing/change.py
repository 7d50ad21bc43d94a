"""One change, and how the blocks and the rows of a list are told apart."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeVar

Thing = TypeVar("Thing")


class Absent(Enum):
    """What a member is where there is none; None is a value of many members."""

    ABSENT = "–"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    `code`: added, removed, moved, renamed, changed; or `rewritten`, a block that has a new id and is the same to people.
    `block`: page, section, item or outcome; `place`: its id in the new definition (of one that was removed, in the old).
    `member`: the way to what changed in it (`label`, `fr`; `settings`, `choices`, `red`, `label`, `en`; `constraints`, `0`,
    `test`); () for the block itself. Rows of a list are named by their name, else by their number in the old list.
    `at`: where it stands now (what was removed: where it stood), as the section's id, or "", and the number in it.
    """

    code: str
    block: str
    place: str
    member: tuple[str, ...] = ()
    before: Any = ABSENT
    after: Any = ABSENT
    at: tuple[str, int] = ("", 0)

    @property
    def of_language(self) -> bool:
        """Whether a whole language came or went."""
        return self.member[:1] == ("languages",) and self.code in {"added", "removed"}


def keyed(things: Iterable[Thing], names: Iterable[str]) -> dict[str, Thing]:
    """The things by their names; of two with one name the second is `name~2` (a draft may have such)."""
    found: dict[str, Thing] = {}
    counts: dict[str, int] = {}
    for thing, name in zip(things, names, strict=True):
        counts[name] = counts.get(name, 0) + 1
        found[name if counts[name] == 1 else f"{name}~{counts[name]}"] = thing
    return found


def order_of(keys: Iterable[Hashable], among: Iterable[Hashable]) -> tuple[Any, ...]:
    """The keys that are among the others, in their order."""
    kept = set(among)
    return tuple(key for key in keys if key in kept)
