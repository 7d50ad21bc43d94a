"""Why somebody looks for a person: set purposes, kept by their code, so that no log ever holds a name.

To add one: a row in PURPOSES, what it hangs on in `runtime.people.clearance` (`HANGS_ON`), and the roles that may state it there.
What was stated holds for its occasion: until the item is given back, the caller hangs up, or half an hour is over. `sight_of` is
asked before anything of a person is searched or opened.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from runtime.glass import actions as glass
from runtime.people.clearance import (
    BREAK_GLASS,
    CALLER,
    GLASS,
    HANGS_ON,
    ITEM,
    NOTHING,
    Sight,
    sight,
    states,
)
from runtime.people.roles import roles_of
from runtime.queues.models import WorkItem
from runtime.queues.states import ACTIVE
from runtime.workspace import line

PURPOSES: tuple[tuple[str, str | Promise], ...] = (
    ("calls_back", _("The person is on the line")),
    ("call_order", _("I am about to call the person")),
    ("document", _("A question about a document")),
    ("correction", _("Something has to be corrected")),
    ("data_subject", _("The person asked about their own data")),
    ("quality", _("Checking the quality of the work")),
)
LABELS = dict(PURPOSES)
KEPT = "find_purpose"
SINCE = "find_purpose_since"
BROKEN = "glass"  # in the session: the glass that was broken in it
LASTS = timedelta(minutes=30)


def words(purpose: str) -> str | Promise:
    """A purpose as it is shown."""
    return _("Emergency: broken glass") if purpose == BREAK_GLASS else LABELS[purpose]


def choices(user: Any) -> list[tuple[str, str | Promise]]:
    """What this person may state; what needs a work item only while they hold one."""
    roles = roles_of(user)
    return [
        (code, label)
        for code, label in PURPOSES
        if states(roles, code) and (HANGS_ON[code] != ITEM or item_in_hand(user) is not None)
    ]


def item_in_hand(user: Any) -> WorkItem | None:
    """The work item that this person holds."""
    return WorkItem.objects.filter(assignee=user, state=ACTIVE).first()


def keep(request: HttpRequest, purpose: str, now: datetime) -> None:
    """States a purpose for the searches and openings that follow."""
    item = item_in_hand(request.user) if HANGS_ON[purpose] == ITEM else None
    request.session[KEPT] = purpose
    request.session[SINCE] = {
        "at": now.isoformat(),
        "item": str(item.pk) if item else "",
        "fence": item.fence if item else 0,
    }


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
    request.session.pop(SINCE, None)


def kept(request: HttpRequest, now: datetime) -> str:
    """The purpose that was stated and still stands; nothing once its occasion is over."""
    purpose = request.session.get(KEPT, "")
    since = request.session.get(SINCE)
    if purpose not in LABELS or not since or not states(roles_of(request.user), purpose):
        return ""
    if datetime.fromisoformat(since["at"]) <= now - LASTS:
        return ""
    return purpose if _occasion_lasts(request, purpose, since) else ""


def _occasion_lasts(request: HttpRequest, purpose: str, since: dict[str, Any]) -> bool:
    if HANGS_ON[purpose] == CALLER:
        began = request.session.get(line.LINE)
        return not began or not line.is_over(UUID(began["occasion"]))
    if HANGS_ON[purpose] == ITEM:
        item = item_in_hand(request.user)
        return item is not None and (str(item.pk), item.fence) == (since["item"], since["fence"])
    return True


def broken(request: HttpRequest, now: datetime | None = None) -> Any:
    """The glass that this person broke in this session and that is still broken; None as a rule."""
    kept_in = request.session.get(BROKEN, "")
    found = glass.standing(kept_in, by=request.user, now=now) if kept_in else None
    if kept_in and found is None:
        del request.session[BROKEN]
    return found


def purpose_for(request: HttpRequest, party: UUID, now: datetime) -> str:
    """For what this person is opened now: by the glass that is broken over them, else as it was stated and still stands."""
    found = broken(request, now)
    return BREAK_GLASS if found is not None and found.party == party else kept(request, now)


def sight_of(
    request: HttpRequest, purpose: str, now: datetime, party: UUID | None = None
) -> Sight:
    """What this person may see for this purpose, of this person (None: of a record about nobody known): nothing, where the role may not
    state the purpose or what it hangs on is not there."""
    roles = roles_of(request.user)
    if purpose not in HANGS_ON or not states(roles, purpose):
        return NOTHING
    return sight(roles, purpose, stands=_stands(request, purpose, now, party))


def _stands(request: HttpRequest, purpose: str, now: datetime, party: UUID | None) -> bool:
    if HANGS_ON[purpose] == GLASS:
        found = broken(request, now)
        return found is not None and found.party == party
    if HANGS_ON[purpose] == ITEM:
        item = item_in_hand(request.user)
        return item is not None and party is not None and item.party_id == party
    return True
