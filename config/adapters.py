"""How allauth behaves here."""
from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an admin creates people."""

    def is_open_for_signup(self, request):
        return False
