"""What an administrator fills in about a token."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from builder.definition import CLEARANCE_WORDS
from runtime.api.actions.tokens import MOST_DAYS, Grant
from runtime.api.scopes import CLEARANCES, SCOPES
from runtime.people.models import Unit
from runtime.people.reach import reach_of_unit
from runtime.queues import scope
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
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Unit"),
        required=False,
        empty_label=_("the whole organisation"),
        help_text=_("It reads what the people of this unit see, and changes what they may."),
    )
    campaigns = forms.ModelMultipleChoiceField(
        label=_("In these campaigns"),
        queryset=Campaign.objects.none(),
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

    def __init__(self, data: Any, user: Any) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["campaigns"].queryset = scope.campaigns(user).order_by("title")
        unit = fields["unit"]
        unit.queryset = scope.owners(user).order_by("title")
        unit.required = not scope.is_whole(user)
        if unit.required:
            unit.empty_label = None
        elif not unit.queryset.exists():  # nothing to choose: units are not in use
            del self.fields["unit"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self._check_unit(told)
        if bool(told.get("everywhere")) == bool(told.get("campaigns")):
            self.add_error(
                "campaigns", _("Choose campaigns, or all of them: one of the two, not both.")
            )
        return told

    def _check_unit(self, told: dict[str, Any]) -> None:
        """Campaigns that the unit does not see would be chosen in vain."""
        unit, chosen = told.get("unit"), told.get("campaigns")
        if unit is None or not chosen:
            return
        if chosen.exclude(pk__in=scope.campaigns(reach_of_unit(unit.pk))).exists():
            self.add_error("campaigns", _("The people of this unit do not see all of these."))

    def grant(self) -> Grant:
        told = self.cleaned_data
        return Grant(
            title=told["title"],
            purpose=told["purpose"],
            scopes=tuple(told["scopes"]),
            clearance=told["clearance"],
            campaigns=None if told["everywhere"] else list(told["campaigns"]),
            unit=told.get("unit"),
            rate=told["rate"],
        )
