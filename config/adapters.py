"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email, filter_users_by_username
from django.conf import settings
from django.http import HttpRequest

from config.demo.accounts import DOMAIN, PASSWORD


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: an admin creates people. The demo's accounts sign in only where the demo runs."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        if user is not None and not settings.DEMO and _is_demos(user, credentials):
            return None
        return user

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Guesses are counted for the account: not anew for each host name, nor for its address beside its name."""
        login = str(credentials.get("email") or credentials.get("username") or "")
        return ",".join(str(pk) for pk in _accounts(login)) or login.casefold()


def _accounts(login: str) -> list[Any]:
    by_name = filter_users_by_username(login).values_list("pk", flat=True)
    return sorted({*by_name, *(user.pk for user in filter_users_by_email(login))})


def _is_demos(user: Any, credentials: dict[str, Any]) -> bool:
    """By the address, or by the password that everybody knows: an account can change its address."""
    return user.email.endswith(f"@{DOMAIN}") or credentials.get("password") == PASSWORD
