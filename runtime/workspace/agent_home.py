"""The agent's part of home: the next call, callbacks, what is open, what comes first, the day. Each list is bounded, and the number of
questions to the database does not grow with what there is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from builder.models import App
from runtime.learning.skills import SkillFace
from runtime.queues.mine import SHOWN, callbacks_of, day_of
from runtime.queues.models import Campaign
from runtime.queues.overview import OwnItem, QueueFace, next_due, own_item, queues_for
from runtime.records.models import Event, Record, Session
from runtime.telephony import ringing as telephone
from runtime.telephony.seats import seat_of
from runtime.workspace.agent_reading import news_for

OPEN_AT_MOST = 8
REFUSALS = {
    "skill": _("You need the skill “%(skill)s” first."),
    "skill_expired": _("Your skill “%(skill)s” has expired; take its lesson again."),
    "paused": _("This work is paused. A supervisor resumes it."),
    "closed": _("Calls of this queue are made at other hours."),
    "empty": _("Nothing is waiting now."),
    "no_version": _("The script of this queue is not published."),
    "elsewhere": _("You are in a call already; end it or give it back first."),
}


@dataclass(frozen=True)
class QueueCard:
    """A queue as a card: may it be claimed, or why not and what to do. One of them is the next call."""

    face: QueueFace
    refusal: str
    lesson: str
    back_at: datetime | None
    next: bool


@dataclass(frozen=True)
class OpenRecord:
    """A record that this person began outside a queue and that is still open; when something was last written."""

    record: Record
    since: datetime
    written_at: datetime | None


def agents_home(request: HttpRequest, skills: list[SkillFace], now: datetime) -> dict[str, Any]:
    """What the template `home_agent.html` shows."""
    own = own_item(request.user)
    cards = _cards(queues_for(request.user, now), request.GET.get("next", ""), own)
    callbacks = callbacks_of(request.user, now)
    first = [skill for skill in skills if skill.standing != "held" and skill.lesson]
    going = own is not None or any(card.next for card in cards)
    return {
        "is_agent": True,
        "own": own,
        "queues": cards,
        "next_at": None
        if going
        else next_due(request.user, (card.face.code for card in cards if not card.refusal), now),
        "callbacks": callbacks[:SHOWN],
        "more_callbacks": len(callbacks) > SHOWN,
        "open_records": _open_records(request.user, own),
        "learn_first": first,
        "lesson_is_next": bool(first) and not going,
        "news": news_for(request.user, now),
        "day": _day(request.user, now),
        "startable": _startable(),
        "missed_calls": telephone.missed_for(request.user, now),
        "has_telephone": seat_of(request.user) is not None,
    }


def _cards(faces: list[QueueFace], wished: str, own: OwnItem | None) -> list[QueueCard]:
    """The next call stands first: a callback that was promised, else of the queue of the call that just ended, else where most
    waits."""
    able = [face for face in faces if own is None and not face.refused and _waits(face)]
    best = max(able, key=lambda face: _weight(face, wished), default=None)
    cards = [_card(face, face is best) for face in faces]
    return sorted(cards, key=lambda card: not card.next)


def _waits(face: QueueFace) -> bool:
    return bool(face.claimable or face.promised)


def _weight(face: QueueFace, wished: str) -> tuple[bool, bool, int]:
    return bool(face.promised), face.code == wished, face.claimable


def _card(face: QueueFace, is_next: bool) -> QueueCard:
    refused = face.refused
    text = str(REFUSALS[refused.reason]) % {"skill": refused.skill} if refused else ""
    return QueueCard(
        face=face,
        refusal=text,
        lesson=(refused.lesson or "") if refused else "",
        back_at=refused.at if refused else None,
        next=is_next,
    )


def _open_records(user: Any, own: OwnItem | None) -> list[OpenRecord]:
    """What was begun without a queue and not ended: it goes on where it stopped."""
    sittings = (
        Session.objects.filter(
            agent=user, kind="agent", ended_at=None, record__closed_at=None, record__items=None
        )
        .select_related("record", "record__version", "record__version__app")
        .defer("record__version__definition", "record__version__bodies")
        .defer("record__snapshot", "record__wrapped_key")
        .order_by("-started_at")
    )
    found: dict[Any, Session] = {}
    for sitting in sittings[:200]:
        if not own or sitting.record_id != own.record:
            found.setdefault(sitting.record_id, sitting)
    shown = list(found.values())[:OPEN_AT_MOST]
    written = _written([sitting.record_id for sitting in shown])
    return [OpenRecord(one.record, one.started_at, written.get(one.record_id)) for one in shown]


def _written(records: list[Any]) -> dict[Any, datetime]:
    if not records:
        return {}
    events = Event.objects.filter(record__in=records).order_by().values_list("record")
    return dict(events.annotate(Max("at")))


def _startable() -> list[App]:
    """Scripts and forms with a version that no campaign calls through."""
    campaigns = Campaign.objects.filter(open=True).values("app")
    apps = App.objects.filter(
        open=True, kind__in=("script", "form"), versions__isnull=False
    ).exclude(pk__in=campaigns)
    return list(apps.distinct().order_by("title"))


def _day(user: Any, now: datetime) -> dict[str, Any]:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    day = day_of(user, midnight)
    return {"figures": day, "talk": _spoken(day.talk), "busy": _spoken(day.busy)}


def _spoken(span: timedelta) -> str:
    """`1 h 05 min`; nothing where nobody told."""
    minutes, hours = int(span.total_seconds()) // 60, int(span.total_seconds()) // 3600
    if hours:
        return gettext("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes % 60}
    return gettext("%(minutes)d min") % {"minutes": minutes} if span else ""
