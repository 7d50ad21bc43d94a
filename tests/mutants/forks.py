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
from contextlib import suppress
from dataclasses import dataclass
from types import CodeType, ModuleType
from typing import Any

from tests.environment import ROOT
from tests.mutants.baseline import Known
from tests.mutants.cases import Case, call
from tests.mutants.recorded import Recorded

MEMORY = 1_500_000_000
PATIENCE = 10.0  # so many times what the sound core needs, and
AT_LEAST = 2.0  # no fewer seconds than this, of the processor's time: how busy the machine is does not count
AT_MOST = 1200.0  # seconds on the clock: something else than the processor is waited for
TIME, FALLEN = "time", "process"


class Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module with a fault in it; all others as they are."""

    def __init__(
        self, name: str, code: CodeType, before: Callable[[ModuleType], None] | None = None
    ) -> None:
        self.name = name
        self.code = code
        self.before = before

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
        if self.before:
            self.before(module)
        exec(self.code, module.__dict__)


def in_fork(work: Callable[[], Any], *, bounded: bool = False) -> Any:
    """What the work gives, done in a process of its own; TIME or FALLEN if it never said. `bounded`: in time and memory."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _work(work, reading, writing, bounded=bounded)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if told:
        return pickle.loads(told)
    late = os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGALRM, signal.SIGPROF}
    return TIME if late else FALLEN


def _work(work: Callable[[], Any], reading: int, writing: int, *, bounded: bool) -> None:
    """The child's life; it ends here, without the parent's goodbyes."""
    os.close(reading)
    code = 1
    try:
        if bounded:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
        told = pickle.dumps(work())
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(told)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def stage(name: str, code: CodeType, others: Sequence[str]) -> None:
    """Import what a module of this name cannot reach: no fault of it gets there."""
    for other in [*others, *in_fork(lambda: _before(name, code))]:
        with suppress(ImportError):  # some modules are made, not found
            importlib.import_module(other)
    gc.collect()
    gc.freeze()


def _before(name: str, code: CodeType) -> list[str]:
    """What has been imported whole, with the packages around it, when the module's turn comes."""
    found: list[str] = []

    def look(_module: ModuleType) -> None:
        begun = {at for at, each in sys.modules.items() if _is_begun(each)}
        found.extend(
            at
            for at in sys.modules
            if begun.isdisjoint(".".join(at.split(".")[:size]) for size in range(1, 9))
            and at.startswith(("builder.", "runtime."))
        )

    sys.meta_path.insert(0, Planted(name, code, look))
    importlib.import_module("runtime.engine.__main__")
    return found


def _is_begun(module: ModuleType) -> bool:
    return bool(getattr(getattr(module, "__spec__", None), "_initializing", False))


@dataclass(frozen=True)
class Noticed:
    """What noticed a fault: a case, none if importing the core did already; and how."""

    case: Case | None
    how: str

    def __str__(self) -> str:
        if self.case is None:
            return self.how
        return (
            f"{self.case.module.rpartition('.')[2]}::{self.case.test}[{self.case.row}]: {self.how}"
        )


def tried(
    name: str, code: CodeType, cases: Sequence[Case], twin: Recorded, known: Known
) -> Noticed | None:
    """What notices the fault, none if it survives. Called in the fork."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    sys.meta_path.insert(0, Planted(name, code))
    at = None
    try:
        _wait(0)
        importlib.import_module("runtime.engine")
        for at in cases:
            _wait(known.seconds[at])
            call(at, twin, known.drawn)
    except Exception as fault:  # whatever it was, it was noticed
        return Noticed(at, type(fault).__name__)
    return None


def _wait(seconds: float) -> None:
    """From now on: this process ends when it takes far longer than the sound core."""
    signal.setitimer(signal.ITIMER_PROF, AT_LEAST + PATIENCE * seconds)
    signal.setitimer(signal.ITIMER_REAL, AT_MOST)


def name_of(file: str) -> str:
    """The module that a file holds."""
    inside = os.path.relpath(file, ROOT).removesuffix(".py").removesuffix("/__init__")
    return inside.replace("/", ".")
