"""A campaign's figures: pictures and tables for a span of days, and the facts as files."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from builder.problems import gettext_noop
from runtime.audit.actions import log_access
from runtime.queues import figures, scope
from runtime.queues.facts import readings
from runtime.queues.facts.counts import SLOT, Counts
from runtime.queues.lists.writing import lines
from runtime.workspace import charts
from runtime.workspace.campaign_words import named
from runtime.workspace.figures_files import FILES
from runtime.workspace.figures_forms import asked_span
from runtime.workspace.figures_words import length, percent

AGENTS_SHOWN = 200
AGES = {
    "today": gettext_noop("today"),
    "days_1": gettext_noop("1 day"),
    "days_2_3": gettext_noop("2 to 3 days"),
    "days_4_7": gettext_noop("4 to 7 days"),
    "days_8_30": gettext_noop("8 to 30 days"),
    "older": gettext_noop("older"),
}


@never_cache
@require_GET
def campaign_figures(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(scope.campaigns(request.user, to_run=True), code=code)
    form, first, last = asked_span(request.GET, timezone.localdate())
    told = figures.of_campaign(row, first, last)
    context = {
        "campaign": row,
        "form": form,
        "since": first,
        "until": last,
        "told": told,
        "heads": _heads(told),
        "dispositions": _dispositions(told.counted),
        "ageing": [(_(AGES[age]), many) for age, many in told.ageing],
        "files": FILES,
        **_pictures(told),
        **_agents(told),
        **_calls(told.counted),
    }
    status = 400 if form.errors else 200
    return render(request, "workspace/figures.html", context, status=status)


def _heads(told: figures.Span) -> list[tuple[str, str]]:
    """The figures that are asked for first."""
    counted = told.counted
    after = readings.quantile(readings.spread(counted, "reached_after"), 0.5)
    waited = readings.quantile(readings.spread(counted, "first_after"), 0.5)
    return [
        (_("Attempts"), str(readings.total(counted, "tries"))),
        (_("of them reached"), percent(readings.reached_share(counted))),
        (_("attempts until somebody is reached, middle"), "–" if after is None else str(after)),
        (_("until the first attempt, middle"), length(None if waited is None else waited * 60)),
        (_("on an item, mean"), length(readings.mean_seconds(counted, "handle", "handled"))),
        (_("wrap-up, mean"), length(readings.mean_seconds(counted, "wrap_up", "wrapped"))),
        (_("idle, of the agents' time"), percent(told.idle_share)),
    ]


def _pictures(told: figures.Span) -> dict[str, Any]:
    hours = readings.attempts_by_hour(told.counted)
    days = [_day(day, counted) for day, counted in told.days.items()]
    by_hour = [charts.Bar(str(hour), tried, reached) for hour, tried, reached in hours]
    by_day = [charts.Bar(label, tried, reached) for label, tried, reached, _ended in days]
    ages = [
        charts.Bar(_(AGES[age]), many)
        for age, many in told.ageing
        if any(dict(told.ageing).values())
    ]
    return {
        "hours": hours,
        "days": days,
        "by_hour": charts.bars(by_hour, _("Attempts by hour; the full part reached somebody")),
        "by_day": charts.bars(by_day, _("Attempts by day; the full part reached somebody")),
        "by_age": charts.bars(ages, _("Open items by age")),
    }


def _day(day: date, counted: Counts) -> tuple[str, int, int, int]:
    """A day's label, attempts, reached, items ended."""
    ended = readings.by_part(counted, "tries", 3)
    label = date_format(day, "SHORT_DATE_FORMAT")
    return label, sum(ended.values()), ended["reached"], readings.total(counted, "ended")


def _dispositions(counted: Counts) -> list[tuple[str, int, str]]:
    """How attempts ended: in words, how many, how long an agent had such an item in the middle."""
    found = readings.by_part(counted, "tries", 3)
    counts = {str(name): many for name, many in found.most_common()}
    slots = {name: _middle(counted, name) for name in counts}
    return [
        (words, many, length(slots[name]))
        for name, (words, many) in zip(counts, named(counts, "disposition"), strict=True)
    ]


def _middle(counted: Counts, disposition: str) -> int | None:
    rows = [
        (int(key[2]), many) for key, many in counted.items() if key[:2] == ("busy", disposition)
    ]
    slot = readings.quantile(rows, 0.5)
    return None if slot is None else slot * SLOT


def _agents(told: figures.Span) -> dict[str, Any]:
    shown = told.agents[-AGENTS_SHOWN:]
    people = get_user_model().objects.in_bulk({one.agent for one in shown})
    rows = [
        {
            "name": people[one.agent].get_full_name() or people[one.agent].get_username(),
            "day": one.day,
            "items": one.items,
            "here": length(one.here),
            "on_items": length(one.on_items),
            "wrap_up": length(one.wrap_up),
            "idle": length(one.idle),
            "share": percent(one.idle_share),
        }
        for one in reversed(shown)
        if one.agent in people
    ]
    return {"agents": rows, "agents_more": max(0, len(told.agents) - AGENTS_SHOWN)}


def _calls(counted: Counts) -> dict[str, Any]:
    return {
        "calls_known": readings.total(counted, "call", "known"),
        "calls_unknown": readings.total(counted, "call", "unknown"),
        "rang": length(readings.total(counted, "seconds", "rang")),
        "connected": length(readings.total(counted, "seconds", "connected")),
    }


@never_cache
@require_POST
def campaign_facts(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """The facts of a span as a file, read row by row while it is sent; logged before the first."""
    row = get_object_or_404(scope.campaigns(request.user, to_run=True), code=code)
    form, first, last = asked_span(request.POST, timezone.localdate())
    if form.errors or not form.is_bound or kind not in FILES:
        return HttpResponseBadRequest(_("Choose the days on the page of the figures."))
    name = f"{row.code}-{kind}-{first.isoformat()}-{last.isoformat()}.csv"
    purpose = "billing" if kind == "billing" else "figures"
    log_access(by=request.user, deed="export", purpose=purpose, detail=name)
    return sent(lines(FILES[kind](row, first, last)), name)


def sent(pieces: Iterator[str], name: str) -> StreamingHttpResponse:
    """A CSV, piece by piece."""
    response = StreamingHttpResponse(
        (piece.encode() for piece in pieces), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
