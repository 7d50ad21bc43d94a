"""Channels, for administrators: where effects tell somebody. An address is written here and shown nowhere."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from builder.definition import CLEARANCE_WORDS
from runtime.effects.actions import channels as actions
from runtime.effects.models import Channel
from runtime.workspace.channel_forms import KINDS, ChannelForm, FaceForm


@require_GET
def channels(request: HttpRequest) -> HttpResponse:
    """All of them, and how much was sent through each."""
    rows = [
        {
            "channel": row,
            "kind": KINDS.get(row.kind, row.kind),
            "clearance": gettext(CLEARANCE_WORDS[row.clearance]),
            "sent": row.sent,
        }
        for row in Channel.objects.defer("sealed").annotate(sent=Count("notices"))
    ]
    return render(request, "workspace/channels.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
def channel_new(request: HttpRequest) -> HttpResponse:
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.create_channel(
                code=told["code"],
                kind=told["kind"],
                face=_face(told),
                address=told["address"],
                by=request.user,
            )
        except actions.CodeTaken:
            form.add_error("code", gettext("There is a channel of this code."))
        else:
            messages.success(request, gettext("Kept."))
            return redirect("channels")
    return _page(request, form)


@never_cache
@require_http_methods(["GET", "POST"])
def channel(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(Channel, code=code)
    initial = {name: getattr(row, name) for name in ("title", "language", "clearance", "open")}
    form = FaceForm(request.POST or None, channel=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.change_channel(
            channel=row, face=_face(told), address=told["address"], by=request.user
        )
        messages.success(request, gettext("Kept."))
        return redirect("channels")
    return _page(request, form)


def _face(told: dict[str, Any]) -> actions.Face:
    return actions.Face(told["title"], told["language"], told["clearance"], told["open"])


def _page(request: HttpRequest, form: FaceForm) -> HttpResponse:
    """What was refused is shown without the address: it is written again."""
    if form.is_bound:
        form.data = {name: value for name, value in form.data.items() if name != "address"}  # type: ignore[assignment]
    return render(
        request, "workspace/channel.html", {"form": form}, status=400 if form.is_bound else 200
    )
