"""The rows of django-simple-history in words: who, when, which thing, from what to what.

Every model that keeps a history is found by itself, wherever it lives: this package knows none of those above it.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from runtime.people.models import RoleChange
from runtime.workspace.history_words import key_words, pair, spoken, target_words
from runtime.workspace.people_words import REASONS, by_word, kept_words, reason_word

DEEDS = {"+": _("added"), "~": _("changed"), "-": _("removed")}
RIGHTS = "rights"
LONGEST = 300


@dataclass(frozen=True)
class Field:
    """One field that changed."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Row:
    at: datetime
    by: str
    kind: str
    thing: str
    deed: str | Promise
    fields: tuple[Field, ...]


def kept_models() -> dict[str, type[models.Model]]:
    """The models that keep a history, by label."""
    found = {}
    for model in apps.get_models():
        if hasattr(model, "history") and hasattr(model.history, "model"):
            found[model._meta.label_lower] = model  # noqa: SLF001 -- the documented door to a model's labels
    return found


def kinds() -> dict[str, str]:
    """What can be asked for, with its words."""
    found = {label: spoken(model._meta.verbose_name) for label, model in kept_models().items()}  # noqa: SLF001
    return {**found, RIGHTS: gettext("Rights of people")}


def page_of(kind: str, *, start: int, count: int) -> tuple[list[Row], bool]:
    """A page of rows, the newest first, and whether there are more."""
    wanted = start + count + 1
    sources = [_raw(label, wanted) for label in ([kind] if kind else kinds())]
    merged = heapq.merge(*sources, key=lambda raw: raw[0], reverse=True)
    raw = [row for _at, row in merged][start:wanted]
    return [_row(one) for one in raw[:count]], len(raw) > count


def _raw(label: str, limit: int) -> list[tuple[datetime, Any]]:
    if label == RIGHTS:
        rights = RoleChange.objects.filter(reason__in=REASONS).select_related("by", "person__user")
        return [(row.at, row) for row in rights.order_by("-at", "-pk")[:limit]]
    rows = kept_models()[label].history.select_related("history_user")  # type: ignore[attr-defined]
    return [
        (row.history_date, row) for row in rows.order_by("-history_date", "-history_id")[:limit]
    ]


def _row(raw: Any) -> Row:
    if isinstance(raw, RoleChange):
        return _right(raw)
    before = raw.prev_record if raw.history_type == "~" else None
    return Row(
        at=raw.history_date,
        by=by_word(raw.history_user),
        kind=spoken(raw.instance_type._meta.verbose_name),  # noqa: SLF001
        thing=_name(raw),
        deed=DEEDS.get(raw.history_type, raw.history_type),
        fields=tuple(_changes(raw, before)) if before else (),
    )


def _right(raw: RoleChange) -> Row:
    old, new = (kept_words(raw.reason, kept) for kept in (raw.before, raw.after))
    field = Field(reason_word(raw.reason), old, new)
    return Row(
        raw.at, by_word(raw.by), gettext("Rights of people"), str(raw.person), DEEDS["~"], (field,)
    )


def _name(raw: Any) -> str:
    try:
        return str(raw.instance)
    except ObjectDoesNotExist:
        return str(getattr(raw, "title", "") or getattr(raw, "code", ""))


def _changes(raw: Any, before: Any) -> Iterator[Field]:
    model = raw.instance_type
    for change in raw.diff_against(before).changes:
        field = model._meta.get_field(change.field)  # noqa: SLF001
        label = spoken(field.verbose_name)
        if isinstance(field, models.BinaryField):  # sealed: that it changed is all there is to say
            yield Field(label, "•", "•")
        elif isinstance(field, models.JSONField):
            yield from _keys(label, change.old, change.new)
        else:
            yield Field(label, _words(field, change.old), _words(field, change.new))


def _keys(label: str, old: Any, new: Any) -> Iterator[Field]:
    """A mapping's keys one by one; anything else as a whole."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield Field(label, _plain(old), _plain(new))
        return
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            yield Field(pair(label, key_words(key)), _plain(old.get(key)), _plain(new.get(key)))


def _words(field: Any, value: Any) -> str:
    if field.many_to_many:
        name = field.m2m_reverse_field_name()
        return ", ".join(sorted(_related(field, row.get(name)) for row in value)) or "–"
    if field.is_relation:
        return _related(field, value)
    choices = dict(field.flatchoices)
    return str(choices[value]) if value in choices else _plain(value)


def _related(field: Any, key: Any) -> str:
    if key is None:
        return "–"
    found = field.related_model._default_manager.filter(pk=getattr(key, "pk", key)).first()  # noqa: SLF001
    return str(found) if found else gettext("(removed) %(key)s") % {"key": key}


def _plain(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)[:LONGEST]
    if isinstance(value, dict):
        return ", ".join(pair(key_words(key), _plain(one)) for key, one in value.items())[:LONGEST]
    return target_words(str(value))[:LONGEST]
