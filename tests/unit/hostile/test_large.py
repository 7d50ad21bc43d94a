"""The largest of what may be published: an answer is taken in, in both engines alike, within seconds."""

import time
from typing import Any

import pytest

from builder.definition import Definition, check, dump, load
from runtime.engine import Live, canonical, start
from tests.definitions import TODAY, calculation, definition, question, section
from tests.node import Twin
from tests.unit.hostile.attacks import FINE

SOON = 20  # each takes 0.01 to 0.1 s on an idle machine
MOST_SUMS = 16
# What is published takes 0.05 s of the processor's time at most; a busy machine is slower.
CAP, BUSY = 0.05, 5


def entries(count: int) -> dict[str, Any]:
    keys = [f"e{at}" for at in range(count)]
    return {"entries": {"r": keys}, "answers": {f"r/{key}/v": "1" for key in keys}}


def sums(count: int) -> Definition:
    """A repeat in which each sum reads all entries of the one before."""
    items = [question("v", "integer")]
    for at in range(count):
        read = ["sum", ["each", "r", f"c{at - 1}" if at else "v"]]
        items.append(calculation(f"c{at}", "number", ["add", ["answer", "v"], read]))
    return definition(section("r", *items, repeat={"maximum": 1_000}), kind="form")


def choices() -> Definition:
    wanted = ["if", ["answer", "a"], ["value", "one", "c1"], ["value", "one", "c2"]]
    lists = (
        question(f"q{at}", "choose_several", choices=[f"c{one}" for one in range(5_000)], choice_filter=["ne", ["offered", "name"], wanted])
        for at in range(4)
    )  # fmt: skip
    return definition(section("s", question("a", "yes_no"), *lists), kind="form")


@pytest.mark.parametrize(
    ("made", "state", "place", "value"),
    [
        pytest.param(sums(MOST_SUMS), entries(999), "r/e5/v", "7", id="sums in 999 entries"),
        pytest.param(choices(), {}, "a", True, id="20,000 choices, filtered"),
        pytest.param(load(FINE["and within and"]), {}, "a", True, id="and within and"),
        pytest.param(load(FINE["a megabyte of and"]), {}, "a", True, id="a megabyte of and"),
    ],
)
def test_an_answer_is_taken_in_soon(
    twin: Twin, made: Definition, state: dict[str, Any], place: str, value: Any
) -> None:
    begun = time.monotonic()
    assert check(made) == ()
    whole = {**start(made, "en"), **state}
    live = Live(made, whole, TODAY)
    events, _patch = live.advance({"command": "answer", "place": place, "value": value})
    assert events[0]["event"] == "answered"
    theirs = twin.ask("look", definition=dump(made), state=whole, events=events, today=TODAY)
    assert theirs == [canonical(live.state), canonical(live.view())]
    assert time.monotonic() - begun < SOON


def test_the_dearest_answer_takes_a_moment() -> None:
    live = Live(sums(MOST_SUMS), {**start(sums(MOST_SUMS), "en"), **entries(999)}, TODAY)
    took = []
    for value in ("7", "8", "9", "10"):
        begun = time.process_time()
        live.advance({"command": "answer", "place": "r/e5/v", "value": value})
        took.append(time.process_time() - begun)
    assert min(took) < CAP * BUSY


def test_what_reads_all_entries_in_each_is_not_published_when_there_is_too_much_of_it() -> None:
    assert [problem.code for problem in check(sums(MOST_SUMS + 1))] == ["too_many_read"]
