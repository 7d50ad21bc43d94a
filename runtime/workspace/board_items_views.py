"""The list of items under a filter, a page at a time, and the deed that begins there. No names, no numbers: a reference and a topic.

Nothing of a person is opened, so that nothing is written to the access log; filters hold codes and may stand in an address.
"""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from builder.problems import Problem, say
from runtime.queues import listing, scope, sieve
from runtime.queues.actions import bulks
from runtime.queues.models import WorkItem
from runtime.queues.sight import seen_by
from runtime.workspace.board_forms import DeedForm, SieveForm, ticked
from runtime.workspace.board_words import LANES, said
from runtime.workspace.campaign_words import word

ON_A_PAGE = 50
OFFERED = 50  # agents
COLUMNS = (
    *("pk", "topic", "kind", "state", "lane", "priority", "not_before", "due", "created_at"),
    *("attempts", "outcome", "language", "assignee_id", "reserved_for_id", "reserved_until"),
    *("queue__title", "campaign__title"),
)


@never_cache
@require_GET
def board_items(request: HttpRequest) -> HttpResponse:
    """A page of the list; `after` says where it begins."""
    return _page(request, request.GET)


def _page(
    request: HttpRequest, data: Any, deed: DeedForm | None = None, problem: str = ""
) -> HttpResponse:
    sight, now = seen_by(request.user), timezone.now()
    agents = scope.agents(request.user).order_by("username")
    form = SieveForm(data, sight, agents)
    page, rows = listing.Page([]), []
    if form.is_valid():
        after = sieve.load_key(data.getlist("after")[:2]) if "after" in data else None
        page = listing.page(form.sieve(now), sight, after=_safe(after), size=ON_A_PAGE)
        rows = _rows(page.ids)
    context = {
        "form": form,
        "rows": rows,
        "looked": page.looked,
        "window": listing.WINDOW,
        "next": _query(form, page.after) if page.after else "",
        "first": _query(form) if "after" in data else "",
        "begun": "after" in data,
        "query": _query(form),
        "deed": deed or DeedForm(None, sight, agents),
        "problem": problem,
        "agents": agents.values_list("username", "first_name", "last_name")[:OFFERED],
        "ticked": {str(one) for one in ticked(request.POST, bulks.TICKED_AT_MOST)},
    }
    status = 400 if form.errors or problem or (deed is not None and deed.errors) else 200
    return render(request, "workspace/board_items.html", context, status=status)


def _safe(after: sieve.Key | None) -> sieve.Key | None:
    """Where the page begins, if what the address says is an id."""
    try:
        return None if after is None else (after[0], str(UUID(after[1])))
    except ValueError:
        return None


def _query(form: SieveForm, after: sieve.Key | None = None) -> str:
    told = QueryDict(mutable=True)
    for name in form.fields:
        if form.data.get(name):
            told[name] = form.data[name]
    if after is not None:
        told.setlist("after", [after[0].isoformat(), after[1]])
    return told.urlencode()


def _rows(ids: list[UUID]) -> list[dict[str, Any]]:
    """In the order of the ids, in words."""
    found = {row["pk"]: row for row in WorkItem.objects.filter(pk__in=ids).values(*COLUMNS)}
    people = get_user_model().objects.in_bulk(
        {row[name] for row in found.values() for name in ("assignee_id", "reserved_for_id")}
        - {None}
    )
    now = timezone.now()
    return [_row(found[pk], people, now) for pk in ids if pk in found]


def _row(row: dict[str, Any], people: Any, now: Any) -> dict[str, Any]:
    held = people.get(row["assignee_id"])
    kept = people.get(row["reserved_for_id"])
    lasts = row["reserved_until"] is None or row["reserved_until"] > now
    return {
        **row,
        "queue": row["queue__title"],
        "campaign": row["campaign__title"] or "",
        "reference": str(row["pk"])[:8],
        "state_word": word(row["state"], "state"),
        "outcome_word": word(row["outcome"], "disposition") if row["outcome"] else "",
        "lane_word": said(LANES, row["lane"]),
        "with": held and (held.get_full_name() or held.get_username()),
        "for": kept and lasts and (kept.get_full_name() or kept.get_username()),
        "later": row["state"] == "scheduled" and row["not_before"],
    }


@require_POST
def bulk_new(request: HttpRequest) -> HttpResponse:
    """A deed to what was ticked, or (`all`) to everything that the filter lets through: on to its preview."""
    sight, agents = seen_by(request.user), scope.agents(request.user)
    data = QueryDict(request.POST.get("query", "")[:2000])
    deed, form = DeedForm(request.POST, sight, agents), SieveForm(data, sight, agents)
    if not deed.is_valid() or not form.is_valid():
        return _page(request, data, deed, _("The deed is not complete: look at the marked boxes."))
    everything = "all" in request.POST
    answer = bulks.order(
        by=request.user,
        deed=deed.cleaned_data["deed"],
        told=deed.told(),
        items=ticked(request.POST, bulks.TICKED_AT_MOST),
        through=form.sieve(timezone.now()) if everything else None,
    )
    if isinstance(answer, Problem):
        return _page(request, data, deed, say(answer, _))
    return redirect("bulk", pk=answer.pk)
