"""As it was: everything that is administered, and the version of each app, at the end of a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext

from builder.models import Version
from runtime.workspace.history_rows import kept_models, name_of, plain_words, words_of
from runtime.workspace.history_words import spoken

MOST = 500  # things of a kind; a house has fewer


@dataclass(frozen=True)
class Thing:
    """One thing as it was: since when, and its fields in words."""

    name: str
    since: datetime
    fields: tuple[tuple[str, str], ...]
    address: str = ""


@dataclass(frozen=True)
class Kind:
    title: str
    things: tuple[Thing, ...]


def state_at(moment: datetime, kind: str = "") -> Iterator[Kind]:
    """The apps with the version that was the newest then; then each kind of thing that there was (or one kind only)."""
    if kind in {"", "versions"}:
        yield Kind(gettext("Versions of apps"), tuple(_versions(moment)))
    for label, model in kept_models().items():
        if kind in {"", label}:
            yield Kind(spoken(model._meta.verbose_name), tuple(_things(model, moment)))  # noqa: SLF001


def _versions(moment: datetime) -> Iterator[Thing]:
    rows = Version.objects.filter(created_at__lte=moment).select_related("app")
    newest: dict[int, Version] = {}
    for row in rows.defer("definition", "bodies").order_by("app__title", "app", "number"):
        newest[row.app_id] = row
    for row in newest.values():
        note = ((gettext("Note"), row.note),) if row.note else ()
        address = reverse("version", args=[row.app.code, row.number])
        yield Thing(f"{row.app.title} v{row.number}", row.created_at, note, address)


def _things(model: Any, moment: datetime) -> Iterator[Thing]:
    rows = model.history.filter(history_date__lte=moment).latest_of_each()
    for row in rows.exclude(history_type="-").order_by("history_id")[:MOST]:
        yield Thing(name_of(row), row.history_date, tuple(_fields(model, row)))


def _fields(model: Any, row: Any) -> Iterator[tuple[str, str]]:
    options = model._meta  # noqa: SLF001
    for field in options.fields:
        if field.primary_key or isinstance(field, models.BinaryField):
            continue
        kept = getattr(row, field.attname)
        words = plain_words(kept) if isinstance(field, models.JSONField) else words_of(field, kept)
        yield spoken(field.verbose_name), words
    for field in options.many_to_many:
        related = getattr(row, field.name, None)
        if related is not None:
            name = field.m2m_reverse_field_name()
            listed = [{name: getattr(one, f"{name}_id")} for one in related.all()]
            yield spoken(field.verbose_name), words_of(field, listed)
