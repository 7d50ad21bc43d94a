"""Forms of the do-not-contact list."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.parties.barring import REASONS, WAYS
from runtime.queues.lists.cells import BadCell, way
from runtime.queues.lists.columns import LABELS
from runtime.queues.lists.reading import BYTES_AT_MOST


class GroundsForm(forms.Form):
    """Why, and until when."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[(code, gettext_lazy(words)) for code, words in REASONS.items()],
    )
    until = forms.DateField(
        label=gettext_lazy("Until (empty: for good)"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )

    def clean_until(self) -> datetime | None:
        """The end of that day."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


class WayField(forms.CharField):
    """A number or a mail address as somebody writes it; cleaned, its kind and how it is kept."""

    def clean(self, value: Any) -> tuple[str, str]:
        written = super().clean(value)
        kind = "email" if "@" in written else "phone"
        try:
            return kind, way(kind, written, timezone.localdate())
        except BadCell:
            raise forms.ValidationError(
                _("Write a phone number that can be dialled, or an e-mail address.")
            ) from None


class WayForm(GroundsForm):
    way = WayField(
        label=gettext_lazy("Phone number or e-mail address"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    field_order = ("way", "reason", "until")


class LookForm(forms.Form):
    looked_for = WayField(
        label=gettext_lazy("Phone number or e-mail address"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class BarListForm(GroundsForm):
    file = forms.FileField(label=gettext_lazy("CSV file"))
    field_order = ("file", "reason", "until")

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > BYTES_AT_MOST:
            raise forms.ValidationError(
                _("The file is larger than %(megabytes)s MB.")
                % {"megabytes": BYTES_AT_MOST // 1024**2}
            )
        return bytes(file.read())


KINDS = {"party": gettext_lazy("Person"), **{kind: gettext_lazy(LABELS[kind]) for kind in WAYS}}
