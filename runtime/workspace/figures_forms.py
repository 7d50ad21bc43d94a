"""For which days figures are asked, and with what a forecast is made."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.queues.figures import DAYS_AT_MOST
from runtime.queues.simulating.asked import AGENTS_AT_MOST, Asked
from runtime.workspace.policy_forms import DAYS

USUAL_DAYS = 7


class SpanForm(forms.Form):
    """From which day to which."""

    since = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput({"type": "date"}))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and not 0 <= (until - since).days < DAYS_AT_MOST:
            text = _("Choose at most %(days)s days, the first one first.")
            raise forms.ValidationError(text % {"days": DAYS_AT_MOST})
        return told


def asked_span(data: Any, today: date) -> tuple[SpanForm, date, date]:
    """The form and the span; the last week where none was asked for, or it could not be read."""
    usual = {"since": today - timedelta(days=USUAL_DAYS - 1), "until": today}
    form = SpanForm(data if "since" in data or "until" in data else None, initial=usual)
    told = form.cleaned_data if form.is_valid() else usual
    return form, told["since"], told["until"]


class AskedForm(forms.Form):
    """Agents and their hours; below, what would be otherwise in the policy."""

    agents = forms.IntegerField(
        label=gettext_lazy("Agents"), min_value=1, max_value=AGENTS_AT_MOST
    )
    start = forms.TimeField(
        label=gettext_lazy("Work from"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    end = forms.TimeField(
        label=gettext_lazy("Work until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    breaks = forms.IntegerField(
        label=gettext_lazy("Minutes of break in a shift"), min_value=0, max_value=600
    )
    item_cap = forms.IntegerField(
        label=gettext_lazy("What if: tries for each person, at most"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Left empty, the policy holds."),
    )
    day_cap = forms.IntegerField(
        label=gettext_lazy("What if: tries a day, at most"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Left empty, the policy holds."),
    )
    delays = forms.IntegerField(
        label=gettext_lazy("What if: delays until the next try, in percent"),
        initial=100,
        min_value=1,
        max_value=1000,
        help_text=gettext_lazy("100 are those of the policy; 50 is half as long."),
    )
    calling = forms.BooleanField(
        label=gettext_lazy("What if: the hours above are the calling hours"), required=False
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        start, end = told.get("start"), told.get("end")
        if start and end and start >= end:
            self.add_error("end", _("Work ends after it began."))
        return told

    def asked(self) -> Asked:
        told = self.cleaned_data
        return Asked(
            agents=told["agents"],
            start=told["start"].strftime("%H:%M"),
            end=told["end"].strftime("%H:%M"),
            days=tuple(sorted(told["days"])),
            breaks=told["breaks"],
            item_cap=told["item_cap"],
            day_cap=told["day_cap"],
            delays=told["delays"],
            calling=told["calling"],
        )
