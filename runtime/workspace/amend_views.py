"""Amending a closed record, and what its former end left behind."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from runtime.people.roles import roles_of
from runtime.queues import scope
from runtime.queues.actions import spawned
from runtime.queues.models import Spawned
from runtime.records import actions as records
from runtime.records import amending
from runtime.records.models import Record, Session
from runtime.workspace import line
from runtime.workspace.campaign_words import word
from runtime.workspace.screen_holding import find_record, has_sitting

ON_A_PAGE = 50


@require_POST
def reopen(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """An amendment of a closed record: with a reason, which stays in its log."""
    row = find_record(record, request.user)
    if row.version.app.kind == "lesson":
        raise Http404
    if row.closed_at is None:
        return _open_already(request, row)
    if not may_amend(request, row):
        messages.error(
            request, gettext("This record is amended by who closed it, or by a supervisor.")
        )
        return redirect("record", row.id)
    reason = request.POST.get("reason", "").strip()[: amending.LONGEST_REASON]
    if not amending.is_reason(reason):
        words = gettext("Please say why the record is opened again, in at least %(n)s words.")
        messages.error(request, words % {"n": amending.LEAST_WORDS})
        return redirect("record", row.id)
    return _reopened(request, row, reason)


def _reopened(request: HttpRequest, row: Record, reason: str) -> HttpResponse:
    try:
        records.reopen(row, reason, by=request.user)
    except records.BadReason:
        messages.error(request, gettext("This reason cannot be kept; write it in plain words."))
        return redirect("record", row.id)
    except records.RecordClosed:  # somebody was faster
        return _open_already(request, row)
    records.open_session(record=row, by=request.user, kind="agent", purpose="amendment")
    return redirect("record", row.id)


def _open_already(request: HttpRequest, row: Record) -> HttpResponse:
    """The same button pressed twice leads on; who comes second is told who was first."""
    if not has_sitting(row, request.user):
        who = amended_by(row)
        words = (
            gettext("%(who)s is amending this record now.")
            if who
            else gettext("The record was open already.")
        )
        messages.info(request, words % {"who": who} if who else words)
    return redirect("record", row.id)


def amended_by(row: Record) -> str:
    """Who sits at a record that was opened again."""
    if row.closed_at is not None or not row.reopened:
        return ""
    sittings = Session.objects.filter(record=row, ended_at=None).select_related("agent")
    last = sittings.order_by("-started_at").first()
    if last is None or last.agent is None:
        return ""
    return str(last.agent.get_full_name() or last.agent.get_username())


def may_amend(request: HttpRequest, row: Record) -> bool:
    """Who may by their role and the time; and the agent to whom its person is speaking and has proved who they are."""
    user, now, roles = request.user, timezone.now(), roles_of(request.user)
    if amending.may_amend(row, user, roles, now):
        return True
    if row.closed_at is None or row.party is None or "agent" not in roles:
        return False
    return line.proved(user, row.party, line.occasion_of(request, now), now)


@require_GET
def amendments(request: HttpRequest) -> HttpResponse:
    """What stays of ends that were amended away and could not be withdrawn: no names, no answers."""
    rows = spawned.left_over().filter(item__in=scope.items(request.user))
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.state = word(row.item.state, "state")
    return render(request, "workspace/amendments.html", {"page": page, "shown": page})


@require_POST
def amendment_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """A supervisor has looked after one."""
    rows = Spawned.objects.filter(item__in=scope.items(request.user))
    row = get_object_or_404(rows, pk=pk, decided_at__isnull=False)
    if spawned.seen(row=row, by=request.user):
        messages.success(request, gettext("It is off the list."))
    return redirect("amendments")


def context_of(request: HttpRequest, row: Record) -> dict[str, Any]:
    """What the page of a record says of amending it."""
    roles = roles_of(request.user)
    return {
        "may_reopen": may_amend(request, row),
        "amendable": row.closed_at is not None and bool(roles & {"agent", "supervisor"}),
        "amended_by": amended_by(row),
        "least_words": amending.LEAST_WORDS,
        "left_over": list(spawned.of_record(row)) if row.reopened else [],
    }
