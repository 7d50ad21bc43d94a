"""Which open records stand on which version of an app, and their following to the newest: how far, have them follow now, undo."""

import datetime as dt
from dataclasses import dataclass, field

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from builder.models import App, Version
from builder.releases import NEVER, NOW, WHEN
from runtime.people.roles import roles_of
from runtime.records import following
from runtime.records.models import Carried, CarryOver, Record

ON_A_PAGE = 50
LISTED = 100  # records listed below one version
DECIDERS = frozenset({"editor", "supervisor"})
CASEWORK = frozenset({"agent", "supervisor"})


@dataclass
class Row:
    """A version, its open records, and who followed to it."""

    version: Version
    open: int
    carry: CarryOver | None = None
    when: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    under_way: bool = False
    may_undo: bool = False
    may_follow: bool = False
    records: list[Carried] = field(default_factory=list)

    @property
    def seen(self) -> int:
        """How many records are through."""
        done = "returned" if self.carry and self.carry.undone_at else "followed"
        return self.counts[done]

    @property
    def total(self) -> int:
        return self.seen + self.counts["waiting"] + self.counts["in_hands"]


@require_GET
def carry_overs(request: HttpRequest, code: str) -> HttpResponse:
    """The versions of an app, the newest first. Numbers, and links to records; never what was answered."""
    app, roles = get_object_or_404(App, code=code), roles_of(request.user)
    context = {
        "app": app,
        "rows": _rows(app, timezone.now()),
        "may_decide": bool(roles & DECIDERS),
        "may_read": bool(roles & CASEWORK),
    }
    return render(request, "workspace/carry_overs.html", context)


@require_GET
def carry_progress(request: HttpRequest, code: str, number: int) -> JsonResponse:
    """What the page asks for while records are under way."""
    row = _row(_carry(code, number), timezone.now())
    told = {"seen": row.seen, "total": row.total, "ended": not row.under_way, **row.counts}
    return JsonResponse(told)


@require_POST
def carry_now(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Have all open records follow in the background."""
    if following.follow_now(carry=_carry(code, number), by=request.user):
        messages.success(
            request, gettext("The open records follow now; one that is in use follows afterwards.")
        )
    else:
        messages.error(request, gettext("This was undone; publish again, and the records follow."))
    return redirect("carry-over", code)


@require_POST
def carry_undo(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Bring the records back to the versions they came from."""
    if following.undo(carry=_carry(code, number), by=request.user):
        messages.success(request, gettext("The records return to the version they came from."))
    else:
        messages.error(request, gettext("This can be undone for a day only, and only once."))
    return redirect("carry-over", code)


def open_by_version(apps: QuerySet[App] | list[App]) -> dict[int, list[tuple[int, int]]]:
    """For each app (by its key): the numbers of versions with open records, and how many, the newest first."""
    rows = (
        Record.objects.filter(version__app__in=apps, closed_at=None)
        .values_list("version__app", "version__number")
        .annotate(n=Count("pk"))
        .order_by("-version__number")
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for app, number, count in rows:
        found.setdefault(app, []).append((number, count))
    return found


def _carry(code: str, number: int) -> CarryOver:
    rows = CarryOver.objects.select_related("version__app")
    rows = rows.defer("version__definition", "version__bodies")
    return get_object_or_404(rows, version__app__code=code, version__number=number)


def _rows(app: App, now: dt.datetime) -> list[Row]:
    open_now = dict(open_by_version([app]).get(app.pk, ()))
    versions = app.versions.defer("definition", "bodies")[:ON_A_PAGE]
    carries = CarryOver.objects.filter(version__app=app).select_related("version", "undone_by")
    known = {
        carry.version_id: carry
        for carry in carries.defer("version__definition", "version__bodies")
    }
    return [
        _row(known[version.pk], now, open_now.get(version.number, 0))
        if version.pk in known
        else Row(version, open_now.get(version.number, 0))
        for version in versions
    ]


def _row(carry: CarryOver, now: dt.datetime, count: int = 0) -> Row:
    undone = carry.undone_at is not None
    listed = Carried.objects.filter(carry=carry).select_related("record", "former")
    listed = listed.defer("former__definition", "former__bodies", "record__snapshot")
    counts = following.counts(carry, now)
    left = counts["waiting"] + counts["in_hands"]
    return Row(
        version=carry.version,
        open=count,
        carry=carry,
        when=gettext(WHEN[carry.when]),
        counts=counts,
        under_way=counts["waiting"] > 0 and (undone or carry.when == NOW),
        may_undo=following.may_undo(carry, now)
        and (counts["followed"] > 0 or carry.when != NEVER),
        may_follow=not undone and carry.when != NOW and left > 0,
        records=list(listed.order_by("-dropped", "-asked", "pk")[:LISTED]),
    )
