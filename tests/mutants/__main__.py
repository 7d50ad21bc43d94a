"""`python -m tests.mutants [FILE..]`: how many planted faults of the pure core the spec notices; 1 if fewer than nine of ten.

`--sample N --seed S` tries so many faults at random, `--survivors` only those that survived the last time.
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
from tests.mutants.cases import PLAYS, draw
from tests.mutants.faults import Fault, faults
from tests.mutants.forks import FALLEN, TIME, Noticed, in_fork, name_of, stage, tried
from tests.mutants.order import Order
from tests.mutants.recorded import Recorded

ENOUGH = 0.90
RANDOM_PLAYS = 60
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
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(CACHE / "mutants")
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
    noticed = try_all(chosen, known)
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


def try_all(chosen: list[Mutant], known: Known) -> dict[Mutant, Noticed | None]:
    """What noticed each fault."""
    noticed: dict[Mutant, Noticed | None] = {}
    for file in dict.fromkeys(mutant.file for mutant in chosen):
        mine, begun = [mutant for mutant in chosen if mutant.file == file], time.monotonic()
        told = in_fork(lambda file=file, mine=mine: try_file(file, mine, known))
        if not isinstance(told, list):
            sys.exit(f"{file}: a case does not hold where no fault is planted; nothing is proven.")
        noticed |= dict(zip(mine, told, strict=True))
        killed = sum(who is not None for who in told)
        tell(f"{killed:4} of {len(mine):4}  {file}  ({time.monotonic() - begun:.0f} s)")
        tell(*(f"      survived  {one.says}" for one in mine if noticed[one] is None))
    return noticed


def try_file(file: str, mutants: list[Mutant], known: Known) -> list[Noticed | None]:
    """The faults of one file, one after the other."""
    path = ROOT / file
    source, name = path.read_text(encoding="utf-8"), name_of(str(path))
    twin, order = Recorded(known.said), Order(str(path), known)
    sound = compile(source, str(path), "exec")
    stage(name, sound, known.others)
    wrong = in_fork(lambda: tried(name, sound, order.everybody, twin, known))
    assert wrong is None, wrong
    found: list[Noticed | None] = []
    for mutant in mutants:
        code = compile(mutant.fault.planted(source), str(path), "exec")
        cases = order.of(mutant.fault)
        told = in_fork(
            lambda code=code, cases=cases: tried(name, code, cases, twin, known), bounded=True
        )
        found.append(Noticed(None, told) if isinstance(told, str) else told)
        order.learn(mutant.fault, found[-1])
    return found


def last_time() -> dict[str, Any]:
    """Of how many faults which ones survived."""
    return (
        json.loads(LAST.read_text(encoding="utf-8"))
        if LAST.exists()
        else {"of": 0, "survivors": []}
    )


def report(chosen: list[Mutant], noticed: dict[Mutant, Noticed | None], of: int) -> int:
    """The survivors, and the share of those that were noticed (now, or the last time)."""
    survived = [mutant.says for mutant in chosen if noticed[mutant] is None]
    LAST.parent.mkdir(exist_ok=True)
    LAST.write_text(json.dumps({"of": of, "survivors": survived}, indent=0), encoding="utf-8")
    killed = of - len(survived)
    who = [one for one in noticed.values() if one]
    in_plays = sum(one.case is not None and one.case.module == PLAYS for one in who)
    late, fallen = (sum(one.how == how for one in who) for how in (TIME, FALLEN))
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
