"""`python -m tests.mutants [FILE..]`: how many planted faults of the pure core the spec notices; 1 if fewer than nine of ten.

`--sample N --seed S` tries so many faults at random, `--survivors` only those that survived the last time, with every case there is.
"""

import argparse
import json
import math
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.environment import CACHE, ROOT
from tests.mutants.baseline import HOUSES, Known, learn
from tests.mutants.cases import PLAYS, Case, draw
from tests.mutants.faults import Fault, faults
from tests.mutants.forks import AT_LEAST, FALLEN, PATIENCE, TIME, in_fork, name_of, stage, tried
from tests.mutants.recorded import Recorded

ENOUGH = 0.90
RANDOM_PLAYS = 60
MOST_CASES = 500  # what so many different rows do not notice counts as a survivor, until `--survivors` plays all of them
LAST = CACHE / "mutants.json"


@dataclass(frozen=True)
class Mutant:
    """A fault of a file, and who noticed it."""

    file: str
    fault: Fault

    @property
    def says(self) -> str:
        return f"{self.file}:{self.fault.line}: {' '.join(self.fault.says.split())[:150]}"


def main(arguments: list[str]) -> int:
    """Plant, count, and say what survived."""
    asked = _parser().parse_args(arguments)
    chosen = choose(asked)
    if not chosen:
        tell("There is no fault to try.")
        return 1
    drawn = in_fork(lambda: draw(RANDOM_PLAYS, asked.seed))
    known = in_fork(lambda: learn(drawn))
    if not isinstance(known, Known) or known.broken:
        tell("The sound core does not hold:", *getattr(known, "broken", [str(known)]))
        return 1
    tell(
        f"{len(chosen)} faults, {len(known.seconds)} cases of {sum(known.seconds.values()):.1f} s"
    )
    noticed = try_all(chosen, known, len(known.seconds) if asked.survivors else MOST_CASES)
    return report(chosen, noticed, last_time()["of"] if asked.survivors else len(chosen))


def choose(asked: argparse.Namespace) -> list[Mutant]:
    """The faults to try."""
    files = [Path(name).resolve() for name in asked.files] or sorted(
        file for house in HOUSES for file in Path(house).rglob("*.py")
    )
    every = [
        Mutant(str(file.relative_to(ROOT)), fault)
        for file in files
        for fault in faults(file.read_text(encoding="utf-8"))
    ]
    if asked.survivors:
        survived = set(last_time()["survivors"])
        every = [mutant for mutant in every if mutant.says in survived]
    if asked.sample and asked.sample < len(every):
        drawn = set(random.Random(asked.seed).sample(range(len(every)), asked.sample))
        every = [mutant for at, mutant in enumerate(every) if at in drawn]
    return every


def try_all(chosen: list[Mutant], known: Known, most: int) -> dict[Mutant, str | None]:
    """Who noticed each fault."""
    noticed: dict[Mutant, str | None] = {}
    for file in dict.fromkeys(mutant.file for mutant in chosen):
        mine, begun = [mutant for mutant in chosen if mutant.file == file], time.monotonic()
        told = in_fork(lambda file=file, mine=mine: try_file(file, mine, known, most))
        if not isinstance(told, list):
            sys.exit(f"{file}: a case does not hold where no fault is planted; nothing is proven.")
        noticed |= dict(zip(mine, told, strict=True))
        killed = sum(who is not None for who in told)
        tell(f"{killed:4} of {len(mine):4}  {file}  ({time.monotonic() - begun:.0f} s)")
        tell(*(f"      survived  {one.says}" for one in mine if noticed[one] is None))
    return noticed


def try_file(file: str, mutants: list[Mutant], known: Known, most: int) -> list[str | None]:
    """The faults of one file, one after the other."""
    path = ROOT / file
    source, name = path.read_text(encoding="utf-8"), name_of(str(path))
    stage(name)
    twin, found = Recorded(known.said), []
    everybody, sound = (
        in_order(set(known.seconds), known, most),
        compile(source, str(path), "exec"),
    )
    wrong = in_fork(lambda: tried(name, sound, everybody, twin, known.drawn))
    assert wrong is None, wrong
    for mutant in mutants:
        code = compile(mutant.fault.planted(source), str(path), "exec")
        cases = in_order(cases_for(str(path), mutant.fault, known), known, most)
        seconds = AT_LEAST + PATIENCE * sum(known.seconds[case] for case in cases)
        found.append(
            in_fork(
                lambda code=code, cases=cases: tried(name, code, cases, twin, known.drawn), seconds
            )
        )
    return found


def cases_for(path: str, fault: Fault, known: Known) -> set[Case]:
    """Who may notice a fault: who comes by; what stands outside of functions is everybody's."""
    return known.of_lines(path, fault.line, fault.last) if fault.inside else set(known.seconds)


def in_order(cases: set[Case], known: Known, most: int) -> list[Case]:
    """One of each test before the second of any, the quick before the slow; the random plays last."""
    turns: dict[tuple[str, str], int] = {}
    ranked = []
    for case in sorted(cases, key=lambda case: (known.seconds[case], case)):
        turn = turns[case.module, case.test] = turns.get((case.module, case.test), -1) + 1
        ranked.append((case.module == PLAYS, turn, known.seconds[case], case))
    found = [case for *_, case in sorted(ranked)]
    plays = [case for case in found if case.module == PLAYS]
    return [*found[: len(found) - len(plays)][:most], *plays]


def last_time() -> dict[str, Any]:
    """Of how many faults which ones survived."""
    return (
        json.loads(LAST.read_text(encoding="utf-8"))
        if LAST.exists()
        else {"of": 0, "survivors": []}
    )


def report(chosen: list[Mutant], noticed: dict[Mutant, str | None], of: int) -> int:
    """The survivors, and the share of those that were noticed (now, or the last time)."""
    survived = [mutant.says for mutant in chosen if noticed[mutant] is None]
    LAST.parent.mkdir(exist_ok=True)
    LAST.write_text(json.dumps({"of": of, "survivors": survived}, indent=0), encoding="utf-8")
    killed = of - len(survived)
    in_plays = sum((who or "").startswith(PLAYS) for who in noticed.values())
    late, fallen = (sum(who == how for who in noticed.values()) for how in (TIME, FALLEN))
    low, high = interval(killed, of)
    tell(
        "",
        f"{killed} of {of} noticed, {len(survived)} survived: {killed / of:.1%}"
        f" (95 %: {low:.1%} to {high:.1%}); {in_plays} by random plays alone, {late} by the time they took, {fallen} by an end without a word",
    )
    return 0 if killed >= ENOUGH * of else 1


def interval(killed: int, tries: int) -> tuple[float, float]:
    """Wilson's, for when the faults are a sample."""
    z, share = 1.96, killed / tries
    middle, width = (
        share + z * z / (2 * tries),
        z * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries)),
    )
    return (middle - width) / (1 + z * z / tries), (middle + width) / (1 + z * z / tries)


def tell(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--survivors", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
