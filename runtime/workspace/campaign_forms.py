"""Forms of what supervisors set up: campaigns, queues and skills. (Policies: `policy_forms`.)"""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.models import App
from runtime.queues import scope
from runtime.queues.models import Campaign, Policy, Queue, Skill


class CodeFixed(forms.ModelForm):
    """A form of something that has a code: chosen once, for other things refer to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.disabled = self.instance.pk is not None
        code.help_text = _("Small letters, digits and hyphens; it cannot be changed later.")


class CampaignForm(CodeFixed):
    class Meta:
        model = Campaign
        fields = ("title", "code", "queue", "app", "policy")
        labels = {
            "title": gettext_lazy("Title"),
            "code": gettext_lazy("Code"),
            "queue": gettext_lazy("Queue"),
            "app": gettext_lazy("Script or form"),
            "policy": gettext_lazy("Policy of its own"),
        }
        help_texts = {"policy": gettext_lazy("Left empty, the queue's policy holds.")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["queue"].queryset = self._queues(user)
        self.fields["policy"].queryset = _with_own(scope.policies(user), self.instance.policy_id)
        usable = App.objects.filter(kind__in=("script", "form")).order_by("title")
        self.fields["app"].queryset = usable
        self.fields["app"].disabled = self.instance.pk is not None and self.instance.items.exists()

    def _queues(self, user: Any) -> QuerySet[Queue]:
        """A campaign that called already stays where its people and records belong."""
        rows = scope.queues(user, to_run=True).order_by("title")
        if self.instance.pk is None or not self.instance.items.exists():
            return rows
        return rows.filter(unit=self.instance.queue.unit_id)


def _with_own(rows: QuerySet[Policy], own: int | None) -> QuerySet[Policy]:
    return (rows | Policy.objects.filter(pk=own)).distinct().order_by("title")


class SkillForm(CodeFixed):
    class Meta:
        model = Skill
        fields = ("title", "code", "lesson_app")
        labels = {
            "title": gettext_lazy("Title"),
            "code": gettext_lazy("Code"),
            "lesson_app": gettext_lazy("Lesson that gives it"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lesson_app"].queryset = App.objects.filter(kind="lesson").order_by("title")


class QueueForm(CodeFixed):
    class Meta:
        model = Queue
        fields = ("title", "code", "unit", "policy", "skills")
        labels = {
            "title": gettext_lazy("Title"),
            "code": gettext_lazy("Code"),
            "policy": gettext_lazy("Policy"),
            "skills": gettext_lazy("Skills it asks for"),
            "unit": gettext_lazy("Unit"),
        }
        help_texts = {"unit": gettext_lazy("Only its people see what is in the queue.")}
        widgets = {"skills": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policy"].queryset = _with_own(scope.policies(user), self.instance.policy_id)
        unit: Any = self.fields["unit"]
        unit.queryset = scope.owners(user).order_by("title")
        unit.empty_label = _("the whole organisation")
        unit.required = not scope.is_whole(user)
        if unit.required:
            unit.empty_label = None
        elif not unit.queryset.exists():  # nothing to choose: units are not in use
            del self.fields["unit"]
