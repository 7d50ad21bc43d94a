"""The form of a shared list: a text for each language, one choice a line; and the form that loads a table into it."""

from itertools import islice
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from builder.problems import say
from content.list_reading import first_language, lines_of, read_lines

LANGUAGES = tuple(settings.WAGTAIL_CONTENT_LANGUAGES)
TOLD_AT_MOST = 10
MOST_BYTES = 4 * 1024 * 1024


def field_of(code: str) -> str:
    """The name of the field that holds a language's lines."""
    return f"lines_{code.replace('-', '_')}"


def _lines(code: str) -> forms.CharField:
    first = code == LANGUAGES[0][0]
    help_text = (
        _(
            "One choice a line: the label alone, or name = Label. What a filter may ask of a choice stands behind it: ghent = Ghent [province=east]. Up to 20,000 lines."
        )
        if first
        else _(
            "name = Label, with the names of the language above that has all choices. What is missing here is shown in that language."
        )
    )
    attributes = {"rows": 16 if first else 6, "spellcheck": "false", "data-builder-choices": ""}
    return forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs=attributes), help_text=help_text
    )


class _ChoiceListForm(WagtailAdminModelForm):
    """Lines that cannot be read are told by their numbers, and stay in their field."""

    class Media:
        js = ("builder/pasting.js",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [code for code, _name in LANGUAGES]
        choices = self.instance.choices
        first = first_language(choices, codes)
        for code in codes:
            self.initial[field_of(code)] = lines_of(choices, code, first=code == first)
        if self.instance.pk and self.instance.first_published_at:
            self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        texts = {code: cleaned.get(field_of(code)) or "" for code, _name in LANGUAGES}
        for code, read in read_lines(texts).items():
            told = [say(fault, gettext) for fault in islice(read.problems, TOLD_AT_MOST)]
            rest = len(read.problems) - len(told)
            if rest > 0:
                told.append(gettext("And %(n)s more lines.") % {"n": rest})
            if told:
                self.add_error(field_of(code), told)
            if read.choices:
                cleaned["choices"] = read.choices
        return cleaned

    def _post_clean(self) -> None:
        self.instance.choices = self.cleaned_data.get("choices", [])
        super()._post_clean()  # type: ignore[misc]  # Django's own step between cleaning and saving


ChoiceListForm = type(
    "ChoiceListForm",
    (_ChoiceListForm,),
    {field_of(code): _lines(code) for code, _name in LANGUAGES},
)


class LoadForm(forms.Form):
    """A table as a file, or pasted."""

    class Media:
        js = ("builder/pasting.js",)

    file = forms.FileField(
        label=_("CSV file"),
        required=False,
        help_text=_(
            "With the columns name, label, attributes; label_fr and the like for other languages; any other column is an attribute."
        ),
    )
    pasted = forms.CharField(
        label=_("Or pasted from a spreadsheet"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 10, "spellcheck": "false", "data-builder-choices": ""}
        ),
    )
    way = forms.ChoiceField(
        label=_("What is there already"),
        choices=[
            ("replace", _("is replaced")),
            ("merge", _("stays; the same names get the new labels")),
        ],
        initial="replace",
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 4 MB."))
        cleaned["text"] = _decoded(file.read()) if file else cleaned.get("pasted") or ""
        if not cleaned["text"].strip():
            raise forms.ValidationError(_("Choose a file, or paste the rows of a table."))
        return cleaned


def _decoded(data: bytes) -> str:
    """UTF-8, as most write it; else what spreadsheets of old wrote."""
    if b"\x00" in data:
        raise forms.ValidationError(
            _("This is no text file. Save the table as CSV in UTF-8 and choose that file.")
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
