"""The pages of keeping and erasing: a rule is switched on by who saw its list, a hold is set and lifted."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from runtime.records import actions as records
from runtime.records.models import Record
from runtime.retention import actions
from runtime.retention.models import Hold, Rule
from tests.unit.records.scenes import CALL, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(agent: Any) -> Record:
    """Closed forty days ago."""
    made = records.start(version=make_version(CALL), by=agent)
    records.finish(made.pk, "refused", by=agent)
    Record.objects.update(closed_at=timezone.now() - dt.timedelta(days=40))
    return made


@pytest.fixture
def client(client_of: Any, data_officer: Any) -> Any:
    return client_of(data_officer)


def test_a_rule_is_set_looked_at_and_switched_on(client: Any, record: Record) -> None:
    address = f"/retention/app/{record.version.app.code}/"
    page = client.post(address, {"deed": "days", "days": "30"}, follow=True).content.decode()
    assert str(record.pk) in page
    assert "1 record was closed more than 30 days ago." in page
    assert not Rule.objects.get().on
    client.post(address, {"deed": "on", "days": "30"})
    assert Rule.objects.get().on
    client.post(address, {"deed": "off", "days": "30"})
    assert not Rule.objects.get().on


def test_a_rule_that_changed_meanwhile_is_not_switched_on(
    client: Any, record: Record, data_officer: Any
) -> None:
    actions.set_rule(app=record.version.app, days=10, by=data_officer)
    address = f"/retention/app/{record.version.app.code}/"
    page = client.post(address, {"deed": "on", "days": "30"}, follow=True).content.decode()
    assert "Somebody changed the days meanwhile." in page
    assert not Rule.objects.get().on


@pytest.mark.parametrize("days", ["", "0", "-3", "1000000", "soon", "1e3", "٣٠ "])
def test_days_that_are_none_are_refused_and_stay_in_the_field(
    client: Any, record: Record, days: str
) -> None:
    answer = client.post(
        f"/retention/app/{record.version.app.code}/", {"deed": "days", "days": days}
    )
    if days.strip() == "٣٠":  # thirty, in Arabic digits
        assert answer.status_code == 302
        assert Rule.objects.get().days == 30
        return
    assert answer.status_code == 400
    assert not Rule.objects.exists()
    assert f'value="{days}"' in answer.content.decode() or not days


def test_a_hold_is_set_shown_and_lifted(client: Any, record: Record, data_officer: Any) -> None:
    told = {"kind": "record", "target": f" {str(record.pk).upper()} ", "reason": "file 2026/12"}
    page = client.post("/retention/hold/", told, follow=True).content.decode()
    hold = Hold.objects.get()
    assert (hold.target, hold.by, hold.until) == (str(record.pk), data_officer, None)
    assert "file 2026/12" in page
    client.post(f"/retention/hold/{hold.pk}/lift/")
    hold.refresh_from_db()
    assert hold.lifted_by == data_officer
    assert "Nothing is held." in client.get("/retention/").content.decode()


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("record", "nothing"),
        ("record", "00000000-0000-0000-0000-000000000001"),
        ("party", "00000000-0000-0000-0000-000000000001"),
        ("app", "nothing"),
        ("app", "\x00"),
        ("other", "x"),
    ],
)
def test_a_hold_on_what_is_not_there_is_refused(client: Any, kind: str, target: str) -> None:
    told = {"kind": kind, "target": target, "reason": "why"}
    assert client.post("/retention/hold/", told).status_code == 400
    assert not Hold.objects.exists()


def test_the_pages_say_what_is_due(client: Any, record: Record, data_officer: Any) -> None:
    actions.set_rule(app=record.version.app, days=30, by=data_officer)
    page = client.get("/retention/").content.decode()
    assert record.version.app.title in page
    actions.hold(kind="record", target=str(record.pk), reason="file", by=data_officer)
    page = client.get(f"/retention/app/{record.version.app.code}/").content.decode()
    assert "1 more is kept: held, or still worked on." in page


def test_the_log_says_the_certificate_in_words(
    client_of: Any, auditor: Any, record: Record, data_officer: Any
) -> None:
    rule = actions.set_rule(app=record.version.app, days=30, by=data_officer)
    actions.switch(rule=rule, on=True, by=data_officer)
    actions.erase_due(now=timezone.now())
    page = client_of(auditor).get("/log/").content.decode()
    code = record.version.app.code
    assert f"certificate of erasure: keys 1, rows 1, files 0; rule of {code}: 30 days" in page
    assert "The time to keep it is over" in page
