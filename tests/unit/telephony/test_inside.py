"""The frame inside the telephone system's window: for whom a token lets it in, how long, and who may frame it."""

import json
from typing import Any

import pytest

from runtime.people.actions import bump_epoch
from runtime.telephony import actions as telephony
from runtime.telephony import inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(framed: Any, agent: Any) -> str:
    agent.person.refresh_from_db()
    return inside.hand_over(agent, "pbx")


@pytest.fixture
def ask(client: Any) -> Any:
    def ask(token: str, code: str = "pbx") -> Any:
        return client.post(
            f"/inside/{code}/calls/",
            json.dumps({"conversation": "g-1", "language": "en"}),
            "application/json",
            headers={"X-Inside-Token": token},
        )

    return ask


def test_a_hand_over_is_good_once_and_becomes_a_stay(ask: Any, token: str) -> None:
    first = ask(token)
    assert (first.status_code, ask(token).status_code) == (200, 401)
    again = ask(first.json()["token"])
    assert "No call now." in again.json()["html"]
    assert not first.cookies


def test_it_ends_with_its_time_and_with_its_persons_rights(
    ask: Any, token: str, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay = ask(token).json()["token"]
    late = inside.hand_over(agent, "pbx")
    monkeypatch.setattr(inside, "HAND_OVER", -1)
    assert ask(late).status_code == 401
    assert ask(stay).status_code == 200
    monkeypatch.setattr(inside, "LONGEST", -1)
    assert ask(stay).status_code == 401
    monkeypatch.undo()
    bump_epoch(person=agent.person, reason="logout")
    assert ask(stay).status_code == 401


def test_it_is_of_one_provider_and_one_extension(ask: Any, token: str, framed: Any) -> None:
    telephony.make_provider(code="other", title="", by=None)
    stay = ask(token).json()["token"]
    assert ask(stay, "other").status_code == 401
    assert ask(stay[:-2] + "xx").status_code == 401
    assert ask("").status_code == 401
    telephony.remove_extension(extension=framed.extensions.get(), by=None)
    assert ask(stay).status_code == 401


def test_only_the_configured_origin_may_frame_it_and_nobody_the_page_that_lets_in(
    client: Any,
    framed: Any,
    agent: Any,
    client_of: Any,
) -> None:
    page = client.get("/inside/pbx/?conversation=g-1&language=fr-fr")
    assert "frame-ancestors https://apps.example.org" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert '<html lang="fr">' in page.content.decode()
    assert not page.cookies
    assert client.get("/inside/nothing/").status_code == 404
    door = client_of(agent).get("/inside/pbx/let-in/")
    assert "frame-ancestors 'none'" in door.headers["Content-Security-Policy"]
    assert door.headers["X-Frame-Options"] == "DENY"
