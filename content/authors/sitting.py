"""One request of a window: the form joins through it, and the page saves through it.

The newest draft is asked for again, under a lock, when the page is saved: of two who save at the same moment the second joins.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Page, Revision

from content.authors.actions import own_draft, saved
from content.joining.join import Fields, Join, kept, read
from content.joining.merging import merge
from content.joining.plain import plain, values_of
from content.models.window import Window


@dataclass(kw_only=True)
class Sitting(Join):
    """A joining that knows its window."""

    window: Window

    def save(self, save: Callable[..., Revision], page: Page, **options: Any) -> Revision:
        """Save a revision of the page, and note what the window holds now."""
        with transaction.atomic():
            now = Page.objects.select_for_update().get(pk=page.pk).latest_revision
            if _state(now) != _state(self.newest):
                self._join_late(page, now)
            options.pop("overwrite_revision", None)
            if self.autosave:
                options["overwrite_revision"] = own_draft(
                    window=self.window, newest=now, by=options.get("user")
                )
            revision = save(**options)
            saved(window=self.window, revision=revision, held=self.held)
        return revision

    def _join_late(self, page: Page, now: Revision | None) -> None:
        """Somebody saved between our reading and our saving."""
        mine = plain(self.fields, values_of(page, self.fields))
        merged = merge(read(self.newest, self.fields), read(now, self.fields), mine, self.settled)
        if merged.conflicts:
            raise PermissionDenied(
                gettext("Somebody saved the same text at the same moment. Save once more.")
            )
        for name, value in self.changed(merged, mine).items():
            setattr(page, name, value)
        self.posted, self.joined = self.posted or mine, merged


def sitting_of(
    window: Window, page: Page, by: Any, *, autosave: bool, settled: Mapping[str, str]
) -> Sitting:
    """The sitting of a window that posts a page."""
    newest = page.get_latest_revision()
    known = (window.revision_id, window.seen_at)
    unknown = newest is not None and _state(newest) != known
    return Sitting(
        window=window,
        page=page,
        newest=newest,
        by=by,
        base=lambda fields: _base(window, fields),
        stale=unknown or window.held is not None,
        others=_authors(window, page) if unknown else [],
        settled=settled,
        autosave=autosave,
    )


def _base(window: Window, fields: Fields) -> dict[str, Any]:
    """What the window held. Of a window that nobody knows any more, nothing: all that differs is asked."""
    if window.held is not None:
        return kept(window.held, fields)
    return read(window.revision, fields)


def _state(revision: Revision | None) -> tuple[Any, Any]:
    return (revision.pk, revision.created_at) if revision else (None, None)


def _authors(window: Window, page: Page) -> list[Any]:
    found = Revision.page_revisions.filter(object_id=str(page.pk)).select_related("user")
    if window.seen_at:
        found = found.filter(created_at__gt=window.seen_at)
    users = {one.user_id: one.user for one in found.order_by("pk").defer("content")}
    return list(users.values())
