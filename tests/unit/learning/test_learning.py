"""Taking a lesson: one open record a person and lesson, and where one stands with skills."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.learning.actions import LessonRefused, is_learners, open_lesson
from runtime.learning.skills import skills_of
from runtime.people.models import Person
from runtime.queues import actions
from runtime.queues.models import Grant, Skill
from tests.unit.queues.conftest import call_script, campaign, policy, publish, queue, version

__all__ = ["campaign", "policy", "queue", "version"]


@pytest.fixture
def lesson(db: None) -> Any:
    return publish(call_script(), code="first_lesson", kind="lesson").app


@pytest.fixture
def learner(agent: Any) -> Person:
    return Person.objects.get(user=agent)


def test_a_lesson_is_resumed_until_it_is_closed_then_begun_anew(
    lesson: Any, learner: Person
) -> None:
    first = open_lesson(app=lesson, person=learner)
    assert open_lesson(app=lesson, person=learner) == first
    assert first.subject == learner.subject
    first.closed_at = timezone.now()
    first.save()
    assert open_lesson(app=lesson, person=learner) != first


def test_what_was_begun_stays_on_its_version(lesson: Any, learner: Person) -> None:
    first = open_lesson(app=lesson, person=learner)
    newer = publish(
        {**call_script(), "title": {"en": "Newer"}}, code="first_lesson", kind="lesson"
    )
    assert open_lesson(app=lesson, person=learner).version_id == first.version_id != newer.pk


def test_a_lesson_belongs_to_its_learner(
    lesson: Any, learner: Person, agent: Any, trainer: Any
) -> None:
    record = open_lesson(app=lesson, person=learner)
    assert is_learners(record, agent)
    assert not is_learners(record, trainer)
    other = open_lesson(app=lesson, person=Person.objects.get(user=trainer))
    assert other != record


def test_what_is_no_lesson_closed_or_unpublished_is_refused(
    lesson: Any, version: Any, learner: Person
) -> None:
    def code_of(app: Any) -> str:
        with pytest.raises(LessonRefused) as refused:
            open_lesson(app=app, person=learner)
        return refused.value.code

    assert code_of(version.app) == "no_lesson"
    lesson.open = False
    lesson.save()
    assert code_of(lesson) == "closed"


def test_an_unpublished_lesson_is_refused(learner: Person) -> None:
    import uuid

    from builder.models import App

    app = App.objects.create(
        code="empty", kind="lesson", title="Empty", translation_key=uuid.uuid4()
    )
    with pytest.raises(LessonRefused, match="unpublished"):
        open_lesson(app=app, person=learner)


def test_where_a_person_stands(queue: Any, campaign: Any, lesson: Any, agent: Any) -> None:
    now = timezone.now()
    titles = ("Expired", "Expiring", "Held", "Needed", "Lasting")
    made = {
        title: Skill.objects.create(code=title.lower(), title=title, lesson_app=lesson)
        for title in titles
    }
    Skill.objects.create(code="elsewhere", title="Nobody's")
    queue.skills.set([made["Needed"], made["Held"]])
    for title, days in (("Expired", -1), ("Expiring", 3), ("Held", 100)):
        Grant.objects.create(
            person=agent, skill=made[title], granted_at=now, expires_at=now + timedelta(days=days)
        )
    actions.grant_skill(person=agent, skill=made["Lasting"], days=None)
    shown = {face.title: (face.standing, face.needed_by) for face in skills_of(agent, now)}
    assert shown == {
        "Expired": ("expired", ()),
        "Expiring": ("expiring", ()),
        "Held": ("held", ("Calls",)),
        "Lasting": ("held", ()),
        "Needed": ("needed", ("Calls",)),
    }


def test_the_grant_that_lasts_longest_counts(agent: Any) -> None:
    now = timezone.now()
    skill = Skill.objects.create(code="tracing", title="Tracing")
    for days in (10, 100, 50):
        Grant.objects.create(
            person=agent, skill=skill, granted_at=now, expires_at=now + timedelta(days=days)
        )
    assert skills_of(agent, now)[0].expires_at == now + timedelta(days=100)
