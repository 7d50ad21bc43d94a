"""What the workshop does around a shared list: it says what changes, and keeps what is used."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin import messages

from content.lists import views
from content.lists.usage import is_used, uses_of
from content.models.lists import ChoiceList

TOLD_AT_MOST = 6


@hooks.register("register_admin_urls")
def own_urls() -> list[URLPattern]:
    return [
        path("shared-lists.json", views.all_lists, name="shared-lists"),
        path("shared-lists/<int:pk>/used/", views.used, name="shared-list-used"),
        path("shared-lists/<int:pk>/load/", views.load, name="shared-list-load"),
        path("shared-lists/<str:code>/<int:number>/", views.choices, name="shared-list-choices"),
    ]


@hooks.register("before_delete_snippet")
def keep_what_is_used(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """A list that a script names is not deleted: who tries is shown where it is used."""
    used = [one for one in instances if isinstance(one, ChoiceList) and is_used(one)]
    if not used:
        return None
    for shared in used:
        words = gettext(
            "“%(list)s” is used by scripts and cannot be deleted. Let their questions take their choices from elsewhere first, or unpublish the list."
        )
        messages.error(request, words % {"list": shared.title})
    return redirect("shared-list-used", used[0].pk)


@hooks.register("after_edit_snippet")
def say_who_follows(request: HttpRequest, instance: Any) -> None:
    """After a list was published: which scripts change at their next publishing."""
    if isinstance(instance, ChoiceList) and "action-publish" in request.POST:
        tell_who_follows(request, uses_of(instance), "shared-list-used", instance.pk)


def tell_who_follows(request: HttpRequest, uses: Iterable[Any], page: str, pk: int) -> None:
    """The scripts that change, and the way to the page that says where the shared thing is used."""
    titles = list(dict.fromkeys(u.page.get_admin_display_title() for u in uses if u.changes))
    if titles:
        words = gettext("These change when they are published the next time: %(titles)s.")
        more = ", …" if titles[TOLD_AT_MOST:] else ""
        told = words % {"titles": ", ".join(titles[:TOLD_AT_MOST]) + more}
        button = messages.button(reverse(page, args=[pk]), gettext("Where it is used"))
        messages.info(request, told, [button])
