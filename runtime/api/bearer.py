"""Who comes in: a token in the header `Authorization: Bearer ..`, for the scope of the operation, as often as it may."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from runtime.api.actions import spending, tokens
from runtime.api.models import Token
from runtime.api.problems import Refused


class Bearer(HttpBearer):
    """The scope that an operation asks for."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        now = timezone.now()  # noqa: TID251 - the door of a request, as a view is
        found = tokens.find_token(token, now=now)
        if found is None:
            raise Refused("unauthorized")
        wait = spending.spend(token=found, now=now)
        if wait:
            raise Refused("too_many", headers={"Retry-After": str(wait)})
        tokens.note_use(token=found, now=now)
        if self.scope not in found.scopes:
            raise Refused("scope")
        return found


def token_of(request: Any) -> Token:
    """The token that was let in."""
    token: Token = request.auth
    return token
