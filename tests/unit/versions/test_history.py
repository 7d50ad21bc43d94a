"""One list of what changed: who, what, from when to when, releases among it; and how everything was on a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from builder.actions import label_version
from runtime.queues import actions as queues
from runtime.queues.models import Policy, Queue, Skill
from tests.unit.versions.test_versions import admins, app, read, two

__all__ = ["admins", "app", "two"]  # fixtures
YESTERDAY = timedelta(days=1)


@pytest.fixture
def policy(supervisor: Any) -> Policy:
    """Made the day before yesterday as “Calm”, renamed today."""
    made = queues.save_policy(policy=Policy(code="calm", title="Calm", rules={}), by=supervisor)
    Policy.history.update(history_date=timezone.now() - 2 * YESTERDAY)
    made.title = "Calmer"
    return queues.save_policy(policy=made, by=supervisor)


def day(back: int = 0) -> str:
    return (timezone.localdate() - timedelta(days=back)).isoformat()


def test_releases_and_labels_stand_in_the_list(admins: Any, two: Any, editor: Any) -> None:
    label_version(version=two[1], text="pilot", by=editor)
    words = read(admins, "history")
    assert "Index call v2" in words
    assert "Cough was asked for" in words
    assert "index_call v2: pilot" in words
    only = read(admins, "history", kind="versions")
    assert "Index call v1" in only
    assert "pilot" not in only


def test_the_list_is_asked_by_person_and_by_day(admins: Any, policy: Policy, two: Any) -> None:
    words = read(admins, "history", who="superv")
    assert "“Calm” became “Calmer”" in words
    assert "Index call" not in words
    earlier = read(admins, "history", until=day(1))
    assert '<th scope="row">Calm <' in earlier
    assert "became" not in earlier
    assert "became" in read(admins, "history", since=day())
    assert "Nothing of this kind" in read(admins, "history", since=day(-1))
    assert "Nothing of this kind" in read(admins, "history", who="nobody of this name")


def test_everything_as_it_was_on_a_day(admins: Any, policy: Policy, two: Any) -> None:
    skill = queues.save_skill(skill=Skill(code="tracing", title="Tracing"), by=None)
    queues.save_queue(queue=Queue(code="q", title="Calls", policy=policy), skills=[skill], by=None)
    then, now = read(admins, "history-on", day=day(1)), read(admins, "history-on")
    assert "<dd>Calm</dd>" in then
    assert "Index call" not in then
    assert "<dd>Calmer</dd>" in now
    assert "Index call v2" in now
    assert "Index call v1" not in now
    assert "<dd>Tracing</dd>" in now
    assert "There was nothing yet" in read(admins, "history-on", day="1999-01-01")


def test_what_was_removed_is_no_longer_there(admins: Any, supervisor: Any) -> None:
    skill = queues.save_skill(skill=Skill(code="gone", title="Gone soon"), by=supervisor)
    skill.delete()
    assert "Gone soon" not in read(admins, "history-on")


@pytest.mark.parametrize("asked", ["x", "2026-02-30", "9999-12-31", "0001-01-01", "²"])
def test_an_odd_day_is_answered(admins: Any, two: Any, asked: str) -> None:
    read(admins, "history", since=asked, until=asked)
    read(admins, "history-on", day=asked)


def test_who_may_see_how_it_was(client_of: Any, auditor: Any, editor: Any) -> None:
    assert client_of(auditor).get(reverse("history-on")).status_code == 200
    assert client_of(editor).get(reverse("history-on")).status_code == 403
