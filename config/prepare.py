"""Sets up what Scriptorium needs on a machine that has only Python, then starts it.

The standard library only: this runs before there is anything else. Each step is skipped when a stamp says that it was
done for the same input, so that a second start takes seconds.
"""

import ctypes
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# What WeasyPrint loads, and the Debian package that has it.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
FONTS = {Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"): "fonts-dejavu-core"}
TEST_PROGRAMS = {"chromium": "chromium", "initdb": "postgresql"}


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def stop(text: str) -> None:
    raise SystemExit(f"\n{text}\n")


def main(arguments: list[str]) -> None:
    deeds = {"run": run, "reset-demo": reset_demo, "ready": ready, "ready-dev": ready_dev}
    if len(arguments) != 1 or arguments[0] not in deeds:
        stop(f"Usage: python3 -m config.prepare {'|'.join(deeds)}")
    if sys.version_info < (3, 11):
        stop(
            f"Scriptorium needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11 .."
        )
    os.chdir(ROOT)
    deeds[arguments[0]]()


def ready() -> None:
    """The virtual environment and the libraries of the system."""
    make_environment("requirements.txt")
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    missing += [package for file, package in FONTS.items() if not file.exists()]
    install(missing, why="documents (PDF) need them")
    compile_texts()


def ready_dev() -> None:
    """The same, with what checks and tests need."""
    ready()
    make_environment("requirements-dev.txt")
    missing = [package for program, package in TEST_PROGRAMS.items() if not find_program(program)]
    install(missing, why="the tests use them")


def run() -> None:
    """Everything, then the server, the worker and the bell in the foreground."""
    environment = settle_environment()
    mind_port(environment)
    mind_bell(environment)
    ready()
    prepare_data(environment)
    os.execve(PYTHON, [str(PYTHON), "-m", "config.serve"], environment)


def reset_demo() -> None:
    environment = settle_environment()
    ready()
    stamp_of(environment).unlink(missing_ok=True)
    prepare_data(environment, "--fresh")
    say("The demo is as new. Start it with: make run")


def settle_environment() -> dict[str, str]:
    """The environment of all processes: data and keys in two places, the demo unless it is production."""
    environment = dict(os.environ)
    data = Path(environment.get("DATA_DIR") or ROOT / "data").resolve()
    environment["DATA_DIR"] = str(data)
    environment["KEY_DIR"] = environment.get("KEY_DIR") or str(data.with_name(data.name + "-keys"))
    keys = Path(environment["KEY_DIR"]).resolve()
    if keys == data or data in keys.parents:
        stop(
            f"KEY_DIR ({keys}) lies inside DATA_DIR ({data}): a copy of the data would carry its keys. "
            "Set KEY_DIR to a folder outside."
        )
    environment.setdefault("PORT", "8000")
    environment.setdefault("DEMO", "0" if environment.get("PRODUCTION") == "1" else "1")
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    environment.setdefault("BASE_URL", f"http://127.0.0.1:{environment['PORT']}")
    return environment


def mind_port(environment: dict[str, str], name: str = "PORT") -> None:
    """The port is a number, and nobody else listens on it."""
    port = environment[name]
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        stop(f"{name}={port} is no port: take a number from 1 to 65535, such as {name}=8000.")
    refused = why_taken(environment, int(port))
    if refused:
        stop(
            f"Port {port} on {environment.get('HOST', '127.0.0.1')} cannot be had ({refused}). Choose another one: make run {name}=8010"
        )


def mind_bell(environment: dict[str, str]) -> None:
    """The bell has a port of its own, the next one that is free; 0: there is none. In production a proxy must lead to it, so it is named."""
    if "BELL_PORT" not in environment:
        near = range(int(environment["PORT"]) + 1, min(int(environment["PORT"]) + 20, 65536))
        free = (port for port in near if not why_taken(environment, port))
        production = environment.get("PRODUCTION") == "1"
        environment["BELL_PORT"] = "0" if production else str(next(free, 0))
    elif environment["BELL_PORT"] != "0":
        mind_port(environment, "BELL_PORT")


def why_taken(environment: dict[str, str], port: int) -> str:
    """Empty where it can be had."""
    host = environment.get("HOST", "127.0.0.1")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            return refused.strerror or "refused"
    return ""


def prepare_data(environment: dict[str, str], *options: str) -> None:
    """Keys, databases, roles, content, demo: done again only when the migrations or the database changed."""
    from config.keyfiles import make_keys

    try:
        Path(environment["DATA_DIR"]).mkdir(parents=True, exist_ok=True, mode=0o700)
        if not options:
            mind_lost_keys(environment)
        made = make_keys(Path(environment["KEY_DIR"]))
    except OSError as refused:
        stop(
            f"{refused.filename} cannot be made or read ({refused.strerror}). Choose folders of your own with "
            "DATA_DIR= and KEY_DIR=."
        )
    if made:
        say(
            f"Keys made in {environment['KEY_DIR']}: keep a copy of that folder, apart from the data."
        )
    stamp, mark = stamp_of(environment), fingerprint(environment)
    if not options and stamp.exists() and stamp.read_text() == mark and data_there(environment):
        return
    say("Setting up the databases (the first time takes about half a minute)")
    done = subprocess.run(
        [PYTHON, "manage.py", "set_up", *options], cwd=ROOT, env=environment, check=False
    )
    if done.returncode:
        stop("The databases could not be set up; the message above says why.")
    stamp.write_text(mark)


def mind_lost_keys(environment: dict[str, str]) -> None:
    """New keys are for new data only: beside data that are there, a key file that is gone is put back, never made anew."""
    from config.keyfiles import needed

    folder = Path(environment["KEY_DIR"])
    files = needed(environment)
    names = files if environment.get("DATABASE_URL") else (*files, "keys.sqlite3")
    lost = [name for name in names if not (folder / name).exists()]
    if lost and stamp_of(environment).exists():
        stop(
            f"{', '.join(lost)} is missing in {folder}, but there are data that were sealed with it. Nothing was changed. "
            "Put it back from the backup of the keys (or begin anew without the data: make reset-demo)."
        )


def stamp_of(environment: dict[str, str]) -> Path:
    return Path(environment["DATA_DIR"]) / ".prepared"


def data_there(environment: dict[str, str]) -> bool:
    if environment.get("DATABASE_URL"):
        return True
    files = (
        Path(environment["DATA_DIR"]) / "scriptorium.sqlite3",
        Path(environment["KEY_DIR"]) / "keys.sqlite3",
    )
    return all(file.exists() for file in files)


def fingerprint(environment: dict[str, str]) -> str:
    """Changes when the databases must be looked after again."""
    digest = hashlib.sha256()
    for name in ("DATABASE_URL", "KEYS_DATABASE_URL", "DEMO"):
        digest.update(environment.get(name, "").encode() + b"\0")
    for package in ("builder", "config", "content", "exports", "runtime"):
        for file in sorted((ROOT / package).glob("**/migrations/*.py")):
            digest.update(file.read_bytes())
    digest.update((ROOT / "requirements.txt").read_bytes())
    return digest.hexdigest()


def compile_texts() -> None:
    """The message files of the languages, when one of them changed."""
    if all(_compiled(file) for file in (ROOT / "config" / "locale").rglob("*.po")):
        return
    say("Compiling the texts of the languages")
    environment = {**os.environ, "SCRIPTORIUM_MAKING_KEYS": "1", "DATABASE_URL": ""}
    command = [str(PYTHON), "manage.py", "compile_texts", "--verbosity=0"]
    if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        stop("The texts of the languages could not be compiled; the message above says why.")


def _compiled(file: Path) -> bool:
    made = file.with_suffix(".mo")
    return made.exists() and made.stat().st_mtime >= file.stat().st_mtime


def make_environment(requirements: str) -> None:
    """`.venv` with exactly the packages of a lock file, whose hashes are checked."""
    stamp = VENV / f".{requirements}.stamp"
    wanted = hashlib.sha256((ROOT / requirements).read_bytes() + sys.version.encode()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        make_venv()
    say(f"Installing the packages of {requirements}")
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
    ]
    command += ["-r", str(ROOT / requirements)]
    done = subprocess.run(
        command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        stop(
            f"{done.stdout}\nThe packages of {requirements} could not be installed; the message above says why."
        )
    stamp.write_text(wanted)


def make_venv() -> None:
    say("Making .venv")
    done = subprocess.run(
        [sys.executable, "-m", "venv", VENV], check=False, capture_output=True, text=True
    )
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(
            f"{done.stdout}{done.stderr}\nPython cannot make virtual environments (Debian: apt-get install python3-venv)."
        )


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def find_program(name: str) -> bool:
    return bool(shutil.which(name) or list(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")))


def install(packages: list[str], *, why: str) -> None:
    """Debian packages: installed when this may, else named in one line."""
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing {' '.join(packages)}")
        quietly("apt-get", "update")
        if quietly(*command) == 0:
            return
    say(f"Not installed: {' '.join(packages)} ({why}). As an administrator: {' '.join(command)}")


def quietly(*command: str) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, check=False
    ).returncode


if __name__ == "__main__":
    main(sys.argv[1:])
