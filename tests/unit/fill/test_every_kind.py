"""Every kind of field without JavaScript: posted, read, kept, and standing there again."""

from typing import Any

import pytest

from runtime.records.models import Record
from runtime.records.store import open_record
from tests.unit.fill.calls import publish
from tests.unit.fill.kinds import every_kind
from tests.unit.fill.pages import send, shown_form


@pytest.fixture
def client(db: None, agent: Any, browser_of: Any) -> Any:
    app = publish(every_kind(), code="every_kind").app
    client = browser_of(agent)
    client.post(f"/app/{app.code}/start/")
    return client


def page_of(client: Any) -> str:
    return client.get(f"/record/{Record.objects.get().pk}/").text


def state_of(agent: Any) -> dict[str, Any]:
    return open_record(Record.objects.get(), by=agent, purpose="test").state


TYPED: dict[str, Any] = {
    "at": "14h30",
    "since": "3/4/2026 9:15",
    "began": "march 2019",
    "mail": "Ann@Example.ORG",
    "site": "example.org",
    "pain": "3",
    "order": ["blue", "", "red"],
    "town": "t7",
    "agreed": "false",
    "weight.number": "72,5",
    "weight.unit": "kg",
    "who.given_name": "Ann",
    "who.birth_date": "3/4/1985",
    "who.phone": "0470 12 34 56",
    "home.street": "Rue X; bte 3",
    "home.city": "Liège",
    "signs.cough": "yes",
}
KEPT: dict[str, Any] = {
    "at": "14:30",
    "since": "2026-04-03T09:15",
    "began": "2019-03",
    "mail": "Ann@example.org",
    "site": "https://example.org",
    "pain": "3",
    "order": ["blue", "red"],
    "town": "t7",
    "agreed": False,
    "weight": {"number": "72.5", "unit": "kg"},
    "who": {"given_name": "Ann", "birth_date": "1985-04-03", "phone": "+32470123456"},
    "home": {"street": "Rue X; bte 3", "city": "Liège"},
    "signs": {"cough": "yes"},
}


def test_every_kind_is_posted_and_kept(agent: Any, client: Any) -> None:
    send(client, page_of(client), "stay", **TYPED)
    assert state_of(agent)["answers"] == KEPT
    page = page_of(client)
    send(client, page, "stay", order=["blue", "red"], town="t7", **{"weight.unit": "kg"})
    assert state_of(agent)["answers"] == KEPT


def test_fields_of_an_unreadable_answer_stand_as_they_were_typed(agent: Any, client: Any) -> None:
    typed = {"who.given_name": "Ann", "who.birth_date": "in the war"}
    answer = send(client, page_of(client), **typed)
    assert answer.status_code == 422
    assert state_of(agent)["unreadable"] == ["who"]
    for page in (answer.text, page_of(client)):
        fields = shown_form(page)["fields"]
        assert fields["a:who.given_name"] == ["Ann"]
        assert fields["a:who.birth_date"] == ["in the war"]


def test_a_choice_in_two_places_is_told(agent: Any, client: Any) -> None:
    answer = send(client, page_of(client), order=["red", "red"])
    assert answer.status_code == 422
    assert state_of(agent)["unreadable"] == ["order"]


def test_an_emptied_answer_in_parts_is_cleared(agent: Any, client: Any) -> None:
    send(client, page_of(client), "stay", **{"home.city": "Liège"})
    send(client, page_of(client), "stay", **{"home.city": ""})
    assert state_of(agent)["answers"] == {}


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("pain", "9", "range"),
        ("weight", {"number": "x"}, "type"),
        ("who", {"given_name": ["deep"]}, "type"),
        ("home", {"street": "a\x00"}, "characters"),
        ("order", ["pink"], "choice"),
        ("secret", "x", "read_only"),
        ("site", "javascript:alert(1)", "type"),
    ],
)
def test_what_no_screen_sends_is_refused_with_a_sentence(
    agent: Any, client: Any, place: str, value: Any, code: str
) -> None:
    import uuid

    from builder.models import load
    from runtime.records.batch import check_batch
    from runtime.records.declared import declared

    record = Record.objects.get()
    event = {"event": "answered", "place": place, "value": value}
    batch = [{"id": str(uuid.uuid4()), "seen": 0, "event": event}]
    good, refused = check_batch(declared(record.version_id), batch)
    assert (good, [row["code"] for row in refused]) == ([], [code])
    assert refused[0]["message"]
    assert load(record.version_id)
