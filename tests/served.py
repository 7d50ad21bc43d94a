"""A real server process and a real worker, on fresh copies of the template databases.

`served` for one test (see `installations`), or `Served()` in a test that kills and restarts what it serves.
"""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from config.serve import bell_command
from tests import template
from tests.environment import ROOT, kind, make_home
from tests.postgres import PostgresStore, free_port, urls
from tests.template import SqliteStore

PATIENCE = 60.0  # seconds until a starting server must answer


class Process(Protocol):
    """What is asked of something that runs."""

    pid: int

    def poll(self) -> int | None: ...

    def wait(self, timeout: float) -> int: ...


class Served:
    """One installation: its folders, its databases, its server and worker processes.

    `url` is its address, `data_dir` and `key_dir` its folders, `logs` the files both processes write. `like` is another one
    whose files it starts with.
    """

    def __init__(self, like: "Served | None" = None, **environment: str) -> None:
        self.home = make_home("scriptorium-served-")
        self.data_dir, self.key_dir = self.home / "data", self.home / "keys"
        self.temporary = self.home / "temporary"  # so that it is searched for traces, too
        self.temporary.mkdir()
        self.logs = {name: self.home / f"{name}.log" for name in ("server", "worker", "bell")}
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.began: tuple[object, ...] = (like,)  # what was run here before anybody used it
        self.commanded = False
        self.environment = self._environment() | self._databases(like) | environment
        self.processes: dict[str, Process] = {}

    def _environment(self) -> dict[str, str]:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "KEYS_DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}
        }
        return inherited | {
            "DATA_DIR": str(self.data_dir),
            "KEY_DIR": str(self.key_dir),
            "TMPDIR": str(self.temporary),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "BASE_URL": self.url,
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }

    def _databases(self, like: "Served | None") -> dict[str, str]:
        if like is not None:
            for theirs, own in ((like.data_dir, self.data_dir), (like.key_dir, self.key_dir)):
                shutil.copytree(theirs, own, dirs_exist_ok=True)
            return {}
        if kind() == "sqlite":
            files = SqliteStore()
            files.copy(template.ensure(files, "sqlite"), self.data_dir, self.key_dir)
            return {}
        server = os.environ["TEST_DATABASE_URL"]
        self.name = f"scriptorium_served_{uuid.uuid4().hex[:12]}"
        databases = PostgresStore(server)
        databases.copy(template.ensure(databases, "postgresql"), self.name)
        return urls(server, self.name)

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a management command on this installation; its output."""
        self.commanded = True
        return self._run(*arguments, **environment)

    def _run(self, *arguments: str, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def set_up(self, code: str) -> str:
        """Run a program on this installation; its output.

        What comes of it is kept: the next installation that begins alike, and that nobody used yet, takes a copy instead.
        """
        if kind() == "postgresql" or self._is_used():
            return self.manage("shell", "-v0", "-c", code)
        self.began = (*self.began, code)
        kept = _kept.get(self.began)
        if kept:
            copy_files(kept.home, self.home)
            return kept.told
        told = self._run("shell", "-v0", "-c", code)
        home = make_home("scriptorium-kept-")
        copy_files(self.home, home)
        _kept[self.began] = Kept(home, told)
        return told

    def _is_used(self) -> bool:
        """Whether a command ran here, or somebody signed in."""
        with contextlib.closing(sqlite3.connect(self.data_dir / SqliteStore.files[0])) as database:
            signed_in = database.execute("SELECT count(*) FROM django_session").fetchone()[0]
        return bool(signed_in) or self.commanded

    def start(self, *, worker: bool = True) -> None:
        """Start the server (and the worker; with a `BELL_PORT` the bell) and wait until it answers."""
        self._spawn(
            "server",
            "-m",
            "granian",
            *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--workers", "1", "--blocking-threads", "4", "--no-ws"),
            "config.wsgi:application",
        )
        if worker:
            self._spawn("worker", "manage.py", "worker")
        if "BELL_PORT" in self.environment:
            self._spawn("bell", *bell_command(self.environment["BELL_PORT"])[1:])
        self._await()

    def _spawn(self, name: str, *arguments: str) -> None:
        with self.logs[name].open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # so that granian's own processes die with it
            )

    def _await(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.processes["server"].poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise RuntimeError(f"The server did not answer:\n{self.logs['server'].read_text()}")

    def kill(self, name: str, how: int = signal.SIGKILL) -> None:
        """End one of the processes and all of its children at once."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        process.wait(timeout=20)

    def stop(self) -> None:
        """End both processes; the databases on a PostgreSQL server go, the folders go with the test run."""
        for name in list(self.processes):
            self.kill(name)
        if kind() == "postgresql":
            PostgresStore(os.environ["TEST_DATABASE_URL"]).drop(self.name)

    def mark(self, word: str) -> None:
        """Put a word in clear into every kind of file this installation writes (see `marking.controls`)."""
        self.manage("shell", "-v0", "-c", f"from tests.marking import mark; mark({word!r})")

    def written(self) -> list[Path]:
        """Every file this installation wrote, and every file of the throw-away server that keeps its databases."""
        server = os.environ.get("TEST_DATABASE_FOLDER") if kind() == "postgresql" else None
        folders = [self.home, *([Path(server)] if server else [])]
        return [file for folder in folders for file in folder.rglob("*") if file.is_file()]


@dataclass(frozen=True)
class Kept:
    """What a program made of an installation, and what it printed."""

    home: Path
    told: str


_kept: dict[tuple[object, ...], Kept] = {}


def copy_files(source: Path, target: Path) -> None:
    """All that an installation keeps, its databases as SQLite copies them: a server may run on the target."""
    for file in (each for part in ("data", "keys") for each in (source / part).rglob("*")):
        copy = target / file.relative_to(source)
        if file.is_dir():
            copy.mkdir(parents=True, exist_ok=True)
        elif file.suffix == ".sqlite3":
            copy.parent.mkdir(parents=True, exist_ok=True)
            _copy_database(file, copy)
        elif not file.name.endswith(("-wal", "-shm")):
            shutil.copy(file, copy)  # with its mode: key files that others may read are refused


def _copy_database(source: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(source)) as origin,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        origin.backup(copy)
