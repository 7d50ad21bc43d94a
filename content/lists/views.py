"""The workshop's pages of shared lists: the listing and editor (Wagtail's), where a list is used, loading a table, and what the
editor of scripts asks for.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from wagtail.snippets.views.snippets import SnippetViewSet

from builder.problems import say
from content.list_forms import LANGUAGES, LoadForm
from content.list_reading import first_language, merged, read_table
from content.lists.actions import load_choices
from content.lists.usage import uses_of
from content.models.lists import ChoiceList

TOLD_AT_MOST = 50
EDITIONS_AT_MOST = 20


class ChoiceListViewSet(SnippetViewSet):
    """Shared lists in the workshop's menu."""

    model = ChoiceList
    icon = "list-ul"
    menu_label = _("Shared lists")
    menu_order = 230
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ("title", "code", "count", "edition_number", "live")
    search_fields = ("title", "code")


def _editor(shared: ChoiceList) -> str:
    return reverse(ChoiceListViewSet().get_url_name("edit"), args=[quote(shared.pk)])


def _changeable(request: HttpRequest, pk: int) -> ChoiceList:
    if not request.user.has_perm("content.change_choicelist"):
        raise PermissionDenied(gettext("You may not change shared lists."))
    return get_object_or_404(ChoiceList, pk=pk)


@require_GET
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """Which questions take their choices from a list, and what their next publishing changes."""
    shared = _changeable(request, pk)
    uses = uses_of(shared)
    changing = dict.fromkeys(use.page.get_admin_display_title() for use in uses if use.changes)
    context = {
        "shared": shared,
        "uses": uses,
        "newest": shared.newest(),
        "changing": list(changing),
        "editor": _editor(shared),
    }
    return render(request, "content/list_used.html", context)


def load(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a table; bad lines are told by number, and then nothing is loaded."""
    shared = _changeable(request, pk)
    lock = shared.get_lock()
    if lock is not None and lock.for_user(request.user):
        messages.error(request, gettext("This list is locked. Nothing can be loaded into it now."))
        return redirect(_editor(shared))
    form = LoadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"shared": shared, "form": form, "editor": _editor(shared)}
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "content/list_load.html", context, status=status)
    codes = [code for code, _name in LANGUAGES]
    before = shared.get_latest_revision_as_object().choices
    first = first_language(before, codes)
    read = read_table(form.cleaned_data["text"], [first, *(c for c in codes if c != first)])
    if read.problems:
        told = [say(problem, gettext) for problem in read.problems]
        context |= {"problems": told[:TOLD_AT_MOST], "count": len(told)}
        context["more"] = max(0, len(told) - TOLD_AT_MOST)
        return render(request, "content/list_load.html", context, status=400)
    choices = read.choices
    if form.cleaned_data["way"] == "merge":
        choices = merged(before, choices)
    load_choices(shared=shared, choices=choices, by=request.user)
    words = ngettext(
        "%(n)s choice is in the draft of the list now. Publish it for scripts to see it.",
        "%(n)s choices are in the draft of the list now. Publish it for scripts to see them.",
        len(choices),
    )
    messages.success(request, words % {"n": len(choices)})
    return redirect(_editor(shared))


@require_GET
def all_lists(request: HttpRequest) -> JsonResponse:
    """The lists that a question may take its choices from, with their newest editions."""
    lists = [
        {
            "code": shared.code,
            "title": shared.title,
            "open": shared.live,
            "editions": [edition.number for edition in shared.editions.all()][:EDITIONS_AT_MOST],
        }
        for shared in ChoiceList.objects.prefetch_related("editions")
        if shared.first_published_at
    ]
    return JsonResponse({"lists": lists})


@require_GET
def choices(request: HttpRequest, code: str, number: int) -> JsonResponse:
    """The choices of an edition (the newest for 0) by name and label, and the values of their attributes."""
    editions = get_object_or_404(ChoiceList, code=code).editions.order_by("-number")
    edition = (editions.filter(number=number) if number else editions).first()
    rows = edition.choices if edition else []
    language = first_language(rows, [code for code, _name in LANGUAGES])
    attributes: dict[str, dict[str, None]] = {}
    for row in rows:
        for name, value in (row.get("attributes") or {}).items():
            attributes.setdefault(name, {})[value] = None
    told = [[row["name"], row["label"].get(language) or row["name"]] for row in rows]
    return JsonResponse(
        {
            "choices": told,
            "attributes": {name: list(values) for name, values in attributes.items()},
        }
    )
