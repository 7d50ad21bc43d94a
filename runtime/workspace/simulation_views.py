"""Forecasts of a campaign: asking for one, its progress, what came of it, and those of before."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from builder.problems import Problem, say
from runtime.outbox.actions import retry
from runtime.outbox.models import Effect
from runtime.queues import forecasting, scope
from runtime.queues.actions import simulations
from runtime.queues.kept import Simulation
from runtime.queues.models import Campaign
from runtime.queues.simulating import bands
from runtime.workspace import charts, figures_words
from runtime.workspace.figures_forms import AskedForm

SHOWN = 20
TABLE_ROWS = 24
USUAL_AGENTS, USUAL_BREAK = 10, 45


@require_http_methods(["GET", "POST"])
def campaign_simulations(request: HttpRequest, code: str) -> HttpResponse:
    """The form, and the forecasts made so far."""
    rows = scope.campaigns(request.user, to_run=True)
    rows = rows.select_related("policy", "queue__policy")
    row = get_object_or_404(rows, code=code)
    told = forecasting.measured(row, timezone.now())
    form = AskedForm(request.POST or None, initial=_usual(told))
    problem = None
    if request.method == "POST" and form.is_valid():
        answer = _ordered(request, row, form)
        if isinstance(answer, Simulation):
            return redirect("simulation", pk=answer.pk)
        problem = answer
    context = {
        "campaign": row,
        "form": form,
        "problem": problem,
        "measured": forecasting.measure(told.counts).seen,
        "rows": [_line(one) for one in _newest(row)],
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "workspace/simulations.html", context, status=status)


def _usual(told: forecasting.Measured) -> dict[str, Any]:
    """What the form begins with: as many agents as on a usual day, away as long as they usually are."""
    return {
        "agents": told.agents or USUAL_AGENTS,
        "start": "09:00",
        "end": "17:00",
        "days": [1, 2, 3, 4, 5],
        "breaks": USUAL_BREAK if told.away is None else round(told.away),
    }


def _ordered(request: HttpRequest, row: Campaign, form: AskedForm) -> Simulation | str:
    asked = form.asked()
    if forecasting.rules_of(row, asked) is None:
        return _("The policy's rules cannot be read: look at its page.")
    answer = simulations.order(campaign=row, asked=asked, by=request.user)
    return say(answer, _) if isinstance(answer, Problem) else answer


def _newest(row: Campaign) -> Any:
    return row.simulations.select_related("by").order_by("-created_at")[:SHOWN]


def _line(one: Simulation) -> dict[str, Any]:
    forecast = _forecast(one)
    return {
        "simulation": one,
        "state": _(figures_words.SIMULATION_STATES[one.state]),
        "sentence": figures_words.sentence(one, forecast) if forecast else "",
        "changes": figures_words.changes(one.asked),
    }


def _forecast(one: Simulation) -> bands.Forecast | None:
    runs = [bands.load({**run}) for run in one.runs]
    return bands.gather(runs, one.items) if runs else None


def _one(request: HttpRequest, pk: UUID) -> Simulation:
    rows = Simulation.objects.filter(campaign__in=scope.campaigns(request.user, to_run=True))
    found: Simulation = get_object_or_404(rows.select_related("campaign", "by"), pk=pk)
    return found


@require_GET
def simulation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is, then what came of it."""
    one = _one(request, pk)
    forecast = _forecast(one)
    context = {
        **_line(one),
        "campaign": one.campaign,
        "asked": one.asked,
        "played": len(one.runs),
        "running": one.ended_at is None,
        "stuck": one.ended_at is None and _stuck(one) is not None,
        **(_shown(one, forecast) if forecast else {}),
    }
    return render(request, "workspace/simulation.html", context)


def _shown(one: Simulation, forecast: bands.Forecast) -> dict[str, Any]:
    done, between = forecast.done, figures_words.between
    last = max((hour for hour, _band in forecast.left), default=1) or 1
    points = [
        charts.Point(hour / last, _when(one, hour), band.low, band.middle, band.high)
        for hour, band in forecast.left
    ]
    load = [charts.Bar(_when(one, hour), many) for hour, many in forecast.load]
    step = max(1, -(-len(points) // TABLE_ROWS))
    return {
        "first": done and figures_words.moment(one.begins, done.low),
        "last": done and figures_words.moment(one.begins, done.high),
        "resolved": between(forecast.resolved),
        "exhausted": between(forecast.exhausted),
        "attempts": between(forecast.attempts),
        "unfinished": round(forecast.unfinished.high),
        "left": charts.curve(points, _("Open items; the band is between all courses")),
        "load": charts.bars(load[:200], _("Agents with an item, by hour")),
        "rows": [(_when(one, hour), between(band)) for hour, band in [*forecast.left[::step]]],
    }


def _when(one: Simulation, hour: int) -> str:
    at = timezone.localtime(one.begins + timedelta(hours=hour))
    return date_format(at, "D j, H:i")


def _stuck(one: Simulation) -> Effect | None:
    """The course that the worker has given up, if there is one."""
    key = f"{simulations.EFFECT}:{one.pk}:"
    return Effect.objects.filter(key__startswith=key, state="failed").first()


@require_GET
def simulation_progress(request: HttpRequest, pk: UUID) -> JsonResponse:
    """What the page asks for while the worker plays."""
    one = _one(request, pk)
    return JsonResponse(
        {
            "label": _(figures_words.SIMULATION_STATES[one.state]),
            "ended": one.ended_at is not None or _stuck(one) is not None,
            "total": one.courses,
            "seen": len(one.runs),
        }
    )


@require_POST
def simulation_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _one(request, pk)
    if simulations.stop(simulation=one):
        messages.success(request, _("No further course is played."))
    return redirect("simulation", pk=pk)


@require_POST
def simulation_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lets the worker try a course again that it had given up."""
    effect = _stuck(_one(request, pk))
    if effect is not None:
        retry(effect=effect, by=request.user)
    return redirect("simulation", pk=pk)
