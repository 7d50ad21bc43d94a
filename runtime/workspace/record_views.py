"""The records of an app as a list: version, state, outcome, what is missing, when. No answers, no names."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from builder.definition import Definition
from builder.models import App, Version, load
from runtime.people.roles import roles_of
from runtime.queues import scope
from runtime.records.models import Record

A_PAGE = 50
STATES = {
    "open": Q(closed_at=None),
    "closed": Q(closed_at__isnull=False),
    "missing": Q(closed_at=None, missing__gt=0),
    "problems": Q(problems__gt=0),
    "reopened": Q(reopened__gt=0),
}


@require_GET
def records(request: HttpRequest, code: str) -> HttpResponse:
    """A page of the list. Agents see the records they began or sat at; lessons only one's own."""
    app = get_object_or_404(App, code=code)
    rows = _filtered(_visible(request.user, app), request)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    newest = Version.objects.filter(app=app).defer("bodies").order_by("-number").first()
    labels = _outcomes(load(newest.pk), request.LANGUAGE_CODE) if newest else {}
    for row in page:
        row.outcome_label = labels.get(row.outcome, row.outcome)
    context = {
        "app": app,
        "page": page,
        "state": _known(request.GET.get("state", ""), STATES),
        "outcome": _known(request.GET.get("outcome", ""), labels),
        "number": request.GET.get("version", ""),
        "outcomes": labels.items(),
        "versions": Version.objects.filter(app=app)
        .values_list("number", flat=True)
        .order_by("-number"),
        "may_start": app.open
        and app.kind in {"script", "form"}
        and "agent" in roles_of(request.user),
    }
    return render(request, "workspace/records.html", context)


def _visible(user: Any, app: App) -> QuerySet[Record]:
    rows = (
        scope.records(user)
        .filter(version__app=app)
        .select_related("version")
        .order_by("-created_at", "pk")
    )
    rows = rows.defer("version__definition", "version__bodies", "snapshot", "wrapped_key")
    if roles_of(user) & {"supervisor", "data_officer"}:
        return rows
    return rows.filter(
        Q(created_by=user) | Q(pk__in=Record.objects.filter(sessions__agent=user).values("pk"))
    )


def _filtered(rows: QuerySet[Record], request: HttpRequest) -> QuerySet[Record]:
    """What is not a known filter filters nothing."""
    state, outcome, number = (
        request.GET.get(name, "") for name in ("state", "outcome", "version")
    )
    if state in STATES:
        rows = rows.filter(STATES[state])
    if outcome:
        rows = rows.filter(outcome=outcome[:63])
    if number.isascii() and number.isdigit() and len(number) < 9:
        rows = rows.filter(version__number=int(number))
    return rows


def _known(text: str, table: Any) -> str:
    return text if text in table else ""


def _outcomes(definition: Definition, language: str) -> dict[str, str]:
    return {
        row.name: row.label.plain(language, definition.source) or row.name
        for row in definition.outcomes
    }
