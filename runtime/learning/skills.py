"""Which skills a person holds, holds no more, or still needs for the queues that are open."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from runtime.queues.models import Grant, Queue, Skill

SOON = timedelta(days=14)

Standing = Literal["held", "expiring", "expired", "needed"]


@dataclass(frozen=True, slots=True)
class SkillFace:
    """A skill as it stands for a person. `lesson` is the code of the app that teaches it, `needed_by`
    the titles of the open queues that require it."""

    code: str
    title: str
    standing: Standing
    expires_at: datetime | None
    lesson: str | None
    needed_by: tuple[str, ...]


def skills_of(person: Any, now: datetime) -> list[SkillFace]:
    """Every skill the person was ever granted or needs, by title."""
    latest = _latest(person)
    needed = _needed()
    skills = Skill.objects.filter(pk__in={*latest, *needed}).select_related("lesson_app")
    return [
        SkillFace(
            code=skill.code,
            title=skill.title,
            standing=_standing(latest.get(skill.pk), now),
            expires_at=latest[skill.pk].expires_at if skill.pk in latest else None,
            lesson=skill.lesson_app.code if skill.lesson_app else None,
            needed_by=tuple(needed.get(skill.pk, ())),
        )
        for skill in skills.order_by("title", "pk")
    ]


def _latest(person: Any) -> dict[int, Grant]:
    """The grant of each skill that lasts longest."""
    found: dict[int, Grant] = {}
    for grant in Grant.objects.filter(person=person):
        known = found.get(grant.skill_id)
        if known is None or _longer(grant, known):
            found[grant.skill_id] = grant
    return found


def _longer(one: Grant, other: Grant) -> bool:
    if other.expires_at is None:
        return False
    return one.expires_at is None or one.expires_at > other.expires_at


def _needed() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    queues = Queue.objects.filter(campaigns__open=True, skills__isnull=False).distinct()
    for queue in queues.order_by("title").prefetch_related("skills"):
        for skill in queue.skills.all():
            found.setdefault(skill.pk, []).append(queue.title)
    return found


def _standing(grant: Grant | None, now: datetime) -> Standing:
    if grant is None:
        return "needed"
    if grant.expires_at is None or grant.expires_at > now + SOON:
        return "held"
    return "expiring" if grant.expires_at > now else "expired"
