"""A formula while it is typed: what the editor page is told, and whom it is told."""

import json
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("home")
FIRST = {
    "id": "s",
    "items": [
        {"id": "ill", "type": "yes_no", "name": "ill", "label": "Ill?"},
        {"id": "town", "type": "choose_one", "name": "town", "choices": ["ghent", "bruges"]},
        {"id": "rooms", "type": "integer", "name": "rooms"},
        {"id": "double", "type": "calculation", "name": "double", "kind": "formula", "formula": "rooms * 2"},
    ],
}  # fmt: skip


def asked(
    client: Any, text: str, place: str = "ill", field: str = "condition", **more: Any
) -> Any:
    told = {"text": text, "place": place, "field": field, "sections": [FIRST], **more}
    return client.post("/admin/formula/", json.dumps(told), content_type="application/json")


@pytest.mark.parametrize(
    ("text", "place", "field", "said"),
    [
        ("ill and rooms > 3", "ill", "condition", []),
        ("il", "ill", "condition", ["Formula, line 1, character 1: There is no question “il”. Did you mean “ill”?"]),
        ("rooms", "ill", "condition", ["Formula, line 1, character 1: The formula gives a number, but yes or no is needed. Change the formula."]),
        ("double > 3", "ill", "condition", []),
        ("town = gent", "ill", "condition", None),
        ("ghent", "town", "default", []),
        ("gent", "town", "default", ["Default, line 1, character 1: “town” has no choice “gent”. Did you mean “ghent”?"]),
        ("3", "rooms", "minimum", []),
        ("ill", "rooms", "minimum", None),
        ("rooms", "s", "count", []),
        ("rooms +", "double", "formula", None),
        ("", "ill", "condition", []),
        ("ill and " * 600 + "ill", "ill", "condition", ["Formula, line 1, character 4804: The formula is nested too deeply. Divide it into several calculations."]),
        ('town = "' + "g" * 4900 + '"', "ill", "condition", None),
        ("ill" + " " * 4900 + "and rooms > 3", "ill", "condition", []),
    ],
)  # fmt: skip
def test_a_formula_is_checked_as_publishing_would(
    client_of: Any, editor: Any, text: str, place: str, field: str, said: list[str] | None
) -> None:
    answer = asked(client_of(editor), text, place, field)
    assert answer.status_code == 200
    problems = answer.json()["problems"]
    assert problems == (problems or ["something"] if said is None else said)


def test_it_is_said_in_the_readers_language(client_of: Any, editor: Any) -> None:
    editor.person.language = "nl"
    editor.person.save()
    problem = asked(client_of(editor), "il").json()["problems"][0]
    assert "Bedoelde u “ill”?" in problem


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        b"[]",
        b"{" * 100_000,
        b'{"text": 7, "place": "", "field": "", "sections": []}',
        b'{"text": "a", "place": "", "field": "", "sections": [7]}',
        b'{"text": "a", "place": "", "field": "", "sections": [{"id": 7}]}',
        b'{"text": "a", "place": "", "field": "", "sections": [{"id": "s", "items": [{"id": "q", "type": "choose_one", "choices": [7]}]}]}',
        json.dumps({"text": "a" * 5001, "place": "", "field": "", "sections": []}).encode(),
    ],
    ids=range(8),
)
def test_what_has_another_shape_is_refused(client_of: Any, editor: Any, odd: bytes) -> None:
    answer = client_of(editor).post("/admin/formula/", odd, content_type="application/json")
    assert answer.status_code == 400


def test_an_unknown_type_and_field_are_no_fault(client_of: Any, editor: Any) -> None:
    odd = {"id": "s", "items": [{"id": "q", "type": "no such type", "name": "q"}]}
    answer = asked(client_of(editor), "1", "q", "no such field", sections=[odd])
    assert answer.json() == {"problems": []}


def test_only_those_who_write_are_told(client_of: Any, agent: Any, editor: Any) -> None:
    assert asked(client_of(agent), "ill").status_code == 403
    assert client_of(editor).get("/admin/formula/").status_code == 405
