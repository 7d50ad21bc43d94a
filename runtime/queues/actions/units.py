"""Putting a unit out of use: what becomes of its queues and of its people is said with it."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from runtime.people import actions as people
from runtime.people.models import Person, Unit
from runtime.queues.actions import setup
from runtime.queues.models import Queue


@transaction.atomic
def put_out_of_use(
    *, unit: Unit, by: AbstractBaseUser, to: Unit | None = None, hands_over: bool = False
) -> Unit:
    """The unit is used no more. With `hands_over` its queues and its people go to another unit first (`to` is None: to the whole
    organisation). Raises `NotEmpty` with what is in the way: people, units, queues."""
    queues = Queue.objects.filter(unit=unit)
    if hands_over:
        for queue in queues:
            queue.unit = to
            setup.save_queue(queue=queue, skills=queue.skills.all(), by=by)
        _people_to(unit, to, by)
    elif queues.exists():
        raise people.NotEmpty("queues")
    return people.deactivate_unit(by=by, unit=unit)


def _people_to(unit: Unit, to: Unit | None, by: AbstractBaseUser) -> None:
    for person in Person.objects.filter(unit=unit).select_related("user", "unit"):
        people.set_unit(by=by, person=person, unit=to)
    for person in Person.objects.filter(also=unit).select_related("user", "unit"):
        beside = [one for one in person.also.all() if one != unit]
        people.set_unit(by=by, person=person, unit=person.unit, also=beside)
