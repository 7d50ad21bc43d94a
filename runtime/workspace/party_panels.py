"""What other packages add to a person's page: documents, for instance.

    bind("documents", _("Documents"), documents_of)     # in config.binding

The function takes the party's id and who looks, and gives Lines; it is asked when the page is shown, after the access log was
written. It must not open anything sealed without logging that itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class Line:
    """One line of a panel: what it is, where it leads, how it stands (`good`, `warn`, `bad` or nothing)."""

    text: str
    address: str = ""
    detail: str = ""
    state: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Panel:
    title: str | Promise
    lines: list[Line]


Lines = Callable[[UUID, Any], list[Line]]
_bound: dict[str, tuple[str | Promise, Lines]] = {}


def bind(name: str, title: str | Promise, lines: Lines) -> None:
    """Adds a panel; binding a name again replaces it."""
    _bound[name] = (title, lines)


def panels(party_id: UUID, user: Any) -> list[Panel]:
    """All panels of a person's page, in the order they were bound."""
    return [Panel(title, lines(party_id, user)) for title, lines in _bound.values()]
