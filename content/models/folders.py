"""The pages that hold others: the top of the tree, folders, and the trainers' folder."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

APPS = ["content.ScriptPage", "content.FormPage", "content.LessonPage", "content.DocumentPage"]


class Shelf(Page):
    """Shared: it has no address of its own."""

    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return HttpResponseRedirect(reverse("home"))

    def get_url_parts(self, request: HttpRequest | None = None) -> None:
        return None


class HomePage(Shelf):
    """The top of the tree."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [*APPS, "content.FolderPage", "content.LessonsPage"]

    class Meta:
        verbose_name = _("home")


class FolderPage(Shelf):
    """Pages that belong together."""

    parent_page_types: ClassVar[list[str]] = ["content.HomePage", "content.FolderPage"]
    subpage_types: ClassVar[list[str]] = [*APPS, "content.FolderPage"]

    class Meta:
        verbose_name = _("folder")
        verbose_name_plural = _("folders")


class LessonsPage(Shelf):
    """The trainers' folder: lessons only."""

    parent_page_types: ClassVar[list[str]] = ["content.HomePage"]
    subpage_types: ClassVar[list[str]] = ["content.LessonPage"]

    class Meta:
        verbose_name = _("lessons")
        verbose_name_plural = _("lessons")
