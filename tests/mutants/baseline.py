"""The sound core, once: every case must hold, what the twin says is kept, and which lines each case reaches."""

import gc
import importlib
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from types import CodeType, FrameType
from typing import Any

from tests.environment import ROOT
from tests.mutants.cases import PLAYS, Case, Drawn, call, cases_of, modules, words_of
from tests.mutants.recorded import Recorded
from tests.pure import CORE

HOUSES = tuple(f"{ROOT}/{folder}/" for folder in CORE)
OURS = {"builder", "runtime", "tests", "__main__"}


@dataclass
class Known:
    """What the sound run tells: for each file and line the cases that reach it, what each case takes and speaks of, and
    other houses' modules."""

    drawn: Drawn
    at_import: set[tuple[str, int]] = field(default_factory=set)
    reached: dict[tuple[str, int], set[Case]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[Case, float] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    words: dict[Case, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def of_file(self, file: str) -> set[Case]:
        """The cases that reach any line of a file."""
        return set().union(*(cases for (at, _), cases in self.reached.items() if at == file))

    def of_lines(self, file: str, first: int, last: int) -> set[Case]:
        """The cases that reach any of these lines; all, if importing the core does: what is made then serves everybody."""
        places = [(file, at) for at in range(first, last + 1)]
        if not self.at_import.isdisjoint(places):
            return set(self.seconds)
        return set().union(*(self.reached.get(place, set()) for place in places))


class Lines:
    """The lines of the core that were run since they were last taken."""

    def __init__(self) -> None:
        self._ours: dict[CodeType, bool] = {}
        self._seen: set[tuple[str, int]] = set()

    def __call__(self, frame: FrameType, event: str, arg: Any) -> Any:
        code = frame.f_code
        ours = self._ours.get(code)
        if ours is None:
            ours = self._ours[code] = code.co_filename.startswith(HOUSES)
        return self._line if ours else None

    def _line(self, frame: FrameType, event: str, arg: Any) -> Any:
        self._seen.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line

    def taken(self) -> set[tuple[str, int]]:
        """What was run; from now on it is counted anew."""
        seen, self._seen = self._seen, set()
        return seen


def learn(drawn: Drawn) -> Known:
    """Run everything that is sound, in a process that has not imported the core before."""
    known = Known(drawn)
    twin = Recorded(known.said)
    lines = Lines()
    sys.settrace(lines)
    importlib.import_module("runtime.engine")
    importlib.import_module("runtime.engine.__main__")
    sys.settrace(None)
    known.at_import = lines.taken()
    importlib.import_module("tests.properties.twins")
    importlib.import_module("tests.spec.book")
    rows = [Case(PLAYS, "play", at) for at in range(len(known.drawn.plays))]
    for module in modules():
        lines = Lines()
        sys.settrace(lines)
        importlib.import_module(module)
        sys.settrace(None)
        at_import, found = lines.taken(), cases_of(module)
        for place in at_import:
            known.reached[place].update(found)
        rows += found
    for case in rows:
        _learn_case(known, twin, case)
    twin.close()
    known.others = [name for name in sys.modules if name.partition(".")[0] not in OURS]
    return known


def _learn_case(known: Known, twin: Recorded, case: Case) -> None:
    try:
        call(case, twin, known.drawn)  # asks the twin, and warms up
        _forget()
        begun = time.perf_counter()
        call(case, twin, known.drawn)
        known.seconds[case] = time.perf_counter() - begun
        known.words[case] = words_of(case)
        _forget()
        lines = Lines()
        sys.settrace(lines)
        try:
            call(case, twin, known.drawn)
        finally:
            sys.settrace(None)
    except Exception as fault:  # whatever it was, this case proves nothing
        known.broken.append(f"{case}: {type(fault).__name__}: {str(fault)[:200]}")
        return
    for place in lines.taken():
        known.reached[place].add(case)


def _forget() -> None:
    """Nothing is left that a case would find done already."""
    from runtime.engine import program

    program._programs.clear()
    core = [module for name, module in sys.modules.items() if name.startswith("builder.")]
    for module in core:
        for cached in vars(module).values():
            if isinstance(cached, _lru_cache_wrapper):
                cached.cache_clear()
    gc.collect(0)
