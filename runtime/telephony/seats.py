"""Whose telephone lives in a frame: the extension of a person at an open provider that has one."""

from typing import Any

from runtime.telephony.models import Extension


def seat_of(user: Any, provider: str | None = None) -> Extension | None:
    """The person's extension with its provider and frame (of that provider, where one is named); None where they have none."""
    rows = Extension.objects.filter(
        person=user, provider__open=True, provider__frame__isnull=False
    )
    if provider is not None:
        rows = rows.filter(provider__code=provider)
    return rows.select_related("provider__frame").order_by("pk").first()
