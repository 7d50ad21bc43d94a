"""The data dictionary of a version: a page to read and to print; holds no answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from builder.models import App, Version, definition_of
from exports.dictionary import dictionary as made


@require_GET
def dictionary(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Conditions speak the labels of `?in=`, else of the reader's language, else of the source language."""
    app = get_object_or_404(App, code=code)
    version = Version.objects.filter(app=app, number=number).defer("bodies").first()
    if version is None:
        words = {"app": app.title, "number": number}
        raise Http404(gettext("%(app)s has no version %(number)s.") % words)
    definition = definition_of(version)
    asked = (request.GET.get("in", ""), get_language() or "")
    language = next((one for one in asked if one in definition.languages), definition.source)
    context = {
        "app": app,
        "version": version,
        "dictionary": made(definition, language),
        "read_in": language,
        "written_in": definition.languages,
    }
    return render(request, "exports/dictionary.html", context)
