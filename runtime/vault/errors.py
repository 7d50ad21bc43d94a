"""What can go wrong with keys and seals, in words an administrator can act upon.

An error is a sentence with holes, marked for translation: `str(error)` says it in English with the whole path (for a log, a command),
`error.told(gettext, full=..)` in a person's language, and names the file without its folder to who is no administrator.
"""

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext_noop

Gettext = Callable[[str], str]

MISSING = gettext_noop("is missing or may not be read")
NO_RING = gettext_noop("is not a key ring")
NO_KEY_FILE = gettext_noop("is not a key file")
NO_KEY = gettext_noop("does not hold key %(number)s")
NO_CURRENT = gettext_noop("does not hold its current key %(number)s")
WRONG_SIZE = gettext_noop("holds a key of %(size)s bytes, not %(wanted)s")
SERVICE_AWAY = gettext_noop("does not answer")
SERVICE_SEALED = gettext_noop("is sealed or not ready")
SERVICE_DENIED = gettext_noop("does not let this installation in")
SERVICE_NO_KEY = gettext_noop("does not know the key")
SERVICE_ODD = gettext_noop("gave an answer that is not understood")


class Environment(str):
    """The name of an environment variable that holds keys."""


class Service(str):
    """The name of a key in a key service."""


Where = Path | Environment | Service

LACKS: dict[type, str] = {
    Path: gettext_noop(
        "The key file %(file)s %(problem)s. Nothing was written. Put the right file back from the backup of the keys "
        "(only for a new, empty installation: python manage.py make_keys)."
    ),
    Environment: gettext_noop(
        "The environment variable %(file)s %(problem)s. Nothing was written. Set it to the keys these data were sealed with, "
        "and start again."
    ),
    Service: gettext_noop(
        "The key service %(file)s %(problem)s. Nothing was written. Look after the service and TRANSIT_URL, TRANSIT_KEY and "
        "TRANSIT_TOKEN_FILE, then try again."
    ),
}
FOREIGN: dict[type, str] = {
    Path: gettext_noop(
        "The key file %(file)s is not the one these data were sealed with. Nothing was written. "
        "Put the file back that belongs to this database, from the backup of the keys."
    ),
    Environment: gettext_noop(
        "The environment variable %(file)s does not hold the keys these data were sealed with. Nothing was written. "
        "Set it to those that belong to this database, and start again."
    ),
    Service: gettext_noop(
        "The key service %(file)s holds another key than the one these data were sealed with. Nothing was written. "
        "Set TRANSIT_URL and TRANSIT_KEY to the key that belongs to this database."
    ),
}


class VaultError(Exception):
    """Something sealed cannot be opened, or nothing can be sealed now."""

    words = gettext_noop("What is sealed here cannot be opened now.")

    def __init__(self, words: str = "", problem: str = "", **holes: object) -> None:
        self.words = words or self.words
        self.problem, self.holes = problem, holes
        super().__init__(self.told(str, full=True))

    def told(self, gettext: Gettext, *, full: bool) -> str:
        """The sentence in the language of `gettext`; `full`: with the folders of files."""
        holes = {name: _shown(hole, full) for name, hole in self.holes.items()}
        if self.problem:
            holes["problem"] = gettext(self.problem) % holes
        return gettext(self.words) % holes


def _shown(hole: object, full: bool) -> object:
    return hole.name if isinstance(hole, Path) and not full else hole


def _for(where: Where, words: dict[type, str]) -> str:
    return next(text for kind, text in words.items() if isinstance(where, kind))


class KeyMissing(VaultError):
    """A key that is needed is not there, or is not the one that made these data."""

    @classmethod
    def at(cls, where: Where, problem: str, **holes: object) -> "KeyMissing":
        """What is wrong where the keys should be."""
        return cls(_for(where, LACKS), problem, file=where, **holes)

    @classmethod
    def foreign(cls, where: Where) -> "KeyMissing":
        return cls(_for(where, FOREIGN), file=where)

    @classmethod
    def open_to_others(cls, file: Path) -> "KeyMissing":
        return cls(
            gettext_noop(
                "The key file %(file)s may be read or changed by others. It was not read, and nothing was written. "
                "Make it yours alone: chmod 600 %(file)s"
            ),
            file=file,
        )

    @classmethod
    def subject(cls, subject: object) -> "KeyMissing":
        return cls(
            gettext_noop(
                "The keys database holds no key for subject %(subject)s. Restore it from its backup."
            ),
            subject=subject,
        )


class SubjectDestroyed(KeyMissing):
    """The subject was erased: its key is gone for good, and with it everything sealed for it."""

    words = gettext_noop(
        "Subject %(subject)s was erased; what was kept of it cannot be opened any more."
    )

    def __init__(self, subject: object) -> None:
        super().__init__(subject=subject)


class RecordErased(SubjectDestroyed):
    """One record was erased, and its person was not: its time was over."""

    words = gettext_noop(
        "Record %(subject)s was erased when the time to keep it was over; only that it was there is still known."
    )


class Tampered(VaultError):
    """What is stored is not what was sealed: changed, swapped, cut, or sealed with another key."""

    words = gettext_noop(
        "What is stored here is not what was sealed: it was changed, or moved from another place."
    )


class CannotRotate(VaultError):
    """A ring cannot be changed in the way that was asked."""


def say(error: BaseException) -> str:
    """An error as it may stand in a log: the vault's own sentences name files and ids only, of others just the kind."""
    return str(error) if isinstance(error, VaultError) else type(error).__name__
