"""Effects: what failed, why, and the ways on (try again, one or all alike, or give up); the log of what was caused; series of calls.

An effect's own words are codes; `effect_words` makes sentences of them. Nothing of a record is opened.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtime.effects.actions import series as series_actions
from runtime.effects.models import Series
from runtime.outbox import actions
from runtime.outbox.models import Effect
from runtime.people.roles import roles_of
from runtime.queues import scope
from runtime.workspace.effect_words import STATES, said, what, why

ON_A_PAGE = 50
SHOWN_EXAMPLES = 10
MOST_KINDS = 100


def _among(user: Any) -> Q:
    """The effects that are this person's business: of a unit's people those of its records."""
    if scope.is_whole(user) or "admin" in roles_of(user):
        return Q()
    return Q(record__in=scope.records(user).values("pk"))


def _one(request: HttpRequest, pk: UUID) -> Effect:
    found: Effect = get_object_or_404(Effect.objects.filter(_among(request.user)), pk=pk)
    return found


def told_at_home(user: Any) -> str:
    """One sentence for the first page of those who may help; blank when nothing failed."""
    count = actions.failed().filter(_among(user)).count()
    if not count:
        return ""
    words = ngettext("%(n)s effect has failed.", "%(n)s effects have failed.", count)
    return words % {"n": count}


@require_GET
def effects(request: HttpRequest) -> HttpResponse:
    """What failed, newest first."""
    failed = actions.failed().filter(_among(request.user))
    shown = Paginator(failed, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "failures": [said(effect) for effect in shown],
        "alike": _alike(failed),
        "waiting": actions.waiting(),
    }
    return render(request, "workspace/effects.html", context)


@require_POST
def effect_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Once more, by somebody who mended the cause."""
    effect = _one(request, pk)
    if actions.retry(effect=effect, by=request.user):
        messages.success(request, gettext("It is tried again within seconds."))
    else:
        messages.info(request, gettext("Somebody else decided upon it meanwhile."))
    return redirect("effects")


@require_POST
def effect_give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is not tried any more; who decided so is kept."""
    effect = _one(request, pk)
    if actions.give_up(effect=effect, by=request.user):
        messages.success(request, gettext("It was given up and is not tried any more."))
    else:
        messages.info(request, gettext("Somebody else decided upon it meanwhile."))
    return redirect("effects")


def _alike(failed: QuerySet[Effect]) -> list[dict[str, Any]]:
    """What failed, by what it is and why: the most first. Only where several are alike."""
    grouped = failed.order_by().values("effect", "last_problem")
    counted = grouped.annotate(n=Count("pk"), first=Min("failed_at"), last=Max("failed_at"))
    return [
        {
            **row,
            "what": what(row["effect"]),
            "why": why(row["last_problem"]),
            "query": urlencode({"effect": row["effect"], "problem": row["last_problem"]}),
        }
        for row in counted.filter(n__gt=1).order_by("-n", "effect")[:MOST_KINDS]
    ]


@require_http_methods(["GET", "POST"])
def effects_again(request: HttpRequest) -> HttpResponse:
    """All that failed in the same way: first what that would be, then trying it again. What failed since the preview is left."""
    given = request.POST if request.method == "POST" else request.GET
    kind, problem = given.get("effect", "")[:63], given.get("problem", "")[:200]
    if "\0" in kind + problem:
        raise Http404
    if request.method == "POST":
        until = _moment(request.POST.get("until", ""))
        count = actions.retry_all(
            effect=kind,
            problem=problem,
            until=until,
            by=request.user,
            among=_among(request.user),
        )
        words = ngettext("%(n)s effect is tried again.", "%(n)s effects are tried again.", count)
        messages.success(request, words % {"n": count})
        return redirect("effects")
    until = timezone.now()
    rows = actions.alike(effect=kind, problem=problem, until=until)
    rows = rows.filter(_among(request.user))
    context = {
        "kind": kind,
        "problem": problem,
        "what": what(kind),
        "why": why(problem),
        "until": until.isoformat(),
        "count": rows.count(),
        "most": actions.MOST_AT_ONCE,
        "second": actions.A_SECOND,
        "examples": [said(effect) for effect in rows[:SHOWN_EXAMPLES]],
    }
    return render(request, "workspace/effects_again.html", context)


@require_GET
def effect_log(request: HttpRequest) -> HttpResponse:
    """What was caused, newest first: by which outcome of which version, when, and what became of it."""
    given = request.GET
    rows = Effect.objects.filter(_among(request.user)).order_by("-created_at", "pk")
    if (state := given.get("state", "")) in STATES:
        rows = rows.filter(state=state)
    if record := _uuid(given.get("record", "")):
        rows = rows.filter(record=record)
    if before := given.get("before", ""):
        rows = rows.filter(created_at__lt=_moment(before))
    found = list(rows[: ON_A_PAGE + 1])
    further = found[ON_A_PAGE - 1].created_at.isoformat() if len(found) > ON_A_PAGE else ""
    kept = {"state": state if state in STATES else "", "record": str(record or "")}
    context = {
        "rows": [said(effect) for effect in found[:ON_A_PAGE]],
        "states": [(code, gettext(words)) for code, words in STATES.items()],
        **kept,
        "further": urlencode({**kept, "before": further}) if further else "",
    }
    return render(request, "workspace/effect_log.html", context)


@require_GET
def series(request: HttpRequest) -> HttpResponse:
    """Calls that go on for days: those that run, then those that ended, newest first."""
    rows = _series(request.user).select_related("campaign", "by").order_by("-created_at", "pk")
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    told = [(one, series_actions.left_of(one)) for one in shown]
    return render(request, "workspace/series.html", {"shown": shown, "rows": told})


@require_POST
def series_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraws what is left of a series."""
    row = get_object_or_404(_series(request.user), pk=pk)
    count = series_actions.end(series=row, reason="asked", by=request.user)
    words = ngettext("%(n)s call was withdrawn.", "%(n)s calls were withdrawn.", count)
    messages.success(request, words % {"n": count})
    return redirect("series")


def _series(user: Any) -> QuerySet[Series]:
    rows = Series.objects.all()
    if scope.is_whole(user) or "admin" in roles_of(user):
        return rows
    return rows.filter(campaign__in=scope.campaigns(user))


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or timezone.is_naive(found):
        raise Http404
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.strip()) if text.strip() else None
    except ValueError:
        return None
