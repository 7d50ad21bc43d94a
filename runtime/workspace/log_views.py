"""The access log for the auditor: who saw this person, what did this user see, and how the log's tree stands.

Nothing of what was opened is shown. The auditor's own looks are rows of the log, written before anything is shown.
"""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from runtime.audit.actions import log_access
from runtime.audit.models import AccessLog
from runtime.audit.standing import standing
from runtime.workspace import log_asked
from runtime.workspace.people_forms import LogFilter

ON_A_PAGE = 100


@never_cache
@require_GET
def access_log(request: HttpRequest) -> HttpResponse:
    form = LogFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    person = asked.get("person")
    log_access(
        by=request.user,
        deed="audit",
        purpose="audit",
        subject=person.subject if person else None,
        record=asked.get("record"),
        detail=log_asked.told(asked),
    )
    rows = log_asked.rows_of(asked)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "shown": _page(request, rows if not form.errors else rows.none()),
        "query": query.urlencode(),
        "standing": standing(timezone.now()),
        **_summary(asked, rows),
    }
    return render(request, "workspace/log.html", context)


def _page(request: HttpRequest, rows: QuerySet[AccessLog]) -> Any:
    ordered = rows.select_related("by").order_by("-at", "-pk")
    return Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("page"))


def _summary(asked: dict[str, Any], rows: QuerySet[AccessLog]) -> dict[str, Any]:
    """The short answer above the rows: who saw a person, or whom a user saw. To look into the log is not to see anybody."""
    rows = rows.exclude(deed="audit")
    if asked.get("person"):
        return {"person": asked["person"], "who_saw": log_asked.who_saw(rows)}
    if asked.get("who"):
        found = {"user_asked": asked["who"].strip(), "whom_seen": log_asked.whom_seen(rows)}
        return found if log_asked.one_day(asked) else {**found, "days": log_asked.days(rows)}
    return {}
