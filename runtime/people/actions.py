"""The only writer of Person, Team and the roles of a user."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from runtime.people.models import Person, RoleChange, Team
from runtime.people.roles import ROLES, forget_roles, roles_of

THEMES = ("", "light", "dark")


def ensure_roles() -> None:
    """The groups of the roles, made once."""
    there = set(Group.objects.filter(name__in=ROLES).values_list("name", flat=True))
    Group.objects.bulk_create(
        [Group(name=name) for name in ROLES if name not in there], ignore_conflicts=True
    )


def ensure_person(*, user: Any) -> Person:
    """The person of a user, made with it."""
    person, _made = Person.objects.get_or_create(user=user)
    return person


def bump_epoch(*, person: Person, reason: str) -> None:
    """Ends every run token of a person at once: the append statement compares the epochs."""
    if not reason:
        raise ValueError("a reason is needed")
    Person.objects.filter(pk=person.pk).update(epoch=F("epoch") + 1)


def create_person(
    *, by: Any, username: str, email: str = "", roles: Iterable[str] = (), **details: Any
) -> Person:
    """A new user with its person. `details`: first_name, last_name, password (without one: set by a reset mail), team."""
    password, team = details.pop("password", None), details.pop("team", None)
    with transaction.atomic():
        user = get_user_model().objects.create_user(
            username=username, email=email, password=password, **details
        )
        person = ensure_person(user=user)
        if team is not None:
            set_team(by=by, person=person, team=team)
        set_roles(by=by, person=person, roles=roles)
    return person


def set_roles(*, by: Any, person: Person, roles: Iterable[str]) -> None:
    """Gives a person exactly these roles; its run tokens end when something changed."""
    wanted = frozenset(roles)
    unknown = wanted - set(ROLES)
    if unknown:
        raise ValueError(f"unknown roles: {', '.join(sorted(unknown))}")
    forget_roles(person.user)
    before = roles_of(person.user)
    if wanted == before:
        return
    with transaction.atomic():
        ensure_roles()
        person.user.groups.remove(*Group.objects.filter(name__in=before - wanted))
        person.user.groups.add(*Group.objects.filter(name__in=wanted - before))
        _log(by, person, "roles", before, wanted)
    forget_roles(person.user)


def set_active(*, by: Any, person: Person, active: bool) -> None:
    """Lets a person sign in, or no longer; the run tokens end with it (`signals`)."""
    user = person.user
    if user.is_active == active:
        return
    with transaction.atomic():
        user.is_active = active
        user.save(update_fields=["is_active"])
        _log(by, person, "active", [str(not active)], [str(active)])


def note_link(*, by: Any, person: Person) -> None:
    """A link that sets this person's password was handed out."""
    _log(by, person, "link", (), ())


def set_team(*, by: Any, person: Person, team: Team | None) -> None:
    if person.team_id == (team.pk if team else None):
        return
    before = [person.team.code] if person.team else []
    with transaction.atomic():
        person.team = team
        person.save(update_fields=["team"])
        _log(by, person, "team", before, [team.code] if team else [])


def set_preferences(
    *,
    by: Any,
    person: Person,
    language: str | None = None,
    theme: str | None = None,
    single_keys: bool | None = None,
) -> None:
    """A person's own language, look and keys; None leaves it as it is. `by` is the person."""
    if by != person.user:
        raise PermissionError("preferences are a person's own")
    if theme is not None and theme not in THEMES:
        raise ValueError("unknown theme")
    person.language = person.language if language is None else language
    person.theme = person.theme if theme is None else theme
    person.single_keys = person.single_keys if single_keys is None else single_keys
    person.save(update_fields=["language", "theme", "single_keys"])


def create_team(*, by: Any, code: str, title: str) -> Team:
    return _save_team(by, Team(code=code, title=title))


def rename_team(*, by: Any, team: Team, title: str) -> Team:
    team.title = title
    return _save_team(by, team)


def _save_team(by: Any, team: Team) -> Team:
    team._history_user = by  # noqa: SLF001  the documented way of django-simple-history
    team.save()
    return team


def _log(
    by: Any, person: Person, reason: str, before: Iterable[str], after: Iterable[str]
) -> None:
    RoleChange.objects.create(
        person=person,
        by=by,
        at=timezone.now(),
        reason=reason,
        before=", ".join(sorted(before)),
        after=", ".join(sorted(after)),
    )
