"""What every template may read: the places this person may go to, the theme."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.demo.accounts import ACCOUNTS, PASSWORD
from runtime.people.roles import roles_of
from runtime.telephony import ringing as telephone
from runtime.telephony.bell import address as bell
from runtime.workspace.purposes import broken

# Name of the address, label, roles that see it (none: everybody who is signed in).
PLACES: tuple[tuple[str, Any, frozenset[str]], ...] = (
    ("home", _("Home"), frozenset()),
    ("find", _("Find"), frozenset({"agent", "supervisor"})),
    ("board", _("Board"), frozenset({"supervisor"})),
    ("campaigns", _("Campaigns"), frozenset({"supervisor"})),
    (
        "apps",
        _("Apps"),
        frozenset({"admin", "editor", "trainer", "reviewer", "supervisor", "data_officer"}),
    ),
    ("documents", _("Documents"), frozenset({"agent", "supervisor", "data_officer"})),
    ("exports", _("Exports"), frozenset({"data_officer"})),
    ("feeds", _("Feeds"), frozenset({"data_officer"})),
    (
        "proposals",
        _("Proposals"),
        frozenset({"agent", "supervisor", "editor", "trainer", "reviewer"}),
    ),
    ("retention", _("Keeping and erasing"), frozenset({"data_officer", "admin"})),
    ("glass-breaks", _("Broken glasses"), frozenset({"data_officer"})),
    ("people", _("People"), frozenset({"admin"})),
    ("access-log", _("Access log"), frozenset({"auditor", "admin"})),
    ("history", _("History"), frozenset({"auditor", "admin"})),
    ("effects", _("Effects"), frozenset({"admin", "supervisor"})),
    ("api-tokens", _("Interface"), frozenset({"admin"})),
    ("wagtailadmin_home", _("Workshop"), frozenset({"editor", "trainer", "reviewer", "admin"})),
)


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    address: str
    label: str | Promise
    current: bool


def workplace(request: HttpRequest) -> dict[str, Any]:
    """`places`, `roles`, `theme`, `single_keys`, the address of a person's own settings; at the login the demo's people."""
    user = getattr(request, "user", None)
    roles = roles_of(user)
    signed_in = bool(user and user.is_authenticated)
    person = getattr(user, "person", None) if signed_in else None
    calls = _address("calls") if "agent" in roles and telephone.listens() else ""
    return {
        "places": _places(request, roles) if signed_in else [],
        "roles": roles,
        "theme": person.theme if person else "",
        "single_keys": person.single_keys if person else True,
        "settings_address": _address("my-settings"),
        "broken_glass": broken(request) if signed_in else None,
        "calls_address": calls,
        "bell_address": _bell(request) if calls else "",
        "demo_people": ACCOUNTS if settings.DEMO and not signed_in else (),
        "demo_password": PASSWORD,
    }


def _bell(request: HttpRequest) -> str:
    """Where this page listens; its policy lets it (`config.middleware.PolicyMiddleware`)."""
    request.bell_address = bell.address(request)  # type: ignore[attr-defined]
    return str(request.bell_address)  # type: ignore[attr-defined]


def _places(request: HttpRequest, roles: frozenset[str]) -> list[Place]:
    seen = []
    for name, label, who in PLACES:
        address = _address(name)
        if address and (not who or who & roles):
            seen.append(Place(address, label, _is_here(request.path, address)))
    return seen


def _is_here(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
