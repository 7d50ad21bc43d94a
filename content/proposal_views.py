"""Proposing a change, seeing what became of it, and the committee's list. In the workplace: agents propose too."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from builder.models import App
from content.models import PAGES
from content.proposals import actions
from content.proposals.models import LONGEST, LONGEST_REASON, Proposal
from content.proposals.places import places_of

ON_A_PAGE = 50
NEW_FIRST = Case(When(state=Proposal.State.NEW, then=Value(0)), default=Value(1))
DECISIONS = [
    pair for pair in Proposal.State.choices if pair[0] in {"accepted", "later", "refused"}
]


class ProposeForm(forms.Form):
    block = forms.ChoiceField(label=_("What it is about"), required=False)
    change = forms.CharField(
        label=_("What should change"), max_length=LONGEST, widget=forms.Textarea({"rows": 4})
    )
    why = forms.CharField(label=_("Why"), max_length=LONGEST, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["block"].choices = [("", _("All of it")), *places]


class DecideForm(forms.Form):
    state = forms.ChoiceField(label=_("Decision"), choices=DECISIONS)
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=Proposal.Priority.choices, coerce=int
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2}),
        help_text=_("Whoever proposed it reads this."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """`?app=` chooses the app; without one, the apps to choose from."""
    apps = App.objects.filter(open=True).order_by("title", "code")
    app = apps.filter(code=request.GET.get("app", "")).first()
    if app is None:
        return render(request, "content/propose.html", {"apps": apps, "app": None})
    places = list(places_of(app, request.LANGUAGE_CODE))  # type: ignore[attr-defined]
    asked = {"block": request.GET.get("block", "")}
    form = ProposeForm(request.POST or None, places=places, initial=asked)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        place = dict(places).get(given["block"], "")
        actions.propose(app=app, place=place, by=request.user, **given)
        messages.success(request, gettext("Thank you. Below you see what becomes of it."))
        return HttpResponseRedirect(reverse("proposals"))
    return render(request, "content/propose.html", {"app": app, "form": form})


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """One's own; who decides sees all, the urgent and the new first."""
    decides = may_decide(request.user)
    rows = Proposal.objects.select_related("app", "by", "decided_by")
    rows = rows if decides else rows.filter(by=request.user)
    wanted = {name: request.GET.get(name, "") for name in ("app", "state", "priority")}
    if wanted["app"]:
        rows = rows.filter(app__code=wanted["app"])
    if wanted["state"] in Proposal.State.values:
        rows = rows.filter(state=wanted["state"])
    if wanted["priority"] in {str(each) for each in Proposal.Priority.values}:
        rows = rows.filter(priority=int(wanted["priority"]))
    rows = rows.order_by(NEW_FIRST, "priority", "-pk")
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "decides": decides,
        "wanted": wanted,
        "apps": App.objects.filter(proposals__isnull=False).distinct().order_by("title"),
        "states": Proposal.State.choices,
        "priorities": [(str(value), label) for value, label in Proposal.Priority.choices],
    }
    return render(request, "content/proposals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, for whoever made it and those who decide."""
    row = get_object_or_404(Proposal.objects.select_related("app", "by", "decided_by"), pk=pk)
    decides = may_decide(request.user)
    if not decides and row.by_id != request.user.pk:
        raise PermissionDenied
    page = page_of(row.app)
    start = {"state": row.state, "priority": row.priority, "reason": row.reason}
    form = DecideForm(request.POST or None, initial=start)
    if request.method == "POST":
        if not decides:
            raise PermissionDenied
        if form.is_valid() and _decided(request, row, page, form):
            return HttpResponseRedirect(reverse("proposals"))
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page and decides else ""
    context = {
        "proposal": row,
        "form": form if decides and row.state != Proposal.State.DONE else None,
        "editor": f"{editor}#block-{row.block}-section" if editor and row.block else editor,
        "past": row.history.select_related("history_user").order_by("history_date")[:50],
    }
    return render(request, "content/proposal.html", context)


def may_decide(user: Any) -> bool:
    """The committee."""
    return bool(user.is_active and user.has_perm(actions.RIGHT))


def page_of(app: App) -> Any:
    """The source page of an app; none where it was deleted."""
    rows = PAGES[app.kind].objects if app.kind in PAGES else None
    pages = rows.filter(translation_key=app.translation_key, alias_of=None) if rows else None
    return pages.order_by("pk").first() if pages is not None else None


def _decided(request: HttpRequest, row: Proposal, page: Any, form: DecideForm) -> bool:
    try:
        actions.decide(proposal=row, page=page, by=request.user, **form.cleaned_data)
    except actions.NotDecided as why:
        form.add_error("reason" if why.code == "reason" else None, WHY_NOT[why.code])
        return False
    messages.success(request, gettext("Decided; whoever proposed it sees it."))
    return True


WHY_NOT = {
    "reason": _("Say why, so that whoever proposed it understands."),
    "full": _("The note of the next version is full. Shorten it in the page first, then accept."),
    "gone": _("The page of this app is gone; refuse the proposal."),
    "closed": _(
        "You may not write this page now, and its next note names the proposal: it is locked, waits for a review, or is not yours."
    ),
    "settled": _("A version has done it already."),
}
