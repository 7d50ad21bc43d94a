"""`make run` from nothing, as a stranger does it, and a second time: what it says is so, and what was done is not done again.

The virtual environment is the suite's own. Databases, keys, demo, server and worker are made as on any machine.
"""

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config import prepare
from config.demo.accounts import ACCOUNTS
from config.demo.making import CITIZENS
from config.keyfiles import NAMES
from tests.environment import ROOT
from tests.journeys.walks import wait_for
from tests.postgres import free_port
from tests.processes import alive, all_gone, command

DONE_ONCE = ("Keys made", "Setting up the databases", "The workshop is ready", "The demo is made")
INHERITED = ("PATH", "HOME", "LANG")  # nothing that points at the suite's own data and databases


class Start:
    """One `make run`: what it says, until it is told to end."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self.environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
        self.environment |= {
            "DATA_DIR": str(home / "data"),
            "KEY_DIR": str(home / "keys"),
            "PORT": str(self.port),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.prepare", "run"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""

    def hear(self) -> str:
        """All that is said until both run."""
        assert self.process.stdout is not None
        while "Ctrl-C ends it" not in self.said:
            line = self.process.stdout.readline()
            assert line, self.said
            self.said += line
        return self.said

    def address(self) -> str:
        found = re.search(r"runs at (http://\S+)/\s", self.said)
        assert found, self.said
        return found[1]

    def end(self) -> int:
        """As Ctrl-C does, to this one process."""
        os.kill(self.process.pid, signal.SIGINT)
        self.said += self.process.communicate(timeout=30)[0]
        return self.process.returncode


class Visitor:
    """Somebody with a browser that keeps cookies and runs no script."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str, **fields: str) -> str:
        data = urllib.parse.urlencode(fields).encode() if fields else None
        headers = {"Referer": self.address + path}
        request = urllib.request.Request(self.address + path, data, headers)
        with self.opener.open(request, timeout=90) as answer:
            return str(answer.read().decode())

    def sign_in(self, name: str, password: str) -> str:
        """The page after the login."""
        self.get("/accounts/login/")
        token = next(str(cookie.value) for cookie in self.jar if cookie.name == "csrftoken")
        return self.get(
            "/accounts/login/", login=name, password=password, csrfmiddlewaretoken=token
        )


@pytest.fixture
def make_run(tmp_path: Path) -> Iterator[Callable[[], Start]]:
    """`make_run()`: starts it on folders of this test; what still runs at the end of the test is killed."""
    if not prepare.PYTHON.exists():
        pytest.skip("make run from nothing: there is no virtual environment (make ready-dev)")
    started: list[Start] = []

    def start() -> Start:
        started.append(Start(tmp_path))
        started[-1].hear()
        return started[-1]

    yield start
    for each in started:
        for pid in alive(each.process.pid):
            os.kill(pid, signal.SIGKILL)
        each.process.communicate()


def citizens(visitor: Visitor) -> int:
    """How many people the campaign of the demo has."""
    found = re.search(r'id="total">(\d+)<', visitor.get("/campaign/index-calls/"))
    assert found
    return int(found[1])


def printed_accounts(said: str) -> tuple[list[str], str]:
    """The names and the password that were printed."""
    head, _colon, rest = said.partition("and the password: ")
    assert head
    password, _end, table = rest.partition("\n")
    names = [line.split()[0] for line in table.splitlines() if line.startswith("    ")]
    return names, password


def everybody_signs_in(start: Start) -> None:
    """The names that were printed are those of the demo, and each may sign in with the password that was printed."""
    names, password = printed_accounts(start.said)
    assert names == [account.name for account in ACCOUNTS]
    for name in names:
        assert "/accounts/logout/" in Visitor(start.address()).sign_in(name, password), name


def citizens_are_there(start: Start) -> None:
    supervisor = Visitor(start.address())
    assert supervisor.get("/healthz")
    supervisor.sign_in("supervisor", printed_accounts(start.said)[1])
    wait_for(lambda: citizens(supervisor) == CITIZENS, seconds=120)  # the worker loads them


def parts(start: Start) -> set[str]:
    """Which of the two run."""
    commands = [command(pid) for pid in alive(start.process.pid)]
    return {part for part in ("granian", "worker") if any(f" {part}" in each for each in commands)}


@pytest.mark.timeout(420)
def test_what_a_first_start_makes_it_tells_and_a_second_start_finds_it_done(
    make_run: Callable[[], Start], tmp_path: Path
) -> None:
    first = make_run()
    assert [told for told in DONE_ONCE if told in first.said] == list(DONE_ONCE)
    assert first.address() == f"http://127.0.0.1:{first.port}"
    everybody_signs_in(first)
    citizens_are_there(first)
    assert parts(first) == {"granian", "worker"}
    assert first.end() == 0
    assert all_gone(first.process.pid)
    stamp = tmp_path / "data" / ".prepared"
    made = stamp.stat().st_mtime_ns, keys(tmp_path)

    second = make_run()
    assert [told for told in DONE_ONCE if told in second.said] == []
    assert (stamp.stat().st_mtime_ns, keys(tmp_path)) == made
    citizens_are_there(second)
    assert parts(second) == {"granian", "worker"}
    assert second.end() == 0
    assert all_gone(second.process.pid)


def keys(home: Path) -> dict[str, bytes]:
    return {name: (home / "keys" / name).read_bytes() for name in NAMES}
