"""Outcomes: items that came to one, by the version that was asked. Answers leave the house by exports and feeds only."""

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from runtime.api import reach, shapes
from runtime.api.answers import page
from runtime.api.bearer import Bearer, token_of
from runtime.api.scopes import OUTCOMES_READ
from runtime.queues.models import WorkItem, WorkItemEvent
from runtime.queues.states import RESOLVED

router = Router(tags=["outcomes"])


@router.get(
    "/outcomes",
    auth=Bearer(OUTCOMES_READ),
    response=shapes.Outcomes,
    summary=_("List outcomes"),
)
def list_outcomes(request: HttpRequest, asked: Query[shapes.OutcomeFilters]) -> HttpResponse:
    ended = WorkItemEvent.objects.filter(item=OuterRef("pk"), event="disposed").order_by("-pk")
    rows = (
        reach.items(token_of(request))
        .filter(state=RESOLVED)
        .select_related("campaign", "record__version__app")
        .defer("prefill", "record__snapshot", "record__wrapped_key")
        .defer("record__version__definition", "record__version__bodies")
        .annotate(ended=Subquery(ended.values("at")[:1]))
    )
    if asked.campaign is not None:
        rows = rows.filter(campaign__code=asked.campaign)
    if asked.outcome is not None:
        rows = rows.filter(record__outcome=asked.outcome)
    if asked.since is not None:
        rows = rows.filter(ended__gte=asked.since)
    return page(request, rows, asked, _shape)


def _shape(row: WorkItem) -> shapes.Outcome:
    version = row.record.version if row.record else None
    return shapes.Outcome(
        item=row.pk,
        campaign=row.campaign.code if row.campaign else None,
        party=row.party_id,
        app=version.app.code if version else None,
        version=version.number if version else None,
        outcome=row.record.outcome if row.record else "",
        disposition=row.outcome,
        language=row.language,
        at=row.ended,  # type: ignore[attr-defined]  # annotated above
    )
