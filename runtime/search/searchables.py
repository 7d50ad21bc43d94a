"""By which answers the records of an app are found, as its published versions say.

Of each question the newest version that has it decides, for all records of the app: an old record is found by a question that
became searchable later, as soon as it was indexed again. Versions never change, so what they say is read once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from builder.definition.walk import questions
from builder.models import Version, load
from builder.values import Localized

SAYS = '"searchable"'  # as it stands in a definition that has one
LESSON = "lesson"


@dataclass(frozen=True)
class Searchable:
    """A question by whose answer the records of an app are found."""

    app_id: int
    app: str  # code
    title: str
    question: str
    way: str
    clearance: str
    label: Localized
    source: str

    @property
    def kind(self) -> str:
        """Of its terms: their tokens have a key of their own."""
        return f"q.{self.app}.{self.question}.{self.way}"


def searchables() -> tuple[Searchable, ...]:
    """Of all apps."""
    newest = Version.objects.order_by("-pk")
    return _read(newest.values_list("pk", "sha256", "created_at", "app__code").first())


def of_app(app_id: int) -> dict[str, Searchable]:
    """Of one app, by question."""
    return {one.question: one for one in searchables() if one.app_id == app_id}


@lru_cache(maxsize=4)
def _read(newest: Any) -> tuple[Searchable, ...]:
    if newest is None:
        return ()
    apps = Version.objects.filter(definition__contains=SAYS).exclude(app__kind=LESSON)
    found = apps.order_by("app").values_list("app", flat=True).distinct()
    return tuple(one for app_id in found for one in _of_app(app_id))


def ways_before(version: Version) -> dict[str, str]:
    """By which questions, and how, records were found before a version was published."""
    before = Version.objects.filter(number__lt=version.number)
    return {one.question: one.way for one in _of_app(version.app_id, before)}


def _of_app(app_id: int, among: QuerySet[Version] | None = None) -> Iterator[Searchable]:
    """From the newest version to the oldest one that says something."""
    versions = (Version.objects.all() if among is None else among).filter(app=app_id)
    oldest = versions.filter(definition__contains=SAYS).order_by("number").first()
    seen: set[str] = set()
    if oldest is None:
        return
    rows = versions.filter(number__gte=oldest.number).select_related("app")
    for version in rows.order_by("-number").only("pk", "app__code", "app__title"):
        definition = load(version.pk)
        for _section, question in questions(definition):
            if question.name not in seen and question.searchable:
                yield Searchable(
                    app_id,
                    version.app.code,
                    version.app.title,
                    question.name,
                    question.searchable,
                    question.clearance,
                    question.label,
                    definition.source,
                )
            seen.add(question.name)
