"""Claiming an item, and what its holder does with it: dial, end the attempt, give it back."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from builder.problems import gettext_noop
from runtime.queues import actions, face, scope
from runtime.queues.claimed import Claimed, NotHolder, Refused
from runtime.queues.models import Queue, WorkItem
from runtime.queues.states import ACTIVE
from runtime.workspace.clock_words import clocks_of

REFUSALS = {
    "skill": gettext_noop("This queue asks for a skill you do not have yet: %(skill)s."),
    "skill_expired": gettext_noop("This queue asks for a skill that has expired: %(skill)s."),
    "paused": gettext_noop("This work is paused. A supervisor resumes it."),
    "closed": gettext_noop("This queue is closed at this hour. It opens again: %(at)s"),
    "empty": gettext_noop("There is nothing to do in this queue at the moment."),
    "empty_until": gettext_noop(
        "There is nothing to do in this queue at the moment. Next: %(at)s"
    ),
    "no_version": gettext_noop("The script of this campaign is not published, or it is closed."),
}
LOST = gettext_noop(
    "This item is not with you any more: its time ran out, or somebody took it back. "
    "What you saved is kept."
)
WENT = {
    "resolved": gettext_noop("Done."),
    "scheduled": gettext_noop("It comes back: %(at)s"),
    "exhausted": gettext_noop("It is not called again: all tries are used up."),
    "withdrawn": gettext_noop("The campaign is closed: it is not called again."),
}

View = Callable[[HttpRequest, WorkItem], HttpResponse]


def refusal_text(refused: Refused) -> str:
    """Why there is no item, in the person's language."""
    reason = "empty_until" if refused.reason == "empty" and refused.at else refused.reason
    return _(REFUSALS[reason]) % {"skill": refused.skill, "at": _moment(refused.at)}


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@require_POST
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """The next item of a queue: on to its record, or why there is none."""
    return _next(request, get_object_or_404(scope.queues(request.user), code=code))


def _next(request: HttpRequest, queue: Queue) -> HttpResponse:
    answer = actions.claim(queue=queue, by=request.user, now=timezone.now())
    if isinstance(answer, Claimed):
        return redirect(_place_of(answer.item, answer.record))
    context = {"queue": queue, "refused": answer, "reason": refusal_text(answer)}
    return render(request, "workspace/queue_refused.html", context, status=409)


def _place_of(item: UUID, record: UUID | None) -> str:
    """Where an item is worked on: its record's screen, or its own page when it has no script."""
    return reverse("record", args=[record]) if record else reverse("item", args=[item])


def holders(view: View) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """The item must be with the person who asks; also when that ends while the view runs."""

    @wraps(view)
    def inner(request: HttpRequest, pk: UUID) -> HttpResponse:
        rows = scope.items(request.user).select_related("campaign__policy", "queue__policy")
        item = get_object_or_404(rows, pk=pk)
        if item.state != ACTIVE or item.assignee_id != request.user.pk:
            return lost(request)
        try:
            return view(request, item)
        except NotHolder:
            return lost(request)

    return inner


def lost(request: HttpRequest) -> HttpResponse:
    """The item is with somebody else by now."""
    if wants_json(request):
        return JsonResponse({"code": "not_holder", "message": _(LOST)}, status=409)
    return render(request, "workspace/queue_lost.html", {"reason": _(LOST)}, status=409)


def _bad(request: HttpRequest, item: WorkItem, message: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"code": "bad", "message": message}, status=400)
    shown = face.of_item(item, request.user)
    context = {"item": item, "face": shown, "problem": message, "typed": request.POST}
    return render(request, "workspace/item.html", context, status=400)


@require_GET
@holders
def item(request: HttpRequest, item: WorkItem) -> HttpResponse:
    """The item's own page: dial, attempts, dispositions; works without any script."""
    shown = face.of_item(item, request.user)
    context = {"item": item, "face": shown, "clocks": clocks_of(item, timezone.now())}
    return render(request, "workspace/item.html", context)


@require_POST
@holders
def attempt(request: HttpRequest, item: WorkItem) -> HttpResponse:
    """The agent dials; `point` is the contact point. Answers JSON, or goes back to the screen."""
    point = request.POST.get("point", "")
    try:
        begun = actions.start_attempt(
            item=item, by=request.user, now=timezone.now(), point=int(point) if point else None
        )
    except ValueError:
        return _bad(request, item, _("This number may not be dialled."))
    if wants_json(request):
        return JsonResponse({"attempt": begun.pk, "started_at": begun.started_at.isoformat()})
    return redirect(_place_of(item.pk, item.record_id))


@require_POST
@holders
def dispose(request: HttpRequest, item: WorkItem) -> HttpResponse:
    """Ends the attempt: `disposition`, for a callback `callback_at` (local time), and `then=next`
    to claim the next item at once."""
    try:
        disposed = actions.dispose(
            item=item,
            disposition=request.POST.get("disposition", ""),
            by=request.user,
            now=timezone.now(),
            callback_at=_typed_moment(request.POST.get("callback_at", "")),
        )
    except actions.UnknownDisposition:
        return _bad(request, item, _("Choose how the call ended."))
    except actions.BadCallback:
        return _bad(request, item, _("Give a day and time in the future, at most 30 days ahead."))
    return _went(request, item, disposed)


def _typed_moment(text: str) -> datetime | None:
    """What a field for local time gives; None where it cannot be read."""
    try:
        moment = parse_datetime(text.strip())
    except ValueError:
        return None
    if moment is None:
        return None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _went(request: HttpRequest, item: WorkItem, disposed: actions.Disposed) -> HttpResponse:
    message = _(WENT[disposed.state]) % {"at": _moment(disposed.not_before)}
    if wants_json(request):
        back = disposed.not_before
        payload: dict[str, Any] = {"state": disposed.state, "message": message}
        return JsonResponse({**payload, "not_before": back.isoformat() if back else None})
    messages.success(request, message)
    if request.POST.get("then") == "next":
        return _next(request, item.queue)
    return redirect(f"{reverse('home')}?next={item.queue.code}")


@require_POST
@holders
def release(request: HttpRequest, item: WorkItem) -> HttpResponse:
    """Gives the item back untouched."""
    actions.release(item=item, by=request.user, now=timezone.now())
    if wants_json(request):
        return JsonResponse({"state": "ready"})
    messages.success(request, _("Given back to the queue."))
    return redirect("home")
