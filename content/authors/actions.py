"""Windows of the editor page: opened, and what they hold after each saving. The only writer of Window; the actor is `by`."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from content.models.window import Window

KEPT = timedelta(days=30)


def open_window(
    *, token: str, page: Page, revision: Revision | None, by: Any, **more: Any
) -> Window:
    """A window that shows this revision. Those that were opened a month ago are forgotten. `more` says that it wrote it, or
    what it holds instead."""
    now = timezone.now()
    Window.objects.filter(opened_at__lt=now - KEPT).delete()
    return Window.objects.create(
        token=token,
        page_id=page.pk,
        user=by,
        revision=revision,
        seen_at=revision.created_at if revision else None,
        **more,
        opened_at=now,
    )


def saved(*, window: Window, revision: Revision, held: dict[str, Any] | None) -> None:
    """What the window posted is in this revision, joined with what others wrote where it holds something else."""
    window.revision, window.seen_at, window.wrote = revision, revision.created_at, True
    window.held = held
    window.save(update_fields=["revision", "seen_at", "wrote", "held"])


def own_draft(*, window: Window, newest: Revision | None, by: Any) -> Revision | None:
    """The newest revision, where autosave may write over it: this window wrote it, nobody else has it open, and it is not out."""
    if newest is None or not window.wrote or newest.pk != window.revision_id:
        return None
    shown = Window.objects.filter(revision=newest, held__isnull=True).exclude(pk=window.pk)
    out = newest.approved_go_live_at or Page.objects.filter(live_revision=newest).exists()
    return None if out or newest.user_id != getattr(by, "pk", None) or shown.exists() else newest
