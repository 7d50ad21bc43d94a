"""Where somebody may make pages."""

from typing import Any

from wagtail.models import Page

from content.models import FolderPage, HomePage, LessonsPage


def places_for(user: Any, *, lessons: bool = False) -> Any:
    """The pages under which this person may begin something; a lesson also in the folder that holds nothing else."""
    kinds = (HomePage, FolderPage, LessonsPage) if lessons else (HomePage, FolderPage)
    shelves = Page.objects.type(*kinds).select_related("locale").order_by("path")
    allowed = [page.pk for page in shelves if page.permissions_for_user(user).can_add_subpage()]
    return Page.objects.filter(pk__in=allowed).select_related("locale").order_by("path")
