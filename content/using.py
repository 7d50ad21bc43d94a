"""What the pages of apps say, for what they share: the body of each script's draft, and that of its last version."""

import json
from collections.abc import Iterator
from typing import Any

from builder.compile import repaired
from content.models import PAGES
from content.models.base import AppPage

Body = list[dict[str, Any]]


def sources() -> Iterator[AppPage]:
    """Every page that an app's structure is made of: the oldest of each family."""
    for model in PAGES.values():
        seen = set()
        pages = model.objects.filter(alias_of__isnull=True).order_by("pk")
        for page in pages.select_related("latest_revision", "locale"):
            if page.translation_key not in seen:
                seen.add(page.translation_key)
                yield page


def bodies_naming(page: AppPage, word: str) -> tuple[Body, Body]:
    """The body of the draft and that of the live page; an empty one where the draft does not have the word, or nothing is live."""
    live = repaired(page.body.get_prep_value())
    revision = page.latest_revision
    text = revision.content.get("body") if revision else None
    draft = live
    if isinstance(text, str):
        draft = repaired(json.loads(text)) if word in text else []
    return draft, live if page.live else []
