"""Making, deciding and finishing proposals. The only writer of Proposal."""

import re
from typing import Any

from django.db import transaction
from django.utils import timezone

from builder.models import App, Version
from content.proposals.models import Proposal

MARK = re.compile(r"#(\d{1,12})\b")
NOTE = 500  # what a page's note holds
RIGHT = "content.decide_proposal"


class NotDecided(Exception):
    """It cannot be decided so; `code` says why: reason, full, gone, closed, settled."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def propose(*, app: App, block: str, place: str, change: str, why: str, by: Any) -> Proposal:
    """Somebody would change something."""
    return Proposal.objects.create(
        app=app, block=block, place=place, change=change, why=why, by=by, at=timezone.now()
    )


@transaction.atomic
def decide(
    *, proposal: Proposal, state: str, priority: int, reason: str, page: Any, by: Any
) -> Proposal:
    """Accept (the draft of `page` notes it), put off or refuse, which say why. Raises NotDecided."""
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if held.state == Proposal.State.DONE:
        raise NotDecided("settled")
    if state in {Proposal.State.REFUSED, Proposal.State.LATER} and not reason.strip():
        raise NotDecided("reason")
    if state == Proposal.State.ACCEPTED and held.state != state:
        _note(page, held, by)
    held.state, held.priority, held.reason = state, priority, reason.strip()
    held.decided_by, held.decided_at = by, timezone.now()
    held._history_user = by  # simple-history's own way to name the actor
    held.save()
    return held


def finish(version: Version) -> None:
    """Whatever the version's note names has been done."""
    marks = [int(mark) for mark in MARK.findall(version.note)]
    accepted = Proposal.objects.filter(
        app=version.app, pk__in=marks, state=Proposal.State.ACCEPTED
    )
    for proposal in accepted:
        proposal.state, proposal.version = Proposal.State.DONE, version.number
        proposal.save()


def _note(page: Any, proposal: Proposal, by: Any) -> None:
    """One more line in the note of the draft's next version."""
    if page is None:
        raise NotDecided("gone")
    permissions = page.permissions_for_user(by)
    if not permissions.can_edit() or permissions.page_locked():
        raise NotDecided("closed")
    drafted = page.get_latest_revision_as_object()
    if str(proposal) in re.findall(r"#\d+", drafted.version_note):
        return
    before = f"{drafted.version_note}; " if drafted.version_note else ""
    room = NOTE - len(before) - len(f"{proposal}: ")
    if room < 1:
        raise NotDecided("full")
    words = " ".join(proposal.change.split())
    drafted.version_note = f"{before}{proposal}: {words[: min(room, 120)]}"
    drafted.save_revision(user=by)
