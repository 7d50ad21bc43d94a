"""What happens in a review. The only writer of Approval; the rest Wagtail keeps."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import TaskState

from builder import definition as definitions
from builder import publish as publishing
from builder.definition import Definition
from builder.problems import gettext_noop as _
from builder.publish import PublishVetoed
from content.reviews import counting
from content.reviews.models import Approval, Asking, ReviewState
from content.reviews.refusing import refused


def check_start(*, task: Asking, workflow_state: Any) -> None:
    """Raises PublishVetoed where the review could never end well; nothing is lost, the draft is saved."""
    page, definition = _draft(workflow_state)
    need = counting.need_of(task, page, definition)
    may = counting.able(task, page)
    if need.met or len(may) >= need.needed:
        return
    everybody = counting.reviewers(task).count()
    raise refused(
        "no_reviewers",
        _("“%(task)s” needs %(needed)s approvals, and of its %(all)s active reviewers %(able)s may approve this draft."),
        _(
            "Who wrote a draft does not approve it. An administrator gives more people the role, or changes the task. Your draft is saved."
        ),
        task=task.name,
        needed=need.needed,
        all=everybody,
        able=len(may),
    )  # fmt: skip


def settle_start(*, task: Asking, state: ReviewState) -> ReviewState:
    """Until when it should be done; done at once where this very definition is approved already."""
    if task.days:
        state.due_at = state.started_at + dt.timedelta(days=task.days)
    page, definition = _draft(state.workflow_state)
    if counting.need_of(task, page, definition).met:
        state.status, state.finished_at = TaskState.STATUS_APPROVED, timezone.now()
    state.save()
    return state


@transaction.atomic
def approve(*, task: Asking, state: ReviewState, by: Any, comment: str) -> None:
    """One person's approval of the draft as it is now; with the last one needed the workflow goes on. Raises PublishVetoed."""
    held = ReviewState.objects.select_for_update().get(pk=state.pk)
    page, definition = _draft(held.workflow_state)
    _check(task, held, page, by)
    _keep(task, page, definition, by, comment)
    need = counting.need_of(task, page, definition)
    log(
        instance=page,
        action="content.approve",
        user=by,
        revision=page.latest_revision,
        data={"task": task.name, "given": len(need.given), "needed": need.needed, "comment": comment},
    )  # fmt: skip
    if need.met:
        held.approve(user=by, comment=comment)


@transaction.atomic
def reject(*, task: Asking, state: ReviewState, by: Any, comment: str) -> None:
    """Back to the author, with what must change. Raises PublishVetoed."""
    held = ReviewState.objects.select_for_update().get(pk=state.pk)
    if not task.has_reviewer(by) or held.status != TaskState.STATUS_IN_PROGRESS:
        raise _closed()
    if not comment.strip():
        raise refused("no_comment", _("Say what must change: the author corrects by it."))
    held.reject(user=by, comment=comment)


def _draft(workflow_state: Any) -> tuple[Any, Definition]:
    """The newest draft under review and what it means."""
    page = workflow_state.content_object.specific.get_latest_revision_as_object()
    checked = publishing.check(page)
    if checked.definition is None:
        raise PublishVetoed(checked.vetoes)
    return page, checked.definition


def _check(task: Asking, state: ReviewState, page: Any, by: Any) -> None:
    if not task.has_reviewer(by) or state.status != TaskState.STATUS_IN_PROGRESS:
        raise _closed()
    if not counting.may_approve(task, page, by):
        raise refused(
            "own_work",
            _("You wrote a part of this draft, so somebody else approves it."),
        )


def _closed() -> PublishVetoed:
    return refused("not_under_review", _("This draft is not waiting for your review any more."))


def _keep(task: Asking, page: Any, definition: Definition, by: Any, comment: str) -> None:
    """One row a person and definition, however often the button is pressed."""
    Approval.objects.get_or_create(
        task=task,
        translation_key=page.translation_key,
        sha256=definitions.sha256(definition),
        by=by,
        defaults={
            "task_name": task.name,
            "kind": task.kind,
            "revision": page.latest_revision_id or 0,
            "by_name": by.get_full_name() or by.get_username(),
            "at": timezone.now(),
            "comment": comment,
        },
    )
