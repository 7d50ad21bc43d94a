"""Who changed what in everything that is administered, and who released what: one list; and how it all was on a day."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from runtime.people.roles import roles_of
from runtime.workspace.history_rows import Asked, kinds, page_of
from runtime.workspace.history_then import state_at

ON_A_PAGE = 50
MOST_PAGES = 200
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    """A day that the house may have seen."""
    limits = [MinValueValidator(FIRST), MaxValueValidator(LAST)]
    picker = forms.DateInput({"type": "date"})
    return forms.DateField(label=label, required=required, widget=picker, validators=limits)


class HistoryForm(forms.Form):
    """What of the history is wanted; nothing is needed."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    who = forms.CharField(label=_("Who"), required=False, max_length=100)
    since = _day(_("From"), required=False)
    until = _day(_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(kinds().items(), key=lambda row: str(row[1]))
        self.fields["kind"].choices = [("", _("all")), *known]  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """Which day."""

    day = _day(_("As it was on"))


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """The changes, the newest first: `?kind=`, `?who=`, `?since=`, `?until=`."""
    form = HistoryForm(request.GET)
    form.is_valid()  # what cannot be read is told at its field, and not asked for
    given = form.cleaned_data
    since, until = given.get("since"), given.get("until")
    asked = Asked(
        kind=given.get("kind", ""),
        who=given.get("who", ""),
        since=_begin(since) if since else None,
        before=_begin(until + timedelta(days=1)) if until else None,
    )
    page = _number(request.GET.get("page", ""))
    rows, more = page_of(asked, start=(page - 1) * ON_A_PAGE, count=ON_A_PAGE)
    kept = {name: request.GET.get(name, "") for name in ("kind", "who", "since", "until")}
    context = {
        "form": form,
        "may_read": "admin" in roles_of(request.user),  # an auditor may not open versions
        "day_form": DayForm(initial={"day": timezone.localdate()}),
        "rows": rows,
        "page": page,
        "more": more and page < MOST_PAGES,
        "query": urlencode({name: value for name, value in kept.items() if value}),
    }
    return render(request, "workspace/history.html", context)


@require_GET
def history_on(request: HttpRequest) -> HttpResponse:
    """Everything as it was at the end of `?day=`; without one, of today."""
    form = DayForm(request.GET if "day" in request.GET else {"day": timezone.localdate()})
    day = form.cleaned_data["day"] if form.is_valid() else None
    may_read = "admin" in roles_of(request.user)
    context: dict[str, Any] = {"form": form, "day": day, "may_read": may_read}
    if day is not None:
        moment = _begin(day + timedelta(days=1)) - timedelta(microseconds=1)
        context["kinds"] = [kind for kind in state_at(moment) if kind.things]
    return render(request, "workspace/history_on.html", context)


def _begin(day: date) -> datetime:
    """The first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _number(text: str) -> int:
    known = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_PAGES))
    return min(max(int(text), 1), MOST_PAGES) if known else 1
