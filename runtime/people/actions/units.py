"""Units: made, renamed, moved, put out of use. Each change is in the history."""

from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from runtime.people.models import KINDS, MOST_DEEP, Person, Unit


class NotThere(ValueError):
    """A unit cannot lie there: below itself, below one that is out of use, or too deep."""


class NotEmpty(ValueError):
    """Somebody or something belongs to the unit still; `what` says what: people, units."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@transaction.atomic
def create_unit(
    *, by: Any, code: str, title: str, kind: str = "team", parent: Unit | None = None
) -> Unit:
    """A new unit below another, or directly below the organisation. Raises `NotThere`."""
    if kind not in KINDS:
        raise ValueError("unknown kind")
    _check_place(parent)
    unit = _keep(by, Unit(code=code, title=title, kind=kind, parent=parent))
    Unit.objects.filter(pk=unit.pk).update(path=_path(parent, unit))
    unit.refresh_from_db(fields=["path"])
    return unit


def rename_unit(*, by: Any, unit: Unit, title: str, kind: str | None = None) -> Unit:
    unit.title = title
    unit.kind = unit.kind if kind is None else kind
    return _keep(by, unit)


@transaction.atomic
def move_unit(*, by: Any, unit: Unit, parent: Unit | None) -> Unit:
    """The unit with all that lies below it goes elsewhere; who belongs to any of it sees by its new place from now on. Raises
    `NotThere`."""
    if unit.parent_id == (parent.pk if parent else None):
        return unit
    list(Unit.objects.select_for_update().values_list("pk"))  # two moves at once could make a ring
    unit = Unit.objects.get(pk=unit.pk)
    parent = Unit.objects.get(pk=parent.pk) if parent else None
    if parent is not None and parent.path.startswith(unit.path):
        raise NotThere(unit.code)
    below = Unit.objects.filter(path__startswith=unit.path)
    deepest = max(path.count("/") for path in below.values_list("path", flat=True))
    _check_place(parent, deepest - unit.path.count("/"))
    former, fresh = unit.path, _path(parent, unit)
    below.update(path=Concat(Value(fresh), Substr("path", len(former) + 1)))
    unit.parent, unit.path = parent, fresh
    return _keep(by, unit)


@transaction.atomic
def deactivate_unit(*, by: Any, unit: Unit) -> Unit:
    """Puts a unit out of use to which nobody belongs any more. What it made stays, and who leads above sees it. Raises `NotEmpty`.
    (`runtime.queues.actions.units` looks after its queues first.)"""
    if Person.objects.filter(unit=unit).exists() or unit.led_by.exists():
        raise NotEmpty("people")
    if unit.children.filter(active=True).exists():
        raise NotEmpty("units")
    unit.active = False
    return _keep(by, unit)


def reactivate_unit(*, by: Any, unit: Unit) -> Unit:
    _check_place(unit.parent)
    unit.active = True
    return _keep(by, unit)


def _check_place(parent: Unit | None, levels: int = 0) -> None:
    if parent is None:
        return
    if not parent.active or parent.path.count("/") - 1 + levels >= MOST_DEEP:
        raise NotThere(parent.code)


def _path(parent: Unit | None, unit: Unit) -> str:
    return f"{parent.path if parent else '/'}{unit.pk}/"


def _keep(by: Any, unit: Unit) -> Unit:
    unit._history_user = by  # noqa: SLF001  the documented way of django-simple-history
    unit.save()
    return unit
