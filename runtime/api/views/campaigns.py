"""Campaigns and queues."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from runtime.api import reach, shapes
from runtime.api.answers import page
from runtime.api.bearer import Bearer, token_of
from runtime.api.scopes import CAMPAIGNS_READ
from runtime.queues.models import Campaign, Queue

router = Router(tags=["campaigns"])


@router.get(
    "/campaigns",
    auth=Bearer(CAMPAIGNS_READ),
    response=shapes.Campaigns,
    summary=_("List campaigns"),
)
def list_campaigns(request: HttpRequest, asked: Query[shapes.Filters]) -> HttpResponse:
    rows = reach.campaigns(token_of(request)).select_related("queue", "app")
    return page(request, rows, asked, _campaign)


@router.get(
    "/queues", auth=Bearer(CAMPAIGNS_READ), response=shapes.Queues, summary=_("List queues")
)
def list_queues(request: HttpRequest, asked: Query[shapes.Filters]) -> HttpResponse:
    return page(request, reach.queues(token_of(request)), asked, _queue)


def _campaign(row: Campaign) -> shapes.Campaign:
    return shapes.Campaign(
        code=row.code, title=row.title, queue=row.queue.code, app=row.app.code, open=row.open
    )


def _queue(row: Queue) -> shapes.Queue:
    return shapes.Queue(code=row.code, title=row.title)
