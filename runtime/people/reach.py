"""Which units a person reaches: their own, what lies below it, and what lies above it; never what lies beside.

Who belongs to no unit belongs to the whole organisation, and reaches everything; what is owned by no unit belongs to the whole
organisation, and is reached by everybody. So an installation without units notices nothing of them. What becomes of it for queues, items,
records and people is said in one place: `runtime.queues.scope`.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from runtime.people.models import Person, Unit


@dataclass(frozen=True)
class Reach:
    """Ids of units. `sees`: what a person works in or looks at. `runs`: what they may set up: their own and what lies below it, not what
    they share with those beside them. None: everything."""

    sees: frozenset[int] | None
    runs: frozenset[int] | None

    @property
    def whole(self) -> bool:
        return self.sees is None

    def of(self, path: str, *, to_run: bool = False) -> Q:
        """The condition on a field that names the owner; what nobody owns is everybody's to see, and the organisation's to run."""
        units = self.runs if to_run else self.sees
        if units is None:
            return Q()
        owned = Q(**{f"{path}__in": units})
        return owned if to_run else owned | Q(**{f"{path}__isnull": True})

    def holds(self, unit: int | None) -> bool:
        """Whether what this unit owns is seen."""
        return unit is None or self.sees is None or unit in self.sees


WHOLE: Final = Reach(None, None)
NOTHING: Final = Reach(frozenset(), frozenset())  # but what belongs to everybody


def reach_of(user: Any) -> Reach:
    """The reach of a user; asked once a request. Nobody at all (None) is the worker; what is a reach already has it from elsewhere."""
    if user is None:
        return WHOLE
    if isinstance(user, Reach):
        return user
    known: Reach | None = getattr(user, "known_reach", None)
    if known is None:
        home = getattr(user, "known_home", None)
        known = WHOLE if home == (None,) else _read(user.pk)
        user.known_reach = known
    return known


def note_home(user: Any) -> None:
    """A user was read together with their person just now: most belong to the whole organisation, and are not asked again."""
    person = getattr(user, "person", None)
    user.known_home = None if person is None else (person.unit_id,)


def reach_of_unit(unit: int | None) -> Reach:
    """What somebody of this unit reaches, for what belongs to a unit and is no person: a token of another program."""
    return WHOLE if unit is None else _around({unit})


def forget_reach(user: Any) -> None:
    """After this user went elsewhere."""
    for known in ("known_reach", "known_home"):
        if hasattr(user, known):
            delattr(user, known)


def _read(user: int) -> Reach:
    found = list(Person.objects.filter(pk=user).values_list("unit", flat=True))
    if not found:
        return NOTHING
    home = found[0]
    if home is None:
        return WHOLE
    beside = Person.also.through.objects.filter(person=user).values_list("unit", flat=True)
    return _around({home, *beside})


def _around(own: set[int]) -> Reach:
    paths = dict(Unit.objects.values_list("pk", "path"))
    tops = [paths[pk] for pk in own]
    below = frozenset(
        pk for pk, path in paths.items() if any(path.startswith(top) for top in tops)
    )
    above = {int(pk) for top in tops for pk in top.strip("/").split("/")}
    return Reach(sees=below | above, runs=below)
