"""What an administrator fills in about people."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from runtime.people.models import Unit
from runtime.workspace.log_asked import Person, person_of
from runtime.workspace.log_words import DEED_CHOICES

# Whom one may make here. Partners and citizens get their accounts where something is shared with them.
ROLES = (
    ("editor", _("Editor: writes and publishes scripts, forms, documents")),
    ("trainer", _("Trainer: writes lessons")),
    ("reviewer", _("Reviewer: approves content")),
    ("agent", _("Agent: calls people, finds records")),
    ("supervisor", _("Supervisor: runs campaigns and queues")),
    ("data_officer", _("Data officer: exports, feeds, documents")),
    ("admin", _("Administrator: people, roles, history")),
    ("auditor", _("Auditor: reads the access log")),
)


class RolesField(forms.MultipleChoiceField):
    """Any of the roles, as checkboxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=ROLES, label=_("Roles"), required=False, **options)


class UnitField(forms.ModelChoiceField):
    """Where a person belongs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Unit.objects.filter(active=True).order_by("title"),
            label=_("Unit"),
            required=False,
            empty_label=_("the whole organisation"),
            help_text=_(
                "A person sees the work of their own unit, of those below it and above it."
            ),
            **options,
        )


class PersonForm(forms.Form):
    """A new person; the password is set by the person, through a link."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Where a forgotten password is set anew."),
    )
    unit = UnitField()
    roles = RolesField()

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if get_user_model().objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("This user name is taken. Choose another."))
        return name

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email and get_user_model().objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Somebody else has this address."))
        return email


class RolesForm(forms.Form):
    """The roles of a person, and where they belong."""

    roles = RolesField()
    unit = UnitField()
    also = forms.ModelMultipleChoiceField(
        Unit.objects.filter(active=True).order_by("title"),
        label=_("Leads these units too"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class LogFilter(forms.Form):
    """Which rows of the access log to show."""

    who = forms.CharField(label=_("User name"), required=False)
    deed = forms.ChoiceField(
        label=_("Deed"),
        required=False,
        choices=[("", _("any")), *DEED_CHOICES],
    )
    purpose = forms.CharField(label=_("Purpose"), required=False)
    person = forms.CharField(
        label=_("Person: reference or number"),
        required=False,
        max_length=64,
    )
    record = forms.UUIDField(label=_("Record"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def clean_person(self) -> Person | None:
        """Who is meant (`log_asked.Person`), if anybody."""
        text = self.cleaned_data["person"].strip()
        found = person_of(text) if text else None
        if text and found is None:
            raise forms.ValidationError(
                _("Nobody has this reference. Type it as it was told, or a number from the log.")
            )
        return found
