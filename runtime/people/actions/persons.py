"""Persons and the roles of a user."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from runtime.people.models import Person, RoleChange, Unit
from runtime.people.reach import forget_reach
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
    """A new user with its person. `details`: first_name, last_name, password (without one: set by a reset mail), unit."""
    password, unit = details.pop("password", None), details.pop("unit", None)
    with transaction.atomic():
        user = get_user_model().objects.create_user(
            username=username, email=email, password=password, **details
        )
        person = ensure_person(user=user)
        if unit is not None:
            set_unit(by=by, person=person, unit=unit)
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


def set_name(*, person: Person, first: str, last: str) -> None:
    """What a person is called; what is empty stays as it is."""
    user = person.user
    user.first_name, user.last_name = first or user.first_name, last or user.last_name
    user.save(update_fields=["first_name", "last_name"])


def set_unit(
    *, by: Any, person: Person, unit: Unit | None, also: Iterable[Unit] | None = None
) -> bool:
    """Where a person belongs (None: to the whole organisation), and which units they lead beside (None leaves those as they are).
    Their run tokens end when something changed; False when nothing did."""
    before = _units_of(person)
    wanted = person.also.all() if also is None else also
    beside = {one for one in wanted if unit is not None and one != unit}
    after = [*([unit.code] if unit else []), *sorted(one.code for one in beside)]
    if before == after:
        return False
    with transaction.atomic():
        person.unit = unit
        person.save(update_fields=["unit"])
        person.also.set(beside)
        bump_epoch(person=person, reason="unit")
        _log(by, person, "unit", before, after)
    forget_reach(person.user)
    return True


def _units_of(person: Person) -> list[str]:
    """The codes of a person's units, their own first."""
    beside = sorted(person.also.values_list("code", flat=True))
    return [*([person.unit.code] if person.unit else []), *beside]


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


def _log(
    by: Any, person: Person, reason: str, before: Iterable[str], after: Iterable[str]
) -> None:
    RoleChange.objects.create(
        person=person,
        by=by,
        at=timezone.now(),
        reason=reason,
        before=_kept(before),
        after=_kept(after),
    )


def _kept(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes))[:200]
