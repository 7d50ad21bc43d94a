"""Institutes: who receives feeds. For data officers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exports.feeds import actions
from exports.feeds.forms import InstituteForm
from exports.feeds.models import Institute
from exports.views.answers import told

FORM = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(FORM)
def institute_new(request: HttpRequest) -> HttpResponse:
    """A new institute."""
    form = InstituteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.create_institute(code=given["code"], title=given["title"], by=request.user)
        return redirect("feeds")
    context = {"form": form, "heading": _("New institute")}
    return render(request, "exports/form.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(FORM)
def institute(request: HttpRequest, code: str) -> HttpResponse:
    """An institute's title; its code stays."""
    found = Institute.objects.filter(code=code).first()
    if found is None:
        return told(
            request,
            status=404,
            heading=_("No such institute"),
            text=_("There is no such institute."),
        )
    form = InstituteForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.rename_institute(
            institute=found, title=form.cleaned_data["title"], by=request.user
        )
        return redirect("feeds")
    context = {"form": form, "heading": found.title}
    return render(request, "exports/form.html", context, status=400 if form.errors else 200)
