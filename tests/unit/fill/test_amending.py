"""Amending a closed record: who may, with which reason, two at once, and its versions side by side."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.records import actions, amending
from runtime.records.models import Record, Session
from runtime.records.store import open_record
from tests.people import make_person
from tests.unit.fill.pages import send

REASON = {"reason": "The name was misspelt"}


@pytest.fixture
def closed(agent: Any, record: Record, browser_of: Any) -> Record:
    """Ann, wrong person; closed by the agent."""
    client = browser_of(agent)
    page = client.get(f"/record/{record.pk}/").text
    send(client, page, "stay", given_name="Ann", right_person="false")
    actions.finish(record.pk, "wrong", by=agent)
    record.refresh_from_db()
    return record


def amend(client: Any, record: Record, **posted: str) -> Any:
    return client.post(f"/record/{record.pk}/reopen/", {**REASON, **posted}, follow=True)


def is_open(record: Record) -> bool:
    record.refresh_from_db()
    return record.closed_at is None


def test_who_closed_it_may_for_some_time(agent: Any, closed: Record, browser_of: Any) -> None:
    assert closed.closed_by == agent
    Record.objects.update(closed_at=timezone.now() - timedelta(hours=73))
    assert "amended by who closed it" in amend(browser_of(agent), closed).text
    assert not is_open(closed)
    Record.objects.update(closed_at=timezone.now() - timedelta(hours=71))
    assert 'data-section="opening"' in amend(browser_of(agent), closed).text
    assert is_open(closed)


def test_another_agent_may_not_and_a_supervisor_may(
    closed: Record, browser_of: Any, supervisor: Any
) -> None:
    other = browser_of(make_person("other", "agent"))
    assert "amended by who closed it" in amend(other, closed).text
    assert (
        "Amend this record" not in other.post(f"/record/{closed.pk}/", {"purpose": "quality"}).text
    )
    assert not is_open(closed)
    client = browser_of(supervisor)
    assert "Amend this record" in client.post(f"/record/{closed.pk}/", {"purpose": "quality"}).text
    page = amend(client, closed).text
    page = send(client, page, "stay", given_name="Anna").text
    done = client.post(f"/record/{closed.pk}/finish/", {"outcome": "wrong"}, follow=True)
    assert done.status_code == 200
    closed.refresh_from_db()
    assert (closed.closed_by, closed.reopened) == (supervisor, 1)
    assert open_record(closed, by=None, purpose="test").state["answers"]["given_name"] == "Anna"


@pytest.mark.parametrize("role", ["auditor", "data_officer", "editor", "admin"])
def test_other_roles_may_not(closed: Record, browser_of: Any, role: str) -> None:
    assert amend(browser_of(make_person("someone", role)), closed).status_code == 403
    assert not is_open(closed)


@pytest.mark.parametrize("reason", ["", "typo", "a b c", "mistake mistake mistake", "... --- ..."])
def test_a_reason_has_some_words(agent: Any, closed: Record, browser_of: Any, reason: str) -> None:
    assert "Please say why" in amend(browser_of(agent), closed, reason=reason).text
    assert not is_open(closed)
    assert amending.is_reason("Der Name war falsch")


def test_an_amendment_posted_twice_is_one(agent: Any, closed: Record, browser_of: Any) -> None:
    client = browser_of(agent)
    first, second = amend(client, closed).text, amend(client, closed).text
    assert 'data-section="opening"' in first
    assert 'data-section="opening"' in second
    closed.refresh_from_db()
    assert closed.reopened == 1
    assert Session.objects.filter(record=closed, ended_at=None).count() == 1


def test_who_comes_second_is_told_who_was_first(
    agent: Any, closed: Record, browser_of: Any, supervisor: Any
) -> None:
    amend(browser_of(agent), closed)
    told = amend(browser_of(supervisor), closed).text
    assert "agent is amending this record now." in told
    closed.refresh_from_db()
    assert closed.reopened == 1
    read = browser_of(supervisor).post(f"/record/{closed.pk}/", {"purpose": "quality"}).text
    assert "agent is amending this record now." in read


def test_the_versions_stand_side_by_side(
    agent: Any, closed: Record, browser_of: Any, supervisor: Any
) -> None:
    client = browser_of(agent)
    page = amend(client, closed).text
    page = send(client, page, given_name="<b>Anne</b>", right_person="true").text
    page = send(client, page, "stay", sick="true").text
    send(client, page, "stay", onset="2026-01-05")
    page = client.post(f"/record/{closed.pk}/finish/", {"outcome": "done"}, follow=True).text
    closed.refresh_from_db()
    assert closed.outcome == "done"
    read = browser_of(supervisor).post(f"/record/{closed.pk}/", {"purpose": "quality"}).text
    shown = read[read.index("Amendment 1") : read.index("<h2>Opening")]
    assert "The name was misspelt" in shown
    assert "Wrong person → Interview done" in shown
    assert "<del>Ann</del>" in shown
    assert "<ins>&lt;b&gt;Anne&lt;/b&gt;</ins>" in shown
    assert "agent</td>" in shown
    assert "Has symptoms" in shown
    assert shown.count("veiled") == 2  # before and after of the one that is sensitive
    unveiled = browser_of(supervisor).post(
        f"/record/{closed.pk}/", {"purpose": "quality", "unveil": "1"}
    )
    assert 'aria-label="veiled"' not in unveiled.text


def test_a_lost_right_ends_an_amendment(closed: Record, browser_of: Any, supervisor: Any) -> None:
    from runtime.people.actions import set_roles

    client = browser_of(supervisor)
    page = amend(client, closed).text
    set_roles(person=supervisor.person, roles=["editor"], by=supervisor)
    again = browser_of(supervisor)
    assert again.get(f"/record/{closed.pk}/").status_code == 403
    assert 'data-section="opening"' in page


def test_nobody_knows_a_record_that_is_not_there(agent: Any, browser_of: Any) -> None:
    import uuid

    assert browser_of(agent).post(f"/record/{uuid.uuid4()}/reopen/", REASON).status_code == 404
