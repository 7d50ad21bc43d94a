"""Run tokens end with the rights they were given for: at once, whichever way those end."""

import string
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from builder.models import Version
from tests.people import PASSWORD
from tests.unit.exports import given, making

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(agent: Any) -> Any:
    from runtime.records.actions import start

    return start(version=given.publish(making.call()), by=agent)


@pytest.fixture
def token(record: Any, agent: Any) -> str:
    from runtime.records.actions import open_session

    _session, made = open_session(record=record, by=agent, kind="agent", purpose="test")
    return made


def code_of_save(token: str) -> str:
    from runtime.records.append import append

    event = {"event": "answered", "place": "given_name", "value": "Ann"}
    told = append(token, [{"id": str(uuid.uuid4()), "seen": 0, "event": event}], timezone.now())
    return told.code


def log_out(client_of: Callable[..., Any], user: Any) -> None:
    client_of(user).post("/accounts/logout/")


def log_out_of_the_workshop(client_of: Callable[..., Any], user: Any) -> None:
    user.groups.add(Group.objects.get(name="editor"))
    client_of(user).post("/admin/logout/")


def change_the_password(client_of: Callable[..., Any], user: Any) -> None:
    new = {
        "oldpassword": PASSWORD,
        "password1": "seven blue horses",
        "password2": "seven blue horses",
    }
    client_of(user).post("/accounts/password/change/", new)
    assert User.objects.get(pk=user.pk).check_password("seven blue horses")


def take_the_role(client_of: Callable[..., Any], user: Any) -> None:
    user.groups.remove(Group.objects.get(name="agent"))


def take_all_roles(client_of: Callable[..., Any], user: Any) -> None:
    user.groups.clear()


def take_the_role_from_its_side(client_of: Callable[..., Any], user: Any) -> None:
    Group.objects.get(name="agent").user_set.remove(user)


def give_a_role(client_of: Callable[..., Any], user: Any) -> None:
    user.groups.add(Group.objects.get(name="trainer"))


def shut_out(client_of: Callable[..., Any], user: Any) -> None:
    user.is_active = False
    user.save()


@pytest.mark.parametrize(
    "end",
    [
        log_out, log_out_of_the_workshop, change_the_password, take_the_role, take_all_roles,
        take_the_role_from_its_side, give_a_role, shut_out,
    ],
)  # fmt: skip
def test_a_token_ends_with_its_rights(
    end: Callable[..., None], token: str, agent: Any, client_of: Any
) -> None:
    assert code_of_save(token) == ""
    end(client_of, agent)
    assert code_of_save(token) == "rights_changed"


@pytest.mark.parametrize("digits", [1, 2, 3])
def test_a_token_has_one_spelling(digits: int, record: Any, agent: Any) -> None:
    """The last letter of base64 may have bits that decode to nothing: how many, the length says."""
    from runtime.records.actions import open_session
    from runtime.records.store.tokens import TokenUnknown, issue, read

    session, _made = open_session(record=record, by=agent, kind="agent", purpose="test")
    version = Version(pk=10 ** (digits - 1), sha256="0" * 64)
    token = issue(session, version, bytes(32), timezone.now())
    assert read(token).version == version.pk
    for last in set(string.ascii_letters + string.digits + "-_") - {token[-1]}:
        with pytest.raises(TokenUnknown):
            read(token[:-1] + last)


def test_a_save_is_reached_with_the_header_only(record: Any, token: str, client_of: Any) -> None:
    """Neither the address, nor a form, nor a cookie carries the token to the save."""
    event = {"event": "answered", "place": "given_name", "value": "Ann"}
    body = {"events": [{"id": str(uuid.uuid4()), "seen": 0, "event": event}]}
    address, client = f"/record/{record.pk}/save/", client_of(None)
    client.cookies["token"] = client.cookies["X-Run-Token"] = token
    for there in (address, f"{address}?token={token}&X-Run-Token={token}"):
        assert client.post(there, body, content_type="application/json").status_code == 401
    sent = client.post(
        address, body, content_type="application/json", headers={"X-Run-Token": token}
    )
    assert sent.status_code == 200


def test_no_address_of_a_page_holds_the_token(record: Any, agent: Any, client_of: Any) -> None:
    """It stands in a hidden field for who has no script, on a page that no cache keeps."""
    from runtime.records.actions import open_session

    open_session(record=record, by=agent, kind="agent", purpose="test")
    answer = client_of(agent).get(f"/record/{record.pk}/")
    page = answer.content.decode()
    held = page.split('name="token" value="')[1].split('"')[0]
    assert len(held) > 100
    assert f"={held}" not in page.replace(f'="{held}', "")
    assert 'method="get"' not in page.lower()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
