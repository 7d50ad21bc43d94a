"""The page of a held record: a session for this sitting, the settled state, the screen around it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from builder.definition import Definition
from builder.definition.nodes import Calculation, Question
from builder.models import load
from runtime.queues import face
from runtime.records import actions as records
from runtime.records import undoing
from runtime.records.models import Event, Record, Session
from runtime.records.references import reference_of
from runtime.records.settling import Settled
from runtime.telephony.links import address_for
from runtime.workspace import screen_carried, screen_conflicts, screen_undo
from runtime.workspace.screen import Surroundings, draw, make_sheet, new_nonce
from runtime.workspace.screen_ends import AttemptEnd, Ends
from runtime.workspace.screen_files import FILE
from runtime.workspace.screen_holding import Held
from runtime.workspace.screen_sheet import Door, Sheet
from runtime.workspace.screen_sides import Call, Happening

AUDIENCES = {"agent": "agent", "learner": "learner"}
SITTINGS_AT_MOST = 12


@dataclass(frozen=True)
class Wish:
    """What this request wants to see: a section, the ends, typed texts that could not be read, a notice."""

    section: str = ""
    end: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    told: str = ""  # a notice that is no problem
    status: int = 200


def show(request: HttpRequest, held: Held, wish: Wish | None = None) -> HttpResponse:
    """The screen, in this person's sitting of today or a new one; opening it is logged."""
    wish = wish or Wish(request.GET.get("section", ""), "end" in request.GET)
    session, token, settled = _taken_up(request, held)
    definition = load(held.record.version_id)
    sheet = _sheet(request, held, definition, settled, (token, wish))
    around = _around(request, held, sheet, (session, token, settled, wish))
    context = {
        "drawn": draw(sheet, around),
        "title": sheet.plain(definition.title),
        "lesson": held.kind == "learner",
    }
    response = render(request, "workspace/screen.html", context, status=wish.status)
    response["Cache-Control"] = "no-store"
    return response


def _taken_up(request: HttpRequest, held: Held) -> tuple[Session, str, Settled]:
    """Once more where the record came to another version between the two: token, state and page are of one version."""
    session, token = _sitting_of(request, held)
    settled = records.settle(held.record.id, by=request.user, purpose=purpose_of(held))
    if settled.version != held.record.version_id:
        held.record.refresh_from_db(fields=["version"])
        session, token = _sitting_of(request, held)
    return session, token, settled


def _sitting_of(request: HttpRequest, held: Held) -> tuple[Session, str]:
    return records.resume_session(
        record=held.record,
        by=request.user,
        kind=held.kind,
        purpose=purpose_of(held),
        fence=held.fence,
    )


def purpose_of(held: Held) -> str:
    """What the access log says a holder opens the record for."""
    if held.kind == "learner":
        return "learning"
    return f"{held.item.kind}:{held.item.pk}" if held.item else "call"


def _sheet(
    request: HttpRequest,
    held: Held,
    definition: Definition,
    settled: Settled,
    extra: tuple[str, Wish],
) -> Sheet:
    token, wish = extra
    door = Door(
        csrf=f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">',
        section_url=reverse("record-section", args=[held.record.id]),
        finish_url=reverse("record-finish", args=[held.record.id]),
        file_url=_file_url(held.record),
        nonce=new_nonce(),
        token=token,
        single_keys=getattr(getattr(request.user, "person", None), "single_keys", True),
    )
    sheet = make_sheet(
        definition, settled.state, settled.view, mode=held.kind, door=door, wish=wish.section
    )
    return sheet.with_typed(wish.typed)


def plain_sheet(held: Held, settled: Settled) -> Sheet:
    """What is answered, for words about it; nothing is drawn of it."""
    definition = load(held.record.version_id)
    return make_sheet(definition, settled.state, settled.view, mode=held.kind, door=Door())


def _around(
    request: HttpRequest, held: Held, sheet: Sheet, extra: tuple[Session, str, Settled, Wish]
) -> Surroundings:
    session, token, settled, wish = extra
    item = face.of_item(held.item, request.user) if held.item else None
    version = held.record.version
    conflicts = screen_conflicts.told(held.record.pk, settled.conflicts)
    steps = undoing.steps_of(session)
    return Surroundings(
        call=Call(
            app_title=sheet.plain(sheet.definition.title),
            version=f"v{version.number}",
            number=item.number.readable if item and item.number else "",
            dial=item.number.e164 if item and item.number else "",
            address=address_for(request.user, item.number.e164) if item and item.number else "",
            point=str(item.number.point) if item and item.number else "",
            reference=reference_of(held.record.id) if held.kind == "agent" else "",
            attempt=item.attempts + 1 if item else 0,
            seconds=_seconds(held, item, session) if item else None,
            home=reverse("home"),
        ),
        ends=_ends(item, open_=wish.end),
        history=_history(held.record, request.user, item),
        browser={
            **_browser(held, session, token, settled),
            "conflicts": conflicts,
            "steps": screen_undo.for_browser(steps),
        },
        steps=steps,
        notice=wish.notice
        + wish.told
        + screen_carried.notice(sheet, settled, _labels(sheet))
        + late_notice(request, held, sheet)
        + screen_conflicts.notice(sheet, conflicts),
        bad=bool(wish.notice),
    )


