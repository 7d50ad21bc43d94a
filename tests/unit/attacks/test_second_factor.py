"""The second factor: its secret is no use to who steals the database, and no door walks round it."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters

from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def device(agent: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Its clock stands still: between two requests no code of the half minute before runs out."""
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: 1_800_000_015))
    return TOTP.activate(agent, SECRET).instance


def now_shown() -> str:
    return format_hotp_value(hotp_value(SECRET, next(iter(counters()))))


def sign_in(client: Any) -> Any:
    return client.post("/accounts/login/", {"login": "agent", "password": PASSWORD})


def test_the_secret_lies_sealed(device: Any) -> None:
    kept = Authenticator.objects.get(pk=device.pk).data["secret"]
    assert SECRET not in kept
    assert len(kept) > len(SECRET)


def test_a_password_alone_opens_nothing(device: Any, client_of: Any) -> None:
    client = client_of(None)
    assert "/2fa/authenticate/" in sign_in(client).headers["Location"]
    for address in (
        "/",
        "/find/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/password/change/",
    ):
        assert client.get(address).status_code == 302, address
    assert "_auth_user_id" not in client.session


def test_the_code_opens_and_opens_once(device: Any, agent: Any, client_of: Any) -> None:
    client, code = client_of(None), now_shown()
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.session["_auth_user_id"] == str(agent.pk)
    second = client_of(None)
    sign_in(second)
    second.post("/accounts/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in second.session


def test_a_broken_secret_is_no_way_in(device: Any, client_of: Any) -> None:
    Authenticator.objects.filter(pk=device.pk).update(data={"secret": "A" * 64})
    client = client_of(None, raise_request_exception=False)
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
