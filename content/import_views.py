"""The workshop's page “Import a form”: a file goes up, a draft comes out, with a list of what had no place."""

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from builder.interchange import INTERCHANGES, Reading
from builder.problems import Problem, say
from content.codes import CODE
from content.imports import NotImported, import_form
from content.places import places_for

MOST_BYTES = 12 * 1024 * 1024
PLACES_SHOWN = 12


class ImportForm(forms.Form):
    """The file, and where its page shall stand."""

    file = forms.FileField(label=_("File"), help_text=_("A FHIR Questionnaire as JSON."))
    format = forms.ChoiceField(
        label=_("Format"), choices=[(row.name, row.label) for row in INTERCHANGES]
    )
    code = forms.RegexField(
        label=_("Code"),
        regex=CODE,
        required=False,
        help_text=_("The app's name in addresses and files. Left empty, it is made of the title."),
    )
    parent = forms.ModelChoiceField(
        label=_("Under the page"), queryset=Page.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = places_for(user)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 12 MB."))
        return file


def import_page(request: HttpRequest) -> HttpResponse:
    """Asks for the file; with one, makes the draft and shows what the reader said."""
    if not places_for(request.user).exists():
        raise PermissionDenied(gettext("You may not make pages."))
    form = ImportForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "content/import.html", {"form": form}, status=status)
    return _import(request, form)


def _import(request: HttpRequest, form: ImportForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        imported = import_form(
            data=given["file"].read(),
            by=request.user,
            code=given["code"],
            parent=given["parent"].specific,
            file_format=given["format"],
        )
    except NotImported as refused:
        context = {"form": form, "problems": _told(refused.reading.problems)}
        return render(request, "content/import.html", context, status=400)
    return render(request, "content/imported.html", _context(imported.page, imported.reading))


def _context(page: Any, reading: Reading) -> dict[str, Any]:
    assert reading.body is not None  # noqa: S101 there is a page of it
    language = reading.body.language
    return {
        "page_made": page,
        "sections": len(reading.body.sections),
        "questions": len(reading.body.questions()),
        "problems": _told(reading.problems),
        "losses": _told(reading.losses),
        "other_language": language if language and language != page.locale.language_code else "",
    }


def _told(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """The same sentence once, with the places it is said of."""
    places: dict[str, list[str]] = {}
    for problem in problems:
        places.setdefault(say(problem, gettext), []).append(problem.place)
    counted = Counter({words: len(found) for words, found in places.items()})
    return [
        {
            "words": words,
            "places": ", ".join(filter(None, places[words][:PLACES_SHOWN])),
            "more": max(0, count - PLACES_SHOWN),
        }
        for words, count in counted.items()
    ]
