"""Opening a lesson for a person. Passing it grants its skill: that is an effect of its outcome
(`runtime.queues.effects.grant_skill_effect`)."""

from typing import Any

from django.db import transaction

from builder.models import App
from builder.problems import gettext_noop
from runtime.people.models import Person
from runtime.queues.questions import newest_version
from runtime.queues.sealed import create_subject
from runtime.records import actions as records
from runtime.records.models import Record

REASONS = {
    "no_lesson": gettext_noop("There is no such lesson."),
    "closed": gettext_noop("This lesson is closed: it is not given any more."),
    "unpublished": gettext_noop("This lesson has not been published yet."),
}


class LessonRefused(Exception):
    """The lesson cannot be taken; `code` is one of `REASONS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_lesson(*, app: App, person: Person, language: str | None = None) -> Record:
    """The person's open record of this lesson, or a new one on the newest version.

    A person has one open record a lesson: two clicks at once give the same. Raises `LessonRefused`.
    """
    if app.kind != "lesson":
        raise LessonRefused("no_lesson")
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        return _open_record(app, person) or _start(app, person, language)


def _open_record(app: App, person: Person) -> Record | None:
    """What was begun is ended on its own version, even when the lesson is closed since."""
    mine = Record.objects.filter(subject=person.subject, version__app=app, closed_at=None)
    return mine.order_by("-created_at").first()


def _start(app: App, person: Person, language: str | None) -> Record:
    if not app.open:
        raise LessonRefused("closed")
    version = newest_version(app.pk)
    if version is None:
        raise LessonRefused("unpublished")
    create_subject(person.subject)
    return records.start(
        version=version,
        subject=person.subject,
        by=person.user,
        kind="learner",
        language=language or person.language or None,
    )


def is_learners(record: Record, user: Any) -> bool:
    """Whether this is a lesson's record of this person."""
    person = Person.objects.filter(user=user).first()
    return person is not None and record.subject == person.subject
