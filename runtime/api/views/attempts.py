"""Attempts: how often it was tried, and how each ended."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from runtime.api import reach, shapes
from runtime.api.answers import page
from runtime.api.bearer import Bearer, token_of
from runtime.api.scopes import ATTEMPTS_READ
from runtime.queues.models import Attempt

router = Router(tags=["attempts"])


@router.get(
    "/attempts",
    auth=Bearer(ATTEMPTS_READ),
    response=shapes.Attempts,
    summary=_("List attempts"),
)
def list_attempts(request: HttpRequest, asked: Query[shapes.AttemptFilters]) -> HttpResponse:
    rows = reach.attempts(token_of(request))
    if asked.item is not None:
        rows = rows.filter(item=asked.item)
    if asked.campaign is not None:
        rows = rows.filter(item__campaign__code=asked.campaign)
    return page(request, rows, asked, _shape)


def _shape(row: Attempt) -> shapes.Attempt:
    """Who tried stays in the house."""
    return shapes.Attempt(
        id=row.pk,
        item=row.item_id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        disposition=row.disposition,
        direction=row.direction,
        ring_seconds=row.ring_seconds,
        talk_seconds=row.talk_seconds,
    )
