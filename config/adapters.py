"""How allauth behaves here."""

import base64
import binascii
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email, filter_users_by_username
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from config.demo.accounts import DOMAIN, PASSWORD
from runtime.vault.envelope import aad, open_sealed, seal
from runtime.vault.errors import Tampered
from runtime.vault.keys import process_key

SECOND_FACTOR = "second factor"


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


class SealedMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of second factors lie sealed: who has the database alone makes no codes of them."""

    def encrypt(self, text: str) -> str:
        """`<number of the key>.<envelope>`."""
        number, key = process_key(SECOND_FACTOR)
        sealed = seal(key, text.encode(), _place())
        return f"{number}.{base64.b64encode(sealed).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        number, _, sealed = encrypted_text.partition(".")
        try:
            _number, key = process_key(SECOND_FACTOR, int(number))
            return open_sealed(key, base64.b64decode(sealed), _place()).decode()
        except (ValueError, LookupError, binascii.Error):
            raise Tampered from None


def _place() -> bytes:
    return aad("mfa.authenticator", "any", "secret")
