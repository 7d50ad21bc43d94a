"""The flow map of a draft: the way through it, as a picture and in words, with what changed since it was published."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.models import Page

from builder import publish as publishing
from builder.flow import Map, Stop, draw, make, said
from content.models.base import AppPage


@require_safe
def flow_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft of a page, for whoever may edit it."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, AppPage):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    flow = _flow(page)
    context: dict[str, Any] = {"page": page, "editor": editor, "flow": flow}
    if flow is not None:
        link = _linker(editor)
        # `draw` escapes every text that it is given
        context["picture"] = mark_safe(draw(flow, link, gettext))  # noqa: S308
        parts = [("", flow.path), (gettext("Ends"), flow.outcomes)]
        parts.append((gettext("At any moment"), flow.sides))
        context["parts"] = [(title, _lines(stops, link)) for title, stops in parts if stops]
    return render(request, "content/flow.html", context)


def _flow(page: AppPage) -> Map | None:
    definition = publishing.draft(page.get_latest_revision_as_object())
    if definition is None or not (definition.sections or definition.outcomes):
        return None
    live = publishing.latest(page)
    return make(definition, live, page.locale.language_code, gettext)


def _linker(editor: str) -> Any:
    """A stop's block in the editor; what is gone has none."""
    return lambda stop: "" if stop.change == "removed" else f"{editor}#block-{stop.id}-section"


def _lines(stops: tuple[Stop, ...], link: Any) -> list[tuple[str, str, int]]:
    return [(said(stop, gettext), link(stop), stop.depth) for stop in stops]
