"""`python -m tests.bench [AREA ..]`: figures as JSON lines on stdout, a table for people on stderr.

An area is a module here with `run() -> list[Figure]`. Each runs in a process of its own, in a home of its own with
fresh copies of the template databases, so that none warms up for another.
"""

import importlib
import os
import pkgutil
import subprocess
import sys
import traceback
from typing import Any

from tests import environment
from tests.bench.figure import Figure

INSIDE = "--inside"  # this process measures one area
# Areas that are measured elsewhere than on SQLite, unless TEST_DATABASE names the one.
DATABASES = {
    "save": ("sqlite", "postgresql"),
    "claims": ("postgresql",),
    "boards": ("sqlite", "postgresql"),
    "search": ("sqlite", "postgresql"),
    "load": ("postgresql",),
}
BY_NAME = frozenset({"load"})  # half an hour, and the whole machine: only when it is asked for


MEMORY = {"search": "2GB", "load": "1GB"}  # of the server; both sides have it


def areas() -> list[str]:
    """Names of the modules here that have figures, in order."""
    import tests.bench as package

    found = []
    for module in pkgutil.iter_modules(package.__path__):
        file = environment.ROOT / "tests" / "bench" / f"{module.name}.py"
        if file.exists() and "\ndef run(" in file.read_text():
            found.append(module.name)
    return sorted(found)


def main(arguments: list[str]) -> int:
    if arguments[:1] == [INSIDE]:
        return measure(arguments[1])
    known = areas()
    unknown = sorted(set(arguments) - set(known))
    if unknown:
        sys.stderr.write(f"No such area: {', '.join(unknown)}. There are: {', '.join(known)}\n")
        return 2
    chosen = os.environ.get("TEST_DATABASE")
    runs = [
        _apart(area, database)
        for area in arguments or [name for name in known if name not in BY_NAME]
        for database in ([chosen] if chosen else DATABASES.get(area, ("sqlite",)))
    ]
    return max(runs, default=0)


def _apart(area: str, database: str) -> int:
    command = [sys.executable, "-m", "tests.bench", INSIDE, area]
    home = {**os.environ, "TEST_DATABASE": database}
    return subprocess.run(command, cwd=environment.ROOT, env=home, check=False).returncode


def measure(area: str) -> int:
    """Set Django up on fresh databases, run one area, print its figures."""
    try:
        with_databases(MEMORY.get(area))
        module = importlib.import_module(f"tests.bench.{area}")
        figures: list[Figure] = module.run()
    except Exception:
        traceback.print_exc()
        sys.stderr.write(f"{area}: could not be measured\n")
        return 1
    sys.stdout.write("".join(f"{figure.line()}\n" for figure in figures))
    sys.stdout.flush()
    sys.stderr.write(table(area, figures))
    return 0


def with_databases(memory: str | None = None) -> Any:
    """This process, with Django ready and databases of its own; the server, where it was started for them."""
    environment.enter()
    server = None
    if environment.kind() == "postgresql":
        from tests import postgres

        if not os.environ.get("TEST_DATABASE_URL"):
            import atexit

            server = postgres.serve()
            if memory:
                server.configure(shared_buffers=memory)
            atexit.register(server.remove)
            os.environ["TEST_DATABASE_URL"] = server.url
            os.environ["TEST_DATABASE_FOLDER"] = str(server.folder)
        os.environ.update(postgres.urls(os.environ["TEST_DATABASE_URL"], postgres.own_name()))
    import django

    django.setup()
    from tests import databases

    databases.lay_out()
    return server


def table(area: str, figures: list[Figure]) -> str:
    """The same for people."""
    width = max([len(figure.name) for figure in figures], default=10)
    lines = [f"\n{area}"]
    for figure in figures:
        verdict = {True: "holds", False: "MISSED", None: ""}[figure.holds]
        value = f"{figure.value:,.3f}".rstrip("0").rstrip(".")
        lines.append(
            f"  {figure.name:<{width}}  {value:>12} {figure.unit:<12} {figure.goal:<10} {verdict}"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
