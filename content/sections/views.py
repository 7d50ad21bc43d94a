"""The workshop's pages of shared sections: the listing and editor (Wagtail's), where a section is used, and what the editor of
scripts asks for.
"""

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from wagtail.snippets.views.snippets import SnippetViewSet

from builder.compile import INCLUSION, included_section
from builder.shared import problems_of_section
from content.models.sections import SharedSection
from content.sections.resolving import resolve
from content.sections.usage import uses_of

EDITIONS_AT_MOST = 20


class SharedSectionViewSet(SnippetViewSet):
    """Shared sections in the workshop's menu."""

    model = SharedSection
    icon = "folder-inverse"
    menu_label = _("Shared sections")
    menu_order = 231
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ("title", "code", "edition_number", "live")
    search_fields = ("title", "code")


@require_GET
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """Which scripts include a section, what their next publishing changes, and what the section reads from them."""
    if not request.user.has_perm("content.change_sharedsection"):
        raise PermissionDenied(gettext("You may not change shared sections."))
    shared = get_object_or_404(SharedSection, pk=pk)
    source, uses = shared.source(), uses_of(shared)
    changing = dict.fromkeys(use.page.get_admin_display_title() for use in uses if use.changes)
    newest = source.newest()
    context = {
        "shared": source,
        "uses": uses,
        "newest": newest,
        "languages": sorted(newest.bodies) if newest else [],
        "outside": problems_of_section(source.body)[1],
        "changing": list(changing),
        "editor": reverse(SharedSectionViewSet().get_url_name("edit"), args=[quote(shared.pk)]),
    }
    return render(request, "content/section_used.html", context)


@require_GET
def all_sections(request: HttpRequest) -> JsonResponse:
    """The sections that a script may include, with their newest editions."""
    listed = [
        {
            "code": shared.code,
            "title": shared.title,
            "open": shared.live,
            "editions": [edition.number for edition in shared.editions.all()][:EDITIONS_AT_MOST],
        }
        for shared in SharedSection.objects.prefetch_related("editions")
        if shared.editions.all()
    ]
    return JsonResponse({"lists": listed})


@require_GET
def section(request: HttpRequest, code: str, number: int) -> JsonResponse:
    """A section (its newest edition for 0) as the editor page would hold it in place of the inclusion `in`, with its `prefix`."""
    shared = resolve(code, number or None)
    state: dict[str, object] = {"items": []}
    if not shared.fault:
        value = {"prefix": request.GET.get("prefix", "")[:63]}
        block = {"type": INCLUSION, "id": request.GET.get("in", "")[:63], "value": value}
        found = next(iter(included_section(block, shared).values()))
        field = SharedSection.body.field.stream_block.child_blocks["section"]  # type: ignore[attr-defined]
        state = field.get_form_state(field.to_python(found["value"]))
    languages = list(shared.bodies)
    return JsonResponse({"title": shared.title, "state": state, "languages": languages})
