"""The step of a workflow that asks a group for approvals, as Wagtail meets it."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from content.reviews import actions
from content.reviews.counting import has_approved, may_approve
from content.reviews.forms import ApproveForm, RejectForm
from content.reviews.models import LONGEST_COMMENT, Asking, ReviewState


class ReviewTask(Asking):
    """`needed` of a group approve what is released; whoever wrote it does not count."""

    task_state_class = ReviewState
    admin_form_fields: ClassVar[list[str]] = [
        *Task.admin_form_fields, "kind", "groups", "people", "needed", "texts_needed", "days", "own", "required",
    ]  # fmt: skip
    admin_form_widgets: ClassVar[dict[str, Any]] = {
        "groups": forms.CheckboxSelectMultiple,
        "people": forms.CheckboxSelectMultiple,
    }

    class Meta:
        verbose_name = _("Review")
        verbose_name_plural = _("Reviews")

    @classmethod
    def get_description(cls) -> str:
        return gettext("So many people of a group approve, until a date")

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Raises PublishVetoed where it could never end: too few reviewers, or nothing that could be released."""
        actions.check_start(task=self, workflow_state=workflow_state)
        return actions.settle_start(task=self, state=super().start(workflow_state, user=user))

    def on_action(self, task_state: Any, user: Any, action_name: str, **given: Any) -> None:
        """One approval of several, or a rejection, which says why."""
        comment = str(given.get("comment") or "")[:LONGEST_COMMENT]
        if action_name == "approve":
            actions.approve(task=self, state=task_state, by=user, comment=comment)
        elif action_name == "reject":
            actions.reject(task=self, state=task_state, by=user, comment=comment)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self.has_reviewer(user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self.has_reviewer(user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self.has_reviewer(user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not self.has_reviewer(user) or not may_approve(self, obj, user):
            return []
        reject = ("reject", pgettext("review", "Send back"), True)
        if has_approved(self, obj, user):
            return [reject]
        return [reject, ("approve", pgettext("review", "Approve"), True)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return RejectForm if action == "reject" else ApproveForm

    def get_task_states_user_can_moderate(self, user: Any, **_more: Any) -> Any:
        if not self.has_reviewer(user):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
