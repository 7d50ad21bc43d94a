"""`make check`: style, types, floors, templates, migrations; every check runs, then the closing list says which failed."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.environment import ROOT, make_home

BIN = Path(sys.executable).parent
PACKAGES = ("builder", "config", "content", "exports", "runtime")


@dataclass(frozen=True)
class Check:
    """One command and what it is for."""

    name: str
    command: tuple[str, ...]


def program(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


def manage(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "manage.py", *arguments)


CHECKS = (
    Check("style", program("ruff", "check", ".")),
    Check("format", program("ruff", "format", "--check", "--quiet", ".")),
    Check("types", program("mypy")),
    Check("floors", program("lint-imports")),
    Check("templates", program("djlint", "--lint", "--quiet", "--extension", "html", *PACKAGES)),
    Check("settings", manage("check", "--fail-level", "WARNING")),
    Check("migrations", manage("makemigrations", "--check", "--dry-run")),
)


def main(names: list[str]) -> int:
    """Run all checks, or those named; 1 when one failed."""
    home = make_home("scriptorium-check-")
    environment = {
        **os.environ,
        "DATA_DIR": str(home / "data"),
        "KEY_DIR": str(home / "keys"),
        "DATABASE_URL": "",
    }
    failed = [
        check.name
        for check in CHECKS
        if not (names and check.name not in names) and not passes(check, environment)
    ]
    tell(f"\ncheck: {'everything holds' if not failed else 'FAILED: ' + ', '.join(failed)}")
    return 1 if failed else 0


def passes(check: Check, environment: dict[str, str]) -> bool:
    """Run one check; its output is shown when it fails."""
    begun = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    took = time.monotonic() - begun
    tell(f"{'ok    ' if not done.returncode else 'FAILED'} {check.name} ({took:.1f} s)")
    if done.returncode:
        tell(done.stdout + done.stderr)
    return not done.returncode


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
