"""Signed links: an agent makes one for a person; the person proves a fact, and goes on at the form that is theirs."""

import datetime as dt
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from builder.values.reading_dates import read_date
from runtime.people.roles import roles_of
from runtime.queues import scope
from runtime.queues.models import WorkItem
from runtime.queues.states import ACTIVE
from runtime.records.actions import AppClosed
from runtime.selfservice import actions
from runtime.selfservice.limits import TRIED_HERE
from runtime.selfservice.models import Invitation
from runtime.selfservice.pages import (
    is_too_often,
    public_page,
    seat_path,
    seated,
    told,
    too_often,
)

REFUSED = {
    "forged": gettext_noop(
        "This link is not complete or was changed. Copy all of it from the message you got."
    ),
    "expired": gettext_noop("The time of this link is over. Ask for a new one."),
    "locked": gettext_noop(
        "Too many answers did not fit; this link opens nothing any more. Ask for a new one."
    ),
    "used": gettext_noop(
        "This link was used already. If you saved the form, come back with the link and the code that you got then; else ask for a new one."
    ),
    "withdrawn": gettext_noop("This form is not needed from you any more. Nothing is to be done."),
}
STATUS = {"forged": 404, "withdrawn": 410}
LONGEST = 100
DAYS_AT_MOST = 60


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, code: str, text: str) -> HttpResponse:
    """Who opens a link proves first that it is theirs; before that, nothing of them is shown."""
    now = timezone.now()
    try:
        row = actions.invitation_of(code=code, text=text, now=now)
        if request.method != "POST":
            return _asked(request, row)
        limit = is_too_often(request, (TRIED_HERE, ""))
        if limit is not None:
            return too_often(request, limit)
        fact = _read(row, request.POST.get("fact", "")[:LONGEST], request.LANGUAGE_CODE)
        filling = actions.prove(invitation=row, told=fact, now=now) if fact else None
    except actions.LinkRefused as refused:
        words = _(REFUSED[refused.code])
        return told(
            request, _("This link opens nothing"), words, status=STATUS.get(refused.code, 410)
        )
    if filling is None:
        return _asked(request, row, wrong=True, unread=not fact)
    seat, secret = actions.sit_down(filling=filling)
    return seated(redirect(seat_path(seat)), seat, secret)


def _read(row: Invitation, typed: str, language: str) -> str:
    """What was typed, as the fact is kept; empty where it is none."""
    if row.fact != "birth_date":
        return typed.strip()
    return read_date(typed, timezone.localdate().isoformat(), language) or ""


def _asked(
    request: HttpRequest, row: Invitation, *, wrong: bool = False, unread: bool = False
) -> HttpResponse:
    context = {"title": row.app.title, "fact": row.fact, "wrong": wrong, "unread": unread}
    return render(request, "selfservice/prove.html", context, status=422 if wrong else 200)


@require_POST
def invite(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A link for the person of a work item, shown once to whoever holds the item, or to a supervisor."""
    item = _own_item(request, pk)
    days = request.POST.get("days", "7")
    wished = int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 7
    lasts = dt.timedelta(days=min(DAYS_AT_MOST, max(1, wished)))
    once = request.POST.get("many") != "1"
    try:
        row, text = actions.invite(
            app=item.campaign.app,
            party=item.party,
            item=item,
            by=request.user,
            lasts=lasts,
            once=once,
        )
    except AppClosed:
        return _not_made(
            request,
            item,
            _("This script is no public form. Its editor can open it to the public."),
        )
    except actions.NothingToProve:
        words = _(
            "Neither a day of birth nor a national number is known of this person: they could not prove who they are. Ask and note one first."
        )
        return _not_made(request, item, words)
    path = reverse("public-link", args=[row.app.code, text])
    context = {"link": request.build_absolute_uri(path), "invitation": row, "item": item}
    response = render(request, "selfservice/invited.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _not_made(request: HttpRequest, item: WorkItem, words: str) -> HttpResponse:
    context = {"problem": words, "item": item}
    return render(request, "selfservice/invited.html", context, status=409)


def _own_item(request: HttpRequest, pk: uuid.UUID) -> WorkItem:
    rows = scope.items(request.user).select_related("campaign__app", "party", "record")
    item = rows.filter(pk=pk, party__isnull=False, campaign__isnull=False).first()
    if item is None:
        raise Http404
    mine = item.state == ACTIVE and item.assignee_id == request.user.pk
    if not (mine or "supervisor" in roles_of(request.user)):
        raise Http404
    return item
