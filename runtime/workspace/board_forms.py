"""Filtering the list of items, and what a deed is given."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.queues import deeds
from runtime.queues.dispositions import ALL
from runtime.queues.models import Campaign, Queue
from runtime.queues.sieve import OPEN, Sieve
from runtime.queues.sight import Sight
from runtime.queues.states import STATES
from runtime.workspace.board_words import AGES, DEEDS, LANES, REASONS
from runtime.workspace.campaign_words import STATES as STATE_WORDS

PRIORITY = 32_767
ANY = ("", gettext_lazy("any"))


class _Agent(forms.CharField):
    """The user name of one of `agents`; a number inside. Two thousand do not go into a choice: they are written, the first are offered."""

    agents: Any = None

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput({"list": "agents", "autocomplete": "off"})
        super().__init__(max_length=150, required=False, widget=widget, **more)

    def clean(self, value: Any) -> int | None:
        name = super().clean(value)
        if not name:
            return None
        found = self.agents.filter(username=name).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("No agent has this user name."))
        return int(found)


class SieveForm(forms.Form):
    """What is left empty lets everything through."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    queue = forms.ModelChoiceField(
        Queue.objects.none(), label=gettext_lazy("Queue"), required=False, to_field_name="code"
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(),
        label=gettext_lazy("Campaign"),
        required=False,
        to_field_name="code",
    )
    lane = forms.ChoiceField(label=gettext_lazy("Lane"), required=False)
    priority = forms.IntegerField(
        label=gettext_lazy("Priority at least"),
        required=False,
        min_value=-PRIORITY,
        max_value=PRIORITY,
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Last result"), required=False)
    made = forms.ChoiceField(label=gettext_lazy("Made"), required=False)
    language = forms.CharField(label=gettext_lazy("Language"), required=False, max_length=12)
    person = _Agent(label=gettext_lazy("With or for (user name)"))
    order = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[("", gettext_lazy("oldest first")), ("newest", gettext_lazy("newest first"))],
    )

    def __init__(self, data: Any, sight: Sight, agents: Any) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["person"].agents = agents
        fields["queue"].queryset = Queue.objects.filter(pk__in=sight.queues).order_by("title")
        fields["campaign"].queryset = Campaign.objects.filter(pk__in=sight.campaigns).order_by(
            "-open", "title"
        )
        states = [(state, _(STATE_WORDS[state])) for state in STATES]
        fields["state"].choices = [
            ("", _("all that is open")),
            *states,
            ("all", _("all, also what has ended")),
        ]
        fields["lane"].choices = [ANY, *((str(lane), _(words)) for lane, words in LANES.items())]
        fields["outcome"].choices = [ANY, *((row.name, _(row.label)) for row in ALL)]
        fields["made"].choices = [(code, _(words)) for code, words in AGES.items()]

    def sieve(self, now: datetime) -> Sieve:
        """Only of a form that is valid."""
        told = self.cleaned_data
        state = told["state"]
        states = {"": OPEN, "all": STATES}.get(state, (state,))
        since, before = _made(told["made"], now)
        return Sieve(
            states=states,
            queue=told["queue"].pk if told["queue"] else None,
            campaign=told["campaign"].pk if told["campaign"] else None,
            lane=int(told["lane"]) if told["lane"] else None,
            priority=told["priority"],
            outcome=told["outcome"],
            language=told["language"].strip().lower(),
            person=told["person"],
            since=since,
            before=before,
            newest=told["order"] == "newest",
        )


def _made(code: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when on, and before when."""
    zone = timezone.get_current_timezone()
    today = datetime.combine(timezone.localdate(now), time(0), zone)
    return {
        "today": (today, None),
        "week": (today - timedelta(days=7), None),
        "week_older": (None, today - timedelta(days=7)),
        "month_older": (None, today - timedelta(days=30)),
    }.get(code, (None, None))


class DeedForm(forms.Form):
    """Which deed, to which items, with what."""

    deed = forms.ChoiceField(label=gettext_lazy("What to do"))
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}),
    )
    lane = forms.ChoiceField(label=gettext_lazy("Lane"), required=False)
    priority = forms.IntegerField(
        label=gettext_lazy("Priority"), required=False, min_value=-PRIORITY, max_value=PRIORITY
    )
    due = forms.DateTimeField(
        label=gettext_lazy("Due"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}),
    )
    never_due = forms.BooleanField(label=gettext_lazy("Never due"), required=False)
    agent = _Agent(label=gettext_lazy("For (user name)"))
    target = forms.ModelChoiceField(
        Queue.objects.none(), label=gettext_lazy("To the queue"), required=False
    )
    reason = forms.ChoiceField(label=gettext_lazy("Why"), required=False)

    def __init__(self, data: Any, sight: Sight, agents: Any) -> None:
        super().__init__(data, prefix="deed", auto_id="deed_%s")
        fields: Any = self.fields
        fields["agent"].agents = agents
        fields["deed"].choices = [
            ("", _("Choose…")),
            *((code, _(DEEDS[code])) for code in deeds.DEEDS),
        ]
        fields["lane"].choices = [
            ("", _("as it is")),
            *((str(lane), _(words)) for lane, words in LANES.items()),
        ]
        fields["reason"].choices = [
            ("", _("Choose…")),
            *((one, _(REASONS[one])) for one in deeds.REASONS),
        ]
        open_ones = Queue.objects.filter(pk__in=sight.queues, campaigns__open=True)
        fields["target"].queryset = open_ones.distinct().order_by("title")

    def told(self) -> deeds.Told:
        """Only what this deed needs: what else stands in the boxes is not meant."""
        given, needs = self.cleaned_data, deeds.DEEDS[self.cleaned_data["deed"]].needs
        ranks = "rank" in needs
        return deeds.Told(
            until=given["until"] if "until" in needs else None,
            lane=int(given["lane"]) if ranks and given["lane"] else None,
            priority=given["priority"] if ranks else None,
            due=given["due"] if ranks else None,
            never_due=given["never_due"] if ranks else False,
            agent=given["agent"] if "agent" in needs else None,
            queue=given["target"].pk if "queue" in needs and given["target"] else None,
            reason=given["reason"] if "reason" in needs else "",
        )


def ticked(data: Any, most: int) -> list[UUID]:
    """The ids that were ticked; what is no id is left out."""
    found = []
    for text in data.getlist("item")[:most]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
