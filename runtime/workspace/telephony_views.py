"""The telephones: systems and extensions for administrators, and how each agent dials."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from builder.problems import gettext_noop
from runtime.telephony import actions, dialling
from runtime.telephony.links import BY_FRAME, template_for
from runtime.telephony.models import Dialling, Extension, Provider

REFUSED = {
    "code": gettext_noop("A code has small letters, digits and dashes only."),
    "extension": gettext_noop("Write the extension or the login at the telephone system."),
    "person": gettext_noop("Nobody who may sign in has this user name."),
    "taken": gettext_noop("This extension is somebody's already. Remove it there first."),
    "hole": gettext_noop(
        "Write {number} once, where the number comes; “tel:” takes nothing else."
    ),
    "scheme": gettext_noop("It begins with tel:, sip: or https://."),
    "letters": gettext_noop("Blanks, quotes and letters with accents have no place in it."),
    "long": gettext_noop("It is too long: 300 letters at most."),
    "host": gettext_noop(
        "Behind https:// comes the name of a machine; the number stands after it."
    ),
    "frame": gettext_noop(
        "Write the address of the telephone’s frame: https://, the name of a machine, and what follows; no blanks or quotes."
    ),
    "client": gettext_noop("The client has letters, digits and dashes only, 64 at most."),
    "sip": gettext_noop("Write sip:{number}@ and the name of the telephone system."),
}


def telephony(request: HttpRequest) -> HttpResponse:
    """Systems with their extensions, and how the organisation dials."""
    if request.method == "POST":
        return _kept(request, "telephony", _change)
    return _page(request)


def _page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    whole = Dialling.objects.filter(person=None).first()
    context = {
        "providers": [
            {
                "provider": row,
                "address": request.build_absolute_uri(reverse("call-webhook", args=[row.code])),
                "inside": request.build_absolute_uri(reverse("inside", args=[row.code])),
                "frame": getattr(row, "frame", None),
            }
            for row in Provider.objects.select_related("frame")
            .prefetch_related("extensions__person")
            .order_by("title")
        ],
        "template": request.POST.get("template") or (whole.template if whole else ""),
        "usual": dialling.USUAL,
        "framework": request.build_absolute_uri(static("runtime/telephone/framework.js")),
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "workspace/telephony.html", context, status=status)


def _change(request: HttpRequest) -> None:
    post, by = request.POST, request.user
    deed = post.get("deed", "")
    if deed == "dialling":
        actions.keep_dialling(template=post.get("template", ""), person=None, by=by)
    elif deed == "provider":
        actions.make_provider(
            code=post.get("code", "").strip(), title=post.get("title", ""), by=by
        )
    elif deed == "frame":
        actions.keep_frame(
            provider=get_object_or_404(Provider, pk=_number(post, "provider")),
            address=post.get("address", ""),
            client=post.get("client", ""),
            by=by,
        )
    elif deed == "remove":
        actions.remove_extension(
            extension=get_object_or_404(Extension, pk=_number(post, "extension")), by=by
        )
    elif deed == "extension":
        provider = get_object_or_404(Provider, pk=_number(post, "provider"))
        actions.add_extension(
            provider=provider,
            extension=post.get("extension", ""),
            name=post.get("person", ""),
            by=by,
        )
    else:
        raise Http404


def _number(post: Any, name: str) -> int:
    text = post.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)


def my_telephone(request: HttpRequest) -> HttpResponse:
    """How this agent dials by a press; empty: as the organisation."""
    if request.method == "POST":
        return _kept(request, "my-telephone", _mine)
    return _my_page(request)


def _mine(request: HttpRequest) -> None:
    text = request.POST.get("template", "")
    actions.keep_dialling(template=text, person=request.user, by=request.user)


def _my_page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    own = Dialling.objects.filter(person=request.user).first()
    context = {
        "template": request.POST.get("template", own.template if own else ""),
        "now": template_for(request.user),
        "by_frame": BY_FRAME,
        "extensions": Extension.objects.filter(person=request.user).select_related("provider"),
        "problem": problem,
    }
    return render(request, "workspace/my_telephone.html", context, status=status)


def _kept(request: HttpRequest, name: str, change: Any) -> HttpResponse:
    """Keeps what was posted; what cannot be kept stays in its box, with the reason."""
    try:
        change(request)
    except actions.BadSetting as bad:
        page = _page if name == "telephony" else _my_page
        return page(request, _(REFUSED[bad.code]), 400)
    messages.success(request, _("Saved."))
    return redirect(name)
