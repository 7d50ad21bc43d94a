"""Breaking the glass: who may, what must be said, what it shows, when it ends; and that it ends."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.glass import actions
from runtime.glass.models import Break
from runtime.parties import actions as parties
from runtime.people import actions as people
from tests.people import make_person
from tests.unit.glass.conftest import REASON

pytestmark = pytest.mark.django_db
SEALED = "Shelter-9"


def see(client: Any, party: Any) -> Any:
    return client.get(reverse("glass", args=[party.pk]))


def read(client: Any, record: Any) -> Any:
    posted = {"purpose": "break_glass", "unveil": "1"}
    return client.post(reverse("record", args=[record.pk]), posted)


def test_the_page_says_what_it_means_and_shows_initials_only(client: Any, bea: Any) -> None:
    page = see(client, bea).text
    assert "For an emergency only: B••• M•••" in page
    assert "Maes" not in page
    assert "current-password" in page


def test_a_broken_glass_shows_what_is_sealed_and_each_opening_is_logged(
    client: Any, agent: Any, bea: Any, record: Any, break_it: Any
) -> None:
    assert read(client, record).status_code == 400
    assert break_it(client, bea)["Location"] == reverse("glass", args=[bea.pk])
    assert "Bea Maes" in see(client, bea).text
    assert SEALED in read(client, record).text
    shown = client.post(reverse("party", args=[bea.pk]), {"unveil": "phone"}).text
    assert "0470123456" in shown.replace(" ", "").replace("+32470", "0470")
    rows = AccessLog.objects.filter(by=agent, purpose="break_glass").order_by("pk")
    assert rows.first().deed == "break_glass"
    assert {(row.deed, row.detail) for row in rows} >= {
        ("break_glass", "minutes=30"),
        ("open", ""),
        ("open", "unveil"),
        ("open", "unveil phone"),
    }
    made = Break.objects.get()
    assert (made.by, made.party, made.until - made.at) == (agent, bea.pk, timedelta(minutes=30))
    assert REASON.encode() not in bytes(made.reason)


def test_the_banner_stands_on_every_page_and_ends_it(
    client: Any, bea: Any, record: Any, break_it: Any
) -> None:
    assert "End now" not in client.get("/").text
    break_it(client, bea)
    for address in (
        "/",
        reverse("find"),
        reverse("documents"),
        reverse("record", args=[record.pk]),
    ):
        assert "End now" in client.get(address).text, address
    client.post(reverse("glass-end", args=[Break.objects.get().pk]))
    assert "End now" not in client.get("/").text
    assert read(client, record).status_code == 400
    assert "For an emergency only" in see(client, bea).text
    assert Break.objects.get().ended_at is not None
    assert AccessLog.objects.filter(deed="break_glass", detail="ended").count() == 1


@pytest.mark.parametrize(
    "reason",
    ["", " ", "   \n\t ", "x", "a b c", "help help help", "... --- ...", "w " * 5_120, "\x00" * 9],
)
def test_a_reason_is_some_words_and_what_was_typed_stays(
    client: Any, bea: Any, break_it: Any, reason: str
) -> None:
    answer = break_it(client, bea, reason=reason)
    assert answer.status_code == 400
    assert "errorlist" in answer.text
    assert not Break.objects.exists()
    assert "Maes" not in answer.text
    if len(reason) < 100 and "\x00" not in reason:
        assert reason.strip() in answer.text


@pytest.mark.parametrize("password", ["", "wrong", "' or 1=1 --"])
def test_without_the_password_nothing_is_broken_and_the_reason_stays(
    client: Any, bea: Any, break_it: Any, password: str
) -> None:
    answer = break_it(client, bea, password=password)
    assert answer.status_code == 400
    assert REASON in answer.text
    assert not Break.objects.exists()


def test_guessing_the_password_is_stopped(client: Any, bea: Any, break_it: Any) -> None:
    for _each in range(8):
        break_it(client, bea, password="wrong")
    assert break_it(client, bea).status_code == 400  # the right one, too late
    assert not Break.objects.exists()


def test_who_has_a_second_factor_proves_it_with_a_code(
    client: Any, agent: Any, bea: Any, break_it: Any
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(agent, secret)
    RecoveryCodes.activate(agent)
    page = see(client, bea).text
    assert "one-time-code" in page
    assert "current-password" not in page
    assert break_it(client, bea).status_code == 400  # the password alone
    assert break_it(client, bea, code="000000x").status_code == 400
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    assert break_it(client, bea, code=code).status_code == 302
    Break.objects.update(ended_at=timezone.now())
    assert break_it(client, bea, code=code).status_code == 400  # a code is used once


@pytest.mark.parametrize("role", ["admin", "auditor", "editor", "data_officer", "trainer", ""])
def test_others_never_break_it(client_of: Any, bea: Any, break_it: Any, role: str) -> None:
    someone = make_person("someone", *([role] if role else []))
    assert break_it(client_of(someone), bea).status_code == 403
    with pytest.raises(PermissionError):
        actions.break_glass(party=bea, reason=REASON, by=someone, now=timezone.now())
    assert not Break.objects.exists()


def test_it_is_over_one_person_only(
    client: Any, bea: Any, karel: Any, record: Any, break_it: Any
) -> None:
    break_it(client, bea)
    assert break_it(client, karel)["Location"] == "/"
    assert Break.objects.count() == 1
    assert "Karel" not in client.get("/").text
    assert client.post(reverse("party", args=[karel.pk]))["Location"] == reverse("find")


def test_in_two_windows_it_is_broken_once(client: Any, bea: Any, break_it: Any) -> None:
    break_it(client, bea)
    assert break_it(client, bea).status_code == 200  # the person's page
    assert Break.objects.count() == 1


def test_another_browser_of_the_same_person_breaks_it_for_itself(
    client: Any, client_of: Any, agent: Any, bea: Any, record: Any, break_it: Any
) -> None:
    break_it(client, bea)
    other = client_of(agent, headers={"accept-language": "en"})
    assert "For an emergency only" in see(other, bea).text
    assert read(other, record).status_code == 400


def test_nobody_has_what_somebody_else_broke(
    client: Any, client_of: Any, bea: Any, record: Any, break_it: Any
) -> None:
    break_it(client, bea)
    made = Break.objects.get()
    other = client_of(make_person("other", "agent"), headers={"accept-language": "en"})
    session = other.session
    session["glass"] = str(made.pk)  # as if it had been carried over
    session.save()
    assert "For an emergency only" in see(other, bea).text
    assert read(other, record).status_code == 400
    assert other.post(reverse("glass-end", args=[made.pk])).status_code == 404
    assert SEALED in read(client, record).text


@pytest.mark.parametrize("kept", ["x", "../../etc", "0" * 36, "' or 1=1", "1"])
def test_a_forged_number_is_no_glass(client: Any, bea: Any, record: Any, kept: str) -> None:
    session = client.session
    session["glass"] = kept
    session.save()
    assert client.get("/").status_code == 200
    assert read(client, record).status_code == 400


def test_it_ends_by_itself(client: Any, bea: Any, record: Any, break_it: Any) -> None:
    break_it(client, bea)
    Break.objects.update(until=timezone.now())
    assert read(client, record).status_code == 400
    assert "End now" not in client.get("/").text


def test_it_ends_with_the_logout_also_elsewhere(
    client: Any, client_of: Any, agent: Any, bea: Any, record: Any, break_it: Any
) -> None:
    break_it(client, bea)
    other = client_of(agent)
    other.post(reverse("account_logout"))
    assert read(client, record).status_code == 400
    client.post(reverse("account_logout"))
    client.force_login(agent)
    assert read(client, record).status_code == 400


def test_it_ends_with_the_role(
    client: Any, agent: Any, bea: Any, record: Any, break_it: Any
) -> None:
    break_it(client, bea)
    people.set_roles(by=None, person=agent.person, roles=["trainer"])
    assert read(client, record).status_code in (400, 403, 404)
    people.set_roles(by=None, person=agent.person, roles=["agent"])
    assert read(client, record).status_code == 400


def test_when_the_log_cannot_be_written_nothing_is_broken_and_nothing_opened(
    client: Any, bea: Any, record: Any, break_it: Any, monkeypatch: Any
) -> None:
    def full(**_: Any) -> None:
        raise DatabaseError("the log is full")

    monkeypatch.setattr(AccessLog.objects, "create", full)
    assert see(client, bea).status_code == 503
    assert break_it(client, bea).status_code == 503
    assert not Break.objects.exists()
    monkeypatch.undo()
    break_it(client, bea)
    monkeypatch.setattr(AccessLog.objects, "create", full)
    for answer in (see(client, bea), read(client, record)):
        assert answer.status_code == 503
        assert SEALED not in answer.text
        assert "Maes" not in answer.text


def test_over_an_erased_person_there_is_no_glass(client: Any, bea: Any, break_it: Any) -> None:
    parties.erase(party=bea, by=None, purpose="test")
    assert see(client, bea).status_code == 410
    assert break_it(client, bea).status_code == 410
    assert not Break.objects.exists()
