"""The review of broken glasses: who, when, why, what was opened; judged by somebody else, once. What waits too long stands out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from runtime.audit.models import AccessLog
from runtime.glass import actions
from runtime.glass.models import Break
from runtime.people.clearance import BREAK_GLASS
from runtime.people.roles import roles_of
from runtime.queues import scope
from runtime.vault.errors import SubjectDestroyed
from runtime.workspace import log_asked
from runtime.workspace.glass_forms import VERDICT_WORDS, JudgementForm
from runtime.workspace.log_words import deed_word, detail_words

ON_A_PAGE = 50
MOST_DEEDS = 200
ASIDE = ("break_glass", "verify")  # the deed itself, and the initials shown before it
WATCH = frozenset({"data_officer", "admin"})


@dataclass(frozen=True)
class Row:
    """One break as it is listed."""

    glass: Break
    who: str
    verdict: Any
    overdue: bool
    opened: int


@never_cache
@require_GET
def breaks(request: HttpRequest) -> HttpResponse:
    """All of them: what waits first, the oldest first, then what was judged. Nothing sealed is opened for it."""
    now = timezone.now()
    rows = _seen(request.user).select_related("by", "judged_by")
    waiting = [_row(one, now) for one in rows.filter(verdict="").order_by("at")]
    judged = Paginator(rows.exclude(verdict="").order_by("-judged_at"), ON_A_PAGE)
    page = judged.get_page(request.GET.get("page"))
    context = {
        "waiting": waiting,
        "judged": [_row(one, now) for one in page],
        "page": page,
        "days": actions.JUDGED_WITHIN.days,
    }
    return render(request, "workspace/glass_breaks.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def judged(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One break, with its reason, which is an opening of its own; a post judges it."""
    rows = _seen(request.user).select_related("by", "judged_by")
    glass = get_object_or_404(rows, pk=pk)
    if request.method == "POST" and glass.by_id != request.user.pk:
        form = JudgementForm(request.POST)
        if form.is_valid():
            return _judge(request, glass, form.cleaned_data)
        return _shown(request, glass, form, status=400)
    return _shown(request, glass, JudgementForm())


def _seen(user: Any) -> QuerySet[Break]:
    """Of the whole organisation, or over people that this person may see."""
    rows = Break.objects.all()
    return rows if scope.is_whole(user) else rows.filter(party__in=scope.parties(user))


def told_at_home(user: Any) -> str:
    """For the first page of who keeps watch: what waits to be judged."""
    if not roles_of(user) & WATCH:
        return ""
    now = timezone.now()
    waiting = list(actions.unjudged().filter(pk__in=_seen(user)).values_list("at", flat=True))
    if not waiting:
        return ""
    told = ngettext(
        "%(n)s broken glass waits to be judged.",
        "%(n)s broken glasses wait to be judged.",
        len(waiting),
    ) % {"n": len(waiting)}
    if waiting[0] <= now - actions.JUDGED_WITHIN:
        told += " " + _("The oldest waits too long.")
    return told


def _judge(request: HttpRequest, glass: Break, told: dict[str, Any]) -> HttpResponse:
    try:
        done = actions.judge(
            glass=glass,
            verdict=told["verdict"],
            remark=told["remark"],
            by=request.user,
            now=timezone.now(),
        )
    except SubjectDestroyed:  # nothing can be sealed with the person any more
        done = actions.judge(
            glass=glass, verdict=told["verdict"], remark="", by=request.user, now=timezone.now()
        )
    if done:
        messages.success(request, _("Judged. It stays in the history."))
    else:
        messages.error(request, _("Somebody judged it before you."))
    return redirect("glass-breaks")


def _shown(
    request: HttpRequest, glass: Break, form: JudgementForm, status: int = 200
) -> HttpResponse:
    try:
        reason, remark = actions.reason_of(glass=glass, by=request.user)
        erased = False
    except SubjectDestroyed:
        reason, remark, erased = "", "", True
    rows = list(_deeds(glass).order_by("at", "pk")[: MOST_DEEDS + 1])
    context = {
        "row": _row(glass, timezone.now()),
        "reason": reason,
        "remark": remark,
        "erased": erased,
        "deeds": [_deed(one) for one in rows[:MOST_DEEDS]],
        "more": len(rows) > MOST_DEEDS,
        "form": form,
        "own": glass.by_id == request.user.pk,
        "ended": actions.ends_at(glass),
    }
    return render(request, "workspace/glass_judged.html", context, status=status)


def _deeds(glass: Break) -> QuerySet[AccessLog]:
    """What was opened by it: the log's rows of its person, under its purpose, while it lasted."""
    rows = AccessLog.objects.filter(by=glass.by_id, purpose=BREAK_GLASS)
    rows = rows.filter(at__gte=glass.at, at__lte=actions.ends_at(glass))
    person = log_asked.person_of(str(glass.party))
    return rows.filter(person.rows if person else Q(subject=glass.party)).exclude(deed__in=ASIDE)


def _deed(row: AccessLog) -> dict[str, Any]:
    return {
        "at": row.at,
        "what": deed_word(row.deed),
        "detail": detail_words(row),
        "record": row.record,
    }


def _row(glass: Break, now: datetime) -> Row:
    return Row(
        glass,
        glass.by.get_full_name() or glass.by.get_username(),
        VERDICT_WORDS.get(glass.verdict, ""),
        actions.overdue(glass, now),
        _deeds(glass).count(),
    )
