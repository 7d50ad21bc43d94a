"""A consent: given, or refused."""

from typing import Any

from builder.problems import gettext_noop as _
from builder.question_types.base.deciding import Decision
from builder.question_types.base.settings import Settings


class Consent(Decision):
    """Yes or no, like any decision, and a refusal is kept; but where it is required, only yes is enough."""

    name = "consent"
    label = _("Consent")
    icon = "lock-open"
    demanding = True

    def satisfies(self, value: Any, settings: Settings) -> bool:
        return value is True


CONSENT = Consent()
