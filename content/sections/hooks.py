"""What the workshop does around a shared section: it says what changes, and keeps what is used."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin import messages

from content.lists.hooks import tell_who_follows
from content.models.sections import SharedSection
from content.sections import views
from content.sections.sharing_texts import texts
from content.sections.sharing_views import make_shared
from content.sections.usage import is_used, uses_of


@hooks.register("register_admin_urls")
def own_urls() -> list[URLPattern]:
    return [
        path("shared-sections.json", views.all_sections, name="shared-sections"),
        path("shared-sections/<int:pk>/used/", views.used, name="shared-section-used"),
        path("shared-sections/of-page/<int:pk>/", make_shared, name="shared-section-make"),
        path("shared-sections/<str:code>/<int:number>/", views.section, name="shared-section"),
    ]


@hooks.register("before_delete_snippet")
def keep_what_is_included(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """A section that a script includes is not deleted: who tries is shown where. A translation only takes its texts away."""
    used = [
        one
        for one in instances
        if isinstance(one, SharedSection) and one.source().pk == one.pk and is_used(one)
    ]
    if not used:
        return None
    for shared in used:
        words = gettext(
            "“%(section)s” is included by scripts and cannot be deleted. Take it out of them first, or unpublish it."
        )
        messages.error(request, words % {"section": shared.title})
    return redirect("shared-section-used", used[0].pk)


@hooks.register("after_edit_snippet")
def say_which_scripts_follow(request: HttpRequest, instance: Any) -> None:
    """After a section was published: which scripts change at their next publishing."""
    if isinstance(instance, SharedSection) and "action-publish" in request.POST:
        tell_who_follows(request, uses_of(instance), "shared-section-used", instance.pk)


@hooks.register("insert_editor_js")
def script_of_sharing() -> SafeString:
    """What the editor of scripts needs to make a section a shared one, and back."""
    return format_html(
        '{}<script src="{}"></script>',
        json_script(texts(), "scriptorium-sharing-texts"),
        static("content/sharing.js"),
    )
