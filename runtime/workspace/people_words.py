"""The words for roles, and for what changed in a person's rights."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from runtime.people.models import RoleChange, Unit

ROLES = {
    "editor": _("Editor"),
    "trainer": _("Trainer"),
    "reviewer": _("Reviewer"),
    "agent": _("Agent"),
    "supervisor": _("Supervisor"),
    "data_officer": _("Data officer"),
    "admin": _("Administrator"),
    "auditor": _("Auditor"),
    "partner": _("Partner"),
    "citizen": _("Citizen"),
}
REASONS = {
    "roles": _("Roles"),
    "active": _("May sign in"),
    "unit": _("Unit"),
    "team": _("Team"),
    "created": _("Person"),
    "link": _("Link that sets a password"),
}
KINDS = {
    "centre": _("Call centre"),
    "region": _("Region"),
    "insurer": _("Insurer"),
    "department": _("Department"),
    "team": _("Team"),
}
TRUTHS = {"True": _("yes"), "False": _("no")}


def role_word(role: str) -> str:
    return gettext(ROLES[role]) if role in ROLES else role


def reason_word(reason: str) -> str:
    return gettext(REASONS[reason]) if reason in REASONS else reason


def kept_words(reason: str, kept: str) -> str:
    """What a change of rights kept as codes, in words."""
    codes = [code for code in kept.split(", ") if code]
    if reason == "roles":
        return ", ".join(role_word(code) for code in codes) or "–"
    if reason in {"unit", "team"}:
        titles = dict(Unit.objects.filter(code__in=codes).values_list("code", "title"))
        return ", ".join(titles.get(code, code) for code in codes) or "–"
    return ", ".join(gettext(TRUTHS[code]) if code in TRUTHS else code for code in codes) or "–"


def by_word(user: Any) -> str:
    """Who did something, as lists name people."""
    return (user.get_full_name() or user.get_username()) if user else gettext("the system")


def change_row(change: RoleChange) -> dict[str, Any]:
    """A change of rights as a person's page lists it."""
    return {
        "at": change.at,
        "by": by_word(change.by),
        "what": reason_word(change.reason),
        "old": kept_words(change.reason, change.before),
        "new": kept_words(change.reason, change.after),
    }
