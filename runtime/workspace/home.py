"""Home: what this person can do next, by their roles; and the settings of a person's own screens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from builder.models import App
from runtime.learning.skills import skills_of
from runtime.people import actions as people
from runtime.people.roles import roles_of
from runtime.queues.actions.spawned import left_over
from runtime.queues.models import Campaign
from runtime.queues.overview import OwnItem, QueueFace, own_item, queues_for
from runtime.records.models import Record, Session
from runtime.telephony import ringing as telephone
from runtime.workspace.effect_views import told_at_home as failed_effects
from runtime.workspace.unsent_views import arriving

OPEN_AT_MOST = 8
REFUSALS = {
    "skill": _("You need the skill “%(skill)s” first."),
    "skill_expired": _("Your skill “%(skill)s” has expired; take its lesson again."),
    "closed": _("Calls of this queue are made at other hours."),
    "empty": _("Nothing is waiting now."),
    "no_version": _("The script of this queue is not published."),
    "elsewhere": _("You are in a call already; end it or give it back first."),
}
# In the order of the work: what somebody comes for stands first.
DOORS = (
    ("people", _("People"), _("accounts, roles, teams"), frozenset({"admin"})),
    ("telephony", _("Telephony"), _("telephone systems, extensions"), frozenset({"admin"})),
    (
        "wagtailadmin_home",
        _("Workshop"),
        _("write scripts, forms and lessons"),
        frozenset({"editor", "trainer", "reviewer"}),
    ),
    ("campaigns", _("Campaigns"), _("load lists, follow the work"), frozenset({"supervisor"})),
    (
        "queues",
        _("Queues and policies"),
        _("skills, hours, retries"),
        frozenset({"supervisor"}),
    ),
    ("exports", _("Exports"), _("tables and their codebook"), frozenset({"data_officer"})),
    ("find", _("Find a person"), _("by name, phone or number"), frozenset({"supervisor"})),
    ("feeds", _("Feeds"), _("what goes to institutes"), frozenset({"data_officer"})),
    ("documents", _("Documents"), _("issued, revoked"), frozenset({"supervisor", "data_officer"})),
    (
        "apps",
        _("Apps and versions"),
        _("what changed, in words"),
        frozenset({"editor", "trainer", "reviewer", "supervisor", "data_officer", "admin"}),
    ),
    (
        "access-log",
        _("Access log"),
        _("who opened what, and why"),
        frozenset({"auditor", "admin"}),
    ),
    (
        "history",
        _("History"),
        _("what was changed in the set-up"),
        frozenset({"auditor", "admin"}),
    ),
)


@dataclass(frozen=True)
class QueueCard:
    """A queue as a card: may it be claimed, or why not and what to do."""

    face: QueueFace
    refusal: str
    lesson: str
    back_at: datetime | None
    focused: bool


@dataclass(frozen=True)
class OpenRecord:
    """A record that this person began outside a queue and that is still open."""

    record: Record
    since: datetime


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    roles = roles_of(request.user)
    context: dict[str, Any] = {"doors": _doors(roles), "roles_known": roles, "now": timezone.now()}
    if "agent" in roles:
        context |= _agents(request)
    if roles & {"agent", "trainer"}:
        context["arriving"] = arriving(request)
        context["skills"] = [
            skill
            for skill in skills_of(request.user, timezone.now())
            if skill.lesson or skill.standing != "needed"
        ]
    if roles & {"supervisor", "data_officer"}:
        context["apps"] = list(App.objects.exclude(kind="document").order_by("title"))
    if roles & {"admin", "supervisor"}:
        context["failed_effects"] = failed_effects()
    if "supervisor" in roles:
        context["left_over"] = left_over().count()
    return render(request, "workspace/home.html", context)


def _agents(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    own = own_item(request.user)
    wished = request.GET.get("next", "")  # the queue of the call that just ended
    cards = [_card(face, wished, own) for face in queues_for(request.user, now)]
    cards.sort(key=lambda card: not card.focused)
    return {
        "is_agent": True,
        "own": own,
        "queues": cards,
        "open_records": _open_records(request.user, own),
        "startable": _startable(),
        "missed_calls": telephone.missed_for(request.user, now),
    }


def _card(face: QueueFace, wished: str, own: OwnItem | None) -> QueueCard:
    refused = face.refused
    text = str(REFUSALS[refused.reason]) % {"skill": refused.skill} if refused else ""
    return QueueCard(
        face=face,
        refusal=text,
        lesson=(refused.lesson or "") if refused else "",
        back_at=refused.at if refused else None,
        focused=own is None and face.code == wished and not refused,
    )


def _open_records(user: Any, own: OwnItem | None) -> list[OpenRecord]:
    """What was begun without a queue and not ended: it goes on where it stopped."""
    sittings = (
        Session.objects.filter(
            agent=user, kind="agent", ended_at=None, record__closed_at=None, record__items=None
        )
        .select_related("record", "record__version", "record__version__app")
        .order_by("-started_at")
    )
    found: dict[Any, OpenRecord] = {}
    for sitting in sittings.defer("record__version__definition", "record__version__bodies")[:200]:
        if not own or sitting.record_id != own.record:
            found.setdefault(sitting.record_id, OpenRecord(sitting.record, sitting.started_at))
    return list(found.values())[:OPEN_AT_MOST]


def _startable() -> list[App]:
    """Scripts and forms with a version that no campaign calls through."""
    campaigns = Campaign.objects.filter(open=True).values("app")
    apps = App.objects.filter(
        open=True, kind__in=("script", "form"), versions__isnull=False
    ).exclude(pk__in=campaigns)
    return list(apps.distinct().order_by("title"))


@dataclass(frozen=True)
class ADoor:
    """A link to a part of the house."""

    address: str
    title: Any
    text: Any


def _doors(roles: frozenset[str]) -> list[ADoor]:
    found = []
    for name, title, text, who in DOORS:
        if not who & roles:
            continue
        try:
            found.append(ADoor(reverse(name), title, text))
        except NoReverseMatch:
            continue
    return found


@require_POST
def my_settings(request: HttpRequest) -> HttpResponse:
    """Language and theme of the person; back to where they were."""
    language, theme = request.POST.get("language"), request.POST.get("theme")
    if language is not None and language not in dict(settings.LANGUAGES):
        messages.error(request, gettext("Scriptorium does not speak this language."))
        language = None
    if theme not in {None, "", "light", "dark"}:
        theme = None
    person = people.ensure_person(user=request.user)
    people.set_preferences(by=request.user, person=person, language=language, theme=theme)
    if language:
        translation.activate(language)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wished = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wished, {request.get_host()}, require_https=request.is_secure()
    )
    return wished if safe and wished.startswith("/") else reverse("home")
