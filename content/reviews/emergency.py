"""A release in an emergency: two people with the right, now; the review follows. The only writer of Emergency."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from builder import definition as definitions
from builder import gates
from builder import publish as publishing
from builder.definition import Definition
from builder.problems import gettext_noop as _
from builder.publish import PublishVetoed
from content.reviews import counting
from content.reviews.gate import GATE, find
from content.reviews.models import Emergency
from content.reviews.refusing import refused

RIGHT = "content.release_in_emergency"
AFTERWARDS = 2  # days, where no task names more


def may(user: Any) -> bool:
    """Whether somebody may ask for such a release, or confirm one."""
    return bool(user.is_active and user.has_perm(RIGHT))


def waiting(page: Any) -> Emergency | None:
    """What somebody has asked for and nobody confirmed or withdrew."""
    rows = Emergency.objects.filter(translation_key=page.translation_key, confirmed_at=None)
    return rows.filter(withdrawn_at=None).order_by("-pk").first()


def is_needed(page: Any) -> bool:
    """Whether the newest draft waits for a review that is demanded."""
    drafted = page.get_latest_revision_as_object()
    checked = publishing.check(drafted)
    return checked.definition is not None and any(find(drafted, checked.definition))


@transaction.atomic
def ask(*, page: Any, reason: str, by: Any) -> Emergency:
    """The first of two; raises PublishVetoed."""
    drafted, definition = _draft(page)
    _check_right(by)
    if not any(find(drafted, definition)):
        raise refused("no_need", _("No review stands in the way of this draft: publish it."))
    if not reason.strip():
        raise refused("no_reason", _("Say why it cannot wait for its review."))
    Emergency.objects.filter(
        translation_key=page.translation_key, confirmed_at=None, withdrawn_at=None
    ).update(withdrawn_at=timezone.now())
    return Emergency.objects.create(
        page=Page.objects.get(pk=page.pk),
        translation_key=page.translation_key,
        sha256=definitions.sha256(definition),
        reason=reason.strip(),
        asked_by=by,
        asked_at=timezone.now(),
    )


@transaction.atomic
def confirm(*, emergency: Emergency, by: Any) -> Emergency:
    """The second of two, somebody else, for the very same draft: it is released at once. Raises PublishVetoed."""
    held = _open(emergency)
    page = held.page.specific
    drafted, definition = _draft(page)
    _check_right(by)
    if held.asked_by_id == by.pk:
        raise refused("same_person", _("Somebody else confirms it: you have asked for it."))
    if definitions.sha256(definition) != held.sha256:
        raise refused(
            "changed", _("The draft was changed since. Ask for the release of what it is now.")
        )
    held.confirmed_by, held.confirmed_at = by, timezone.now()
    held.due_at = held.confirmed_at + dt.timedelta(days=_days(drafted))
    held.save()
    gates.override(page=drafted, definition=definition, gate=GATE, reason=held.reason, by=by)
    drafted.latest_revision.publish(user=by, skip_permission_checks=True)
    return held


@transaction.atomic
def withdraw(*, emergency: Emergency, by: Any) -> None:
    """Whoever may release in an emergency may also say that there is none."""
    held = _open(emergency)
    _check_right(by)
    held.withdrawn_at = timezone.now()
    held.save()


@transaction.atomic
def judge(*, emergency: Emergency, right: bool, comment: str, by: Any) -> None:
    """The review that follows, by a reviewer who was none of the two. Raises PublishVetoed."""
    held = Emergency.objects.select_for_update().get(pk=emergency.pk)
    if not may_judge(held, by):
        raise refused("not_yours", _("This release is not waiting for your review."))
    if not right and not comment.strip():
        raise refused("no_comment", _("Say what must change: the author corrects by it."))
    held.result = "approved" if right else "rejected"
    held.result_by, held.result_at, held.result_comment = by, timezone.now(), comment.strip()
    held.save()


def may_judge(emergency: Emergency, user: Any) -> bool:
    """A reviewer of the page who neither asked nor confirmed."""
    if not emergency.confirmed_at or emergency.result or emergency.page is None:
        return False
    if user.pk in {emergency.asked_by_id, emergency.confirmed_by_id}:
        return False
    return any(task.has_reviewer(user) for task in counting.tasks_of(emergency.page.specific))


def _draft(page: Any) -> tuple[Any, Definition]:
    drafted = page.get_latest_revision_as_object()
    checked = publishing.check(drafted)
    if checked.definition is None:
        raise PublishVetoed(checked.vetoes)
    return drafted, checked.definition


def _check_right(user: Any) -> None:
    if not may(user):
        raise refused("no_right", _("You have no right to release in an emergency."))


def _open(emergency: Emergency) -> Emergency:
    held = Emergency.objects.select_for_update().get(pk=emergency.pk)
    if held.confirmed_at or held.withdrawn_at or held.page_id is None:
        raise refused("settled", _("Nobody asks for this release any more."))
    return held


def _days(page: Any) -> int:
    return max([AFTERWARDS, *(task.days for task in counting.tasks_of(page) if task.required)])
