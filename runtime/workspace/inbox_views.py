"""The folders from which lists are fetched: an administrator says which belongs to which campaign."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from builder.problems import gettext_noop, say
from runtime.queues import folders, scope
from runtime.queues.actions import feeding
from runtime.queues.actions.imports import KEPT
from runtime.queues.feeding import Inbox, InboxFile
from runtime.queues.models import Campaign

FOLDER = gettext_lazy(
    "Letters, digits and dashes only, with / between folders; not done or refused."
)
TAKEN = gettext_lazy("This folder is another campaign’s.")
PROBLEMS = {
    "": gettext_noop("In order"),
    "folder": gettext_noop(
        "The folder is not there, cannot be read, or a link is on its way: who runs the machine has to make it."
    ),
    "closed": gettext_noop("The campaign is closed: files wait in the folder."),
    "by": gettext_noop(
        "Who set it up is no administrator any more: files wait until another one sets it up anew."
    ),
    "failed": gettext_noop("A file could not be taken up, and it is tried again."),
}
SHOWN = 10


class InboxForm(forms.Form):
    campaign = forms.ModelChoiceField(Campaign.objects.none(), label=gettext_lazy("Campaign"))
    folder = forms.CharField(label=gettext_lazy("Folder"), max_length=200, help_text=FOLDER)

    def __init__(self, *args: Any, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["campaign"].queryset = scope.campaigns(user).filter(open=True)  # type: ignore[attr-defined]

    def clean_folder(self) -> str:
        folder = str(self.cleaned_data["folder"]).strip("/")
        if not folders.is_folder(folder):
            raise forms.ValidationError(FOLDER)
        return folder


@require_http_methods(["GET", "POST"])
def inboxes(request: HttpRequest) -> HttpResponse:
    """All folders, and one that is set."""
    form = InboxForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and _kept(request, form):
        messages.success(request, _("Kept."))
        return redirect("inboxes")
    rows = Inbox.objects.filter(campaign__in=scope.campaigns(request.user))
    told: dict[int, list[str]] = {}
    for file in feeding.refused(timezone.now() - KEPT).order_by("-at", "-pk"):
        told.setdefault(file.inbox_id, []).append(_said(file))
    context = {
        "form": form,
        "root": settings.INBOX_DIR,
        "rows": [
            (row, _(PROBLEMS[row.problem]), told.get(row.pk, []))
            for row in rows.select_related("campaign", "by").order_by("folder")
        ],
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "workspace/inboxes.html", context, status=status)


def _kept(request: HttpRequest, form: InboxForm) -> bool:
    told = form.cleaned_data
    try:
        feeding.save_inbox(campaign=told["campaign"], folder=told["folder"], by=request.user)
    except IntegrityError:
        form.add_error("folder", TAKEN)
    return form.is_valid()


@require_POST
def inbox_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is fetched from it any more."""
    rows = Inbox.objects.filter(campaign__in=scope.campaigns(request.user))
    feeding.stop_inbox(inbox=get_object_or_404(rows, pk=pk), by=request.user)
    messages.success(request, _("Nothing is fetched from this folder any more."))
    return redirect("inboxes")


def told_at_home(user: Any, now: datetime) -> str:
    """One sentence for the first page of those who may help; blank where all lists are taken up. A closed campaign needs nobody."""
    if settings.INBOX_DIR is None:
        return ""
    rows = Inbox.objects.filter(active=True, campaign__in=scope.campaigns(user))
    refused = Exists(feeding.refused(now - KEPT).filter(inbox=OuterRef("pk")))
    count = rows.filter(~Q(problem__in=("", "closed")) | refused).count()
    if not count:
        return ""
    words = ngettext(
        "%(n)s folder of lists needs somebody: a file was refused in the last week, or nothing can be fetched.",
        "%(n)s folders of lists need somebody: a file was refused in the last week, or nothing can be fetched.",
        count,
    )
    return words % {"n": count}


def told_of(campaign: Campaign) -> dict[str, Any] | None:
    """What a campaign's page says of its folder."""
    inbox = Inbox.objects.filter(campaign=campaign).first()
    if inbox is None:
        return None
    files = InboxFile.objects.filter(inbox=inbox).select_related("job").order_by("-at", "-pk")
    return {
        "inbox": inbox,
        "state": _(PROBLEMS[inbox.problem]),
        "files": [(row, _said(row)) for row in files[:SHOWN]],
    }


def _said(row: InboxFile) -> str:
    problem = feeding.problem_of(row)
    return say(problem, _) if problem else ""
