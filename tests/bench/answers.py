"""Answers to searchable questions: what a thief who counts learns of them, and what hiding that costs a search.

`make bench-answers`: ANSWERS_RECORDS are stolen, of which he knows as many others; ANSWERS_DRAWS times. Then ANSWERS_FOUND records are put in and asked
for, with weights and without in turns.
"""

import os
import random
from statistics import mean

from tests.bench.figure import Figure, at_most, percentile, told
from tests.bench.finding.answering import PLAIN, QUESTIONS, Index, stolen
from tests.bench.finding.filling import say, timed

SIZES = [
    int(size) for size in (os.environ.get("ANSWERS_RECORDS") or "500,2000,20000,100000").split(",")
]
DRAWS = int(os.environ.get("ANSWERS_DRAWS") or 5)
FOUND = int(os.environ.get("ANSWERS_FOUND") or 10_000)
QUERIES = 400
SEED = os.environ.get("SEARCH_SEED", "held out")
NAMED, FROM = 0.1, 2_000  # percent, of so many records on
NO_GOAL = "a region"  # a handful of answers is nearly all: told to the editor
DEARER = 1.5


def run() -> list[Figure]:
    """Figures on the database that TEST_DATABASE names."""
    return [figure for question in QUESTIONS for figure in (*leaked(question), *asked(question))]


def leaked(question: str) -> list[Figure]:
    found = []
    for size in SIZES:
        about = f"answers, {question}, {size:,} records"
        plain, _ = stolen(question, size, f"{SEED} 0", salted=False)
        draws = [stolen(question, size, f"{SEED} {draw}") for draw in range(DRAWS)]
        counting, knowing = ([100 * one[which] for one in draws] for which in (0, 1))
        goal = at_most(f"{about}: named, mean", mean(counting), "%", NAMED)
        has_goal = size > FROM and question != NO_GOAL
        found += [
            told(f"{about}: named without weights", 100 * plain, "%"),
            goal if has_goal else told(goal.name, goal.value, goal.unit),
            told(f"{about}: named, at worst", max(counting), "%"),
            told(f"{about}: named by who knows how", mean(knowing), "%"),
        ]
        say(
            f"{about}: {100 * plain:.2f} % plain, {goal.value:.3f} %, knowing {mean(knowing):.2f} %"
        )
    return found


def asked(question: str) -> list[Figure]:
    index, chance = Index(question, FOUND, SEED), random.Random(f"asked {SEED}")
    took: dict[int, list[float]] = {1: [], PLAIN: []}
    for turn in range(QUERIES):
        answer = chance.choice(index.answers)
        for generation in sorted(took, reverse=bool(turn % 2)):
            took[generation].append(timed(lambda to=generation, of=answer: index.find(of, to))[0])
    found = []
    for p in (50, 95):
        salted, plain = (percentile(took[generation], p) for generation in (1, PLAIN))
        about = f"answers, {question}, {FOUND:,} records: asked, p{p}"
        found += [
            told(f"{about}, weighed", salted, "ms"),
            at_most(f"{about}, weighed against plain", salted / plain, "times", DEARER),
        ]
        say(f"{about}: {salted:.2f} ms against {plain:.2f}")
    return found
