"""What a data officer fills in to erase one person."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.parties.models import Party
from runtime.workspace.find_references import person_of

WHY = (
    ("their_wish", gettext_lazy("The person asked for it")),
    ("by_mistake", gettext_lazy("It was kept by mistake")),
    ("unlawful", gettext_lazy("It may not be kept any longer")),
)
LONGEST = 120


class WhoForm(forms.Form):
    """Who is meant, and why they go. `cleaned_data["party"]` is the person."""

    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Of one of their records, the number of a document, or the person’s number in the access log."
        ),
    )
    purpose = forms.ChoiceField(label=gettext_lazy("Why"), choices=WHY)

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or {})
        if told.get("reference"):
            party = meant(told["reference"])
            if party is None:
                self.add_error("reference", _("Nobody has this reference."))
            else:
                told["party"] = party
        return told


class SureForm(WhoForm):
    """The reference once more: what goes cannot be brought back."""

    again = forms.CharField(
        label=gettext_lazy("The same reference once more"),
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Read it from the request again."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("reference", "purpose"):
            self.fields[name].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("again") and told.get("party") != meant(told["again"]):
            self.add_error("again", _("This is not the same reference. Nothing was erased."))
        return told


def meant(text: str) -> Party | None:
    """The person of a reference, or of their own number."""
    try:
        return Party.objects.filter(pk=uuid.UUID(text.strip())).first()
    except ValueError:
        found = person_of(text, None)  # this page is for those of the whole organisation
        return found[0] if found else None
