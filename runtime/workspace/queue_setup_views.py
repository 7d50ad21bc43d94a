"""What supervisors set up beside campaigns: queues with the skills they ask for, policies, skills."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from runtime.queues import actions, scope
from runtime.queues.models import Policy, Queue, Skill
from runtime.workspace.campaign_forms import QueueForm, SkillForm
from runtime.workspace.policy_forms import PolicyForm

Keep = Callable[[Any, Any], object]
CHANGES_SHOWN = 10
COUNTED_AT_MOST = 10_000


@require_GET
def queues(request: HttpRequest) -> HttpResponse:
    """Queues, policies and skills on one page."""
    open_campaigns = Count("campaigns", filter=Q(campaigns__open=True), distinct=True)
    seen = scope.queues(request.user, to_run=True)
    context = {
        "queues": seen.select_related("policy", "unit")
        .prefetch_related("skills")
        .annotate(open_campaigns=open_campaigns)
        .order_by("title"),
        "policies": scope.policies(request.user)
        .annotate(used=Count("queues", filter=Q(queues__in=seen)))
        .order_by("title"),
        "skills": Skill.objects.select_related("lesson_app").order_by("title"),
    }
    return render(request, "workspace/queues.html", context)


@require_http_methods(["GET", "POST"])
def queue_edit(request: HttpRequest, code: str | None = None) -> HttpResponse:
    seen = scope.queues(request.user, to_run=True)
    row = get_object_or_404(seen, code=code) if code else Queue()
    form = QueueForm(request.POST or None, instance=row, user=request.user)

    def keep(queue: Queue, cleaned: dict[str, Any]) -> None:
        actions.save_queue(queue=queue, skills=cleaned["skills"], by=request.user)

    return _edit(request, form, keep, _("Queue"))


@require_http_methods(["GET", "POST"])
def policy_edit(request: HttpRequest, code: str | None = None) -> HttpResponse:
    row = get_object_or_404(scope.policies(request.user), code=code) if code else Policy()
    if code and not scope.policies(request.user, to_run=True).filter(pk=row.pk).exists():
        raise PermissionDenied(_("This policy holds in queues that are not yours. Make another."))
    form = PolicyForm(request.POST or None, instance=row, user=request.user)

    def keep(policy: Policy, _cleaned: dict[str, Any]) -> None:
        actions.save_policy(policy=policy, by=request.user)

    more = _about(row, request.user) if code else {}
    return _edit(request, form, keep, _("Policy"), {"page": "policy_edit", **more})


def _about(policy: Policy, user: Any) -> dict[str, Any]:
    """How many items the policy holds for, and who changed it when."""
    rows = actions.waiting("policy", policy.pk).filter(queue__in=scope.queues(user))
    waiting = rows[:COUNTED_AT_MOST].count()
    changes = Policy.history.filter(id=policy.pk).select_related("history_user")
    return {"waiting": waiting, "changes": changes.order_by("-history_id")[:CHANGES_SHOWN]}


@require_http_methods(["GET", "POST"])
def skill_edit(request: HttpRequest, code: str | None = None) -> HttpResponse:
    row = get_object_or_404(Skill, code=code) if code else Skill()
    if not scope.may_change_skill(request.user, row):
        raise PermissionDenied(_("Queues that are not yours ask for this skill. Make another."))
    form = SkillForm(request.POST or None, instance=row)

    def keep(skill: Skill, _cleaned: dict[str, Any]) -> None:
        actions.save_skill(skill=skill, by=request.user)

    return _edit(request, form, keep, _("Skill"))


def _edit(
    request: HttpRequest,
    form: ModelForm,
    keep: Keep,
    kind: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """One form, one action that keeps it."""
    if request.method == "POST" and form.is_valid():
        keep(form.save(commit=False), form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("queues")
    status = 400 if request.method == "POST" else 200
    context = {
        "page": "queue_edit",
        "form": form,
        "kind": kind,
        "row": form.instance,
        **(more or {}),
    }
    return render(request, f"workspace/{context['page']}.html", context, status=status)
