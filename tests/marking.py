"""A word in clear in every kind of file that an installation writes: where the search for traces does not find it, it does not look.

`mark(word)` runs inside the installation (`Served.mark`); `controls(word)` says in which files the word must then be found.
"""

import os
import tempfile
import uuid
from pathlib import Path
from typing import Any

from tests.environment import kind

SQLITE = {"*/data/scriptorium.sqlite3": "", "*/data/scriptorium.sqlite3-wal": ""}
POSTGRESQL = {
    "*/data/base/*": "",
    "*/data/pg_wal/*": "",
    "*/scriptorium-pg-*/server.log": "ready to accept connections",
}
EVERYWHERE = {
    "*/data/media/*": "",
    "*/temporary/*": "",
    "*/scriptorium-served-*/server.log": "Listening at",
    "*/scriptorium-served-*/worker.log": "worker started",
}


def controls(word: str) -> dict[str, str]:
    """The shapes of the paths of an installation that is marked and runs, each with the word that one of its files holds."""
    shapes = dict(EVERYWHERE)
    if kind() == "sqlite":
        keys = {
            "*/keys.sqlite3": subject_of(word, 0).hex,
            "*/keys.sqlite3-wal": subject_of(word, 1).hex,
        }
        shapes |= SQLITE | keys
    elif os.environ.get("TEST_DATABASE_FOLDER"):
        shapes |= POSTGRESQL
    return {shape: other or word for shape, other in shapes.items()}


def subject_of(word: str, number: int) -> uuid.UUID:
    """Whose key is made for a word: beside the wrapped keys nothing else lies in clear."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{word} {number}")


def mark(word: str) -> None:
    """Twice: what is written first is brought from the log into the database, what is written then stands in the log."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from django.db import connections

    _write(word, 0)
    if kind() == "sqlite" or os.environ.get("TEST_DATABASE_FOLDER"):
        for alias in connections:
            _into_the_database(connections[alias])
    _write(word, 1)
    default_storage.save("control.txt", ContentFile(word.encode()))
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(word.encode())
    assert Path(file.name).parent == Path(os.environ["TMPDIR"])


def _write(word: str, number: int) -> None:
    from runtime.people.models import Unit
    from runtime.vault.keys import create_subject

    Unit(code=f"control-{number}", title=word).save()
    create_subject(subject_of(word, number))


def _into_the_database(connection: Any) -> None:
    statement = "PRAGMA wal_checkpoint(PASSIVE)" if connection.vendor == "sqlite" else "CHECKPOINT"
    for _time in range(100):  # somebody who reads holds it up for a moment
        with connection.cursor() as cursor:
            cursor.execute(statement)
            if connection.vendor != "sqlite":
                return
            busy, written, done = cursor.fetchone()
        if not busy and written == done:
            return
    raise AssertionError("The log of writes could not be brought into the database.")
