"""Forms of what supervisors set up: campaigns, queues, skills and policies."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.models import App
from builder.problems import say
from runtime.queues import retry
from runtime.queues.dispositions import ALL
from runtime.queues.models import Campaign, Policy, Queue, Skill
from runtime.queues.proving import Verification
from runtime.workspace.line_words import FACTS as ASKED

DAYS = (
    (1, gettext_lazy("Monday")),
    (2, gettext_lazy("Tuesday")),
    (3, gettext_lazy("Wednesday")),
    (4, gettext_lazy("Thursday")),
    (5, gettext_lazy("Friday")),
    (6, gettext_lazy("Saturday")),
    (7, gettext_lazy("Sunday")),
)
AGAIN = tuple(row for row in ALL if row.after == "retry")


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


class PolicyForm(CodeFixed):
    """A policy's rules as fields; what they may hold is decided by `retry.read`."""

    time_zone = forms.CharField(label=gettext_lazy("Time zone"), max_length=63)
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Calling days"),
        choices=DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Without days and hours it is open at any time."),
    )
    opens = forms.TimeField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )
    closes = forms.TimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )
    item_cap = forms.IntegerField(label=gettext_lazy("Tries for each person, at most"))
    day_cap = forms.IntegerField(label=gettext_lazy("Tries a day, at most"))
    gap = forms.IntegerField(label=gettext_lazy("Minutes between two tries, at least"))
    grace = forms.IntegerField(
        label=gettext_lazy("Minutes a callback is kept for who promised it")
    )
    callback_days = forms.IntegerField(label=gettext_lazy("Days a callback may lie ahead"))
    lease = forms.IntegerField(
        label=gettext_lazy("Minutes without a sign until an item is taken back")
    )
    asks = forms.BooleanField(
        label=gettext_lazy("Ask who is on the line before anything personal is shown"),
        required=False,
    )
    asked_facts = forms.MultipleChoiceField(
        label=gettext_lazy("Facts that may be asked"),
        choices=[(name, gettext_lazy(label)) for name, label in ASKED.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    asked_needed = forms.IntegerField(
        label=gettext_lazy("How many of them must be right"), required=False
    )
    asked_tries = forms.IntegerField(label=gettext_lazy("Wrong tries, at most"), required=False)
    adult_from = forms.IntegerField(
        label=gettext_lazy("Who is younger is spoken with through a guardian (0: nobody)"),
        required=False,
    )

    class Meta:
        model = Policy
        fields = ("title", "code")
        labels = {"title": gettext_lazy("Title"), "code": gettext_lazy("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = {**retry.DEFAULT_RULES, **self.instance.rules}
        for row in AGAIN:
            self.fields[f"{row.name}_minutes"] = forms.IntegerField(
                label=_("%(ending)s: again after, in minutes") % {"ending": _(row.label)}
            )
            self.fields[f"{row.name}_at_most"] = forms.IntegerField(
                label=_("%(ending)s: how often at most") % {"ending": _(row.label)}
            )
        self.initial: dict[str, Any] = {**initial_of(rules), **self.initial}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        rules = rules_of(cleaned)
        read = retry.read(rules)
        if isinstance(read, list):
            for problem in read:
                self.add_error(None, say(problem, _))
        self.instance.rules = rules
        return cleaned


def initial_of(rules: dict[str, Any]) -> dict[str, Any]:
    """A policy's rules as the fields show them."""
    window, caps, callback = rules["window"] or {}, rules["caps"], rules["callback"]
    again = {**retry.DEFAULT_RULES["again"], **rules["again"]}
    fields = {
        "time_zone": rules["time_zone"],
        "days": window.get("days", []),
        "opens": window.get("from"),
        "closes": window.get("until"),
        "item_cap": caps.get("item"),
        "day_cap": caps.get("day"),
        "gap": caps.get("gap_minutes"),
        "grace": callback.get("grace_minutes"),
        "callback_days": callback.get("days"),
        "lease": rules["lease_minutes"],
    }
    asked = {**asdict(Verification()), **(rules["verification"] or {})}
    fields |= {
        "asks": rules["verification"] is not None,
        "asked_facts": list(asked["facts"]),
        "asked_needed": asked["needed"],
        "asked_tries": asked["tries"],
        "adult_from": asked["adult_from"],
    }
    for row in AGAIN:
        fields[f"{row.name}_minutes"] = again[row.name].get("minutes")
        fields[f"{row.name}_at_most"] = again[row.name].get("at_most")
    return fields


def rules_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The fields as rules; days without hours (or the other way round) are for `retry.read` to refuse."""
    opens, closes, days = cleaned["opens"], cleaned["closes"], cleaned["days"]
    window = None
    if opens or closes or days:
        window = {
            "days": days or list(retry.EVERY_DAY),
            "from": opens.strftime("%H:%M") if opens else "",
            "until": closes.strftime("%H:%M") if closes else "",
        }
    return {
        "time_zone": cleaned["time_zone"],
        "window": window,
        "caps": {
            "item": cleaned["item_cap"],
            "day": cleaned["day_cap"],
            "gap_minutes": cleaned["gap"],
        },
        "again": {
            row.name: {
                "minutes": cleaned[f"{row.name}_minutes"],
                "at_most": cleaned[f"{row.name}_at_most"],
            }
            for row in AGAIN
        },
        "callback": {"grace_minutes": cleaned["grace"], "days": cleaned["callback_days"]},
        "lease_minutes": cleaned["lease"],
        "verification": _verification_of(cleaned) if cleaned["asks"] else None,
    }


def _verification_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What is asked; a number that was left empty is the usual one."""
    told = {
        "needed": cleaned["asked_needed"],
        "tries": cleaned["asked_tries"],
        "adult_from": cleaned["adult_from"],
    }
    return {
        "facts": cleaned["asked_facts"],
        **{name: value for name, value in told.items() if value is not None},
    }
