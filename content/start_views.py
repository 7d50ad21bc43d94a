"""The workshop's page “Begin with a template”: whole drafts to begin with, one press away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from content.places import places_for
from content.starts import STARTS, Start, begin


class StartForm(forms.Form):
    """Which one, and where it shall stand."""

    start = forms.ChoiceField(widget=forms.HiddenInput)
    parent = forms.ModelChoiceField(
        label=_("Under the page"), queryset=Page.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = [(each.name, each.name) for each in STARTS]  # type: ignore[attr-defined]
        self.fields["parent"].queryset = places  # type: ignore[attr-defined]
        self.fields["parent"].label_from_instance = _place  # type: ignore[attr-defined]


def _place(page: Page) -> str:
    return f"{page.get_admin_display_title()} ({page.locale.get_display_name()})"


def _row(start: Start, places: Any) -> tuple[Start, str, str, StartForm]:
    """A start as it is offered, with the form that begins it."""
    form = StartForm(initial={"start": start.name}, places=places, auto_id=f"id-{start.name}-%s")
    return start, gettext(start.label), gettext(start.says), form


@require_http_methods(["GET", "HEAD", "POST"])
def starts_page(request: HttpRequest) -> HttpResponse:
    """What there is to begin with; a POST makes its drafts and shows the way to them."""
    offered = {
        start.name: (start, places_for(request.user, lessons=start.lessons)) for start in STARTS
    }
    offered = {name: pair for name, pair in offered.items() if pair[1]}
    if not offered:
        raise PermissionDenied(gettext("You may not make pages."))
    rows = [_row(start, places) for start, places in offered.values()]
    context: dict[str, Any] = {"rows": rows}
    if request.method == "POST":
        _start, places = offered.get(request.POST.get("start", ""), (None, Page.objects.none()))
        form = StartForm(request.POST, places=places)
        if not form.is_valid():
            messages.error(request, gettext("Choose a page under which you may make pages."))
            return render(request, "content/starts.html", context, status=400)
        start = next(each for each in STARTS if each.name == form.cleaned_data["start"])
        context["made"] = begin(
            start=start, parent=form.cleaned_data["parent"].specific, by=request.user
        )
        context["afterwards"] = gettext(start.afterwards)
    return render(request, "content/starts.html", context)
