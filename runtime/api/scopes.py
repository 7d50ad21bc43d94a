"""What a token may be for: one row for each scope, with what it opens in words. A row here, and it can be given to tokens."""

from typing import Final

from django.utils.translation import gettext_lazy as _

ITEMS_READ: Final = "items:read"
ITEMS_WRITE: Final = "items:write"
ATTEMPTS_READ: Final = "attempts:read"
PARTIES_READ: Final = "parties:read"
PARTIES_WRITE: Final = "parties:write"
OUTCOMES_READ: Final = "outcomes:read"
CAMPAIGNS_READ: Final = "campaigns:read"
APPS_READ: Final = "apps:read"

SCOPES: Final = {
    ITEMS_READ: _("Read work items"),
    ITEMS_WRITE: _("Make and withdraw work items"),
    ATTEMPTS_READ: _("Read attempts"),
    PARTIES_READ: _("Read what is known of people, up to the clearance"),
    PARTIES_WRITE: _("Make people known"),
    OUTCOMES_READ: _("Read outcomes"),
    CAMPAIGNS_READ: _("List campaigns and queues"),
    APPS_READ: _("List apps and fetch the schemas of their records"),
}
# Sealed facts leave by no token.
CLEARANCES: Final = ("open", "personal", "sensitive")
