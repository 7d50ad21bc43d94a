"""Server, worker and bell in one foreground: they start together and end together.

Started by `make run`. A process that dies is started again; one that keeps dying ends all, so that nobody works
with half an installation. Without the bell pages ask for themselves: it may stay away.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import IO, Any

PATIENCE = 60.0  # seconds until a starting server must answer
DEATHS = 3  # within a minute: then it is not worth another try
SPARED = {"bell"}
FAREWELL = 15.0  # seconds to end by itself


class Stopping(Exception):
    """Somebody asked the processes to end."""


def main() -> int:
    with hold(Path(os.environ["DATA_DIR"])):
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
        port = os.environ.get("PORT", "8000")
        household = Household(commands(port, os.environ.get("BELL_PORT") or "0"))
        try:
            household.start()
            await_answer(f"http://127.0.0.1:{port}/healthz", household)
            tell(port)
            return household.watch()
        except Stopping:
            return 0
        finally:
            household.end()


def commands(port: str, bell_port: str) -> dict[str, list[str]]:
    """What is started, by name; the bell where it has a port."""
    found = {"server": server_command(port), "worker": [sys.executable, "manage.py", "worker"]}
    return found if bell_port == "0" else found | {"bell": bell_command(bell_port)}


def bell_command(port: str) -> list[str]:
    """One process holds all lines; some more may come than it lets in (`BELL_LINES`), so that it can say so."""
    room = str(int(os.environ.get("BELL_LINES") or "5000") + 256)
    return [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws", "--http", "1"),
        *("--host", os.environ.get("HOST", "127.0.0.1"), "--port", port, "--workers", "1"),
        *("--backlog", "4096", "--backpressure", room, "--workers-kill-timeout", "10"),
        *("--log-level", "warning", "config.bell:application"),
    ]


def server_command(port: str) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", os.environ.get("HOST", "127.0.0.1"), "--port", port),
        *("--workers", os.environ.get("WEB_WORKERS", "1"), "--blocking-threads", "4"),
        *("--log-level", "warning", "config.wsgi:application"),
    ]


def hold(data_dir: Path) -> IO[str]:
    """A lock on the data: one installation runs on them once."""
    file = (data_dir / ".running").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(
            f"Scriptorium already runs on {data_dir}. Stop it first, or choose another DATA_DIR."
        ) from None
    return file


class Household:
    """The processes, by name."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self.commands = commands
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.deaths: dict[str, list[float]] = {name: [] for name in commands}

    def start(self) -> None:
        for name in self.commands:
            self._start(name)

    def _start(self, name: str) -> None:
        # A group of its own: Ctrl-C in the terminal reaches us alone, and each process is asked to end once.
        # (A server whose own workers hear it, too, waits for them in vain.)
        self.running[name] = subprocess.Popen(
            self.commands[name], stdin=subprocess.DEVNULL, process_group=0
        )

    def watch(self) -> int:
        """Until somebody stops us, or one of them keeps dying."""
        while True:
            time.sleep(0.5)
            for name, process in list(self.running.items()):
                if process.poll() is not None and not self.again(name):
                    return 1

    def again(self, name: str) -> bool:
        """Starts what ended; False where that is not worth another try."""
        now = time.monotonic()
        self.deaths[name] = [then for then in self.deaths[name] if now - then < 60] + [now]
        if len(self.deaths[name]) >= DEATHS and name in SPARED:
            say(f"The {name} ended {DEATHS} times within a minute; it is left out.")
            del self.running[name]
            return True
        if len(self.deaths[name]) >= DEATHS:
            say(f"The {name} ended {DEATHS} times within a minute; everything stops.")
            return False
        say(f"The {name} ended (code {self.running[name].returncode}); it starts again.")
        self._start(name)
        return True

    def end(self) -> None:
        """Ask all to end, then insist."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + FAREWELL
        for process in self.running.values():
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def await_answer(address: str, household: Household) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if household.running["server"].poll() is not None:
            raise SystemExit("The server did not start; the message above says why.")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise SystemExit(f"The server did not answer within {PATIENCE:.0f} seconds.")


def tell(port: str) -> None:
    """The address, and in the demo who may sign in."""
    lines = ["", f"  Scriptorium runs at http://127.0.0.1:{port}/", ""]
    if os.environ.get("DEMO") == "1":
        from config.demo.accounts import ACCOUNTS, PASSWORD

        lines.append(f"  Sign in with one of these names and the password: {PASSWORD}")
        lines += [f"    {account.name:<12}{account.does}" for account in ACCOUNTS]
        lines.append("")
    say("\n".join([*lines, "  Ctrl-C ends it."]))


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _stop(number: int, frame: FrameType | None) -> Any:
    raise Stopping


if __name__ == "__main__":
    sys.exit(main())
