"""A form with all that hangs on other answers: flags as conditions, a default, a filter, a warning, a side section, entries in
entries, entries that follow a number."""

from typing import Any

from tests.definitions import data, line, outcome, question, section

YES = ["value", "bool", True]
EAST, WEST = ({"province": name} for name in ("east", "west"))


def town(name: str, attributes: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "label": {"en": name.title()}, "attributes": attributes}


def household() -> dict[str, Any]:
    """Home, tests within it, persons (as many as `people`) with habits and visits, an end; notes at the side."""
    return data(
        section(
            "home",
            question("phone"),
            question("email", required=["not", ["answered", ["answer", "phone"]]]),
            question("sealed", read_only=["answered", ["answer", "phone"]]),
            question("onset", "date"),
            question(
                "until",
                "date",
                default=["add_days", ["answer", "onset"], ["value", "number", "10"]],
            ),
            question("province", "choose_one", choices=["east", "west"]),
            question(
                "town",
                "choose_one",
                choices=[town("ghent", EAST), town("bruges", WEST), town("ostend", WEST)],
                choice_filter=["eq", ["offered", "province"], ["answer", "province"]],
            ),
            question(
                "people",
                "integer",
                constraints=[
                    (
                        ["le", ["answer", "people"], ["value", "number", "3"]],
                        "So many people?",
                        True,
                    )
                ],
            ),
        ),
        section("tests", question("tested", "yes_no"), within="home"),
        section(
            "persons",
            line("line-person", "Who lives here?"),
            question("who"),
            repeat={"maximum": 5, "count": ["answer", "people"], "entry_label": "Person"},
        ),
        section("habits", question("smokes", "yes_no"), within="persons"),
        section(
            "visits",
            line("line-visit", "What about {who}?"),
            question("hours", "integer", label="Hours of {who}"),
            within="persons",
            relevance=["eq", ["answer", "smokes"], YES],
            repeat={"minimum": 0, "maximum": 2},
        ),
        section("end", question("remark")),
        section("notes", question("note", "long_text"), side=True),
        outcomes=[outcome("done", complete=True)],
        kind="form",
    )
