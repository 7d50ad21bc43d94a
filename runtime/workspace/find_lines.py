"""From hits to what the list shows: as much as the purpose lets see, people of one telephone under one heading."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from runtime.search.grouping import Grouped, grouped
from runtime.search.index import Hit
from runtime.workspace import find_words, veils
from runtime.workspace.find_filters import Standing


@dataclass(frozen=True)
class Together:
    """Lines under one heading; without one, a line that stands alone."""

    heading: str
    lines: list[dict[str, Any]]


def lines(hits: Sequence[Hit], stand: dict[UUID, Standing], *, bare: bool) -> list[Together]:
    """The list. `bare`: who calls is still to be proved, so that only names are told, and nothing that hangs on them."""
    cards = [hit.card for hit in hits]
    groups = [Grouped((at,)) for at in range(len(cards))] if bare else grouped(cards)
    return [
        Together(
            find_words.group(group.why, len(group.members)) if group.why else "",
            [_line(hits[at], stand.get(hits[at].party_id), bare=bare) for at in group.members],
        )
        for group in groups
    ]


def _line(hit: Hit, stand: Standing | None, *, bare: bool) -> dict[str, Any]:
    given = find_words.marked(hit.card.given_name, hit.why.given)
    family = find_words.marked(hit.card.family_name, hit.why.family)
    return {
        "party": hit.party_id,
        "name": find_words.name(given, family) or gettext("without a name"),
        "birth_date": "" if bare else veils.birth_date(hit.card.birth_date),
        "phone": "" if bare else veils.number(hit.card.phone),
        "why": find_words.reasons(hit.why.reasons, bare=bare),
        "stands": find_words.standing(stand) if stand and not bare else [],
    }
