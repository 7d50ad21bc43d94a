"""The preview of a draft: the agent's screen, as whoever builds it has bound it (`builder.preview`)."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from builder import preview as bound
from builder.preview import Beside
from builder.publish import check, draft
from builder.views.problems import lines_of


def preview(page: Any) -> HttpResponse:
    """The screen of the page as it is written now, as far as it can be compiled, with what would veto it; plain texts where it
    cannot be drawn at all."""
    vetoes = check(page).vetoes
    definition = draft(page, unpublished=True)
    language = page.locale.language_code
    renderer = bound.renderer()
    lines = list(lines_of(page, vetoes, gettext))
    if definition is not None and definition.sections and renderer is not None:
        beside = _beside(page, [problem.place for problem in vetoes], lines)
        return HttpResponse(renderer(definition, language, beside))
    context = {
        "page": page,
        "language": language,
        "problems": lines,
        "sections": [] if definition is None else _plain(definition, language),
    }
    return HttpResponse(render_to_string("content/preview.html", context))


def _beside(page: Any, places: list[str], lines: list[str]) -> Beside:
    """A page that was never saved has no address yet."""
    problems = tuple(zip(places, lines, strict=True))
    if page.pk is None:
        return Beside(problems)
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    keep = reverse("script-tests-keep", args=[page.pk])
    return Beside(problems, f"{editor}#block-__block__-section", keep)


def _plain(definition: Any, language: str) -> list[dict[str, Any]]:
    """Titles and texts, where no screen is bound."""
    return [
        {
            "title": section.title.plain(language),
            "items": [
                getattr(item, "label", None) or getattr(item, "text", None)
                for item in section.items
            ],
        }
        for section in definition.sections
    ]
