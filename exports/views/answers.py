"""Answers that several pages give: what is not there, what cannot be done now, a purpose that is missing."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NO_STORE = "no-store, private"


def told(request: HttpRequest, *, status: int, heading: Any, text: Any) -> HttpResponse:
    """A page that says in one sentence what is the matter."""
    context = {"told_heading": heading, "told_text": text}
    return render(request, "exports/told.html", context, status=status)


def purpose_of(request: HttpRequest, purposes: Iterable[tuple[str, Any]]) -> str | None:
    """The purpose that was chosen, or None where it is none of the list."""
    chosen = request.POST.get("purpose", "")
    return chosen if chosen in {code for code, _ in purposes} else None
