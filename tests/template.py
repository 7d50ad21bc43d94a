"""The template databases: migrated once, copied for every test process.

Migrating an empty database costs some 19 CPU seconds, a copy costs milliseconds. A template is named by a hash of
all migration files; a new one starts from the newest older one whose migrations it contains, so that adding a
migration costs one migration.

A template is a pair, `default` and `keys`. How a pair is stored and copied is the business of its store:
`SqliteStore` here, `tests.postgres.PostgresStore` there.
"""

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.environment import CACHE, ROOT, make_home

PACKAGES = ("builder", "config", "content", "exports", "runtime")


class Store(Protocol):
    """A place that keeps template pairs by key."""

    def has(self, key: str) -> bool: ...
    def build(self, key: str, base: str | None) -> None: ...


def manifest() -> dict[str, str]:
    """Hash of each file that decides how an empty database looks."""
    files = [ROOT / "requirements.txt", ROOT / "runtime" / "people" / "roles.py"]
    for package in PACKAGES:
        files += sorted((ROOT / package).rglob("migrations/*.py"))
    return {
        str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.exists()
    }


def key_of(files: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]


def ensure(store: Store, kind: str) -> str:
    """Key of a template that `store` holds; it is built when it must be, by one process at a time."""
    files = manifest()
    key = key_of(files)
    with locked(kind):
        if not store.has(key):
            store.build(key, _base(store, kind, files))
            note = _notes(kind) / f"{key}.json"
            note.write_text(json.dumps(files, indent=1, sort_keys=True))
    return key


def _base(store: Store, kind: str, files: dict[str, str]) -> str | None:
    notes = sorted(
        _notes(kind).glob("*.json"), key=lambda note: note.stat().st_mtime, reverse=True
    )
    for note in notes:
        older = json.loads(note.read_text())
        migrations = {name: told for name, told in older.items() if "migrations" in name}
        same = all(files.get(name) == told for name, told in migrations.items())
        if (
            same
            and older.get("requirements.txt") == files.get("requirements.txt")
            and store.has(note.stem)
        ):
            return note.stem
    return None


def _notes(kind: str) -> Path:
    folder = CACHE / "templates" / kind
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def locked(name: str) -> Iterator[None]:
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def migrate(**environment: str) -> None:
    """Migrate the pair of databases that `environment` points at, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.template"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(
            f"The template database could not be migrated:\n{done.stdout}{done.stderr}"
        )


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy one database file with what its write-ahead log still holds."""
    for suffix in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    with sqlite3.connect(source) as origin:
        origin.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    origin.close()
    shutil.copyfile(source, target)


class SqliteStore:
    """Template pairs as files under the cache folder."""

    files = ("scriptorium.sqlite3", "keys.sqlite3")

    def folder(self, key: str) -> Path:
        return _notes("sqlite") / key

    def has(self, key: str) -> bool:
        return all((self.folder(key) / name).exists() for name in self.files)

    def build(self, key: str, base: str | None) -> None:
        home = make_home("scriptorium-template-")
        if base:
            self.copy(base, home / "data", home / "keys")
        migrate(DATA_DIR=str(home / "data"), KEY_DIR=str(home / "keys"), DATABASE_URL="")
        self.folder(key).mkdir(parents=True, exist_ok=True)
        copy_sqlite(home / "data" / self.files[0], self.folder(key) / self.files[0])
        copy_sqlite(home / "keys" / self.files[1], self.folder(key) / self.files[1])

    def copy(self, key: str, data_dir: Path, key_dir: Path) -> None:
        self.take(self.folder(key), self.folder(key), data_dir, key_dir)

    def take(self, from_data: Path, from_keys: Path, data_dir: Path, key_dir: Path) -> None:
        """Copy a pair of files that nobody has open."""
        sources, targets = (from_data, from_keys), (data_dir, key_dir)
        for name, source, target in zip(self.files, sources, targets, strict=True):
            for suffix in ("-wal", "-shm", "-journal"):
                (target / (name + suffix)).unlink(missing_ok=True)
            shutil.copyfile(source / name, target / name)


def _main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("migrate", "vault", database="keys", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


if __name__ == "__main__":
    _main()
