"""Supervisors' campaigns: the list, one campaign in figures, setting it up, opening and closing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtime.queues import actions, scope
from runtime.queues.models import Campaign
from runtime.queues.overview import figures
from runtime.queues.policies import of_policy
from runtime.workspace.campaign_forms import CampaignForm
from runtime.workspace.campaign_words import named
from runtime.workspace.inbox_views import told_of

SHOWN_IMPORTS = 10


@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    rows = scope.campaigns(request.user, to_run=True).select_related("queue__unit", "app")
    rows = rows.order_by("-open", "title", "pk")
    return render(request, "workspace/campaigns.html", {"campaigns": rows})


@require_GET
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    """One campaign: counts by state and disposition, attempts today, agents, last lists."""
    rows = scope.campaigns(request.user, to_run=True).select_related("queue", "app", "policy")
    row = get_object_or_404(rows, code=code)
    counted = figures(row, timezone.now())
    context = {
        "campaign": row,
        "figures": counted,
        "states": named(counted.states, "state"),
        "dispositions": named(counted.dispositions, "disposition"),
        "imports": row.imports.select_related("by").order_by("-created_at")[:SHOWN_IMPORTS],
        "inbox": told_of(row),
        "rules": of_policy(row.policy or row.queue.policy),
        "published": row.app.versions.exists(),
    }
    return render(request, "workspace/campaign.html", context)


def _campaign(request: HttpRequest, code: str) -> Campaign:
    found: Campaign = get_object_or_404(scope.campaigns(request.user, to_run=True), code=code)
    return found


@require_http_methods(["GET", "POST"])
def campaign_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, Campaign())


@require_http_methods(["GET", "POST"])
def campaign_edit(request: HttpRequest, code: str) -> HttpResponse:
    return _edit(request, _campaign(request, code))


def _edit(request: HttpRequest, row: Campaign) -> HttpResponse:
    form = CampaignForm(request.POST or None, instance=row, user=request.user)
    if request.method == "POST" and form.is_valid():
        kept = actions.save_campaign(campaign=form.save(commit=False), by=request.user)
        messages.success(request, _("Kept."))
        return redirect("campaign", code=kept.code)
    status = 400 if request.method == "POST" else 200
    return render(
        request, "workspace/campaign_edit.html", {"form": form, "campaign": row}, status=status
    )


@require_POST
def campaign_close(request: HttpRequest, code: str) -> HttpResponse:
    """Closes the campaign and withdraws what nobody is working on."""
    row = _campaign(request, code)
    count = actions.close_campaign(campaign=row, by=request.user)
    text = ngettext(
        "Closed; %(count)s item withdrawn.", "Closed; %(count)s items withdrawn.", count
    )
    messages.success(request, text % {"count": count})
    return redirect("campaign", code=code)


@require_POST
def campaign_open(request: HttpRequest, code: str) -> HttpResponse:
    row = _campaign(request, code)
    actions.open_campaign(campaign=row, by=request.user)
    messages.success(request, _("The campaign is open again."))
    return redirect("campaign", code=code)
