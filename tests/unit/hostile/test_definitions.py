"""Definitions that nobody should write are answered with problems that can be said, within seconds."""

import time
from typing import Any

import pytest

from builder.definition import DefinitionUnreadable, check, dump, load
from builder.problems import MOST_PROBLEMS, Problem, say
from runtime.engine import canonical, start, view
from tests.definitions import TODAY
from tests.node import Twin
from tests.unit.hostile.attacks import FINE, SPECIAL_NAMES, TOLD, UNREADABLE

# Each takes less than a second on an idle machine; a hang takes minutes.
SOON = 20


def sayable(problem: Problem) -> bool:
    """It says what is wrong and what to do, shortly, in letters that can be shown."""
    said = say(problem)
    return bool(problem.code and problem.remedy) and len(said.encode()) < 5_000


@pytest.fixture(autouse=True)
def _nothing_hangs() -> Any:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SOON


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_problems(name: str) -> None:
    with pytest.raises(DefinitionUnreadable) as refused:
        load(UNREADABLE[name])
    problems = refused.value.problems
    assert 1 <= len(problems) <= MOST_PROBLEMS
    assert all(map(sayable, problems))
    str(refused.value).encode()


@pytest.mark.parametrize("name", TOLD)
def test_what_can_be_read_and_not_published_is_told(name: str) -> None:
    code, data = TOLD[name]
    definition = load(data)
    problems = [problem for problem in check(definition) if not problem.warning]
    assert code in {problem.code for problem in problems}
    assert all(problem.place or problem.code in {"no_outcome", "empty"} for problem in problems)
    assert all(map(sayable, problems))
    assert len(problems) < 10 * MOST_PROBLEMS
    assert view(definition, start(definition, "en"), TODAY)["path"] is not None


def test_many_problems_of_one_kind_hide_none_of_another() -> None:
    code, data = TOLD["20,000 names that nobody has"]
    told = [problem.code for problem in check(load(data))]
    assert told.count(code) == MOST_PROBLEMS
    assert told[-1] == "no_outcome"


@pytest.mark.parametrize("name", FINE)
def test_what_is_only_large_or_odd_is_fine(name: str) -> None:
    definition = load(FINE[name])
    assert [say(problem) for problem in check(definition)] == []
    assert load(dump(definition)) == definition


@pytest.mark.parametrize("name", SPECIAL_NAMES)
def test_a_name_that_means_something_to_a_machine_is_a_name(twin: Twin, name: str) -> None:
    definition = load(FINE[f"the name {name}"])
    state = {**start(definition, "en"), "answers": {name: "x"}}
    shown = view(definition, state, TODAY)
    assert shown["questions"][name]["value"] == "x"
    seen = twin.ask("look", definition=dump(definition), state=state, events=[], today=TODAY)
    assert seen == [canonical(state), canonical(shown)]
