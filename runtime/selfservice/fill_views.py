"""Filling a public form: a section at a time, the check of all answers, sending, and what is said then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from builder import public_forms
from builder.models import PublicForm
from runtime.queues.actions import NotHolder, in_agents_hands
from runtime.records import actions as records
from runtime.records.references import reference_of
from runtime.selfservice import actions, answering, browser, drawing
from runtime.selfservice.answering import PURPOSE, Saved, Sitting
from runtime.selfservice.begin_views import text_of
from runtime.selfservice.limits import SENT
from runtime.selfservice.models import Seat
from runtime.selfservice.pages import (
    is_too_often,
    language_words,
    public_page,
    seat_path,
    speaking,
    told,
    too_often,
    with_seat,
)
from runtime.workspace.screen import new_nonce
from runtime.workspace.screen_sheet import Door, Sheet


@dataclass(frozen=True)
class Wish:
    """What a request wants to see."""

    section: str = ""
    checking: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    wrongs: bool = False  # what is missing is told


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
@with_seat
def fill(request: HttpRequest, seat: Seat) -> HttpResponse:
    """One section; posted, it is saved, and the next one is shown."""
    elsewhere = _not_to_be_filled(request, seat)
    if elsewhere is not None:
        return elsewhere
    if request.method == "POST":
        limit = is_too_often(request, (SENT, str(seat.pk)))
        if limit is not None:
            return too_often(request, limit)
    sitting = answering.sit(seat.filling.record)
    with speaking(sitting.settled.state["language"]):
        if request.method == "POST":
            return _posted(request, seat, sitting)
        wish = Wish(request.GET.get("section", ""), "checking" in request.GET)
        return _section(request, seat, sitting, wish)


def _not_to_be_filled(request: HttpRequest, seat: Seat) -> HttpResponse | None:
    """Sent already, or an agent is calling about it at this moment."""
    record = seat.filling.record
    if seat.filling.sent_at is not None or record.closed_at is not None:
        return redirect("public-done", seat.pk)
    if in_agents_hands(record):
        return _with_agent(request, seat)
    return None


def _with_agent(request: HttpRequest, seat: Seat) -> HttpResponse:
    words = _(
        "One of our people is working on this form with you or for you at this moment. What you have saved is there. "
        "Please wait until the call has ended, then load this page again."
    )
    return told(
        request, _("We are working on this form"), words, status=409, again=seat_path(seat)
    )


def _posted(request: HttpRequest, seat: Seat, sitting: Sitting) -> HttpResponse:
    request.LANGUAGE_CODE = sitting.settled.state["language"]
    saved = answering.save(request, sitting)
    go, section = request.POST.get("go", ""), request.POST.get("section", "")
    checking = request.POST.get("checking") == "1"
    if not saved.kept:
        wish = Wish(section, checking, saved.typed, saved.notice, wrongs=True)
        return _section(request, seat, saved.sitting, wish, status=422)
    what = go.partition(":")[0]
    if what == "later":
        return redirect("public-later", seat.pk)
    if what == "language" and not section:
        return redirect("public-check", seat.pk)
    if what == "next":
        return _onwards(request, seat, saved, (section, checking))
    if saved.typed or saved.notice:
        wish = Wish(section, checking, saved.typed, saved.notice)
        return _section(request, seat, saved.sitting, wish, status=422)
    return redirect(seat_path(seat) + (f"?section={section}&checking=1" if checking else ""))


def _onwards(
    request: HttpRequest, seat: Seat, saved: Saved, where: tuple[str, bool]
) -> HttpResponse:
    section, checking = where
    sheet = _sheet(request, seat, saved.sitting, Wish(section, typed=saved.typed))
    if sheet.shown == section and (
        saved.notice or drawing.wrongs(sheet, drawing.section_of(sheet))
    ):
        wish = Wish(section, checking, saved.typed, saved.notice, wrongs=True)
        return _section(request, seat, saved.sitting, wish, status=422)
    if checking or not answering.go_to(saved.sitting, sheet.shown):
        return redirect("public-check", seat.pk)
    return redirect(seat_path(seat))


def _sheet(request: HttpRequest, seat: Seat, sitting: Sitting, wish: Wish) -> Sheet:
    door = Door(
        csrf=f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">',
        section_url=seat_path(seat),
        file_url=browser.file_url(seat),
        nonce=new_nonce(),
    )
    definition = drawing.public_definition(sitting.record.version)
    settled = sitting.settled
    sheet = drawing.public_sheet(
        definition, settled.state, settled.view, door=door, wish=wish.section
    )
    return sheet.with_typed(wish.typed)


def _section(
    request: HttpRequest, seat: Seat, sitting: Sitting, wish: Wish, status: int = 200
) -> HttpResponse:
    sheet = _sheet(request, seat, sitting, wish)
    section = drawing.section_of(sheet)
    step, steps = drawing.progress(sheet)
    context = _around(seat, sheet) | {
        "section": drawing.drawn_section(
            sheet,
            told=wish.wrongs,
            after=drawing.buttons(sheet, checking=wish.checking),
        ),
        "section_title": sheet.plain(section.title),
        "section_form": f"s:{section.name}",
        "step": step,
        "steps": steps,
        "notice": wish.notice,
        "wrongs": drawing.wrongs(sheet, section) if wish.wrongs else [],
        "data": browser.data(sheet, seat, sitting),
    }
    return render(request, "selfservice/section.html", context, status=status)


def _around(seat: Seat, sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.plain(sheet.definition.title),
        "language": sheet.language,
        "languages": language_words(sheet.definition.languages),
        "seat": seat,
    }


@public_page
@require_http_methods(["GET", "HEAD"])
@with_seat
def check(request: HttpRequest, seat: Seat) -> HttpResponse:
    """All answers, each with a way to change it; then they are sent."""
    elsewhere = _not_to_be_filled(request, seat)
    if elsewhere is not None:
        return elsewhere
    sitting = answering.sit(seat.filling.record)
    with speaking(sitting.settled.state["language"]):
        return _check(request, seat, sitting)


def _check(
    request: HttpRequest, seat: Seat, sitting: Sitting, told_wrong: bool = False
) -> HttpResponse:
    sheet = _sheet(request, seat, sitting, Wish())
    found = drawing.all_wrongs(sheet)
    context = _around(seat, sheet) | {
        "groups": drawing.groups(sheet),
        "wrongs": found,
        "ends": _ending(sheet) is not None,
    }
    status = 422 if told_wrong else 200
    return render(request, "selfservice/check.html", context, status=status)


def _ending(sheet: Sheet) -> str | None:
    """The outcome a form is sent with: the first that fits what was answered."""
    seen: Mapping[str, Any] = sheet.view["outcomes"]
    ends: Sequence[Any] = public_forms.ends(sheet.definition)
    return next((each.name for each in ends if seen[each.name]["relevant"]), None)


@public_page
@require_POST
@with_seat
def send(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Sends the form: the record ends with its outcome, and a queue's item with it."""
    elsewhere = _not_to_be_filled(request, seat)
    if elsewhere is not None:
        return elsewhere
    sitting = answering.sit(seat.filling.record)
    with speaking(sitting.settled.state["language"]):
        sheet = _sheet(request, seat, sitting, Wish())
        outcome = _ending(sheet)
        if outcome is None or drawing.all_wrongs(sheet):
            return _check(request, seat, sitting, told_wrong=True)
        try:
            done = records.finish(seat.filling.record_id, outcome, by=None, purpose=PURPOSE)
        except NotHolder:
            return _with_agent(request, seat)
        if isinstance(done, records.Problems) and done.code != "closed":
            return _check(request, seat, answering.sit(seat.filling.record), told_wrong=True)
    actions.mark_sent(filling=seat.filling)
    return redirect("public-done", seat.pk)


@public_page
@require_http_methods(["GET", "HEAD"])
@with_seat
def done(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Received: the reference, and what happens next. Nothing of what was answered."""
    record = seat.filling.record
    if seat.filling.sent_at is None and record.closed_at is None:
        return redirect(seat_path(seat))
    return received(request, seat, record.version)


def received(request: HttpRequest, seat: Seat, version: Any) -> HttpResponse:
    """The last page; also what a link and its code open from then on."""
    definition = drawing.public_definition(version)
    language = request.LANGUAGE_CODE
    language = language if language in definition.languages else definition.source
    row = PublicForm.objects.filter(app=seat.filling.app).first()
    with speaking(language):
        context = {
            "title": seat.filling.app.title,
            "reference": reference_of(seat.filling.record_id),
            "after": text_of(row, "after", language, definition.source),
            "app_code": seat.filling.app.code,
        }
        return render(request, "selfservice/done.html", context)
