"""An installation without people gets its first administrator by one command, and that one may do what administrators may."""

import getpass
import io
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client

from content.setup import set_up
from runtime.people.actions import set_active
from runtime.people.models import RoleChange
from runtime.people.roles import roles_of

pytestmark = pytest.mark.django_db

PASSWORD = "four words of the harbour"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Iterator[str]]:
    """`typed("a", "b")`: what is typed at the terminal when a password is asked for; gives what is left of it."""

    def at_terminal(*passwords: str) -> Iterator[str]:
        rest = iter(passwords)
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(getpass, "getpass", lambda _prompt="": next(rest))
        return rest

    return at_terminal


def told(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("make_admin", *arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


def user(name: str) -> Any:
    return get_user_model().objects.get(username=name)


def test_the_first_administrator_signs_in_and_reaches_people_and_the_workshop(
    typed: Callable[..., Any],
) -> None:
    set_up()
    typed(PASSWORD, PASSWORD)
    assert "wanda" in told("wanda", "--email", "wanda@example.org")
    browser = Client()
    browser.post("/accounts/login/", {"login": "wanda", "password": PASSWORD})
    for page in ("/people/", "/people/new/", "/history/", "/admin/"):
        assert browser.get(page).status_code == 200, page
    assert user("wanda").email == "wanda@example.org"
    change = RoleChange.objects.get(person__user__username="wanda", reason="roles")
    assert (change.by, change.after) == (None, "admin")


def test_somebody_known_becomes_administrator_and_keeps_roles_and_password(
    agent: Any, typed: Callable[..., Any]
) -> None:
    typed()  # nothing is asked
    before = agent.password
    told("agent")
    again = user("agent")
    assert roles_of(again) == {"agent", "admin"}
    assert again.password == before
    told("agent")
    assert roles_of(user("agent")) == {"agent", "admin"}
    assert RoleChange.objects.filter(person=again.person, reason="roles").count() == 1


def test_a_superuser_of_django_becomes_administrator(typed: Callable[..., Any]) -> None:
    get_user_model().objects.create_superuser("root", "root@example.org", PASSWORD)
    assert roles_of(user("root")) == frozenset()
    typed()
    told("root")
    assert roles_of(user("root")) == {"admin"}


def test_who_was_shut_out_is_let_in_again(agent: Any, typed: Callable[..., Any]) -> None:
    set_active(by=None, person=agent.person, active=False)
    typed()
    assert "may sign in again" in told("agent")
    again = user("agent")
    assert again.is_active
    assert roles_of(again) == {"agent", "admin"}


def test_a_password_that_is_too_weak_or_differs_is_asked_for_again(
    typed: Callable[..., Any],
) -> None:
    rest = typed("short", "short", PASSWORD, PASSWORD + "x", PASSWORD, PASSWORD)
    heard = told("wanda")
    assert "too short" in heard
    assert "differ" in heard
    assert list(rest) == []
    assert user("wanda").check_password(PASSWORD)


def test_a_script_hands_the_password_over_in_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    heard = told("wanda", "--noinput")
    assert user("wanda").check_password(PASSWORD)
    assert PASSWORD not in heard


@pytest.mark.parametrize(
    ("name", "email", "password", "why"),
    [
        ("wanda", "", "", "DJANGO_SUPERUSER_PASSWORD"),
        ("wanda", "", "short", "too short"),
        ("not a name", "", PASSWORD, "valid username"),
        ("", "", PASSWORD, "blank"),
        ("w" * 151, "", PASSWORD, "150"),
        ("wanda", "nowhere", PASSWORD, "valid email"),
        ("AGENT", "", PASSWORD, "agent"),
        ("wanda", "Agent@example.org", PASSWORD, "somebody else"),
    ],
)
def test_what_cannot_be_made_is_told_and_nobody_is_made(
    agent: Any, monkeypatch: pytest.MonkeyPatch, name: str, email: str, password: str, why: str
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password)
    with pytest.raises(CommandError, match=why):
        told(name, "--noinput", "--email", email)
    assert list(get_user_model().objects.all()) == [agent]
    assert roles_of(user("agent")) == {"agent"}


def test_without_a_terminal_it_says_how_to_hand_the_password_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(CommandError, match="--noinput"):
        told("wanda")
    assert not get_user_model().objects.exists()
