"""What an administrator fills in about a token."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from builder.definition import CLEARANCE_WORDS
from runtime.api.actions.tokens import MOST_DAYS, Grant
from runtime.api.scopes import CLEARANCES, SCOPES
from runtime.queues.models import Campaign


class TokenForm(forms.Form):
    """A new token; nothing of it can be changed later, for what was let in once should stand in the log as it was."""

    title = forms.CharField(label=_("Title"), max_length=255, help_text=_("Which program has it."))
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=63,
        validators=[
            RegexValidator(
                r"\A[a-z0-9][a-z0-9-]*\Z",
                _("A code has small letters, digits and dashes only."),
            )
        ],
        help_text=_("One word; it stands in the access log at whatever the token opens."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(scope, words) for scope, words in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    clearance = forms.ChoiceField(
        label=_("What it may read of people"),
        choices=[(code, _(CLEARANCE_WORDS[code])) for code in CLEARANCES],
        help_text=_("Answers up to this clearance. Sealed answers leave by no token."),
    )
    campaigns = forms.ModelMultipleChoiceField(
        label=_("In these campaigns"),
        queryset=Campaign.objects.order_by("title"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    everywhere = forms.BooleanField(label=_("In all campaigns"), required=False)
    days = forms.IntegerField(
        label=_("Days until it ends"), min_value=1, max_value=MOST_DAYS, initial=90
    )
    rate = forms.IntegerField(
        label=_("Requests a minute, at most"), min_value=1, max_value=100_000, initial=600
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("everywhere")) == bool(told.get("campaigns")):
            self.add_error(
                "campaigns", _("Choose campaigns, or all of them: one of the two, not both.")
            )
        return told

    def grant(self) -> Grant:
        told = self.cleaned_data
        return Grant(
            title=told["title"],
            purpose=told["purpose"],
            scopes=tuple(told["scopes"]),
            clearance=told["clearance"],
            campaigns=None if told["everywhere"] else list(told["campaigns"]),
            rate=told["rate"],
        )
