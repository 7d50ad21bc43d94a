"""Home: what this person can do next, by their roles; and the settings of a person's own screens."""

from dataclasses import dataclass
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
from runtime.accounts.planning import may_load
from runtime.learning.skills import SkillFace, skills_of
from runtime.people import actions as people
from runtime.people.roles import roles_of
from runtime.queues import scope
from runtime.queues.actions.spawned import left_over
from runtime.workspace.agent_home import agents_home
from runtime.workspace.effect_views import told_at_home as failed_effects
from runtime.workspace.glass_review_views import told_at_home as broken_glasses
from runtime.workspace.inbox_views import told_at_home as waiting_lists
from runtime.workspace.unsent_views import arriving

# In the order of the work: what somebody comes for stands first.
DOORS = (
    ("people", _("People"), _("accounts, roles"), frozenset({"admin"})),
    (
        "units",
        _("Units"),
        _("centres, regions, teams; who belongs where"),
        frozenset({"admin", "supervisor"}),
    ),
    ("telephony", _("Telephony"), _("telephone systems, extensions"), frozenset({"admin"})),
    ("inboxes", _("Folders of lists"), _("lists that other programs send"), frozenset({"admin"})),
    (
        "wagtailadmin_home",
        _("Workshop"),
        _("write scripts, forms and lessons"),
        frozenset({"editor", "trainer", "reviewer"}),
    ),
    (
        "board",
        _("Board"),
        _("what stands in the queues, who is at work"),
        frozenset({"supervisor"}),
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


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    roles = roles_of(request.user)
    context: dict[str, Any] = {
        "doors": _doors(roles, request.user),
        "roles_known": roles,
        "now": timezone.now(),
    }
    if roles & {"agent", "trainer"}:
        skills = skills_of(request.user, context["now"])
        context["arriving"] = arriving(request)
        context["skills"] = _skills_below(skills, roles)
        if "agent" in roles:
            context |= agents_home(request, skills, context["now"])
    if roles & {"supervisor", "data_officer"}:
        context["apps"] = list(App.objects.exclude(kind="document").order_by("title"))
    if roles & {"admin", "supervisor"}:
        context["failed_effects"] = failed_effects(request.user)
        context["lists"] = waiting_lists(request.user, context["now"])
    context["glass"] = broken_glasses(request.user)
    context["judges"] = "data_officer" in roles
    if "supervisor" in roles:
        context["left_over"] = left_over().filter(item__in=scope.items(request.user)).count()
    return render(request, "workspace/home.html", context)


def _skills_below(skills: list[SkillFace], roles: frozenset[str]) -> list[SkillFace]:
    """The skills that are shown for what they are; what an agent has to learn first stands above, with the work."""
    shown = [skill for skill in skills if skill.lesson or skill.standing != "needed"]
    if "agent" not in roles:
        return shown
    return [skill for skill in shown if skill.standing == "held" or not skill.lesson]


@dataclass(frozen=True)
class ADoor:
    """A link to a part of the house."""

    address: str
    title: Any
    text: Any


def _doors(roles: frozenset[str], user: Any) -> list[ADoor]:
    found = []
    for name, title, text, who in DOORS:
        if not who & roles or (name == "units" and not may_load(user)):
            continue
        try:
            found.append(ADoor(reverse(name), title, text))
        except NoReverseMatch:
            continue
    return found


@require_POST
def my_settings(request: HttpRequest) -> HttpResponse:
    """Language, theme and keys of the person; back to where they were."""
    language, theme = request.POST.get("language"), request.POST.get("theme")
    if language is not None and language not in dict(settings.LANGUAGES):
        messages.error(request, gettext("Scriptorium does not speak this language."))
        language = None
    if theme not in {None, "", "light", "dark"}:
        theme = None
    person = people.ensure_person(user=request.user)
    single_keys = {"on": True, "off": False}.get(request.POST.get("single_keys", ""))
    people.set_preferences(
        by=request.user, person=person, language=language, theme=theme, single_keys=single_keys
    )
    if language:
        translation.activate(language)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wished = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wished, {request.get_host()}, require_https=request.is_secure()
    )
    return wished if safe and wished.startswith("/") else reverse("home")
