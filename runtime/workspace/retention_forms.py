"""What a data officer fills in about keeping: days, and legal holds."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.models import App
from runtime.parties.models import Party
from runtime.records.models import Record
from runtime.retention.actions import MOST_DAYS

KINDS = (
    ("record", gettext_lazy("A record")),
    ("party", gettext_lazy("A person, with all records")),
    ("app", gettext_lazy("All records of an app")),
)


class DaysForm(forms.Form):
    """The rule of an app."""

    days = forms.IntegerField(
        label=gettext_lazy("Days after closing"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("A record that was closed longer ago than this is erased."),
    )


class HoldForm(forms.Form):
    """What must be kept, and why."""

    kind = forms.ChoiceField(label=gettext_lazy("What must be kept"), choices=KINDS)
    target = forms.CharField(
        label=gettext_lazy("Its number, or the code of the app"),
        max_length=63,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "The number of a record or a person stands in the access log and in the address of its page."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy(
            "A reference to your file. Do not name anybody: this is not sealed."
        ),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=gettext_lazy("Its last day; without one it stands until somebody lifts it."),
    )

    def clean(self) -> dict[str, Any]:
        """What is held is there; its id is kept as it is written everywhere."""
        told = super().clean() or {}
        kind, target = told.get("kind", ""), told.get("target", "").strip()
        if kind and target:
            found = _found(kind, target)
            if not found:
                self.add_error("target", _("There is nothing of this kind with this number."))
            told["target"] = found
        return told


def _found(kind: str, target: str) -> str:
    if kind == "app":
        return target if App.objects.filter(code=target).exists() else ""
    try:
        named = uuid.UUID(target)
    except ValueError:
        return ""
    there = (Record if kind == "record" else Party).objects.filter(pk=named).exists()
    return str(named) if there else ""
