"""What goes wrong with the access log, in words for who wanted to open something."""

from django.utils.translation import gettext_noop

from runtime.vault.errors import VaultError


class LogUnwritable(VaultError):
    """The row of an access could not be written: what was wanted is not done."""

    words = gettext_noop(
        "The access log cannot be written now, and nothing is opened that does not stand in it. Try again in a moment."
    )
