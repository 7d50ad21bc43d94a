"""The first page of a public form, and its beginning."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from builder import public_forms
from builder.models import PublicForm
from runtime.queues.questions import newest_version
from runtime.records.actions import AppClosed
from runtime.selfservice import actions
from runtime.selfservice.drawing import public_definition
from runtime.selfservice.limits import BEGUN_FORM, BEGUN_HERE
from runtime.selfservice.pages import (
    is_too_often,
    language_words,
    public_page,
    seat_path,
    seated,
    speaking,
    told,
    too_often,
)

TRAP = "website"  # a field that nobody sees: what fills it in is a program


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, code: str) -> HttpResponse:
    """What it is about, in which language; begun by a button."""
    row = public_forms.open_form(code)
    version = newest_version(row.app_id) if row else None
    if row is None or version is None:
        raise Http404
    definition = public_definition(version)
    language = _language(request, definition.languages)
    with speaking(language):
        if request.method == "POST":
            return _begin(request, row, language)
        title = "".join(
            part
            for part in definition.title.of(language, definition.source)
            if isinstance(part, str)
        )
        context = {
            "title": title,
            "form": row,
            "before": text_of(row, "before", language, definition.source),
            "language": language,
            "languages": language_words(definition.languages),
            "steps": len(definition.sections),
            "trap": TRAP,
        }
        response = render(request, "selfservice/begin.html", context)
        response["X-Robots-Tag"] = "nofollow"
        return response


def text_of(row: PublicForm | None, part: str, language: str, source: str) -> str:
    """What the editor wrote for the first or the last page, in this language or else the source's."""
    texts = row.texts if row else {}
    return str(
        texts.get(language, {}).get(part, "") or texts.get(source, {}).get(part, "")
    ).strip()


def _language(request: HttpRequest, languages: tuple[str, ...]) -> str:
    asked = request.POST.get("language") or request.GET.get("language") or ""
    wished = (asked, request.LANGUAGE_CODE, languages[0])
    return next(code for code in wished if code in languages)


def _begin(request: HttpRequest, row: PublicForm, language: str) -> HttpResponse:
    if request.POST.get(TRAP):
        words = _(
            "Something was written into a field that nobody sees. Go back, empty it and try again."
        )
        return told(request, _("This form was not begun"), words, status=400)
    limit = is_too_often(request, (BEGUN_HERE, ""), (BEGUN_FORM, row.app.code))
    if limit is not None:
        return too_often(request, limit)
    version = newest_version(row.app_id)
    try:
        if version is None:
            raise AppClosed(row.app.code)
        filling = actions.begin(version=version, language=language)
    except AppClosed:
        words = _("This form is closed now. Nothing was begun.")
        return told(request, _("This form is closed"), words, status=409)
    seat, secret = actions.sit_down(filling=filling)
    return seated(redirect(seat_path(seat)), seat, secret)
