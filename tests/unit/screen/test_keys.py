"""The keys: what the browser listens by, and the sheet that tells them, are one table."""

import re

from runtime.workspace.screen import make_sheet
from runtime.workspace.screen_keys import DIGITS, KEYS, render_keys, table
from runtime.workspace.screen_sheet import Door
from tests.definitions import Scenario, definition, question, section

PLAIN = definition(section("one", question("name")))
WITH_ALL = definition(
    section("one", question("name")),
    section("many", question("each"), repeat={"minimum": 0, "maximum": 3}),
    section("aside", question("asked"), side=True),
)


def told(played: object, door: Door = Door()) -> str:  # noqa: B008  frozen
    scenario = Scenario(played)
    sheet = make_sheet(scenario.definition, scenario.state, scenario.view, mode="agent", door=door)
    return " ".join(re.sub("<[^>]+>", " ", render_keys(sheet)).split())


def test_every_key_that_is_listened_to_is_told() -> None:
    words = told(WITH_ALL)
    assert [row.words for row in KEYS if row.words not in words] == []
    assert "0 … 9 choose" in words
    assert "Ctrl + K go to any question" in words


def test_what_a_script_has_no_use_for_is_not_told() -> None:
    words = told(PLAIN)
    assert "add an entry" not in words
    assert "open at any time" not in words


def test_no_key_does_two_things_in_one_place() -> None:
    keys = [(row["where"], key) for row in table() for key in row["deeds"]]
    assert len(keys) == len(set(keys))


def test_no_bare_letter_is_taken_but_those_that_choose() -> None:
    bare = {key for row in KEYS for key in row.deeds if len(key) == 1 and key.isalnum()}
    assert bare == {*DIGITS, "y", "n"}


def test_keys_of_one_letter_need_alt_for_who_wishes_so() -> None:
    page = [row["deeds"] for row in table(single=False) if row["where"] == "page"]
    keys = {key: deed for deeds in page for key, deed in deeds.items()}
    assert [key for key in keys if len(key) == 1] == []
    assert (keys["Alt+/"], keys["Alt+3"], keys["Control+k"]) == ("jump", "choose", "jump_typing")
    deeds = [row.deeds.values() for row in KEYS if row.where == "page"]
    assert set(keys.values()) == {deed for each in deeds for deed in each}
    words = told(WITH_ALL, Door(single_keys=False))
    assert "Alt + 0 … Alt + 9 choose" in words
    assert "Alt + + · Ins add an entry" in words
