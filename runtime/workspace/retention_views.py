"""How long the records of each app are kept, what a rule would erase before it is switched on, and legal holds.

Numbers, days and ids: nothing is opened here.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from builder.models import App
from runtime.people.roles import roles_of
from runtime.retention import actions
from runtime.retention.due import due, over
from runtime.retention.holds import standing
from runtime.retention.models import Hold, Rule
from runtime.workspace.retention_forms import KINDS, DaysForm, HoldForm

LISTED = 100
KEPT_APPS = ("script", "form", "lesson")  # a document has no records


@dataclass(frozen=True)
class Row:
    """An app, its rule, and how many records it would erase now."""

    app: App
    rule: Rule | None
    due: int


@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """Every app with its rule, and the holds."""
    return _page(request, HoldForm())


@require_POST
def hold_new(request: HttpRequest) -> HttpResponse:
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    actions.hold(by=request.user, **form.cleaned_data)
    messages.success(request, _("It is held from now on: nothing of it is erased."))
    return redirect("retention")


@require_POST
def hold_lift(request: HttpRequest, pk: int) -> HttpResponse:
    if actions.lift(hold=get_object_or_404(Hold, pk=pk), by=request.user):
        messages.success(request, _("The hold is lifted. What is over is erased by the rules."))
    return redirect("retention")


@require_http_methods(["GET", "POST"])
def retention_app(request: HttpRequest, code: str) -> HttpResponse:
    """The rule of one app, and the list of what it would erase."""
    app = get_object_or_404(App, code=code, kind__in=KEPT_APPS)
    rule = Rule.objects.filter(app=app).first()
    form = DaysForm(request.POST or None, initial={"days": rule.days if rule else None})
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    if rule and deed in {"on", "off"}:
        return _switch(request, rule, on=deed == "on")
    if deed == "days" and form.is_valid():
        actions.set_rule(app=app, days=form.cleaned_data["days"], by=request.user)
        messages.success(
            request, _("Saved. It erases nothing before you look at the list and switch it on.")
        )
        return redirect("retention-app", code=code)
    shown = DaysForm(initial=form.initial) if deed != "days" else form
    context = {"app": app, "rule": rule, "form": shown, **_would(rule)}
    return render(request, "workspace/retention_app.html", context, status=_status(shown))


def _status(form: DaysForm) -> int:
    return 400 if form.is_bound else 200


def _switch(request: HttpRequest, rule: Rule, *, on: bool) -> HttpResponse:
    """Only the rule that was looked at is switched on: its days stand in what is sent."""
    if on and request.POST.get("days") != str(rule.days):
        messages.error(request, _("Somebody changed the days meanwhile. Look at the list again."))
        return redirect("retention-app", code=rule.app.code)
    actions.switch(rule=rule, on=on, by=request.user)
    told = (
        _("It is on: the worker erases what is over, within minutes.") if on else _("It is off.")
    )
    messages.success(request, told)
    return redirect("retention-app", code=rule.app.code)


def _would(rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {}
    now = timezone.now()
    found = due(rule, now, timezone.localdate(now))
    count = found.count()
    return {
        "records": found.select_related("version")[:LISTED],
        "count": count,
        "more": max(count - LISTED, 0),
        "kept": over(rule, now).count() - count,
    }


def _page(request: HttpRequest, form: HoldForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    rules = {rule.app_id: rule for rule in Rule.objects.select_related("app")}
    apps = App.objects.filter(kind__in=KEPT_APPS).order_by("title", "pk")
    counts = {pk: due(rule, now, today).count() for pk, rule in rules.items()}
    rows = [Row(app, rules.get(app.pk), counts.get(app.pk, 0)) for app in apps]
    words = dict(KINDS)
    holds = [
        {"hold": hold, "kind": words[hold.kind]}
        for hold in standing(today).select_related("by").order_by("-at")
    ]
    erases = "data_officer" in roles_of(request.user)
    context = {"rows": rows, "holds": holds, "form": form, "erases": erases}
    return render(request, "workspace/retention.html", context, status=status)
