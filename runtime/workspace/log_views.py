"""The access log: who opened what, when, for which purpose. Nothing of what was opened."""

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from runtime.audit.models import AccessLog
from runtime.workspace.people_forms import LogFilter

ON_A_PAGE = 100


@require_GET
def access_log(request: HttpRequest) -> HttpResponse:
    form = LogFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = _rows(asked).select_related("by").order_by("-at", "-pk")
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request, "workspace/log.html", {"form": form, "shown": shown, "query": query.urlencode()}
    )


def _rows(asked: dict[str, Any]) -> QuerySet[AccessLog]:
    wanted: dict[str, Any] = {}
    for name, lookup in (
        ("who", "by__username__iexact"),
        ("deed", "deed"),
        ("purpose", "purpose__icontains"),
    ):
        if asked.get(name):
            wanted[lookup] = asked[name].strip()
    if isinstance(asked.get("record"), uuid.UUID):
        wanted["record"] = asked["record"]
    if asked.get("since"):
        wanted["at__gte"] = _midnight(asked["since"])
    if asked.get("until"):
        wanted["at__lt"] = _midnight(asked["until"] + timedelta(days=1))
    return AccessLog.objects.filter(**wanted)


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
