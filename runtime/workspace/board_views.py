"""The supervisors' board: what stands in the queues, who is at work, today's attempts, the last forecast; pausing and resuming.

The part that changes is an address of its own (`board-live`): a module asks for it every ten seconds and puts it in its place; without it a
link loads the page again.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from runtime.queues import at_work, board
from runtime.queues.actions.pausing import pause
from runtime.queues.facts import readings
from runtime.queues.kept import Simulation
from runtime.queues.models import Campaign, Queue
from runtime.queues.simulating import bands
from runtime.queues.states import ACTIVE, READY, SCHEDULED, TERMINAL, WAITING
from runtime.workspace import charts, figures_words
from runtime.workspace.board_scope import About, about
from runtime.workspace.board_words import DOINGS, said
from runtime.workspace.campaign_words import named, word
from runtime.workspace.figures_views import AGES

AGENTS_SHOWN = 100
FORECASTS_SHOWN = 5
HEADS = (READY, ACTIVE, SCHEDULED, WAITING)


@never_cache
@require_GET
def board_page(request: HttpRequest) -> HttpResponse:
    """The whole page: `?queue=` or `?campaign=`, else everything."""
    asked = about(request)
    context = {
        **_live(asked, timezone.now()),
        "queues": Queue.objects.filter(pk__in=asked.sight.queues).order_by("title", "pk"),
        "campaigns": _campaigns(asked),
        "forecasts": _forecasts(asked),
    }
    return render(request, "workspace/board.html", context)


@never_cache
@require_GET
def board_live(request: HttpRequest) -> HttpResponse:
    """The part that changes."""
    return render(request, "workspace/board_live.html", _live(about(request), timezone.now()))


def _campaigns(asked: About) -> Any:
    """The open campaigns to go on to: those of the queue that is shown."""
    rows = Campaign.objects.filter(pk__in=asked.sight.campaigns, open=True)
    if isinstance(asked.row, Queue):
        rows = rows.filter(queue=asked.row)
    return rows.order_by("title", "pk")


def _live(asked: About, now: datetime) -> dict[str, Any]:
    standing = board.standing(asked.scope, now)
    hours = board.hours_today(asked.scope, now)
    bars = [charts.Bar(str(hour), tried, reached) for hour, tried, reached in hours]
    return {
        "about": asked,
        "now": now,
        "standing": standing,
        "heads": [(state, word(state, "state"), standing.states.get(state, 0)) for state in HEADS],
        "ended": named(
            {one: many for one, many in sorted(standing.states.items()) if one in TERMINAL},
            "state",
        ),
        "waited": standing.oldest
        and figures_words.length((now - standing.oldest).total_seconds()),
        **_ages(standing),
        "hours": hours,
        "by_hour": charts.bars(bars, _("Attempts by hour; the full part reached somebody")),
        **_agents(asked, now),
    }


def _ages(standing: board.Standing) -> dict[str, Any]:
    rows = [(_(AGES[name]), standing.ages.get(name, 0)) for name, _days in readings.AGES]
    some = any(many for _age, many in rows)
    bars = [charts.Bar(age, many) for age, many in rows] if some else []
    return {"ages": rows if some else [], "by_age": charts.bars(bars, _("Open items by age"))}


def _agents(asked: About, now: datetime) -> dict[str, Any]:
    everybody = at_work.at_work(asked.scope, now)
    shown = everybody[:AGENTS_SHOWN]
    people = get_user_model().objects.in_bulk([one.agent for one in shown])
    counted = {doing: sum(one.doing == doing for one in everybody) for doing in at_work.DOINGS}
    rows = [
        {
            "name": people[one.agent].get_full_name() or people[one.agent].get_username(),
            "doing": said(DOINGS, one.doing),
            "code": one.doing,
            "since": one.since,
            "long": one.since and figures_words.length((now - one.since).total_seconds()),
            "item": one.item,
        }
        for one in shown
    ]
    return {
        "agents": rows,
        "agents_all": len(everybody),
        "agents_more": len(everybody) - len(shown),
        "doings": [(said(DOINGS, doing), many) for doing, many in counted.items() if many],
    }


def _forecasts(asked: About) -> list[dict[str, Any]]:
    """The last forecast of each campaign that was made to its end, the newest first."""
    rows = Simulation.objects.filter(campaign__in=asked.scope.campaigns, state="done")
    newest = rows.select_related("campaign").order_by("-created_at")[: FORECASTS_SHOWN * 4]
    found: dict[int, dict[str, Any]] = {}
    for one in newest:
        runs = [bands.load({**run}) for run in one.runs] if one.campaign_id not in found else []
        if runs and len(found) < FORECASTS_SHOWN:
            told = bands.gather(runs, one.items)
            found[one.campaign_id] = {
                "simulation": one,
                "sentence": figures_words.sentence(one, told),
            }
    return list(found.values())


@require_POST
def board_pause(request: HttpRequest) -> HttpResponse:
    """Pauses a queue or a campaign, or resumes it: `paused=yes` or `no`."""
    asked = about(request, request.POST)
    wished = request.POST.get("paused")
    if asked.row is None or wished not in {"yes", "no"}:
        raise Http404
    changed = pause(of=asked.row, paused=wished == "yes", by=request.user)
    if not changed:
        messages.info(request, _("It is so already: somebody else was faster."))
    elif wished == "yes":
        messages.success(
            request, _("Paused: nothing is handed out. Who has an item ends it as usual.")
        )
    else:
        messages.success(request, _("Resumed: items are handed out again."))
    return redirect(asked.address)
