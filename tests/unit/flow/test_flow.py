"""The flow map: what stands where, what decides, what changed since it went live; in a picture and in words."""

import xml.etree.ElementTree as ET

import pytest

from builder.flow import draw, make, said
from tests.definitions import definition, outcome, question, section

REACHED = ["eq", ["answer", "reached"], ["value", "bool", True]]
PARTS = {
    "opening": section("opening", question("reached", "yes_no")),
    "symptoms": section("symptoms", question("fever", "yes_no"), relevance=REACHED),
    "onset": section(
        "onset", question("day", "date"), within="symptoms", relevance=["answer", "fever"]
    ),
    "contacts": section("contacts", question("who"), repeat=True),
    "objections": section("objections", question("why"), side=True),
}
ENDS = [outcome("done"), outcome("refused", relevance=["not", REACHED])]


def script(*names: str, **changed: object):
    return definition(*(changed.get(name, PARTS[name]) for name in names or PARTS), outcomes=ENDS)


def test_the_path_has_the_sections_in_order_and_the_side_ones_apart():
    flow = make(script())
    assert [(stop.title, stop.kind, stop.depth, stop.asks) for stop in flow.path] == [
        ("Opening", "section", 0, 1),
        ("Symptoms", "section", 0, 1),
        ("Onset", "section", 1, 1),
        ("Contacts", "repeat", 0, 1),
    ]
    assert [stop.title for stop in flow.sides] == ["Objections"]
    assert [stop.title for stop in flow.outcomes] == ["Done", "Refused"]


def test_a_stop_says_its_condition_and_which_section_decides():
    flow = make(script())
    assert (flow.path[1].condition, flow.path[1].deciders) == (
        "Reached is yes",
        (flow.path[0].id,),
    )
    assert flow.path[0].condition == ""
    assert flow.outcomes[1].deciders == (flow.path[0].id,)


def test_what_changed_since_it_went_live_is_told():
    before = script("opening", "symptoms", "onset", "contacts")
    more = section("contacts", question("who"), question("phone"), repeat=True)
    flow = make(script("opening", "onset", "contacts", "objections", contacts=more), before)
    assert [(stop.title, stop.change) for stop in (*flow.path, *flow.sides)] == [
        ("Opening", ""),
        ("Symptoms", "removed"),
        ("Onset", ""),
        ("Contacts", "changed"),
        ("Objections", "added"),
    ]


def test_nothing_changed_where_nothing_did():
    assert {stop.change for stop in make(script(), script()).path} == {""}


def test_the_picture_has_every_stop_with_its_link_and_its_words():
    flow = make(script(), script("opening", "symptoms", "onset"))
    picture = ET.fromstring(draw(flow, lambda stop: f"/edit/#{stop.id}"))
    stops = [*flow.path, *flow.sides, *flow.outcomes]
    links = {
        each.get("href"): each.get("aria-label")
        for each in picture.iter()
        if each.tag.endswith("}a")
    }
    assert links == {f"/edit/#{stop.id}": said(stop, str) for stop in stops}
    ways = [each.get("class") for each in picture.iter() if each.tag.endswith("}path")]
    assert ways.count("flow-around") == 2
    assert sum("flow-decides" in (way or "") for way in ways) == 3


def test_no_text_of_an_author_is_taken_for_a_tag():
    hostile = section("opening", question("reached", "yes_no"), title='<script>"&')
    picture = draw(make(script("opening", "symptoms", opening=hostile)), lambda _stop: 'x"><b>')
    assert "<script>" not in picture
    assert "<b>" not in picture
    ET.fromstring(picture)


@pytest.mark.parametrize("sections", [1, 14, 15, 100])
def test_no_two_stops_overlap(sections: int):
    names = [f"s{number}" for number in range(sections)]
    form = definition(*(section(name, question(f"q_{name}")) for name in names), outcomes=ENDS)
    picture = ET.fromstring(draw(make(form), lambda stop: stop.id))
    places = {
        (each.get("x"), each.get("y")) for each in picture.iter() if each.tag.endswith("}rect")
    }
    assert len(places) == sections + len(ENDS)
    width, height = (float(picture.get(side) or 0) for side in ("width", "height"))
    assert sections < 15 or 0.5 < width / height < 3  # a hundred sections still fit a screen
