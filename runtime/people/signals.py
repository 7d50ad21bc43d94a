"""Keeps persons with their users, and ends run tokens when the rights behind them change."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import m2m_changed, post_migrate, post_save, pre_save

from runtime.people import actions
from runtime.people.models import Person
from runtime.people.roles import forget_roles

WATCHED = {"password", "is_active"}


def connect() -> None:
    user_model = get_user_model()
    post_save.connect(_make_person, sender=user_model, dispatch_uid="people.person")
    pre_save.connect(_end_tokens_on_change, sender=user_model, dispatch_uid="people.password")
    m2m_changed.connect(
        _end_tokens_on_roles, sender=user_model.groups.through, dispatch_uid="people.roles"
    )
    user_logged_out.connect(_end_tokens_on_logout, dispatch_uid="people.logout")
    post_migrate.connect(_make_roles, dispatch_uid="people.groups")


def _make_person(instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    if created and not raw:
        actions.ensure_person(user=instance)


def _end_tokens_on_change(
    instance: Any, update_fields: Any = None, raw: bool = False, **_: Any
) -> None:
    """A new password or a closed account, however it came about."""
    if raw or not instance.pk or (update_fields is not None and not WATCHED & set(update_fields)):
        return
    before = (
        type(instance).objects.filter(pk=instance.pk).values_list("password", "is_active").first()
    )
    if before is not None and before != (instance.password, instance.is_active):
        _bump([instance.pk], "password" if before[0] != instance.password else "active")


def _end_tokens_on_roles(instance: Any, action: str, pk_set: Any, reverse: bool, **_: Any) -> None:
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    if action != "pre_clear" and not pk_set:
        return
    if not reverse:
        forget_roles(instance)
        _bump([instance.pk], "roles")
    else:  # group.user_set.add(..): the instance is the group
        _bump(pk_set if pk_set else list(instance.user_set.values_list("pk", flat=True)), "roles")


def _end_tokens_on_logout(user: Any = None, **_: Any) -> None:
    if user is not None and user.pk:
        _bump([user.pk], "logout")


def _make_roles(sender: Any, using: str = "default", **_: Any) -> None:
    if using == "default" and sender.label == "people":
        actions.ensure_roles()


def _bump(users: Any, reason: str) -> None:
    for person in Person.objects.filter(pk__in=users):
        actions.bump_epoch(person=person, reason=reason)
