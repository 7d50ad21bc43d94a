"""The installation under load: as many web processes as the machine has processors, its workers, what it tells, what it uses."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.loading import usage
from tests.environment import ROOT
from tests.served import Served

CELERY = ("-m", "celery", "--app", "config.tasks", "worker", "--beat", "--loglevel", "WARNING", "--concurrency")  # fmt: skip


class House(Served):
    """`web` server processes of four threads, `workers` worker processes; with a broker they are Celery's."""

    def __init__(self, *, web: int, workers: int, broker: str = "") -> None:
        super().__init__(CHANNELS_ON_LOOPBACK="1", BROKER_URL=broker)
        self.web, self.workers, self.broker = web, workers, broker

    def start(self, *, worker: bool = True) -> None:
        self._spawn(
            "server",
            *("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(self.port), "--workers", str(self.web), "--blocking-threads", "4"),
            *("--backlog", "4096", "--no-ws", "--log-level", "warning"),
            "config.wsgi:application",
        )
        for number in range(self.workers if worker and not self.broker else 0):
            self._worker(f"worker {number}", "manage.py", "worker")
        if worker and self.broker:
            self._worker("worker", *CELERY, str(self.workers))
        self._await()

    def _worker(self, name: str, *command: str) -> None:
        self.logs[name] = self.logs["worker"]
        self._spawn(name, *command)

    def ask(self, module: str, *arguments: str) -> Any:
        """A program of `loading`, run on this installation; what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", f"tests.bench.loading.{module}", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    def roles(self) -> usage.Roles:
        """Who belongs to the web, the workers, the database."""
        return {
            "web": lambda: self._sessions("server"),
            "workers": lambda: self._sessions("worker"),
            "database": lambda: usage.family(postmaster()),
        }

    def _sessions(self, name: str) -> set[int]:
        leaders = [one.pid for key, one in self.processes.items() if key.startswith(name)]
        return {pid for leader in leaders for pid in usage.of_session(leader)}


def postmaster() -> int:
    """The database's first process, of the server that this run started."""
    folder = Path(os.environ["TEST_DATABASE_FOLDER"])
    return int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])


def size(url: str, name: str) -> float:
    """Megabytes of an installation's databases."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        found = [
            connection.execute("SELECT pg_database_size(%s)", [one]).fetchone()
            for one in (name, f"{name}_keys")
        ]
    return sum(row[0] for row in found if row) / 1024 / 1024
