"""Bulk deeds: the preview, doing it, its progress, taking it back; and those of before."""

from collections.abc import Callable
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from runtime.outbox.actions import retry
from runtime.outbox.models import Effect
from runtime.queues.actions import bulks as actions
from runtime.queues.bulks import Bulk
from runtime.queues.deeds import DEEDS
from runtime.queues.sight import seen_by
from runtime.workspace import board_words as words

SHOWN, LOOKED = 50, 5_000
GOING = frozenset({"counting", "running", "undoing"})


@never_cache
@require_GET
def bulks(request: HttpRequest) -> HttpResponse:
    """The newest deeds that this person may see."""
    seen = seen_by(request.user).queues
    rows = Bulk.objects.select_related("by", "undone_by").defer("items", "sieve")
    newest = rows.order_by("-created_at")[:LOOKED].iterator(chunk_size=400)
    found = islice((row for row in newest if _may_see(request, row, seen)), SHOWN)
    return render(request, "workspace/bulks.html", {"rows": [_line(one) for one in found]})


def _may_see(request: HttpRequest, row: Bulk, seen: frozenset[int]) -> bool:
    """All its queues are seen by who asks; a deed that found nothing is of no queue, and its maker's."""
    return seen.issuperset(row.queues) if row.queues else row.by_id == request.user.pk


def _one(request: HttpRequest, pk: UUID) -> Bulk:
    """A deed, if all its queues are seen by who asks."""
    row = Bulk.objects.select_related("by", "undone_by").filter(pk=pk).first()
    if row is None or not _may_see(request, row, seen_by(request.user).queues):
        raise Http404
    return row


def _line(row: Bulk) -> dict[str, Any]:
    return {
        "bulk": row,
        "deed": words.said(words.DEEDS, row.deed),
        "state": words.said(words.BULK_STATES, row.state),
        "by": row.by.get_full_name() or row.by.get_username(),
    }


@never_cache
@require_GET
def bulk(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The preview; then how far it is, what was done, what could not be and why."""
    row = _one(request, pk)
    stuck = _stuck(row)
    context = {
        **_line(row),
        "given": words.given(row),
        "hindered": words.hindrances(row.hindered),
        "skipped": words.hindrances(row.skipped),
        "kept": words.hindrances(row.kept),
        "going": row.state in GOING,
        "stuck": stuck is not None,
        "begun": row.begun_at is not None,
        "undoable": DEEDS[row.deed].undoable,
        "can_undo": _can_undo(row),
        "seen": _progress(row),
        "total": _total(row),
    }
    return render(request, "workspace/bulk.html", context)


def _can_undo(row: Bulk) -> bool:
    ended = row.state in {"done", "stopped"} and row.undone_at is None
    return ended and row.done > 0 and DEEDS[row.deed].undoable


def _progress(row: Bulk) -> int:
    if row.state == "undoing":
        return row.undone + sum(row.kept.values())
    return row.seen if row.state == "counting" else row.done + sum(row.skipped.values())


def _total(row: Bulk) -> int:
    """What is to be seen; while it is counted for the first time, nobody knows."""
    if row.state == "counting":
        return len(row.items) if row.items is not None else 0
    return row.done if row.state == "undoing" else row.seen


def _stuck(row: Bulk) -> Effect | None:
    """The chunk that the worker has given up, if there is one."""
    rows = Effect.objects.filter(key=f"{actions.EFFECT}:{row.pk}:{row.step}", state="failed")
    return rows.first() if row.state in GOING else None


@never_cache
@require_GET
def bulk_progress(request: HttpRequest, pk: UUID) -> JsonResponse:
    """What the page asks for while the worker is at it."""
    row = _one(request, pk)
    seen = _progress(row)
    return JsonResponse(
        {
            "label": words.said(words.BULK_STATES, row.state),
            "ended": row.state not in GOING or _stuck(row) is not None,
            "total": max(_total(row), seen, 1),
            "seen": seen,
        }
    )


@require_POST
def bulk_turn(request: HttpRequest, pk: UUID, turn: str) -> HttpResponse:
    """Do it, stop, take it back, or (what the worker had given up) again."""
    if turn not in TURNS:
        raise Http404
    row = _one(request, pk)
    changed, otherwise = TURNS[turn](row, request.user)
    if not changed and otherwise:
        messages.info(request, otherwise)
    return redirect("bulk", pk=pk)


def _go(row: Bulk, by: Any) -> tuple[bool, str]:
    return actions.go(bulk=row, by=by), _("It was begun or stopped before.")


def _stop(row: Bulk, _by: Any) -> tuple[bool, str]:
    return actions.stop(bulk=row), _("It was begun or stopped before.")


def _undo(row: Bulk, by: Any) -> tuple[bool, str]:
    said = _("There is nothing to take back, or it is being taken back.")
    return actions.undo(bulk=row, by=by), said


def _again(row: Bulk, by: Any) -> tuple[bool, str]:
    effect = _stuck(row)
    return effect is not None and retry(effect=effect, by=by), ""


TURNS: dict[str, Callable[[Bulk, Any], tuple[bool, str]]] = {
    "go": _go,
    "stop": _stop,
    "undo": _undo,
    "again": _again,
}
