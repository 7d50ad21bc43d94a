"""Ordering forecasts and keeping their courses: the only writer of `Simulation`."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from builder.problems import Problem, gettext_noop
from runtime.outbox.actions import enqueue
from runtime.queues.kept import Simulation
from runtime.queues.models import Campaign, WorkItem
from runtime.queues.simulating.asked import Asked
from runtime.queues.states import ACTIVE, READY, SCHEDULED

EFFECT = "simulate"
COURSES, FEWER = 5, 3
MANY = 20_000  # items: from here on fewer courses are played
ITEMS_AT_MOST = 200_000
WAITING_AT_MOST = 5
NOTHING = gettext_noop("Nothing is open in this campaign: there is nothing to forecast.")
TOO_MANY = gettext_noop("More than %(most)s items are open: that is too many to forecast at once.")
BUSY = gettext_noop("Some forecasts of this campaign are being made: wait for them, or stop one.")


@transaction.atomic
def order(*, campaign: Campaign, asked: Asked, by: AbstractBaseUser) -> Simulation | Problem:
    """Lets the worker play a campaign from now on; or says why there is nothing to play."""
    coming = WorkItem.objects.filter(campaign=campaign, state__in=(READY, SCHEDULED, ACTIVE))
    items = coming.order_by()[: ITEMS_AT_MOST + 1].count()
    refused = _refused(campaign, items)
    if refused is not None:
        return refused
    now = timezone.now()
    simulation = Simulation.objects.create(
        campaign=campaign,
        by=by,
        asked=asked.dump(),
        items=items,
        courses=FEWER if items > MANY else COURSES,
        begins=now,
        created_at=now,
    )
    _order_course(simulation, 1)
    return simulation


def _refused(campaign: Campaign, items: int) -> Problem | None:
    if not items:
        return Problem("nothing", "campaign", NOTHING)
    if items > ITEMS_AT_MOST:
        return Problem("too_many", "campaign", TOO_MANY, params={"most": ITEMS_AT_MOST})
    under_way = Simulation.objects.filter(campaign=campaign, ended_at=None)
    return Problem("busy", "campaign", BUSY) if under_way.count() >= WAITING_AT_MOST else None


def _order_course(simulation: Simulation, course: int) -> None:
    enqueue(
        effect=EFFECT,
        key=f"{EFFECT}:{simulation.pk}:{course}",
        arguments={"simulation": str(simulation.pk), "course": course},
    )


def keep_course(*, simulation_id: UUID, course: int, played: dict[str, Any]) -> bool:
    """Adds a course, once, in the caller's transaction; False where it is there already or nobody wants it any more."""
    rows = Simulation.objects.select_for_update().filter(pk=simulation_id, ended_at=None)
    simulation = rows.first()
    if simulation is None or len(simulation.runs) != course - 1:
        return False
    run = dict(played)
    simulation.items, simulation.measured = run.pop("items"), run.pop("seen")
    simulation.runs = [*simulation.runs, run]
    simulation.state = "running"
    if course == simulation.courses:
        simulation.state, simulation.ended_at = "done", timezone.now()
    else:
        _order_course(simulation, course + 1)
    simulation.save()
    return True


def stop(*, simulation: Simulation) -> bool:
    """No further course is played; what was played stays, and so does who asked."""
    rows = Simulation.objects.filter(pk=simulation.pk, ended_at=None)
    return bool(rows.update(state="stopped", ended_at=timezone.now()))
