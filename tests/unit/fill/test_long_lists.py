"""A long list without JavaScript: a text field that is read as a code or a label, and says what else fits."""

import json
from typing import Any

import pytest

from runtime.records.models import Record
from runtime.records.store import open_record
from tests.unit.fill.calls import publish
from tests.unit.fill.pages import send, shown_form
from tests.unit.fill.towns import travels

EXTRA = [
    {"name": "spring_a", "label": {"en": "Springfield"}},
    {"name": "spring_b", "label": {"en": "Springfield"}},
    {"name": "spa", "label": {"en": "Spa & <baths>", "fr": "Spa"}},
]


def content() -> dict[str, Any]:
    made = travels(300)
    made["sections"][0]["items"][0]["settings"]["choices"] += EXTRA
    return made


@pytest.fixture
def version(db: None) -> Any:
    return publish(content(), code="travels")


@pytest.fixture
def client(version: Any, agent: Any, browser_of: Any) -> Any:
    client = browser_of(agent)
    client.post("/app/travels/start/")
    return client


def page_of(client: Any) -> str:
    return client.get(f"/record/{Record.objects.get().pk}/").text


def answers(agent: Any) -> dict[str, Any]:
    return open_record(Record.objects.get(), by=agent, purpose="test").state["answers"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("t7", "t7"),
        ("  t7 ", "t7"),
        ("Bababane on the river 7", "t7"),
        ("BABABANE sur la rivière 7", "t7"),
        ("Spa", "spa"),
        ("spring_b", "spring_b"),
    ],
)
def test_a_code_or_a_label_in_any_language_is_read(
    client: Any, agent: Any, written: str, meant: str
) -> None:
    send(client, page_of(client), "stay", home=written)
    assert answers(agent) == {"home": meant}


def test_the_page_holds_no_other_choice_than_the_one_that_is_chosen(client: Any) -> None:
    before = page_of(client)
    assert "on the river" not in before
    after = send(client, before, "stay", home="t7").text
    assert 'value="Bababane on the river 7" data-long="t7"' in after
    assert after.count("on the river") == 1


def test_what_several_are_called_is_told_with_their_codes(client: Any, agent: Any) -> None:
    answer = send(client, page_of(client), home="springfield")
    assert answer.status_code == 422
    assert "is what several choices are called: spring_a, spring_b." in answer.text
    assert shown_form(answer.text)["fields"]["a:home"] == ["springfield"]


def test_one_of_two_with_the_same_label_stands_there_by_its_code(client: Any, agent: Any) -> None:
    page = send(client, page_of(client), "stay", home="spring_b").text
    assert shown_form(page)["fields"]["a:home"] == ["spring_b"]
    send(client, page, "stay", remark="ok")
    assert answers(agent) == {"home": "spring_b", "remark": "ok"}


def test_the_beginnings_of_words_are_told_what_fits_and_pick_nothing(
    client: Any, agent: Any
) -> None:
    page = send(client, page_of(client), home="riv 29").text
    assert "These fit: Babagemstad on the river 29 (t29)" in page
    assert "…" in page
    page = send(client, page, home="zzz <b>").text
    assert "“zzz &lt;b&gt;” is not on the list. Write the code" in page
    assert page.count("is not on the list") == 1
    assert shown_form(page)["fields"]["a:home"] == ["zzz <b>"]
    assert answers(agent) == {}


def test_an_answer_is_taken_back_by_emptying_its_field(client: Any, agent: Any) -> None:
    page = send(client, page_of(client), "stay", home="t7").text
    send(client, page, "stay", home="")
    assert answers(agent).get("home") is None


def test_a_list_is_fetched_by_its_hash_and_kept_for_ever(
    client: Any, version: Any, agent: Any
) -> None:
    told = client.get(f"/definition/{version.sha256}/agent/fr.json").json()
    name = told["sections"][1]["items"][0]["settings"]["choices"]["apart"]
    answer = client.get(f"/list/{name}.json")
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert json.loads(answer.content)[7]["label"] == {"fr": "Bababane sur la rivière 7"}


@pytest.mark.parametrize("name", ["0", "0" * 64, "x" * 5000, "..%2f", "\x00"])
def test_what_is_no_list_is_told(client: Any, name: str) -> None:
    answer = client.get(f"/list/{name}.json")
    assert answer.status_code == 404
    if "list" in answer.text and answer.headers["Content-Type"] == "application/json":
        assert answer.json() == {"code": "list", "message": "There is no such list."}


def test_outside_nobody_fetches_a_list(client: Any, stranger: Any, client_of: Any) -> None:
    from builder.models import LongList

    name = LongList.objects.values_list("pk", flat=True)[0]
    assert client_of(stranger).get(f"/list/{name}.json").status_code == 404
