"""The roles: Django groups with these names, and no others."""

from typing import Any

ROLES = (
    "editor",
    "trainer",
    "reviewer",
    "agent",
    "supervisor",
    "data_officer",
    "admin",
    "auditor",
    "partner",
    "citizen",
)


def roles_of(user: Any) -> frozenset[str]:
    """The roles of a user; nobody, somebody inactive or not signed in has none. Asked once a request."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()
    known = getattr(user, "known_roles", None)
    if known is None:
        names = user.groups.filter(name__in=ROLES).values_list("name", flat=True)
        known = frozenset(names)
        user.known_roles = known
    return known


def forget_roles(user: Any) -> None:
    """After the groups of this user changed."""
    if hasattr(user, "known_roles"):
        del user.known_roles
