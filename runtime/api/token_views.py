"""Tokens, for administrators: made and shown once, listed, revoked."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from builder.definition import CLEARANCE_WORDS
from runtime.api.actions import tokens as actions
from runtime.api.models import Token
from runtime.api.scopes import SCOPES
from runtime.api.token_forms import TokenForm
from runtime.people.reach import reach_of


@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """Those of one's own units, the newest first."""
    now = timezone.now()
    found = _mine(request).defer("digest").select_related("created_by", "unit")
    rows = [_row(token, now) for token in found.prefetch_related("campaigns")]
    return render(request, "api/tokens.html", {"rows": rows})


def _mine(request: HttpRequest) -> QuerySet[Token]:
    """The tokens this person looks after: who may make one of a unit may revoke it."""
    return Token.objects.filter(reach_of(request.user).of("unit", to_run=True))


@never_cache
@require_http_methods(["GET", "POST"])
def token_new(request: HttpRequest) -> HttpResponse:
    """The page that a new token is shown on is the answer itself: nothing keeps it, not even the session."""
    form = TokenForm(request.POST or None, request.user)
    if request.method == "POST" and form.is_valid():
        made, text = actions.make_token(
            grant=form.grant(), days=form.cleaned_data["days"], by=request.user
        )
        return render(request, "api/token_shown.html", {"token": made, "text": text})
    status = 400 if form.is_bound else 200
    return render(request, "api/token_new.html", {"form": form}, status=status)


@require_POST
def token_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    token = get_object_or_404(_mine(request), pk=pk)
    if actions.revoke_token(token=token, by=request.user):
        messages.success(request, gettext("The token is revoked: it opens nothing any more."))
    return redirect("api-tokens")


def _row(token: Token, now: dt.datetime) -> dict[str, Any]:
    return {
        "token": token,
        "scopes": [(scope, SCOPES.get(scope, "")) for scope in token.scopes],
        "clearance": gettext(CLEARANCE_WORDS[token.clearance]),
        "campaigns": list(token.campaigns.all()),
        "state": _state(token, now),
        "stands": actions.stands(token, now=now),
    }


def _state(token: Token, now: dt.datetime) -> str | Promise:
    if token.revoked_at is not None:
        return _("revoked")
    return _("in use") if actions.stands(token, now=now) else _("over")
