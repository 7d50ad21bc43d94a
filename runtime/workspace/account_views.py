"""Accounts from a list: the file, what would become of it, carrying it out. Each list is shown to who loaded it alone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from builder.problems import Problem, gettext_noop, say
from runtime.accounts import actions
from runtime.accounts.models import AccountList
from runtime.accounts.planning import GIVEN_BY_ADMIN, GIVEN_BY_LEADER, may_load
from runtime.people.roles import roles_of
from runtime.queues import scope
from runtime.queues.lists.writing import lines
from runtime.queues.models import Skill
from runtime.workspace.people_words import role_word

BYTES_AT_MOST = 4 * 1024 * 1024
LISTS_SHOWN = 20
STATES = {
    "looked": gettext_noop("Looked at; nothing was changed yet."),
    "running": gettext_noop("The accounts are being made."),
    "done": gettext_noop("Done."),
    "stopped": gettext_noop("Stopped; what was made before stays."),
}
COLUMNS = {
    "email": gettext_noop("E-mail address"),
    "name": gettext_noop("Name"),
    "roles": gettext_noop("Roles"),
    "unit": gettext_noop("Unit"),
    "languages": gettext_noop("Languages"),
    "skills": gettext_noop("Skills"),
}
FLAWS = {
    "long": gettext_noop("A name is longer than 150 letters."),
    "day": gettext_noop("A skill ends on a day written like 2027-03-31, after a colon."),
    "email": gettext_noop("This is no e-mail address, or it is longer than 150 letters."),
    "double": gettext_noop("This address stands in the list before; the first line holds."),
    "several": gettext_noop("Several accounts have this address. Correct them first."),
    "elsewhere": gettext_noop("This address cannot be used here. An administrator can help."),
    "shut_out": gettext_noop("This person is shut out. Let them in again on their page first."),
    "yourself": gettext_noop("This is you: your own rights are changed by somebody else."),
    "role": gettext_noop("There is no such role. Write one of those named on the page."),
    "role_not_yours": gettext_noop("This role is given by administrators only."),
    "no_role": gettext_noop("A new account needs a role."),
    "unit": gettext_noop("There is no such unit among yours. Write its code."),
    "no_unit": gettext_noop(
        "A new account needs the code of a unit (* for the whole organisation)."
    ),
    "language": gettext_noop("Nothing here is done in this language. Write a code like fr or nl."),
    "skill": gettext_noop("There is no such skill. Write its code."),
    "past": gettext_noop("The skill would have ended before today."),
}
NO_FILE = gettext_noop("Choose a CSV file of at most %(megabytes)s MB.")


@never_cache
@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """The form for a file, and the lists loaded so far."""
    _check(request)
    if request.method == "GET":
        return _lists_page(request, "")
    file = request.FILES.get("file")
    if file is None or not file.size or file.size > BYTES_AT_MOST:
        return _lists_page(request, _(NO_FILE) % {"megabytes": BYTES_AT_MOST // 1024**2})
    answer = actions.receive(data=file.read(), by=request.user)
    if isinstance(answer, Problem):
        return _lists_page(request, say(answer, _))
    return redirect("account-list", pk=answer.pk)


def _check(request: HttpRequest) -> None:
    if not may_load(request.user):
        raise PermissionDenied(_("Accounts are made by administrators, and by who leads a unit."))


def _lists_page(request: HttpRequest, problem: str) -> HttpResponse:
    rows = AccountList.objects.filter(by=request.user).order_by("-created_at")[:LISTS_SHOWN]
    admin = "admin" in roles_of(request.user)
    given = GIVEN_BY_ADMIN if admin else GIVEN_BY_LEADER
    context = {
        "problem": problem,
        "megabytes": BYTES_AT_MOST // 1024**2,
        "most": actions.MOST_ROWS,
        "rows": [(row, _(STATES[row.state])) for row in rows],
        "roles": [(code, role_word(code)) for code in sorted(given)],
        "units": scope.units(request.user).filter(active=True).order_by("title"),
        "skills": Skill.objects.order_by("title"),
        "is_admin": admin,
    }
    status = 400 if problem else 200
    return render(request, "workspace/account_lists.html", context, status=status)


def _mine(request: HttpRequest, pk: UUID) -> AccountList:
    found: AccountList = get_object_or_404(AccountList, pk=pk, by=request.user)
    if not may_load(request.user):
        raise Http404
    return found


@never_cache
@require_GET
def account_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would become of it; then how far it is, and what became of it."""
    row = _mine(request, pk)
    stuck = actions.stuck(row) is not None
    context = {
        "row": row,
        "state": _(STATES[row.state]),
        "running": row.state == "running" and not stuck,
        "stuck": stuck,
        "left": [(line, _(COLUMNS[column]), _(FLAWS[code])) for line, column, code in row.left],
        "unlisted": max(0, row.bad - len({line for line, _column, _code in row.left})),
        "nothing": row.state == "looked" and not (row.fresh or row.changed),
    }
    return render(request, "workspace/account_list.html", context)


@require_POST
def go(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Carries it out, in the background."""
    row = _mine(request, pk)
    if not actions.go(row=row, by=request.user, invites="invites" in request.POST):
        messages.info(request, _("This list was carried out before, or it is no longer kept."))
    return redirect("account-list", pk=pk)


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    if actions.stop(row=_mine(request, pk), by=request.user):
        messages.success(request, _("Stopped; what was made before stays."))
    return redirect("account-list", pk=pk)


@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lets the worker try a part again that it had given up."""
    actions.try_again(row=_mine(request, pk), by=request.user)
    return redirect("account-list", pk=pk)


@never_cache
@require_GET
def progress(request: HttpRequest, pk: UUID) -> JsonResponse:
    """What the page asks for while the worker is at it."""
    row = _mine(request, pk)
    return JsonResponse(
        {
            "label": _(STATES[row.state]),
            "ended": row.state != "running" or actions.stuck(row) is not None,
            "total": row.total,
            "seen": row.seen,
            "fresh": row.fresh,
            "changed": row.changed,
            "same": row.same,
            "bad": row.bad,
        }
    )


@never_cache
@require_POST
def left_out(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """The lines that cannot be, as they stood in the file, each with the reason: to correct and load again."""
    row = _mine(request, pk)
    if not row.kept:
        raise Http404
    header, rows = actions.left_out(row, by=request.user)
    table: list[list[Any]] = [[*header, _("Why it was left out")]]
    for cells, plan in rows:
        whole = [*cells, *[""] * (len(header) - len(cells))][: len(header)]
        why = " ".join(f"{_(COLUMNS[flaw.column])}: {_(FLAWS[flaw.code])}" for flaw in plan.flaws)
        table.append([*whole, why])
    pieces = (piece.encode() for piece in lines(iter(table)))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="left-out.csv"'
    response["Cache-Control"] = "no-store"
    return response
