"""Skills: who holds one, and granting it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from runtime.queues.models import Grant, Queue, Skill

DAYS_AT_MOST = 3660


def grant_skill(
    *, person: AbstractBaseUser, skill: Skill, days: int | None, record: UUID | None = None
) -> tuple[Grant, bool]:
    """Grants a skill for some days (None: for good); once a lesson's record, so that an effect
    carried out twice grants once. Raises `ValueError` when `days` is out of bounds."""
    if days is not None and not 1 <= days <= DAYS_AT_MOST:
        raise ValueError("days")
    now = timezone.now()
    expires = None if days is None else now + timedelta(days=days)
    grant = Grant(person=person, skill=skill, granted_at=now, expires_at=expires, record=record)
    try:
        with transaction.atomic():
            grant.save(force_insert=True)
    except IntegrityError:
        found = Grant.objects.filter(record=record).first() if record else None
        if found is None:
            raise
        return found, False
    return grant, True


def grant_until(*, person: AbstractBaseUser, skill: Skill, until: datetime | None) -> bool:
    """Grants a skill until a moment (None: for good); False where it is held as long already."""
    held = Grant.objects.filter(person=person, skill=skill)
    as_long = models.Q(expires_at=None)
    if until is not None:
        as_long |= models.Q(expires_at__gte=until)
    if held.filter(as_long).exists():
        return False
    Grant.objects.create(
        person=person, skill=skill, granted_at=timezone.now(), expires_at=until, record=None
    )
    return True


def end_grants(*, person: AbstractBaseUser, skill: Skill, before: datetime) -> int:
    """A skill has to be shown anew: what was granted before a moment ends with it; how many grants that were."""
    lasting = models.Q(expires_at=None) | models.Q(expires_at__gt=before)
    grants = Grant.objects.filter(lasting, person=person, skill=skill, granted_at__lt=before)
    return grants.update(expires_at=before)


def has_skill(*, person: AbstractBaseUser, skill: Skill) -> bool:
    """Whether the person holds the skill now."""
    return _holding(person).filter(skill=skill).exists()


def missing_skills(*, person: AbstractBaseUser, queue: Queue) -> list[Skill]:
    """The skills a queue requires that the person does not hold now, by title."""
    held = _holding(person).values("skill")
    return list(
        queue.skills.exclude(pk__in=held).select_related("lesson_app").order_by("title", "pk")
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """The skills a person holds now, and those they ever held, by primary key."""

    now: frozenset[int]
    ever: frozenset[int]


NOTHING = Standing(frozenset(), frozenset())


def standing_of(*, person: AbstractBaseUser) -> Standing:
    """All of a person's skills in one question."""
    now = timezone.now()
    grants = list(Grant.objects.filter(person=person).values_list("skill", "expires_at"))
    lasting = {skill for skill, expires in grants if expires is None or expires > now}
    return Standing(frozenset(lasting), frozenset(skill for skill, _expires in grants))


def _holding(person: AbstractBaseUser) -> models.QuerySet[Grant]:
    lasting = models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now())
    return Grant.objects.filter(lasting, person=person)
