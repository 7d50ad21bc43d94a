"""Where Wagtail's editor asks us: before a page is edited, and after it was saved or made."""

import re
import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from content.authors.actions import open_window
from content.authors.sitting import sitting_of
from content.joining.join import as_held
from content.joining.told import sentence
from content.models import AppPage
from content.models.window import Window

TOKEN = re.compile(r"[0-9a-f]{32}\Z")
SETTLE = "settle-"


@hooks.register("before_edit_page")
def sit_down(request: HttpRequest, page: Any) -> None:
    """A page that is shown is a window; a page that is posted comes from one."""
    if not isinstance(page, AppPage) or page.alias_of_id:
        return
    if request.method == "GET":
        page.window = secrets.token_hex(16)
        newest = page.get_latest_revision()
        held = None if newest else as_held(page)
        open_window(token=page.window, page=page, revision=newest, by=request.user, held=held)
        return
    window = _window(request, page)
    if window is not None:
        settled = {
            name.removeprefix(SETTLE): str(side)
            for name, side in request.POST.items()
            if name.startswith(SETTLE)
        }
        autosave = not request.accepts("text/html")
        page.sitting = request.sitting = sitting_of(
            window, page, request.user, autosave=autosave, settled=settled
        )


def _window(request: HttpRequest, page: AppPage) -> Window | None:
    """The window that posts; one that was forgotten is opened anew, and knows nothing."""
    token = request.POST.get("window", "")
    if not TOKEN.match(token):
        return None
    window = Window.objects.filter(token=token).select_related("revision", "user").first()
    if window is None:
        return open_window(token=token, page=page, revision=None, by=request.user)
    return window if window.page_id == page.pk else None


@hooks.register("after_create_page")
def made_here(request: HttpRequest, page: Any) -> None:
    """The window in which a page was made goes on editing it."""
    token = request.POST.get("window", "")
    if isinstance(page, AppPage) and TOKEN.match(token) and not Window.objects.filter(token=token):
        newest = page.get_latest_revision()
        open_window(token=token, page=page, revision=newest, by=request.user, wrote=True)


@hooks.register("after_edit_page")
def say_joined(request: HttpRequest, page: Any) -> None:
    """After a button: Wagtail's messages. An autosave says it in its answer."""
    sitting = getattr(request, "sitting", None)
    said = sentence(sitting) if sitting and not sitting.autosave else ""
    if said:
        messages.info(request, said)


@hooks.register("insert_editor_js")
def script_of_authors() -> str:
    return format_html('<script src="{}"></script>', static("content/authors.js"))
