"""A person's page: facts behind veils, records, open work, and what other packages add."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from builder.models import App, Version, load
from runtime.audit.actions import log_access
from runtime.parties.facts import Facts
from runtime.parties.models import Party
from runtime.parties.store import open_party
from runtime.people import clearance
from runtime.people.clearance import NOTHING, Sight, may_break
from runtime.people.roles import roles_of
from runtime.queues import scope
from runtime.queues.models import WorkItem
from runtime.records.models import Record
from runtime.vault.errors import SubjectDestroyed
from runtime.workspace import veils
from runtime.workspace.bar_forms import GroundsForm
from runtime.workspace.bar_views import lines as bar_lines
from runtime.workspace.party_panels import panels
from runtime.workspace.purposes import sight_of, words

FACTS: tuple[tuple[str, str | Promise], ...] = (
    ("birth_date", _("Date of birth")),
    ("phone", _("Phone number")),
    ("national_number", _("National number")),
    ("email", _("E-mail address")),
    ("address", _("Address")),
    ("language", _("Language")),
)
OVER = ("resolved", "withdrawn", "exhausted")
MOST_ROWS = 100


def party_page(request: HttpRequest, party: Party, purpose: str, now: datetime) -> HttpResponse:
    """Opens the person; the facts that are unveiled stand in the access log."""
    sight = sight_of(request, purpose, now, party.pk)
    if sight == NOTHING:
        raise PermissionDenied
    unveiled = _unveiled(request, party, purpose, sight)
    try:
        facts = open_party(party, by=request.user, purpose=purpose)
    except SubjectDestroyed:
        return render(request, "workspace/party_erased.html", status=410)
    context = {
        "party": party,
        "name": f"{facts.given_name or ''} {facts.family_name or ''}".strip(),
        "purpose": words(purpose),
        "may_break": may_break(roles_of(request.user)),
        "purpose_code": purpose,
        "facts": _facts(facts, unveiled, sight),
        "unveiled": unveiled,
        "records": _records(party, request),
        "items": _items(party, request.user),
        "panels": panels(party.pk, request.user),
        "may_bar": "supervisor" in roles_of(request.user),
        "bars": bar_lines(party.bars.all()),
        "bar_form": GroundsForm(),
        "apps": _apps() if "agent" in roles_of(request.user) else [],
    }
    return render(request, "workspace/party.html", context)


def _unveiled(request: HttpRequest, party: Party, purpose: str, sight: Sight) -> list[str]:
    """The facts shown on this page, logged each time: what a browser says was shown before is only its word."""
    wanted = [*request.POST.getlist("unveiled"), request.POST.get("unveil", "")]
    shown = [fact for fact in veils.VEILS if fact in wanted and _veil(fact, sight) == "asked"]
    if shown:
        detail = f"unveil {','.join(shown)}"
        log_access(by=request.user, deed="open", subject=party.pk, purpose=purpose, detail=detail)
    return shown


def _veil(fact: str, sight: Sight) -> str:
    return sight.veil(clearance.FACTS.get(fact, "sealed"))


def _facts(facts: Facts, unveiled: list[str], sight: Sight) -> list[dict[str, Any]]:
    lines = []
    for fact, label in FACTS:
        value = getattr(facts, fact) or ""
        veil = "" if fact in unveiled else _veil(fact, sight)
        shown = veils.veiled(fact, value) if veil else veils.shown(fact, value)
        lines.append({"fact": fact, "label": label, "value": shown, "veiled": value and veil})
    return [line for line in lines if line["value"]]


def _records(party: Party, request: HttpRequest) -> list[dict[str, Any]]:
    rows = (
        scope.records(request.user)
        .filter(party=party)
        .select_related("version__app")
        .order_by("-created_at")
    )
    rows = rows.defer("version__definition", "version__bodies", "snapshot", "wrapped_key")[
        :MOST_ROWS
    ]
    return [{"record": row, "outcome": _outcome(row, request.LANGUAGE_CODE)} for row in rows]  # type: ignore[attr-defined]


def _outcome(row: Record, language: str) -> str:
    if not row.outcome:
        return ""
    definition = load(row.version_id)
    found = next((one for one in definition.outcomes if one.name == row.outcome), None)
    return (found.label.plain(language, definition.source) if found else "") or row.outcome


def _items(party: Party, user: Any) -> QuerySet[WorkItem]:
    rows = scope.items(user).filter(party=party).exclude(state__in=OVER)
    return rows.select_related("queue", "campaign").order_by("not_before")[:MOST_ROWS]


def _apps() -> QuerySet[App]:
    """The apps in which a record about this person may be begun."""
    published = Version.objects.values("app")
    return App.objects.filter(open=True, kind__in=("script", "form"), pk__in=published).order_by(
        "title"
    )
