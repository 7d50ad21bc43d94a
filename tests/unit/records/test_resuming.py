"""A page that is loaded again goes on in its person's sitting; only what can save nothing any more is ended."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.people.actions import bump_epoch
from runtime.records import actions
from runtime.records.append import append
from runtime.records.models import Record, Session
from tests.unit.records.scenes import Sitting

pytestmark = pytest.mark.django_db


def resume(record: Record, by: Any, fence: int = 0) -> tuple[Session, str]:
    return actions.resume_session(record=record, by=by, kind="agent", purpose="call", fence=fence)


def test_a_page_loaded_again_opens_no_sitting_beside_the_first(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    for _again in range(3):
        session, _token = resume(record, agent)
        assert session == sitting.session
    assert Session.objects.count() == 1
    assert AccessLog.objects.filter(by=agent, record=record.id, deed="open").count() == 4


def test_both_tabs_save_and_nothing_becomes_late(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    _session, token = resume(record, agent)
    item = sitting.item({"event": "answered", "place": "ill", "value": True})
    assert append(token, [item], timezone.now()).late == 0
    assert sitting.answer("given_name", "Anna").late == 0
    assert actions.settle(record.id, by=agent, purpose="test").state["answers"] == {
        "ill": True,
        "given_name": "Anna",
    }


def test_after_a_logout_the_earlier_sitting_is_ended_and_a_new_one_begins(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    bump_epoch(person=agent.person, reason="logout")
    session, _token = resume(record, agent)
    assert session != sitting.session
    sitting.session.refresh_from_db()
    assert sitting.session.end_reason == "reopened"
    told = sitting.answer("given_name", "Anna")  # the page from before the logout
    assert (told.status, told.code, told.late) == (409, "rights_changed", 1)


def test_a_sitting_of_another_day_is_left_to_its_tab_until_it_can_save_no_more(
    sitting: Sitting, record: Record, agent: Any
) -> None:
    day = dt.timedelta(days=1)
    earlier = Session.objects.filter(pk=sitting.session.pk)
    earlier.update(today=sitting.session.today - day)
    session, _token = resume(record, agent)
    assert session != sitting.session
    assert sitting.answer("given_name", "Anna").late == 0  # a call over midnight
    earlier.update(started_at=timezone.now() - 2 * day)
    resume(record, agent)
    assert earlier.get().end_reason == "reopened"


def test_an_ended_sitting_is_not_taken_up(sitting: Sitting, record: Record, agent: Any) -> None:
    actions.end_session(session=sitting.session, reason="released")
    session, _token = resume(record, agent)
    assert (session != sitting.session, session.ended_at) == (True, None)


def test_nobody_goes_on_in_the_sitting_of_another_or_under_another_fence(
    sitting: Sitting, record: Record, agent: Any, supervisor: Any
) -> None:
    others, _token = resume(record, supervisor)
    fenced, _token = resume(record, agent, fence=3)
    assert len({sitting.session.pk, others.pk, fenced.pk}) == 3
    assert (others.agent, fenced.fence) == (supervisor, 3)
    assert not Session.objects.exclude(ended_at=None).exists()
