"""The preview of a draft: the agent's screen, as whoever builds it has bound it (`builder.preview`)."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from builder import preview as bound
from builder.publish import check
from builder.views.problems import lines_of


def preview(page: Any) -> HttpResponse:
    """The screen of the page as it is written now; while it cannot be published, the reasons."""
    checked = check(page)
    language = page.locale.language_code
    renderer = bound.renderer()
    if checked.definition is not None and renderer is not None:
        return HttpResponse(renderer(checked.definition, language))
    context = {
        "page": page,
        "language": language,
        "problems": list(lines_of(page, checked.vetoes, gettext)),
        "sections": [] if checked.definition is None else _plain(checked.definition, language),
    }
    return HttpResponse(render_to_string("content/preview.html", context))


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
