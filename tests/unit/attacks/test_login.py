"""Guessing, and what a person who sits at another's screen may do with it."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "not the password"


def attempt(client: Any, name: str, password: str, **options: Any) -> None:
    client.post("/accounts/login/", {"login": name, "password": password}, **options)


def entered(client: Any) -> bool:
    return "_auth_user_id" in client.session


def test_another_host_name_gives_no_more_guesses(agent: Any, client_of: Any) -> None:
    for port in range(5):
        attempt(client_of(None), "agent", WRONG, headers={"host": f"127.0.0.1:{8000 + port}"})
    client = client_of(None)
    attempt(client, "agent", PASSWORD)
    assert not entered(client)


def test_the_mail_address_gives_no_more_guesses(agent: Any, client_of: Any) -> None:
    for name in ("agent", "agent@example.org", "AGENT", " agent ", "Agent@Example.org"):
        attempt(client_of(None), name, WRONG)
    client = client_of(None)
    attempt(client, "agent", PASSWORD)
    assert not entered(client)


def test_guesses_at_one_account_do_not_shut_another_out(
    agent: Any, editor: Any, client_of: Any
) -> None:
    for _ in range(5):
        attempt(client_of(None), "agent", WRONG)
    client = client_of(None)
    attempt(client, "editor", PASSWORD)
    assert entered(client)


def test_the_known_password_opens_nothing_outside_the_demo(client_of: Any, settings: Any) -> None:
    """A demo's account whose address was changed is still no way in."""
    from config.demo.accounts import PASSWORD as KNOWN

    settings.DEMO = False
    User.objects.create_user("admin", "changed@example.org", KNOWN)
    client = client_of(None)
    attempt(client, "admin", KNOWN)
    assert not entered(client)


def test_the_session_has_another_name_after_the_login(agent: Any, client_of: Any) -> None:
    client = client_of(None)
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    attempt(client, "agent", PASSWORD)
    assert entered(client)
    assert client.session.session_key != planted


@pytest.mark.parametrize(
    "there",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "///evil.example",
        "http://127.0.0.1@evil.example/",
        "/%09/evil.example",
    ],
)
def test_nobody_is_sent_elsewhere(agent: Any, client_of: Any, there: str) -> None:
    client = client_of(None)
    answer = client.post(
        "/accounts/login/", {"login": "agent", "password": PASSWORD, "next": there}
    )
    assert "evil" not in answer.headers.get("Location", "").replace("/%09/evil.example", "")
    assert "javascript" not in answer.headers.get("Location", "")
    settings = client_of(agent).post("/settings/", {"theme": "dark", "next": there})
    assert "evil" not in settings.headers["Location"].replace("/%09/evil.example", "")


def test_an_address_is_changed_by_who_knows_the_password(agent: Any, client_of: Any) -> None:
    """Who finds a screen open does not take the account with it."""
    client = client_of(None)
    attempt(client, "agent", PASSWORD)
    session = client.session
    for method in session["account_authentication_methods"]:
        method["at"] -= 3600  # the password was typed an hour ago
    session.save()
    client.post("/accounts/email/", {"action_add": "", "email": "taken@example.org"})
    assert not agent.emailaddress_set.filter(email="taken@example.org").exists()


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/login/?next=/admin/"])
def test_the_workshop_has_no_login_of_its_own(editor: Any, client_of: Any, address: str) -> None:
    """It would know of no limits, no second factor, and let the demo's accounts in."""
    client = client_of(None)
    answer = client.post(address, {"username": "editor", "password": PASSWORD})
    assert not entered(client)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")
    assert client.get(address).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "address",
    [
        "/admin/password_reset/",
        "/accounts/login/code/confirm/",
        "/accounts/signup/",
        "/accounts/inactive/",
    ],
)
def test_no_side_door_lets_in(editor: Any, client_of: Any, address: str) -> None:
    client = client_of(None, raise_request_exception=False)
    posted = {
        "username": "editor",
        "login": "editor",
        "password": PASSWORD,
        "email": "editor@example.org",
    }
    client.post(address, posted | {"password1": PASSWORD, "password2": PASSWORD})
    assert not entered(client)
