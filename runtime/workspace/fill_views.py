"""A record in the workspace: the screen for who holds it, a reading for others, and the posts of a call."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from builder.models import App, load
from runtime.parties.models import Party
from runtime.people.clearance import NOTHING
from runtime.people.roles import roles_of
from runtime.queues import actions as queues
from runtime.queues import scope
from runtime.queues.claimed import NotHolder
from runtime.queues.questions import newest_version
from runtime.records import actions as records
from runtime.records.append import append
from runtime.records.models import Session
from runtime.workspace import doubles, line, line_page, screen_page, screen_undo
from runtime.workspace.line_taking import ask_first
from runtime.workspace.purposes import purpose_for, sight_of
from runtime.workspace.screen_holding import (
    Held,
    earned,
    find_record,
    held_or_404,
    holding,
    in_talk,
    may_read,
)
from runtime.workspace.screen_posts import Reader, batch_of, read_post
from runtime.workspace.screen_reading import show_reading
from runtime.workspace.screen_uploads import take_files
from runtime.workspace.unsent_views import made_for, somebody_else
from runtime.workspace.wording import problem_sentence


def record(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """The screen while this person holds the record, else the reading, which asks for a purpose first."""
    row = find_record(record, request.user)
    held = holding(row, request.user)
    if held is not None and request.method == "GET":
        if held.asked:
            return line_page.show_held(request, held, timezone.now())
        return screen_page.show(request, held)
    if not may_read(row, request.user):
        raise Http404
    if row.version.app.kind == "lesson":
        return redirect("lesson", row.version.app.code)
    calls = request.POST.get("purpose") == line.PURPOSE
    first = ask_first(request, row.party, timezone.now(), row) if calls else None
    return first or show_reading(request, row, timezone.now())


@require_POST
def section(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """A section posted without JavaScript."""
    held = held_or_404(record, request.user)
    settled = records.settle(held.record.id, by=request.user, purpose="call")
    definition = load(held.record.version_id)
    post, not_kept = take_files(request, held.record, definition, timezone.now())
    reader = Reader(definition, timezone.localdate(), request.LANGUAGE_CODE)
    posted = read_post(reader, settled.state, post)
    batch = batch_of(posted, request.POST.get("nonce", ""), settled.number)
    token = request.POST.get("token", "")
    saved = append(token, batch, timezone.now(), record=held.record.id)
    notice = (
        not_kept
        + _not_saved(saved)
        + "".join(f"<p>{escape(problem_sentence(row['code']))}</p>" for row in posted.refused)
    )
    if not notice and request.POST.get("go") in screen_undo.DEEDS:
        return _taken_back(request, held)
    if notice or posted.typed:
        wish = screen_page.Wish(
            request.POST.get("section", ""), typed=posted.typed, notice=notice, status=422
        )
        return screen_page.show(request, held, wish)
    return redirect("record", held.record.id)


def _taken_back(request: HttpRequest, held: Held) -> HttpResponse:
    """What was posted with the button is saved by now, and is the first to be taken back."""
    session, _token = records.resume_session(
        record=held.record, by=request.user, kind=held.kind, purpose="undo", fence=held.fence
    )
    settled = records.settle(held.record.id, by=request.user, purpose="undo")
    words, section = screen_undo.press(
        request, session, settled, screen_page.plain_sheet(held, settled), timezone.now()
    )
    section = section or request.POST.get("section", "")
    return screen_page.show(request, held, screen_page.Wish(section, told=screen_undo.told(words)))


def _not_saved(saved: Any) -> str:
    """Why something of a post was not saved, as paragraphs."""
    told = [saved.message] if saved.message else []
    told += [row["message"] for row in saved.refused]
    return "".join(f"<p>{escape(text)}</p>" for text in told)


@require_POST
def token(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """A new run token for a page that stayed open over a logout: only for who still holds the record, and whose page it is."""
    if not made_for(request):
        return somebody_else()
    held = in_talk(find_record(record, request.user), request.user)
    if held is None:
        words = gettext("This call is with somebody else by now, or it has ended.")
        return _no_store(JsonResponse({"code": "session_ended", "message": words}, status=409))
    _session, fresh = records.resume_session(
        record=held.record, by=request.user, kind=held.kind, purpose="call", fence=held.fence
    )
    if request.GET.get("version", "") not in ("", str(held.record.version.number)):
        words = gettext("This script was updated since this page was opened; open the call again.")
        return _no_store(JsonResponse({"code": "session_ended", "message": words}, status=409))
    return _no_store(JsonResponse({"token": fresh}))


@require_POST
def finish(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """Ends the record with an outcome; what is missing is told on the screen."""
    row = find_record(record, request.user)
    held = holding(row, request.user)
    if held is None:
        return _not_with_you(request, row)
    if held.asked:  # a page of an earlier call: first who is on the line
        return redirect("record", row.id)
    party, first = doubles.chosen(request, held)
    if first is not None:
        return first
    queue = held.item.queue.code if held.item else ""
    outcome = (
        earned(held, request.user) if held.kind == "learner" else request.POST.get("outcome", "")
    )
    try:
        done = records.finish(
            held.record.id, outcome, by=request.user, purpose="call", party=party
        )
    except NotHolder:  # somebody claimed it since the question above
        return _not_with_you(request, row)
    if isinstance(done, records.Problems):
        notice = f"<p>{escape(problem_sentence(done.code))}</p>"
        return screen_page.show(
            request, held, screen_page.Wish(end=True, notice=notice, status=422)
        )
    if held.kind == "learner":
        return redirect("lesson", held.record.version.app.code)
    messages.success(request, gettext("The call has ended and everything is saved."))
    return redirect(reverse("home") + (f"?next={queue}" if queue else ""))


def _not_with_you(request: HttpRequest, row: Any) -> HttpResponse:
    """The same button pressed twice is no problem, and who lost the call is told so; a foreign record is not known."""
    if not Session.objects.filter(record=row, agent=request.user).exists():
        raise Http404
    if row.closed_at is None:
        messages.error(
            request, gettext("This call is with somebody else by now, or it has ended.")
        )
        return redirect("record", row.id)
    messages.info(request, gettext("This call had ended already."))
    return redirect("home")


@require_POST
def go_on(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """Takes up an open record that nobody is working on, as when the person calls back."""
    row = find_record(record, request.user)
    if row.version.app.kind == "lesson":
        raise Http404
    first = ask_first(request, row.party, timezone.now(), row)
    if first is not None:
        return first
    if not queues.continue_record(record=row, by=request.user):
        messages.error(
            request, gettext("Somebody else is working on this record now, or it is closed.")
        )
    return redirect("record", row.id)


@require_POST
def late(request: HttpRequest, record: uuid.UUID) -> HttpResponse:
    """Keeps or dismisses what an earlier sitting sent too late. For the holder, or a supervisor."""
    row = find_record(record, request.user)
    if in_talk(row, request.user) is None and "supervisor" not in roles_of(request.user):
        raise Http404
    keep = request.POST.get("keep") == "1"
    try:
        count = records.merge_late(row, keep, by=request.user)
    except records.RecordClosed:
        messages.error(
            request,
            gettext("The record is closed. Reopen it with a reason, then take the answers over."),
        )
        return redirect("record", row.id)
    words = ngettext("%(n)s late answer decided.", "%(n)s late answers decided.", count)
    messages.success(request, words % {"n": count})
    return redirect("record", row.id)


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """A record of an app without a queue: about a person who was found, or nobody known yet."""
    app = get_object_or_404(App, code=code, kind__in=("script", "form"))
    version = newest_version(app.pk)
    if version is None:
        messages.error(
            request, gettext("“%(title)s” takes no new records now.") % {"title": app.title}
        )
        return redirect("home")
    party = _party(request.POST.get("party", ""), request.user)
    if party is not None and not _may_begin(request, party):
        messages.error(
            request, gettext("Say first why: this purpose is over, or it is not for this person.")
        )
        return redirect("find")
    row = records.start(
        version=version,
        party=party,
        by=request.user,
        language=request.LANGUAGE_CODE,
        unit=scope.home_of(request.user),
    )
    records.open_session(record=row, by=request.user, kind="agent", purpose="call")
    return redirect("record", row.id)


def _may_begin(request: HttpRequest, party: Party) -> bool:
    """A record about somebody shows their facts: it is begun for a purpose that stands, like any opening."""
    now = timezone.now()
    purpose = purpose_for(request, party.pk, now)
    return bool(purpose) and sight_of(request, purpose, now, party.pk) != NOTHING


def _party(text: str, user: Any) -> Party | None:
    if not text:
        return None
    try:
        return scope.parties(user).get(pk=uuid.UUID(text))
    except (ValueError, Party.DoesNotExist):
        raise Http404 from None


def _no_store(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
