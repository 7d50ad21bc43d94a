"""The check of a draft: what is wrong with it, by severity, and how each of its blocks is reached; how far it is while that is proved."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from builder import definition as definitions
from builder.checks import kept
from builder.checks.panel import Panel, panel
from builder.problems import gettext_noop
from builder.proof import SEVERITY_WORDS, Standing
from builder.views.problems import places_of
from content.check_plays import WAY, key_of, run_of
from content.models.base import AppPage

STANDING_WORDS = {
    Standing.UNREACHABLE: gettext_noop("Cannot be reached"),
    Standing.UNDECIDED: gettext_noop("Not decided"),
    Standing.REACHED: gettext_noop("Reached"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft of a page, for whoever may edit it; a POST looks again where it was stopped or failed."""
    page = _page(request, pk)
    drafted = page.get_latest_revision_as_object()
    found = panel(drafted, again=request.method == "POST")
    if request.method == "POST":
        return HttpResponseRedirect(reverse("check", args=[page.pk]))
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    places = _Places(drafted, editor)
    context = {
        "page": page,
        "editor": editor,
        "panel": found,
        "proof": found.proof,
        "under_way": found.proof is not None and found.proof.state in kept.UNDER_WAY,
        "groups": _groups(found, places),
        "blocks": _blocks(found, places),
    }
    return render(request, "content/check.html", context)


@require_safe
def check_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """How far the proof is."""
    proof = panel(_page(request, pk).get_latest_revision_as_object(), prove=False).proof
    if proof is None:
        return JsonResponse({"ended": True, "decided": 0, "questions": 0})
    figures = {"decided": proof.decided, "questions": proof.questions}
    return JsonResponse({"ended": proof.state not in kept.UNDER_WAY, **figures})


@require_safe
def check_status(request: HttpRequest, pk: int) -> JsonResponse:
    """One line for the editor: what is known of the draft as it was saved last. Nothing is proved for it."""
    found = panel(_page(request, pk).get_latest_revision_as_object(), prove=False)
    return JsonResponse({"words": capfirst(said(found))})


def said(found: Panel) -> str:
    """How many lines of each severity, in one line."""
    counted = found.counts
    told = [
        f"{gettext(word)}: {counted[one.value]}"
        for one, word in SEVERITY_WORDS.items()
        if counted[one.value]
    ]
    if found.is_whole:
        return ", ".join(told) or gettext("Nothing is wrong with this draft.")
    return ", ".join([*told, gettext("what follows from the answers was not looked at yet")])


@require_POST
def check_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody waits for it any more."""
    page = _page(request, pk)
    proof = panel(page.get_latest_revision_as_object(), prove=False).proof
    if proof is not None:
        kept.stop(proof)
    return HttpResponseRedirect(reverse("check", args=[page.pk]))


@require_safe
def check_ways(request: HttpRequest, pk: int) -> JsonResponse:
    """Everything that was found as data, with the commands that play it: for a preview that can, and for tests."""
    found = panel(_page(request, pk).get_latest_revision_as_object(), prove=False)
    definition = found.definition
    return JsonResponse(
        {
            "app": "" if definition is None else definition.name,
            "sha256": "" if definition is None else definitions.sha256(definition),
            "today": found.day,
            "lines": [asdict(line) for line in found.lines],
            "blocks": dict(found.blocks),
        }
    )


@require_safe
def check_play(request: HttpRequest, pk: int, key: str) -> JsonResponse:
    """The run of a witness, for the preview beside the editor; 404 where the draft that is checked now has none of that key."""
    run = run_of(panel(_page(request, pk).get_latest_revision_as_object(), prove=False), key)
    return JsonResponse({} if run is None else run, status=404 if run is None else 200)


def _page(request: HttpRequest, pk: int) -> AppPage:
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, AppPage):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


class _Places:
    """Where a line or a block stands: in words, and its address in the editor."""

    def __init__(self, page: AppPage, editor: str) -> None:
        self.places, self.editor = places_of(page), editor

    def where(self, place: str) -> dict[str, str]:
        """A place; the page itself where it is no block of it."""
        words, block = self.places.get(place, ("", ""))
        return {"where": words or gettext("The page"), "link": self.editor + _anchor(block)}

    def play(self, code: str, place: str, shown: Mapping[str, Any] | None) -> str:
        """The address that plays a witness beside its block; nothing where there is none."""
        key, block = key_of(code, place, shown), self.places.get(place, ("", ""))[1]
        return f"{self.editor}?play={key}{_anchor(block)}" if key else ""


def _anchor(block: str) -> str:
    return f"#block-{block}-section" if block else ""


def _groups(found: Panel, places: _Places) -> list[dict[str, Any]]:
    """The lines by severity, the worst first."""
    groups = []
    for severity, word in SEVERITY_WORDS.items():
        lines = [line for line in found.lines if line.severity == severity.value]
        told = [
            {
                **asdict(line),
                **places.where(line.place),
                "play": places.play(line.code, line.place, line.shown),
            }
            for line in lines
        ]
        groups.append({"severity": severity.value, "word": gettext(word), "lines": told})
    return groups


def _blocks(found: Panel, places: _Places) -> list[dict[str, Any]]:
    """By standing, what nobody reaches first: how many, and each with its way there."""
    groups = []
    for standing, word in STANDING_WORDS.items():
        rows = [
            {
                **block,
                **places.where(place),
                "play": places.play(WAY, place, block.get("shown")),
            }
            for place, block in found.blocks.items()
            if block["standing"] == standing.value
        ]
        groups.append({"standing": standing.value, "word": gettext(word), "rows": rows})
    return [group for group in groups if group["rows"]]
