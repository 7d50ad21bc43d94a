"""How sections lie on the screen, as the server and the browser see it: the same places, in the same order."""

import json
import subprocess
from typing import Any

import pytest

from builder.definition import load
from builder.definition.serialize import data as written
from runtime.workspace.screen import make_sheet
from runtime.workspace.screen_nesting import arranged, depth_of
from runtime.workspace.screen_sections import places_of
from runtime.workspace.screen_sheet import Door
from tests.definitions import Scenario, data, question, section
from tests.environment import ROOT
from tests.node import node
from tests.unit.fill.household import household

SHEET = ROOT / "runtime" / "static" / "runtime" / "screen" / "sheet.mjs"
ENGINE = ROOT / "runtime" / "static" / "runtime" / "engine" / "index.mjs"
PLACES = """
import { Sheet } from %s;
import { fetchTypes } from %s;
const [json, state] = %s;
await fetchTypes(json.sections.flatMap((section) => section.items));
const sheet = new Sheet({ json, state, today: "2026-03-16" });
console.log(JSON.stringify(sheet.steps.map((section) => [section.name, [...sheet.places(section)]])));
"""
DEEP = data(
    section("home", question("street"), repeat={"minimum": 1}),
    section("room", question("colour"), within="home", repeat={"minimum": 2}),
    section("wall", question("length"), within="room", repeat=True),
    section("door", question("key"), within="room"),
    section("lost", question("x"), within="nowhere"),
)


def in_browser(scenario: Scenario) -> Any:
    given = json.dumps([written(scenario.definition), scenario.state])
    script = PLACES % (json.dumps(SHEET.as_uri()), json.dumps(ENGINE.as_uri()), given)
    done = subprocess.run(
        [node(), "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def on_server(scenario: Scenario) -> Any:
    sheet = make_sheet(
        scenario.definition, scenario.state, scenario.view, mode="agent", door=Door()
    )
    return [[step.name, [place for _, place in places_of(sheet, step)]] for step in sheet.steps]


@pytest.mark.parametrize("counted", ["0", "2", "9"])
def test_both_see_the_same_places(counted: str) -> None:
    played = Scenario(load(household())).answers(people=counted)
    played.add("persons/1/visits", "v1", hours="3")
    assert in_browser(played) == on_server(played)


def test_entries_that_were_there_from_the_start_are_drawn_at_any_depth() -> None:
    played = Scenario(load(DEEP)).add("home", "b").add("home/1/room/2/wall", "w")
    (home, places), lost = on_server(played)
    assert (home, lost) == ("home", ["lost", ["x"]])
    assert "home/1/room/2/wall/w/length" in places
    assert [place for place in places if place.endswith("colour")] == [
        f"home/{home}/room/{room}/colour" for home in ("1", "b") for room in ("1", "2")
    ]
    assert in_browser(played) == on_server(played)


def test_sections_in_entries_have_no_form_of_their_own() -> None:
    definition = load(household())
    steps, inner = arranged(definition)
    assert [step.name for step in steps] == ["home", "tests", "persons", "end", "notes"]
    assert {name: [each.name for each in found] for name, found in inner.items()} == {
        "persons": ["habits", "visits"]
    }
    assert [depth_of(definition, step) for step in steps] == [0, 1, 0, 0, 0]
