"""Our engine in Python, played in a process of its own as the peers are: `python -m tests.peers.ours FOLDER LIMIT`."""

import gc
import json
import sys
import time
from pathlib import Path
from typing import Any

from builder.definition import load
from runtime.engine import Live, canonical, start
from tests.definitions import TODAY

Answers = list[dict[str, Any]]


def play(definition_text: str, answers: Answers) -> dict[str, Any]:
    """What each answer takes: a command in, a complete patch as JSON out, and the section that comes next. Microseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    definition = load(definition_text)
    live = Live(definition, start(definition, "en"), TODAY)
    gc.collect()  # what loading leaves to be swept is loading's
    loaded, loaded_cpu = time.perf_counter() - wall, time.process_time() - cpu
    took = []
    cpu = time.process_time()
    for command in answers:
        begun = time.perf_counter()
        _events, patch = live.advance(command)
        _told = canonical(patch), live.path["next"]
        took.append((time.perf_counter() - begun) * 1e6)
    spent = (time.process_time() - cpu) / len(answers)
    return {
        "took": took,
        "cpu": spent * 1e6,
        "load": loaded * 1e6,
        "loadCpu": loaded_cpu * 1e6,
        "totals": totals(live.view()),
    }


def totals(seen: dict[str, Any]) -> dict[str, int]:
    """What every engine must agree on at the end: questions that are seen, missing, wrong."""
    shown = [
        answer
        for place, answer in seen["questions"].items()
        if answer["relevant"] and place[0] not in "ct"  # calculations begin so
    ]
    return {
        "visible": len(shown),
        "missing": sum(answer["missing"] for answer in shown),
        "errors": sum(bool(answer["problems"]) for answer in shown),
    }


def main(folder: str, limit: str) -> None:
    definition_text = (Path(folder) / "definition.json").read_text()
    answers = json.loads((Path(folder) / "answers.json").read_text())[: int(limit)]
    print(json.dumps(play(definition_text, answers)))


if __name__ == "__main__":
    main(*sys.argv[1:])
