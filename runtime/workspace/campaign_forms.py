"""Forms of what supervisors set up: campaigns, queues and skills. (Policies: `policy_forms`.)"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.models import App
from runtime.queues.models import Campaign, Queue, Skill


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usable = App.objects.filter(kind__in=("script", "form")).order_by("title")
        self.fields["app"].queryset = usable
        self.fields["app"].disabled = self.instance.pk is not None and self.instance.items.exists()


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
        fields = ("title", "code", "policy", "skills")
        labels = {
            "title": gettext_lazy("Title"),
            "code": gettext_lazy("Code"),
            "policy": gettext_lazy("Policy"),
            "skills": gettext_lazy("Skills it asks for"),
        }
        widgets = {"skills": forms.CheckboxSelectMultiple}
