"""Labels on versions: put on and taken off by those who write or review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from builder.actions import LONGEST, label_version, unlabel_version
from builder.models import Version, VersionLabel


@require_POST
def put_label(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """`label`: what to write on it."""
    rows = Version.objects.select_related("app").defer("definition", "bodies")
    version = get_object_or_404(rows, app__code=code, number=number)
    text = " ".join(request.POST.get("label", "").split())
    if not text:
        messages.error(request, gettext("Write a label first."))
    elif len(text) > LONGEST:
        messages.error(
            request, gettext("A label has %(most)s letters at most.") % {"most": LONGEST}
        )
    else:
        label_version(version=version, text=text, by=request.user)
        messages.success(
            request,
            gettext("Version %(number)s is labelled “%(label)s”.")
            % {"number": number, "label": text},
        )
    return redirect("versions", code)


@require_POST
def take_label(request: HttpRequest, code: str, number: int, pk: int) -> HttpResponse:
    """The history keeps that it was there."""
    label = get_object_or_404(
        VersionLabel.objects.select_related("version"),
        pk=pk,
        version__app__code=code,
        version__number=number,
    )
    unlabel_version(label=label, by=request.user)
    messages.success(
        request,
        gettext("The label “%(label)s” is off version %(number)s.")
        % {"label": label.text, "number": number},
    )
    return redirect("versions", code)
