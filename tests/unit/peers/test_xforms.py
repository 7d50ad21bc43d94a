"""Where things lie in a form, and how one is reached from another."""

import json

from builder.definition import dump, load
from tests.definitions import TODAY, calculation, data, line, question, section
from tests.peers.ground import Ground
from tests.peers.xforms import form_of

DATA = json.loads(
    dump(
        load(
            data(
                section("root", question("ill", "yes_no")),
                section(
                    "homes",
                    line("opening", "Whom did you visit?"),
                    question("street"),
                    calculation("guests", "number", ["count", ["entries", "rooms"]]),
                    repeat={"minimum": 0},
                ),
                section("deeper", question("floor", required=["answer", "ill"]), within="homes"),
                section(
                    "rooms",
                    question("bed", relevance=["answered", ["answer", "floor"]]),
                    within="homes",
                    repeat={"minimum": 2},
                ),
                section("end", calculation("beds", "number", ["count", ["each", "rooms", "bed"]])),
            )
        )
    )
)
FORM = form_of(DATA, TODAY)


def test_a_section_lies_in_the_one_around_it_and_a_calculation_beside_the_groups():
    paths = Ground(DATA).paths
    assert paths["bed"] == "/data/homes/rooms/bed"
    assert paths["floor"] == "/data/homes/deeper/floor"
    assert paths["guests"] == "/data/homes/guests"
    assert paths["beds"] == "/data/beds"


def test_what_lies_in_the_same_entry_is_reached_by_steps():
    assert "relevant=\"../../deeper/floor != ''\"" in FORM.xml
    assert "required=\"/data/root/ill = 'true'\"" in FORM.xml
    assert "calculate=\"count(rooms/_there[. != ''])\"" not in FORM.xml
    assert "calculate=\"count(../rooms/_there[. != ''])\"" in FORM.xml
    assert "calculate=\"count(/data/homes/rooms/bed[. != ''])\"" in FORM.xml


def test_a_repeat_begins_with_its_minimum_and_one_at_least():
    inner = "<rooms><_there/><bed/></rooms>"
    assert f"<homes><street/><guests/><deeper><floor/></deeper>{inner}{inner}</homes>" in FORM.xml
    assert FORM.texts == {"opening": "/data/_text1"}


def test_entries_are_told_by_the_place_of_their_repeat():
    state = {"entries": {"homes": ["a"], "homes/a/rooms": ["x"]}}
    ground = Ground(DATA)
    assert list(ground.entries(state)) == [("homes", ["a"]), ("homes/a/rooms", ["x"])]
    assert list(ground.entries({"entries": {"homes": ["a"]}}))[1] == ("homes/a/rooms", ["1", "2"])
    assert ground.prefixes(state, ("homes", "rooms")) == ["homes/a/rooms/x/"]
