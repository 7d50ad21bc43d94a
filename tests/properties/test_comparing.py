"""Applying what changed to the old definition gives the new one, byte for byte; and every change has words.

`EDITS=5000` tries so many random edits (a few hundred in each test run), `SEED` says which.
"""

import copy
import os
import random
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from builder.definition import (
    Definition,
    Telling,
    apply,
    compare,
    data,
    dump,
    load,
    say_change,
)
from builder.definition.topics import TOPICS, topic
from builder.views.comparison import comparison
from tests.properties.arbitrary import definitions
from tests.properties.editing import EDITS, edited
from tests.scripts import DEMO, demo_script, generated

CASES = int(os.environ.get("EDITS", "240"))
SEED = int(os.environ.get("SEED", "48"))
SCRIPTS = (*DEMO, "generated")


@cache
def script(name: str) -> dict[str, Any]:
    found = generated(60) if name == "generated" else demo_script(name)
    return data(load(found))


def hold(old: Definition, new: Definition) -> None:
    """What is promised of each pair; and the page shows every change that people are told."""
    changes = compare(old, new)
    assert dump(apply(old, changes)) == dump(new)
    assert (changes == ()) == (old == new)
    telling = Telling(old, new)
    for change in changes:
        assert say_change(telling.sentence(change)).strip(), change
        assert all(isinstance(side, str) for side in telling.sides(change))
        assert topic(change, telling.saying, new.source) in TOPICS
    shown = comparison(old, new)
    told = [change for change in changes if change.code != "rewritten"]
    assert shown.total == len(shown.sentences) == len(told)
    assert sum(group.count for group in shown.groups) >= len(told)


@pytest.mark.parametrize("name", SCRIPTS)
def test_applying_what_changed_gives_the_new_script(name: str) -> None:
    for number in range(CASES // len(SCRIPTS)):
        chance = random.Random(f"{SEED} {name} {number}")
        old = edited(chance, script(name), chance.choice([0, 0, 3]))
        new = edited(chance, old, chance.choice([1, 1, 2, 5, 20]))
        hold(load(old), load(new))


@pytest.mark.parametrize("edit", dict.fromkeys(EDITS), ids=lambda each: each.__name__)
def test_each_kind_of_edit_is_found_and_told(edit: Any) -> None:
    chance, old = random.Random(f"{SEED} {edit.__name__}"), script("index_call")
    found = 0
    for _ in range(12):
        new = copy.deepcopy(old)
        edit(chance, new)
        hold(load(old), load(new))
        found += load(old) != load(new)
    assert found


@settings(
    max_examples=max(25, CASES // 20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(one=definitions(), other=definitions())
def test_any_definition_becomes_any_other(one: dict[str, Any], other: dict[str, Any]) -> None:
    hold(load(one), load(other))


def test_one_moved_block_out_of_a_hundred_is_one_move() -> None:
    chance = random.Random(SEED)
    for _ in range(30):
        old = script("generated")
        new = copy.deepcopy(old)
        here, there = (chance.choice(new["sections"]) for _ in range(2))
        item = here["items"].pop(chance.randrange(len(here["items"])))
        there["items"].insert(chance.randint(0, len(there["items"])), item)
        codes = [change.code for change in compare(load(old), load(new))]
        assert codes == ["moved"] * (new != old)


def test_a_section_that_moves_takes_its_questions_along() -> None:
    old = script("generated")
    new = {**old, "sections": [*old["sections"][1:], old["sections"][0]]}
    changes = compare(load(old), load(new))
    assert [(change.code, change.place) for change in changes] == [
        ("moved", old["sections"][0]["id"])
    ]
