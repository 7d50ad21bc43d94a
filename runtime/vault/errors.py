"""What can go wrong with keys and seals, in words an administrator can act upon."""

from pathlib import Path


class VaultError(Exception):
    """Something sealed cannot be opened, or nothing can be sealed now."""


class KeyMissing(VaultError):
    """A key that is needed is not there, or is not the one that made these data."""

    @classmethod
    def file(cls, file: Path, problem: str) -> "KeyMissing":
        return cls(
            f"The key file {file} {problem}. Nothing was written. Put the right file back from the backup of the keys "
            "(only for a new, empty installation: python manage.py make_keys)."
        )

    @classmethod
    def foreign(cls, file: Path) -> "KeyMissing":
        return cls(
            f"The key file {file} is not the one these data were sealed with. Nothing was written. "
            "Put the file back that belongs to this database, from the backup of the keys."
        )

    @classmethod
    def subject(cls, subject: object) -> "KeyMissing":
        return cls(
            f"The keys database holds no key for subject {subject}. Restore it from its backup."
        )


class SubjectDestroyed(KeyMissing):
    """The subject was erased: its key is gone for good, and with it everything sealed for it."""

    def __init__(self, subject: object) -> None:
        super().__init__(
            f"Subject {subject} was erased; what was kept of it cannot be opened any more."
        )


class Tampered(VaultError):
    """What is stored is not what was sealed: changed, swapped, cut, or sealed with another key."""

    def __init__(self) -> None:
        super().__init__(
            "What is stored here is not what was sealed: it was changed, or moved from another place."
        )


def say(error: BaseException) -> str:
    """An error as it may stand in a log: the vault's own sentences name files and ids only, of others just the kind."""
    return str(error) if isinstance(error, VaultError) else type(error).__name__
