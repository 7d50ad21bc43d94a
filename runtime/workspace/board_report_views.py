"""The report of one day of a queue or a campaign: a page to print, and its table as CSV."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from builder.problems import gettext_noop
from runtime.audit.actions import log_access
from runtime.queues import day as days
from runtime.queues.facts import readings
from runtime.queues.lists.writing import lines
from runtime.workspace import charts
from runtime.workspace.board_scope import About, about
from runtime.workspace.campaign_words import named, word
from runtime.workspace.figures_files import Row
from runtime.workspace.figures_views import AGES, sent
from runtime.workspace.figures_words import length, percent

AGENTS_SHOWN = 500
CAME = {
    "made": gettext_noop("Made"),
    "taken_up": gettext_noop("Had ended, and wanted again"),
}


def _asked_day(text: str, today: date) -> date | None:
    """The day that was asked for; today where none was, None where it is no day or lies ahead."""
    if not text:
        return today
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day is not None and day <= today else None


@never_cache
@require_GET
def board_report(request: HttpRequest) -> HttpResponse:
    """One day: what came and went, attempts, results, the agents' time, what stays open."""
    asked, today = about(request), timezone.localdate()
    day = _asked_day(request.GET.get("day", "")[:10], today)
    told = days.of(asked.scope, day or today)
    context = {
        "about": asked,
        "day": day or today,
        "today": today,
        "bad": day is None,
        "told": told,
        "tried": sum(many for _name, many in told.results),
        "reached": percent(readings.reached_share(told.counted)),
        "came": [(_(CAME[code]), many) for code, many in told.came],
        "went": named(dict(told.went), "state"),
        "results": named(dict(told.results), "disposition"),
        "oldest": next((_(AGES[age]) for age, many in reversed(told.ageing) if many > 0), ""),
        "ageing": [(_(AGES[age]), many) for age, many in told.ageing],
        **_pictures(told),
        **_agents(told),
    }
    return render(
        request, "workspace/board_report.html", context, status=400 if day is None else 200
    )


def _pictures(told: days.Day) -> dict[str, Any]:
    hours = [charts.Bar(str(hour), tried, reached) for hour, tried, reached in told.hours]
    some = any(many for _age, many in told.ageing)
    ages = [charts.Bar(_(AGES[age]), max(0, many)) for age, many in told.ageing] if some else []
    return {
        "by_hour": charts.bars(hours, _("Attempts by hour; the full part reached somebody")),
        "by_age": charts.bars(ages, _("Open items by age")),
    }


def _agents(told: days.Day) -> dict[str, Any]:
    shown = told.agents[:AGENTS_SHOWN]
    people = get_user_model().objects.in_bulk([one.agent for one in shown])
    rows = [
        {
            "name": people[one.agent].get_full_name() or people[one.agent].get_username(),
            "since": one.since,
            "until": one.until,
            "items": one.items,
            "here": length(one.here),
            "wrap_up": length(one.wrap_up),
            "idle": length(one.idle),
        }
        for one in shown
        if one.agent in people
    ]
    return {"agents": rows, "agents_more": len(told.agents) - len(shown)}


@never_cache
@require_POST
def board_report_file(request: HttpRequest) -> HttpResponseBase:
    """The report's table; written to the access log first, though nobody is named in it."""
    asked = about(request, request.POST)
    day = _asked_day(request.POST.get("day", "")[:10], timezone.localdate())
    if day is None:
        return HttpResponseBadRequest(_("Choose a day that is not ahead."))
    code = asked.row.code if asked.row is not None else "all"
    name = f"{code}-{day.isoformat()}.csv"
    log_access(by=request.user, deed="export", purpose="figures", detail=name)
    return sent(lines(_table(asked, day)), name)


def _table(asked: About, day: date) -> Iterator[Row]:
    told = days.of(asked.scope, day)
    yield (asked.title, date_format(day, "Y-m-d"))
    yield (_("What"), _("Which"), _("Items or attempts"), _("of them reached"))
    for code, many in told.came:
        yield (_("In"), _(CAME[code]), many, "")
    for state, many in told.went:
        yield (_("Out"), word(state, "state"), many, "")
    for hour, tried, reached in told.hours:
        yield (_("Attempts by hour"), hour, tried, reached)
    for name, many in told.results:
        yield (_("How attempts ended"), word(name, "disposition"), many, "")
    for age, many in told.ageing:
        yield (_("Open items by age"), _(AGES[age]), many, "")
    yield (_("Agents"), "", len(told.agents), "")
