"""Long lists lie apart from a projection, by the hash of their content."""

import hashlib
import json

from builder.definition import LONG, canonical, data, load, long_lists, project, taken_apart
from tests.definitions import data as written
from tests.definitions import definition, question, section
from tests.unit.fill.towns import towns

MANY = towns(LONG + 1)
FEW = towns(LONG)


def taken(*questions: dict) -> tuple[dict, dict[str, str]]:
    made = definition(section("s", *questions), languages=("en", "fr"))
    return taken_apart(data(project(made, "agent", "en")))


def settings(told: dict, place: int = 0) -> dict:
    return told["sections"][0]["items"][place]["settings"]


def test_a_long_list_is_named_by_the_hash_of_its_canonical_content() -> None:
    told, lists = taken(question("town", "choose_from_list", choices=MANY))
    [(name, text)] = lists.items()
    assert settings(told) == {"choices": {"apart": name}}
    assert hashlib.sha256(text.encode()).hexdigest() == name
    assert len(json.loads(text)) == LONG + 1
    assert json.loads(text)[0]["label"] == {"en": "Babababa on the river 0"}


def test_a_short_list_stays_where_it_is() -> None:
    told, lists = taken(question("town", "choose_one", choices=FEW))
    assert lists == {}
    assert len(settings(told)["choices"]) == LONG


def test_a_list_that_two_questions_have_is_fetched_once() -> None:
    one, other = (question(name, "choose_one", choices=MANY) for name in ("one", "other"))
    told, lists = taken(one, other)
    assert len(lists) == 1
    assert settings(told, 0) == settings(told, 1)


def test_put_back_the_definition_is_what_it_was() -> None:
    made = definition(section("s", question("town", "choose_from_list", choices=MANY)))
    whole = data(project(made, "agent", "en"))
    told, lists = taken_apart(whole)
    for item in told["sections"][0]["items"]:
        item["settings"] = {
            name: json.loads(lists[value["apart"]]) if isinstance(value, dict) else value
            for name, value in item["settings"].items()
        }
    assert canonical(told) == canonical(whole)
    assert load(told) == project(made, "agent", "en")


def test_every_language_has_a_list_of_its_own() -> None:
    content = written(
        section("s", question("town", "choose_from_list", choices=MANY)), languages=("en", "fr")
    )
    found = [json.loads(text)[5]["label"] for text in long_lists(load(content)).values()]
    assert [[*label] for label in found] == [["en"], ["fr"]]
