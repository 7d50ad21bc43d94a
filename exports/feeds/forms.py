"""Forms of institutes and feeds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from builder.models import App
from exports.feeds.folders import FOLDER
from exports.feeds.models import Feed, Institute


class InstituteForm(forms.ModelForm):  # type: ignore[type-arg]
    """Code and title; the code is chosen once."""

    class Meta:
        model = Institute
        fields = ("code", "title")
        labels = {"code": _("Code"), "title": _("Title")}
        help_texts = {
            "code": _("Chosen once: the pseudonyms sent to the institute are derived from it.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = self.instance.pk is not None


class FeedForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a feed is, without its columns. Code, institute and app are chosen once."""

    app = forms.ModelChoiceField(App.objects.none(), label=_("App"))

    class Meta:
        model = Feed
        fields = ("code", "title", "institute", "app", "folder", "purpose", "open")
        labels = {
            "code": _("Code"),
            "title": _("Title"),
            "institute": _("Institute"),
            "folder": _("Folder"),
            "purpose": _("Purpose"),
            "open": _("In use"),
        }
        help_texts = {
            "folder": _("Below the folder of deliveries, where the institute fetches its files."),
            "purpose": _("Why these data are sent; written to the access log with each delivery."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["app"].queryset = App.objects.exclude(kind="document").order_by("title")  # type: ignore[attr-defined]
        for name in ("code", "institute", "app"):
            self.fields[name].disabled = self.instance.pk is not None

    def clean_folder(self) -> str:
        """A folder below the deliveries, by name alone."""
        folder: str = self.cleaned_data["folder"].strip()
        if not FOLDER.fullmatch(folder):
            raise forms.ValidationError(
                _("A folder's name has letters, digits, - and _; a stroke goes one folder deeper.")
            )
        return folder
