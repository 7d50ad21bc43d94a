"""Work items: made once, listed, read, withdrawn."""

import datetime as dt
from typing import Annotated, Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Header, Path, Query, Router
from pydantic import StringConstraints

from runtime.api import people, reach, shapes
from runtime.api.actions import kept
from runtime.api.answers import answer, page, single, still, tag_of
from runtime.api.bearer import Bearer, token_of
from runtime.api.invalid import OTHER
from runtime.api.models import Token
from runtime.api.problems import Fault, Refused
from runtime.api.scopes import ITEMS_READ, ITEMS_WRITE
from runtime.parties.models import Party
from runtime.queues.actions import CampaignClosed, Wanted, create_item, withdraw
from runtime.queues.actions.withholding import withhold
from runtime.queues.models import Campaign, WorkItem, WorkItemEvent
from runtime.queues.questions import language_of, questions_of

router = Router(tags=["items"])
AHEAD: Final = dt.timedelta(days=366)
Key = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$", min_length=8, max_length=128)]


@router.get("/items", auth=Bearer(ITEMS_READ), response=shapes.Items, summary=_("List work items"))
def list_items(request: HttpRequest, asked: Query[shapes.ItemFilters]) -> HttpResponse:
    rows = _shown(reach.items(token_of(request)))
    for name, value in (
        ("campaign__code", asked.campaign),
        ("queue__code", asked.queue),
        ("state", asked.state),
    ):
        rows = rows.filter(**{name: value}) if value is not None else rows
    if asked.changed_since is not None:
        events = WorkItemEvent.objects.filter(item=OuterRef("pk"), at__gte=asked.changed_since)
        rows = rows.filter(Exists(events))
    return page(request, rows, asked, shape)


@router.get(
    "/items/{uuid:item}",
    auth=Bearer(ITEMS_READ),
    response=shapes.Item,
    summary=_("Read a work item"),
)
def read_item(request: HttpRequest, item: Path[UUID]) -> HttpResponse:
    return single(request, shape(_found(token_of(request), item)))


@router.post(
    "/items",
    auth=Bearer(ITEMS_WRITE),
    response={201: shapes.Made, 200: shapes.Made},
    summary=_("Make a work item"),
)
def make_item(
    request: HttpRequest,
    told: shapes.NewItem,
    key: Annotated[Key, Header(alias="Idempotency-Key")],
) -> HttpResponse:
    token = token_of(request)
    asked = kept.Asked(token, key, b"POST items\0" + request.body)
    done = _once(asked, lambda: _make(token, told))
    place = f"/api/v1/items/{done.body['item']['id']}"
    made = answer(done.body, status=done.status, tag=tag_of(done.body["item"]), place=place)
    made["Idempotency-Replayed"] = "true" if done.again else "false"
    return made


@router.post(
    "/items/{uuid:item}/withdraw",
    auth=Bearer(ITEMS_WRITE),
    response=shapes.Item,
    summary=_("Withdraw a work item"),
)
def withdraw_item(request: HttpRequest, item: Path[UUID], told: shapes.Why) -> HttpResponse:
    """`If-Match` with the tag of what was read keeps an item that somebody took up meanwhile."""
    token = token_of(request)
    with transaction.atomic():
        row = get_object_or_404(
            reach.items(token, to_run=True).select_for_update(of=("self",)).filter(pk=item)
        )
        still(request, tag_of(shape(_found(token, item)).model_dump(mode="json")))
        if not withdraw(item=row, by=None, reason=f"{token.logged_as}:{told.reason}"):
            raise Refused("ended")
    shown = shape(_found(token, item)).model_dump(mode="json")
    return answer(shown, tag=tag_of(shown))


def shape(row: WorkItem) -> shapes.Item:
    return shapes.Item(
        id=row.pk,
        kind=row.kind,
        campaign=row.campaign.code if row.campaign else None,
        queue=row.queue.code,
        party=row.party_id,
        state=row.state,
        attempts=row.attempts,
        disposition=row.outcome,
        language=row.language,
        lane=row.lane,
        priority=row.priority,
        not_before=row.not_before,
        due=row.due,
        created_at=row.created_at,
    )


def _shown(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    return rows.select_related("campaign", "queue").defer("prefill")


def _found(token: Token, item: UUID) -> WorkItem:
    return get_object_or_404(_shown(reach.items(token)), pk=item)


def _once(asked: kept.Asked, do: Any) -> kept.Answer:
    try:
        return kept.once(asked=asked, now=timezone.now(), do=do)
    except kept.KeyReused:
        raise Refused("key_reused") from None


def _make(token: Token, told: shapes.NewItem) -> kept.Answer:
    """All that can be wrong is looked at before anybody is looked for."""
    people.choose(told)
    campaign = reach.campaigns(token, to_run=True).filter(code=told.campaign).first()
    if campaign is None:
        raise Refused("invalid", [Fault("/campaign", "unknown", OTHER[1])])
    if not campaign.open:
        raise Refused("campaign_closed")
    wanted = _wanted(campaign, told)
    party, differing, language = _person(token, campaign, told)
    try:
        row, created = create_item(
            campaign=campaign,
            party=party,
            by=None,
            wanted=Wanted(**wanted, language=told.language or language),
        )
    except CampaignClosed:
        raise Refused("campaign_closed") from None
    if created:
        withhold(row, by=None, now=timezone.now())
    shown = shape(_found(token, row.pk)).model_dump(mode="json")
    body = {"item": shown, "created": created, "differing": differing}
    return kept.Answer(201 if created else 200, body)


def _wanted(campaign: Campaign, told: shapes.NewItem) -> dict[str, Any]:
    now = timezone.now()
    if told.not_before and told.not_before > now + AHEAD:
        raise Refused("invalid", [Fault("/not_before", "range", OTHER[1])])
    language = language_of(campaign)
    answers = people.read_answers(told.prefill or {}, questions_of(campaign), language=language)
    return {
        "prefill": answers or None,
        "lane": told.lane,
        "priority": told.priority,
        "not_before": told.not_before,
        "due": told.due,
    }


def _person(
    token: Token, campaign: Campaign, told: shapes.NewItem
) -> tuple[Party, list[str], str]:
    """Whom it is about, which facts are known otherwise, and the language that was told."""
    if told.person is None:
        party = reach.parties(token).filter(pk=told.party).first()
        if party is None:
            raise Refused("invalid", [Fault("/party", "unknown", OTHER[1])])
        return party, [], ""
    facts = people.read_facts(
        told.person, language=language_of(campaign), today=timezone.localdate()
    )
    party, _new, differing = people.matched(facts, token=token)
    return party, differing, facts.get("language", "")
