"""What is to be released at a date, and which releases were refused when their date came: readings of Wagtail's schedule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Revision

from builder.models import App

TOLD = 5


@dataclass(frozen=True)
class Planned:
    """A draft that goes live at a date. `cancel`: where that is taken back, for whoever may."""

    at: datetime
    title: str
    language: str
    note: str
    by: Any
    cancel: str


@dataclass(frozen=True)
class Refused:
    """A release at a date that did not happen, and why."""

    at: datetime
    title: str
    problems: str


@dataclass(frozen=True)
class Schedule:
    """The releases to come and those that were refused since the last version; `edit`: where a date is set."""

    planned: tuple[Planned, ...]
    refused: tuple[Refused, ...]
    edit: str


def schedule_of(app: App, user: Any) -> Schedule:
    """The schedule of an app's pages, as this person may use it."""
    pages = list(
        Page.objects.filter(translation_key=app.translation_key, alias_of__isnull=True)
        .select_related("locale")
        .order_by("pk")
    )
    source = pages[0] if pages else None
    may = source is not None and source.permissions_for_user(user).can_edit()
    return Schedule(
        planned=tuple(_planned(pages, user)),
        refused=tuple(_refused(app, pages)),
        edit=reverse("wagtailadmin_pages:edit", args=[source.pk]) if source and may else "",
    )


def _planned(pages: list[Page], user: Any) -> Iterator[Planned]:
    by_id = {str(page.pk): page for page in pages}
    rows = Revision.page_revisions.filter(
        object_id__in=by_id, approved_go_live_at__isnull=False
    ).select_related("user")
    for row in rows.order_by("approved_go_live_at"):
        page = by_id[row.object_id]
        may = page.permissions_for_user(user).can_unschedule()
        yield Planned(
            at=row.approved_go_live_at,
            title=row.content.get("title") or row.object_str,
            language=page.locale.language_code,
            note=row.content.get("version_note", ""),
            by=row.user,
            cancel=reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, row.pk])
            if may
            else "",
        )


def _refused(app: App, pages: list[Page]) -> Iterator[Refused]:
    """What was refused before the newest version was made is done with."""
    rows = PageLogEntry.objects.filter(action="content.veto", page__in=pages)
    newest = app.versions.order_by("-number").values_list("created_at", flat=True).first()
    if newest is not None:
        rows = rows.filter(timestamp__gt=newest)
    for row in rows.order_by("-timestamp")[:TOLD]:
        yield Refused(row.timestamp, row.label, row.data.get("problems", ""))
