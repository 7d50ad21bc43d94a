"""Entries in entries, entries that follow a number, sections within: in tables, the codebook and what an outcome spawns."""

from types import SimpleNamespace
from typing import Any

from builder.definition import load
from exports.codebook import codebook
from exports.readings import answers, entries
from exports.table import ROOT, Reading, layout, tables
from runtime.queues.effects import entries_of
from runtime.queues.questions import fact_questions
from tests.definitions import Scenario, data, question, section
from tests.unit.fill.household import household

ABOUT = {"_record": "r", "_version": "1"}


def read(played: Scenario) -> Reading:
    opened: Any = SimpleNamespace(view=played.view, state=played.state)
    return Reading(ABOUT, answers(opened), entries(opened))


def rows(played: Scenario, name: str) -> list[dict[str, str | None]]:
    table = tables(played.definition, [read(played)]).repeats[name]
    return [dict(zip(table.names, row, strict=True)) for row in table.rows]


def test_each_question_stands_in_the_table_of_its_entries() -> None:
    columns = {name: [c.name for c in found] for name, found in layout(load(household())).items()}
    assert list(columns) == [ROOT, "persons", "visits"]
    assert columns["persons"][4:] == ["who", "smokes"]
    assert columns["visits"][4:] == ["hours"]
    assert {"tested", "note", "town.east"} & {*columns[ROOT]} == {"tested", "note"}


def test_entries_that_follow_a_number_and_those_within_are_exported() -> None:
    played = Scenario(load(household()))
    played.answers(people="2", phone="1")
    played.answer("persons/1/who", "Ann").answer("persons/2/smokes", value=True)
    played.add("persons/2/visits", "v1").answer("persons/2/visits/v1/hours", "3")
    persons, visits = rows(played, "persons"), rows(played, "visits")
    assert [(row["_entry"], row["_position"], row["who"], row["smokes"]) for row in persons] == [
        ("1", "1", "Ann", None),
        ("2", "2", None, "true"),
    ]
    assert [(row["_entry"], row["_position"], row["hours"]) for row in visits] == [
        ("2/v1", "1", "3")
    ]


def test_a_default_is_exported_and_a_filtered_choice_is_not() -> None:
    played = Scenario(load(household()))
    played.answers(onset="2026-03-01", province="east", town="ghent")
    assert read(played).answers["until"] == "2026-03-11"
    played.answers(province="west")
    assert read(played).answers["town"] is None


def test_the_codebook_says_when_something_is_required_and_asked_within() -> None:
    head, listed = codebook(load(household()), 1)
    found = {row[1]: dict(zip(head, row, strict=True)) for row in listed}
    assert found["phone"]["required"] == "false"
    assert "Phone" in str(found["email"]["required"])
    assert found["hours"]["relevance"] == "Smokes is yes"


def test_persons_within_entries_are_found_with_what_is_asked_within_them() -> None:
    definition = load(
        data(
            section("homes", question("street"), repeat=True),
            section(
                "persons",
                question("first", fact="given_name"),
                within="homes",
                repeat={"party": True},
            ),
            section("reach", question("number", fact="phone"), within="persons"),
        )
    )
    played = Scenario(definition).add("homes", "h1").add("homes/h1/persons", "p1")
    played.answer("homes/h1/persons/p1/first", "Bo")
    played.answer("homes/h1/persons/p1/number", "+32470999001")
    (entry,) = entries_of(definition, played.view, "persons")
    assert (entry.id, dict(entry.facts)) == (
        "h1/p1",
        {"given_name": "Bo", "phone": "+32470999001"},
    )
    assert fact_questions(definition) == []
