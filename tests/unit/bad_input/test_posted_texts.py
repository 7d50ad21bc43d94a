"""Texts that no database keeps or nobody speaks: null bytes in every box, languages that do not exist."""

from typing import Any

import pytest

from runtime.records.models import Event
from tests.unit.bad_input.worlds import World, rows
from tests.unit.fill.pages import send, shown_form

NUL = "An\x00na"


def test_a_null_byte_in_a_section_is_refused_and_stays_in_its_box(
    agent: Any, world: World, client_of: Any
) -> None:
    client = client_of(agent, headers={"accept-language": "en"})
    page = client.get(f"/record/{world.record.pk}/").content.decode()
    before = Event.objects.filter(record=world.record).count()
    answer = send(client, page, "stay", given_name=NUL, family_name="Peeters")
    assert answer.status_code == 422
    assert shown_form(answer.content.decode())["fields"]["a:family_name"] == ["Peeters"]
    assert "na" in shown_form(answer.content.decode())["fields"]["a:given_name"][0]
    assert Event.objects.filter(record=world.record).count() == before + 1  # the good one


@pytest.mark.parametrize(
    ("who", "method", "address", "posted"),
    [
        ("agent", "post", "/find/", {"text": NUL}),
        ("agent", "get", "/documents/", {"number": NUL, "record": NUL}),
        ("agent", "get", "/app/call/records/", {"state": NUL, "page": NUL, "q": NUL}),
        ("agent", "get", "/", {"next": NUL}),
        ("agent", "post", "/settings/", {"language": NUL, "theme": NUL, "next": NUL}),
        ("agent", "post", "/app/call/start/", {"party": NUL}),
        ("supervisor", "post", "/campaigns/new/", {"title": NUL, "code": NUL}),
        ("supervisor", "post", "/skills/new/", {"title": NUL, "code": NUL}),
        ("supervisor", "post", "/record/{closed}/", {"purpose": NUL}),
        ("agent", "post", "/record/{closed}/reopen/", {"reason": NUL}),
        ("auditor", "get", "/log/", {"person": NUL, "deed": NUL, "record": NUL, "from": NUL}),
        ("admin", "post", "/people/new/", {"username": NUL, "email": NUL, "roles": NUL}),
        ("data_officer", "post", "/institutes/new/", {"title": NUL, "code": NUL}),
        ("admin", "get", "/app/call/version/1/", {"against": NUL, "language": NUL}),
        ("nobody", "get", "/verify/", {"code": NUL}),
        ("nobody", "post", "/accounts/login/", {"login": NUL, "password": NUL}),
    ],
)
def test_a_null_byte_breaks_no_page(
    world: World, client_of: Any, request: Any, who: str, method: str, address: str, posted: Any
) -> None:
    client = client_of(None if who == "nobody" else request.getfixturevalue(who))
    if address == "/find/":
        client.post("/find/", {"purpose": "calls_back"})
    before = rows()
    answer = getattr(client, method)(address.format(closed=world.closed.pk), posted)
    assert answer.status_code < 500
    if address != "/app/call/start/" and method == "post":
        assert rows()["Record"] == before["Record"]


@pytest.mark.parametrize("asked", ["xx", "../../etc/passwd", "en\r\nX: y", "e" * 5000, "\x00"])
@pytest.mark.parametrize("address", ["/verify/", "/verify/ABCD-EFGH/", "/"])
def test_an_unknown_language_in_an_address_gives_the_page_in_another(
    client_of: Any, agent: Any, asked: str, address: str
) -> None:
    answer = client_of(agent).get(address, {"language": asked}, headers={"accept-language": "nl"})
    assert answer.status_code in {200, 404}
    assert answer.headers["Content-Language"] == "nl"


def test_a_record_begins_in_the_first_language_where_the_wished_one_is_unknown(
    world: World, agent: Any
) -> None:
    from runtime.records import actions

    record = actions.start(version=world.version, by=agent, language="xx")
    settled = actions.settle(record.pk, by=agent, purpose="test")
    assert settled.state["language"] == "en"