def _seconds(held: Held, item: face.ItemFace, session: Session) -> int:
    """How long this call lasts: since it was dialled, else since this person opened it."""
    sittings = Session.objects.filter(record=held.record, kind=held.kind, fence=held.fence)
    first = sittings.order_by("started_at").values_list("started_at", flat=True).first()
    began = item.dialling or first or session.started_at
    return max(0, int((session.started_at - began).total_seconds()))


def _browser(held: Held, session: Session, token: str, settled: Settled) -> dict[str, Any]:
    record = held.record
    definition = reverse(
        "projection", args=[record.version.sha256, AUDIENCES[held.kind], "__language__"]
    )
    urls = {name: reverse(url, args=[record.id]) for name, url in _ADDRESSES.items()}
    urls |= {"file": _file_url(record), "list": reverse("long-list", args=["__list__"])}
    # a page that stayed open says what it shows, and to whom
    by = session.agent_id
    urls["token"] += f"?version={record.version.number}&by={by}"
    urls["keys"] = f"{reverse('unsent-keys')}?by={by}"
    if held.item:
        urls |= {
            name: reverse(f"item-{name}", args=[held.item.pk]) for name in ("heartbeat", "attempt")
        }
    return {
        "token": token,
        "number": settled.number,
        "by": session.agent_id,
        "version": record.version.number,
        "today": session.today.isoformat(),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "urls": {**urls, "definition": definition},
    }


_ADDRESSES = {
    "save": "save",
    "settle": "record-settle",
    "token": "record-token",
    "upload": "upload",
}


def _file_url(record: Record) -> str:
    some = uuid.UUID(int=0)
    return reverse("file", args=[record.id, some]).replace(str(some), FILE)


def _ends(item: face.ItemFace | None, *, open_: bool) -> Ends:
    if item is None:
        return Ends(open=open_)
    return Ends(
        dispose_url=reverse("item-dispose", args=[item.id]),
        release_url=reverse("item-release", args=[item.id]),
        attempt_ends=[
            AttemptEnd(row.name, gettext(row.label), row.needs_time) for row in item.choices
        ],
        open=open_,
    )


def _history(record: Record, user: Any, item: face.ItemFace | None) -> Sequence[Happening]:
    """Sittings and attempts, newest first: who and when, never what was answered."""
    rows = (
        Session.objects.filter(record=record)
        .select_related("agent")
        .order_by("-started_at")[: SITTINGS_AT_MOST * 4]
    )
    told = [(row.started_at, _sitting(row, user)) for row in rows if _counted(row)][
        :SITTINGS_AT_MOST
    ]
    told += [
        (one.at, Happening(when_text(one.at), gettext(one.label), one.agent))
        for one in (item.history if item else ())
    ]
    return [happening for _at, happening in sorted(told, key=lambda pair: pair[0], reverse=True)]


def _counted(session: Session) -> int:
    """How many events a sitting made: a page that was only looked at is no happening."""
    session.made = Event.objects.filter(session=session).count()
    return session.made


def _sitting(session: Session, user: Any) -> Happening:
    count = ngettext("%(n)s change", "%(n)s changes", session.made) % {"n": session.made}
    who = gettext("you") if session.agent_id == getattr(user, "pk", None) else _name(session.agent)
    return Happening(when_text(session.started_at), count, who)


def _name(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def when_text(at: Any) -> str:
    """Today and yesterday by name, other days by date; the time in the app's time zone."""
    local = timezone.localtime(at)
    days = (timezone.localdate() - local.date()).days
    day = {0: gettext("Today"), 1: gettext("Yesterday")}.get(days) or date_format(local, "j M Y")
    return f"{day} {date_format(local, 'H:i')}"


def late_notice(request: HttpRequest, held: Held, sheet: Sheet) -> str:
    """Answers of an earlier sitting that wait for a decision: how many, which ones, and the two buttons."""
    waiting = late_count(held.record)
    if not waiting:
        return ""
    words = ngettext(
        "%(n)s answer of an earlier sitting came late.",
        "%(n)s answers of an earlier sitting came late.",
        waiting,
    )
    text = escape(words % {"n": waiting})
    token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
    keep, dismiss = escape(gettext("Keep them")), escape(gettext("Dismiss them"))
    return (
        f'<form method="post" action="{reverse("record-late", args=[held.record.id])}">{token}<p>{text}</p>'
        f"{screen_conflicts.late_lines(sheet, held.record)}"
        f'<p class="notice-actions"><button class="button" name="keep" value="1">{keep}</button>'
        f'<button class="button" name="keep" value="0">{dismiss}</button></p></form>'
    )


def late_count(record: Record) -> int:
    """How many late events of a record wait for a decision."""
    return Event.objects.filter(record=record, late=True, merged_at=None).count()


def _labels(sheet: Sheet) -> dict[str, str]:
    return {
        item.name: sheet.plain(item.label)
        for section in sheet.definition.sections
        for item in section.items
        if isinstance(item, Question | Calculation)
    }
