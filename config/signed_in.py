"""Who is signed in, read in one go: every request asks for it."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from runtime.people.reach import note_home


class Accounts(AuthenticationBackend):  # type: ignore[misc]
    """As allauth's; a user comes with their person, and with the unit they belong to."""

    def get_user(self, user_id: Any) -> Any:
        rows = get_user_model().objects.select_related("person")
        user = rows.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        note_home(user)
        return user
