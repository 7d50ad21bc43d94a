"""Units: the tree, one unit with its people and queues, and what changes them. Administrators look after all, who leads a unit after
theirs: what lies elsewhere is not there for them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from runtime.people import actions
from runtime.people.models import Person, Unit
from runtime.people.reach import forget_reach
from runtime.people.roles import roles_of
from runtime.queues import scope
from runtime.queues.actions.units import put_out_of_use
from runtime.queues.models import Queue
from runtime.workspace.people_words import KINDS, by_word
from runtime.workspace.unit_forms import HandOverForm, MoveForm, NameForm, UnitForm

PEOPLE_ON_A_PAGE = 100
CHANGES_SHOWN = 20


@dataclass(frozen=True)
class Branch:
    """A unit as the tree shows it."""

    unit: Unit
    depth: int
    kind: str
    people: int
    queues: int

    @property
    def indent(self) -> str:
        return "– " * self.depth


@require_http_methods(["GET", "POST"])
def units(request: HttpRequest) -> HttpResponse:
    """The tree, and a new unit."""
    mine = _mine(request)
    form = UnitForm(request.POST or None, places=mine, top=_is_admin(request.user))
    if form.is_valid():
        try:
            made = actions.create_unit(by=request.user, **form.cleaned_data)
        except actions.NotThere:
            form.add_error("parent", _("Nothing can be put there: it lies too deep."))
        else:
            forget_reach(request.user)
            messages.success(request, _("%(title)s is there.") % {"title": made.title})
            return redirect("unit", code=made.code)
    whole = Person.objects.filter(unit=None, user__is_active=True).count()
    context = {
        "branches": _tree(mine),
        "form": form,
        "whole": whole if _is_admin(request.user) else None,
    }
    status = 400 if form.is_bound else 200
    return render(request, "workspace/units.html", context, status=status)


def _tree(mine: QuerySet[Unit]) -> list[Branch]:
    """Each below the one it belongs to, beside one another by title."""
    rows = list(
        mine.annotate(
            many=Count("people", filter=Q(people__user__is_active=True), distinct=True),
            queues=Count("queue", distinct=True),
        ).order_by("title", "pk")
    )
    known = {row.pk for row in rows}
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    return list(_branches(below, None, 0))


def _branches(below: dict[int | None, list[Any]], top: int | None, depth: int) -> Any:
    for row in below.get(top, []):
        yield Branch(row, depth, _(KINDS.get(row.kind, row.kind)), row.many, row.queues)
        yield from _branches(below, row.pk, depth + 1)


@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: its title, its people and queues, what changed."""
    found = _found(request, code)
    form = NameForm(request.POST or None, initial={"title": found.title, "kind": found.kind})
    if form.is_valid():
        actions.rename_unit(by=request.user, unit=found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("unit", code=code)
    return _page(request, found, {"form": form}, 400 if form.is_bound else 200)


def _page(
    request: HttpRequest, found: Unit, forms: dict[str, Any], status: int = 200
) -> HttpResponse:
    members = Person.objects.filter(unit=found).select_related("user").order_by("user__username")
    others = _elsewhere(request, found)
    context = {
        "unit": found,
        "kind": _(KINDS.get(found.kind, found.kind)),
        "above": _above(found, request),
        "children": found.children.order_by("title"),
        "queues": Queue.objects.filter(unit=found).order_by("title"),
        "shown": Paginator(members, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page")),
        "leaders": found.led_by.select_related("user").order_by("user__username"),
        "is_admin": _is_admin(request.user),
        "may_move": _may_place(request, found),
        "move": MoveForm(initial={"parent": found.parent}, **others),
        "hand_over": HandOverForm(initial={"to": found.parent}, **others),
        "changes": [
            (row.history_date, by_word(row.history_user), row.title, row.active)
            for row in found.history.select_related("history_user")[:CHANGES_SHOWN]
        ],
        **forms,
    }
    return render(request, "workspace/unit.html", context, status=status)


@require_POST
def unit_move(request: HttpRequest, code: str) -> HttpResponse:
    """With all that lies below it."""
    found = _placed(request, code)
    form = MoveForm(request.POST, **_elsewhere(request, found))
    if not form.is_valid():
        return _page(request, found, {"form": _named(found), "move": form}, 400)
    try:
        actions.move_unit(by=request.user, unit=found, parent=form.cleaned_data["parent"])
    except actions.NotThere:
        form.add_error("parent", _("It cannot be put there: below itself, or too deep."))
        return _page(request, found, {"form": _named(found), "move": form}, 400)
    messages.success(request, _("Moved. Its people see by its new place from now on."))
    return redirect("unit", code=code)


@require_POST
def unit_off(request: HttpRequest, code: str) -> HttpResponse:
    """Out of use; its queues and people go where it is said."""
    found = _placed(request, code)
    form = HandOverForm(request.POST, **_elsewhere(request, found))
    if not form.is_valid():
        return _page(request, found, {"form": _named(found), "hand_over": form}, 400)
    try:
        put_out_of_use(unit=found, by=request.user, to=form.cleaned_data["to"], hands_over=True)
    except actions.NotEmpty:
        words = _("Units belong to it. Move them, or put them out of use first.")
        messages.error(request, words)
    else:
        messages.success(request, _("Out of use. What it did is kept."))
    return redirect("unit", code=code)


@require_POST
def unit_on(request: HttpRequest, code: str) -> HttpResponse:
    found = _placed(request, code)
    try:
        actions.reactivate_unit(by=request.user, unit=found)
    except actions.NotThere:
        messages.error(request, _("What it belongs to is out of use. Move it first."))
    else:
        messages.success(request, _("In use again."))
    return redirect("unit", code=code)


def _is_admin(user: Any) -> bool:
    return "admin" in roles_of(user)


def _mine(request: HttpRequest) -> QuerySet[Unit]:
    """The units this person looks after; a supervisor of the whole organisation looks after its work, not after its people."""
    if scope.is_whole(request.user) and not _is_admin(request.user):
        raise PermissionDenied(
            _("Units are looked after by administrators, and by who leads one.")
        )
    return scope.units(request.user)


def _found(request: HttpRequest, code: str) -> Unit:
    found: Unit = get_object_or_404(scope.units(request.user).select_related("parent"), code=code)
    return found


def _placed(request: HttpRequest, code: str) -> Unit:
    """For what changes the tree: not one's own place in it."""
    found = _found(request, code)
    if not _may_place(request, found):
        raise PermissionDenied(_("Where your own unit belongs is for an administrator to say."))
    return found


def _may_place(request: HttpRequest, found: Unit) -> bool:
    if _is_admin(request.user):
        return True
    return found.parent_id is not None and _mine(request).filter(pk=found.parent_id).exists()


def _elsewhere(request: HttpRequest, found: Unit) -> dict[str, Any]:
    """Where it, or what is its, may go: not below itself."""
    places = scope.units(request.user).exclude(path__startswith=found.path)
    return {"places": places, "top": _is_admin(request.user)}


def _above(found: Unit, request: HttpRequest) -> list[Unit]:
    ids = [int(pk) for pk in found.path.strip("/").split("/")[:-1]]
    rows = scope.units(request.user).in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _named(found: Unit) -> NameForm:
    return NameForm(initial={"title": found.title, "kind": found.kind})
