"""Repeats within repeats, counted ones, sections within repeats: each entry is a row of its own, told which entries it lies in."""

from typing import Any

from exports.codebook import codebook
from exports.readings import effective_answers
from exports.table import ROOT, Reading, layout, tables
from runtime.engine import Live, entries_that_count, start
from tests.definitions import TODAY, calculation, definition, question, section

FORM = definition(
    section("one", question("asked", "yes_no"), question("pets", "integer")),
    section(
        "household",
        question("address"),
        calculation("same", "text", ["answer", "address"]),
        relevance=["or_else", ["answer", "asked"], ["value", "bool", True]],
        repeat=True,
    ),
    section("more", question("phone_at_home"), within="household"),
    section("member", question("who"), within="household", repeat={"minimum": 1}),
    section("animal", question("species"), repeat={"count": ["answer", "pets"]}),
    kind="form",
)


def read(*commands: dict[str, Any], **answers: Any) -> Reading:
    live = Live(FORM, start(FORM, "en"), TODAY)
    for command in commands:
        live.advance(command)
    for place, value in answers.items():
        [event], _ = live.advance(
            {"command": "answer", "place": place.replace("__", "/"), "value": value}
        )
        assert event["event"] != "refused", (place, event)
    view = live.view()
    about = {"_record": "r", "_version": "1"}
    return Reading(about, effective_answers(view), entries_that_count(FORM, view))


def rows(reading: Reading, table: str) -> list[dict[str, Any]]:
    made = tables(FORM, [reading])
    found = made.root if table == ROOT else made.repeats[table]
    return [dict(zip(found.names, row, strict=True)) for row in found.rows]


def added(repeat: str, entry: str) -> dict[str, Any]:
    return {"command": "add_entry", "repeat": repeat, "entry": entry}


TWO_HOUSES = (
    added("household", "a"),
    added("household", "b"),
    added("household/b/member", "x"),
)


def test_a_repeat_within_a_repeat_tells_which_entry_it_lies_in():
    reading = read(
        *TWO_HOUSES,
        household__a__member__1__who="Ann",
        household__b__member__1__who="Bob",
        household__b__member__x__who="Eve",
    )
    found = [
        (row["_within"], row["_entry"], row["_position"], row["who"])
        for row in rows(reading, "member")
    ]
    assert found == [("a", "1", "1", "Ann"), ("b", "1", "1", "Bob"), ("b", "x", "2", "Eve")]


def test_what_lies_within_a_repeat_is_in_the_rows_of_its_entries():
    reading = read(*TWO_HOUSES, household__b__address="Rue 1", household__b__phone_at_home="5")
    assert "phone_at_home" not in [column.name for column in layout(FORM)[ROOT]]
    assert [
        (row["_entry"], row["address"], row["phone_at_home"]) for row in rows(reading, "household")
    ] == [
        ("a", None, None),
        ("b", "Rue 1", "5"),
    ]


def test_entries_that_follow_a_count_are_rows():
    reading = read(pets="2", animal__2__species="cat")
    assert [(row["_entry"], row["species"]) for row in rows(reading, "animal")] == [
        ("1", None),
        ("2", "cat"),
    ]


def test_the_entries_of_a_hidden_repeat_are_no_rows():
    """They count nowhere: not in sums, and not in exports, though calculations stand outside relevance."""
    reading = read(*TWO_HOUSES, household__a__address="Rue 1", asked=False)
    assert rows(reading, "household") == []
    assert rows(reading, "member") == []


def test_the_codebook_says_what_the_columns_about_entries_hold():
    head, listed = codebook(FORM, 1)
    about = [row for row in listed if row[0] == "member" and row[1].startswith("_")]
    assert [row[1] for row in about] == ["_record", "_version", "_within", "_entry", "_position"]
    assert all(row[head.index("label_en")] for row in about)
