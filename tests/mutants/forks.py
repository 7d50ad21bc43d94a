"""One fault, one process: forked when everything that the fault cannot touch is imported, ended at the first case that does not hold."""

import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import pickle
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from types import CodeType, ModuleType
from typing import Any

from tests.environment import ROOT
from tests.mutants.cases import Case, Drawn, call
from tests.mutants.recorded import Recorded

MEMORY = 3_000_000_000
PATIENCE = 10.0  # so many times what the sound core needs, and
AT_LEAST = 5.0  # no fewer seconds than this: the machine may be busy
TIME, FALLEN = "time", "process"


class Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module with a fault in it; all others as they are."""

    def __init__(self, name: str, code: CodeType) -> None:
        self.name = name
        self.code = code

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        if name != self.name:
            return None
        sound = importlib.machinery.PathFinder.find_spec(name, path)
        assert sound
        assert sound.origin
        searched = sound.submodule_search_locations
        return importlib.util.spec_from_file_location(
            name, sound.origin, loader=self, submodule_search_locations=searched
        )

    def create_module(self, spec: Any) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)


def in_fork(work: Callable[[], Any], seconds: float | None = None) -> Any:
    """What the work gives, done in a process of its own; TIME or FALLEN if it never said."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _work(work, reading, writing, seconds)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if told:
        return pickle.loads(told)
    return TIME if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM else FALLEN


def _work(work: Callable[[], Any], reading: int, writing: int, seconds: float | None) -> None:
    """The child's life; it ends here, without the parent's goodbyes."""
    os.close(reading)
    code = 1
    try:
        if seconds is not None:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, seconds)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
        told = pickle.dumps(work())
        signal.setitimer(signal.ITIMER_REAL, 0)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(told)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def stage(name: str) -> None:
    """Import what a module of this name cannot reach: no fault of it gets there."""
    for beneath, package in (
        ("runtime.engine.", "builder.definition"),
        ("builder.", "builder.problems"),
    ):
        if name.startswith(beneath):
            importlib.import_module(package)
            break
    gc.collect()
    gc.freeze()


def tried(
    name: str, code: CodeType, cases: Sequence[Case], twin: Recorded, drawn: Drawn
) -> str | None:
    """Which case notices the fault, none if it survives. Called in the fork."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    sys.meta_path.insert(0, Planted(name, code))
    at = "import"
    try:
        importlib.import_module("runtime.engine")
        for case in cases:
            at = f"{case.module.rpartition('.')[2]}::{case.test}[{case.row}]"
            call(case, twin, drawn)
    except Exception as fault:  # whatever it was, it was noticed
        return f"{at}: {type(fault).__name__}"
    return None


def name_of(file: str) -> str:
    """The module that a file holds."""
    inside = os.path.relpath(file, ROOT).removesuffix(".py").removesuffix("/__init__")
    return inside.replace("/", ".")
