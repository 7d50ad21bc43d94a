"""The resources: a router each, listed in `RESOURCES`. To add one: its file, its line there, its scope in `scopes`."""

from typing import Final

from ninja import Router

from runtime.api.views import apps, attempts, campaigns, items, outcomes, parties

RESOURCES: Final[tuple[Router, ...]] = (
    items.router,
    attempts.router,
    outcomes.router,
    parties.router,
    campaigns.router,
    apps.router,
)
