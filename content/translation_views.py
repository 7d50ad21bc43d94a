"""The translations of a script: how far each language is, what is missing or stale, and the ways to mend it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from builder import publish as publishing
from builder.definition import Definition
from builder.definition.translated import Pair, pairs
from content import tasks, translations
from content.models import AppPage
from content.translating_rights import may_write

AT_ONCE = 150  # texts: about a second
LARGEST = 4_000_000  # bytes of a PO file
WRITING = ("send", "po")  # deeds that write the translation's page
SHOWN = 200  # of one language; the rest is counted


@require_http_methods(["GET", "HEAD", "POST"])
def translations_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the newest draft, for whoever may edit the page."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, AppPage):
        raise Http404
    source = publishing.family(page)[0]
    if not source.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    drafted = source.get_latest_revision_as_object()
    definition = publishing.draft(drafted)
    if request.method == "POST":
        _deed(request, source, definition)
        return HttpResponseRedirect(reverse("translations", args=[source.pk]))
    context = {
        "page": source,
        "own": dict(settings.LANGUAGES).get(source.locale.language_code, ""),
        "editor": reverse("wagtailadmin_pages:edit", args=[source.pk]),
        "languages": [] if definition is None else _languages(drafted, definition, request.user),
        "unreadable": definition is None,
    }
    return render(request, "content/translations.html", context)


def _languages(page: AppPage, definition: Definition, user: Any) -> list[dict[str, Any]]:
    names = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    locales = Locale.objects.exclude(pk=page.locale_id).filter(language_code__in=names)
    return [
        {
            **_language(page, definition, locale, str(names[locale.language_code])),
            "may": may_write(page, locale, user),
        }
        for locale in locales
    ]


def _language(page: AppPage, definition: Definition, locale: Locale, name: str) -> dict[str, Any]:
    code = locale.language_code
    target = page.get_translation_or_none(locale)
    begun = target is not None and target.alias_of_id is None
    found = translations.standing(page.translation_key, definition, code)
    under = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=locale, enabled=True
    ).first()
    rows = [("missing", pair, "") for pair in found.missing]
    rows += [("stale", pair, was) for pair, was in found.stale]
    return {
        "code": code,
        "name": name,
        "wanted": code in page.complete_in,
        "begun": begun,
        "live": begun and target.live,
        "editor": reverse("wagtailadmin_pages:edit", args=[target.pk]) if begun else "",
        "standing": found,
        "percent": 100 * found.fresh // max(found.texts, 1),
        "rows": rows[:SHOWN],
        "more": len(rows[SHOWN:]),
        "po": under.pk if under is not None else None,
    }


def _deed(request: HttpRequest, page: AppPage, definition: Definition | None) -> None:
    language = request.POST.get("language", "")
    locale = Locale.objects.filter(language_code=language).exclude(pk=page.locale_id).first()
    if locale is None or language not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
        messages.error(request, gettext("This is no language here any more."))
    elif request.POST.get("deed") in WRITING and not may_write(page, locale, request.user):
        messages.error(request, gettext("You may not write its pages in this language."))
    elif request.POST.get("deed") == "send":
        _send(request, page, definition, language)
    elif request.POST.get("deed") == "po":
        _take_in(request, page, locale)
    elif definition is not None:
        _approve(request, page, definition, language)


def _send(
    request: HttpRequest, page: AppPage, definition: Definition | None, language: str
) -> None:
    """At once, or by the worker where it would take longer than somebody waits."""
    if definition is not None and len(list(pairs(definition, language))) > AT_ONCE:
        tasks.send_to_translators.enqueue(page.pk, language, request.user.pk)
        messages.success(
            request,
            gettext("The translators are given the newest draft; that takes up to a minute."),
        )
        return
    translations.send(page=page, languages=[language], by=request.user)
    messages.success(request, gettext("The translators have the newest draft now."))


def _take_in(request: HttpRequest, page: AppPage, locale: Locale) -> None:
    """A PO file that was downloaded here and filled in elsewhere."""
    sent = request.FILES.get("file")
    text = sent.read(LARGEST + 1) if sent is not None else b""
    try:
        translations.take_in(page=page, locale=locale, po=text[:LARGEST], by=request.user)
    except translations.NotTakenIn as why:
        messages.error(request, gettext(str(why)))
    else:
        messages.success(request, gettext("The texts of the file are in the translation's draft."))


def _approve(request: HttpRequest, page: AppPage, definition: Definition, language: str) -> None:
    """One translation, as it was shown; or all that are stale."""
    asked = Pair(*(request.POST.get(name, "") for name in ("block", "source", "text")))
    if request.POST.get("deed") == "approve-all":
        found = translations.standing(page.translation_key, definition, language)
        approved = [pair for pair, _was in found.stale]
    else:
        approved = [pair for pair in pairs(definition, language) if _same(pair, asked)]
        approved = [Pair(pair.block, pair.source, pair.text or pair.source) for pair in approved]
    if not approved:
        messages.error(request, gettext("This text has changed meanwhile; look at it again."))
        return
    translations.approve(page=page, language=language, approved=approved, by=request.user)
    messages.success(request, gettext("Noted."))


def _same(pair: Pair, asked: Pair) -> bool:
    """Browsers send line ends of their own."""
    return [part.split() for part in (pair.block, pair.source, pair.text)] == [
        part.split() for part in (asked.block, asked.source, asked.text)
    ]
