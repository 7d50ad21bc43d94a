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
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from builder.models import Version
from runtime.people.models import RoleChange
from runtime.workspace.history_words import key_words, pair, spoken, target_words
from runtime.workspace.people_words import REASONS, by_word, kept_words, reason_word

DEEDS = {"+": _("added"), "~": _("changed"), "-": _("removed")}
RELEASED = _("published")
RIGHTS = "rights"
VERSIONS = "versions"
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
    note: str = ""
    address: str = ""


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
    return {**found, RIGHTS: gettext("Rights of people"), VERSIONS: gettext("Versions of apps")}


@dataclass(frozen=True)
class Asked:
    """Which rows are wanted: of one kind, by whom (a part of the name), from and before a moment."""

    kind: str = ""
    who: str = ""
    since: datetime | None = None
    before: datetime | None = None

    def among(self, rows: Any, at: str, by: str) -> Any:
        """The rows that fit; `at` and `by` are their fields of the moment and of the person."""
        if self.since is not None:
            rows = rows.filter(**{f"{at}__gte": self.since})
        if self.before is not None:
            rows = rows.filter(**{f"{at}__lt": self.before})
        for word in self.who.split():
            found = Q()
            for name in ("username", "first_name", "last_name"):
                found |= Q(**{f"{by}__{name}__icontains": word})
            rows = rows.filter(found)
        return rows


def page_of(asked: Asked, *, start: int, count: int) -> tuple[list[Row], bool]:
    """A page of rows, the newest first, and whether there are more."""
    wanted = start + count + 1
    sources = [_raw(label, asked, wanted) for label in ([asked.kind] if asked.kind else kinds())]
    merged = heapq.merge(*sources, key=lambda raw: raw[0], reverse=True)
    raw = [row for _at, row in merged][start:wanted]
    return [_row(one) for one in raw[:count]], len(raw) > count


def _raw(label: str, asked: Asked, limit: int) -> list[tuple[datetime, Any]]:
    if label == RIGHTS:
        rights = RoleChange.objects.filter(reason__in=REASONS).select_related("by", "person__user")
        rows = asked.among(rights, "at", "by").order_by("-at", "-pk")
        return [(row.at, row) for row in rows[:limit]]
    if label == VERSIONS:
        made = Version.objects.select_related("app", "created_by").defer("definition", "bodies")
        rows = asked.among(made, "created_at", "created_by").order_by("-created_at", "-pk")
        return [(row.created_at, row) for row in rows[:limit]]
    history = kept_models()[label].history.select_related("history_user")  # type: ignore[attr-defined]
    rows = asked.among(history, "history_date", "history_user")
    rows = rows.order_by("-history_date", "-history_id")
    return [(row.history_date, row) for row in rows[:limit]]


def _row(raw: Any) -> Row:
    if isinstance(raw, RoleChange):
        return _right(raw)
    if isinstance(raw, Version):
        return _version(raw)
    before = raw.prev_record if raw.history_type == "~" else None
    return Row(
        at=raw.history_date,
        by=by_word(raw.history_user),
        kind=spoken(raw.instance_type._meta.verbose_name),  # noqa: SLF001
        thing=name_of(raw),
        deed=DEEDS.get(raw.history_type, raw.history_type),
        fields=tuple(_changes(raw, before)) if before else (),
    )


def _version(raw: Version) -> Row:
    address = reverse("version", args=[raw.app.code, raw.number])
    title = f"{raw.app.title} v{raw.number}"
    kind = gettext("Versions of apps")
    return Row(
        raw.created_at, by_word(raw.created_by), kind, title, RELEASED, (), raw.note, address
    )


def _right(raw: RoleChange) -> Row:
    old, new = (kept_words(raw.reason, kept) for kept in (raw.before, raw.after))
    field = Field(reason_word(raw.reason), old, new)
    return Row(
        raw.at, by_word(raw.by), gettext("Rights of people"), str(raw.person), DEEDS["~"], (field,)
    )


def name_of(raw: Any) -> str:
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
            yield Field(label, words_of(field, change.old), words_of(field, change.new))


def _keys(label: str, old: Any, new: Any) -> Iterator[Field]:
    """A mapping's keys one by one; anything else as a whole."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield Field(label, plain_words(old), plain_words(new))
        return
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            yield Field(
                pair(label, key_words(key)), plain_words(old.get(key)), plain_words(new.get(key))
            )


def words_of(field: Any, value: Any) -> str:
    if field.many_to_many:
        name = field.m2m_reverse_field_name()
        return ", ".join(sorted(_related(field, row.get(name)) for row in value)) or "–"
    if field.is_relation:
        return _related(field, value)
    choices = dict(field.flatchoices)
    return str(choices[value]) if value in choices else plain_words(value)


def _related(field: Any, key: Any) -> str:
    if key is None:
        return "–"
    found = field.related_model._default_manager.filter(pk=getattr(key, "pk", key)).first()  # noqa: SLF001
    return str(found) if found else gettext("(removed) %(key)s") % {"key": key}


def plain_words(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(plain_words(one) for one in value)[:LONGEST]
    if isinstance(value, dict):
        return ", ".join(pair(key_words(key), plain_words(one)) for key, one in value.items())[
            :LONGEST
        ]
    return target_words(str(value))[:LONGEST]
