"""The do-not-contact list: who is not to be contacted, why and until when. Names and numbers are not on it: it is known by blind keys."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from builder.problems import Problem, gettext_noop, say
from runtime.audit.actions import log_access
from runtime.parties import barring
from runtime.parties.barring import Grounds
from runtime.parties.models import Bar
from runtime.parties.store import contact_blind
from runtime.queues import scope
from runtime.queues.actions.barring import bar_list
from runtime.workspace.bar_forms import KINDS, BarListForm, GroundsForm, LookForm, WayForm
from runtime.workspace.campaign_words import reason

PURPOSE = "do_not_contact"
ON_A_PAGE = 100
SOURCES = {
    "hand": gettext_noop("by hand"),
    "list": gettext_noop("from a list"),
    "outcome": gettext_noop("by an outcome"),
}


@never_cache
@require_http_methods(["GET", "POST"])
def bars(request: HttpRequest) -> HttpResponse:
    """The list; a number that is added; one that is looked for."""
    if "looked_for" in request.POST:
        return _looked(request)
    form = WayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, value = form.cleaned_data["way"]
        _bar, made = barring.bar_way(
            kind=kind, value=value, grounds=_grounds(request, form), now=timezone.now()
        )
        messages.success(request, _("Kept.") if made else _("It is on the list already."))
        return redirect("bars")
    return _page(request, form=form, status=400 if request.method == "POST" else 200)


def _looked(request: HttpRequest) -> HttpResponse:
    """Whether a number is on the list; that it was asked is logged."""
    look = LookForm(request.POST)
    if not look.is_valid():
        return _page(request, look=look, status=400)
    kind, value = look.cleaned_data["looked_for"]
    log_access(by=request.user, deed="search", purpose=PURPOSE, detail=kind)
    found = Bar.objects.filter(keys__field=kind, keys__blind=contact_blind(kind, value))
    return _page(request, look=look, found=lines(found))


@require_POST
def bars_list(request: HttpRequest) -> HttpResponse:
    """Numbers and mail addresses from a CSV, which is read in memory only."""
    form = BarListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, listed=form, status=400)
    told = bar_list(data=form.cleaned_data["file"], grounds=_grounds(request, form, "list"))
    if isinstance(told, Problem):
        form.add_error("file", say(told, _))
        return _page(request, listed=form, status=400)
    text = ngettext("%(made)s is new on the list", "%(made)s are new on the list", told.made)
    there = ngettext("%(there)s was there", "%(there)s were there", told.there)
    messages.success(request, f"{text % {'made': told.made}}; {there % {'there': told.there}}.")
    bad = [(line, column, reason(code)) for line, code, column in told.bad]
    return _page(request, bad=bad) if bad else redirect("bars")


@require_POST
def bar_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """It holds no more. A person's may be lifted by who may see the person, the others by who belongs to the whole organisation."""
    rows = Bar.objects.all()
    if not scope.is_whole(request.user):
        rows = rows.filter(party__in=scope.parties(request.user))
    bar = get_object_or_404(rows, pk=pk)
    if barring.lift(bar=bar, by=request.user, now=timezone.now()):
        messages.success(request, _("It does not hold any more."))
    return redirect("bars" if scope.is_whole(request.user) else "find")


@require_POST
def party_bar(request: HttpRequest, party: UUID) -> HttpResponse:
    """A person is not contacted any more."""
    row = get_object_or_404(scope.parties(request.user), pk=party)
    form = GroundsForm(request.POST)
    if not form.is_valid():
        return render(
            request, "workspace/party_bar.html", {"form": form, "party": row}, status=400
        )
    barring.bar_party(party=row, grounds=_grounds(request, form), now=timezone.now())
    messages.success(request, _("This person is not contacted any more."))
    return redirect("find")


def _grounds(request: HttpRequest, form: GroundsForm, source: str = "hand") -> Grounds:
    told = form.cleaned_data
    return Grounds(told["reason"], request.user, source, told["until"])


def lines(rows: Any) -> list[dict[str, Any]]:
    """What is shown of bars."""
    return [
        {
            "bar": row,
            "kind": KINDS[row.kind],
            "reason": _(barring.REASONS.get(row.reason, row.reason)),
            "source": _(SOURCES.get(row.source, row.source)),
        }
        for row in rows.select_related("by", "lifted_by").order_by("-created_at", "-pk")
    ]


def _page(request: HttpRequest, *, status: int = 200, **given: Any) -> HttpResponse:
    pages = Paginator(Bar.objects.order_by("-created_at", "-pk"), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = Bar.objects.filter(pk__in=[row.pk for row in page.object_list])
    context = {
        "form": WayForm(),
        "look": LookForm(),
        "listed": BarListForm(),
        "page": page,
        "rows": lines(shown),
        **given,
    }
    return render(request, "workspace/bars.html", context, status=status)
