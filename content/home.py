"""The first page of the workshop: what waits for somebody, one panel a matter.

Whoever has something that waits binds a Panel (`bind`, from `content.panels` or from `config.binding`): tests that fail, texts
that are stale, releases to come. A panel is shown to whom it concerns; where nothing waits it says what to do.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from wagtail.admin.ui.components import Component

AT_MOST = 8
Text: TypeAlias = str | Promise


@dataclass(frozen=True)
class Row:
    """One thing that waits: its title and address, what there is to know of it, and whether it is late."""

    title: str
    address: str = ""
    facts: tuple[str, ...] = ()
    late: bool = False


@dataclass(frozen=True)
class Panel:
    """`find` gives the rows of a person at a moment; `concerns` says whom it is shown to; `empty` is said where there is nothing,
    and a panel without it is then not there. `more` is the address of all."""

    code: str
    label: Text
    find: Callable[[Any, dt.datetime], Iterable[Row]]
    concerns: Callable[[Any], bool] = lambda user: True
    empty: Text = ""
    order: int = 100
    more: Callable[[], str] | None = field(default=None)


_panels: dict[str, Panel] = {}


def bind(panel: Panel) -> None:
    """The last one of a code is used."""
    _panels[panel.code] = panel


class Waiting(Component):
    """All panels of a person."""

    name = "waiting"
    order = 40
    template_name = "content/home.html"

    class Media:
        css = {"all": ["content/workshop.css"]}

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user, now = parent_context["request"].user, timezone.now()
        panels = sorted(_panels.values(), key=lambda panel: panel.order)
        shown = [_shown(panel, user, now) for panel in panels if panel.concerns(user)]
        return {"panels": [each for each in shown if each["rows"] or each["panel"].empty]}


def _shown(panel: Panel, user: Any, now: dt.datetime) -> dict[str, Any]:
    rows = list(panel.find(user, now))
    return {
        "panel": panel,
        "id": slugify(panel.code),
        "rows": rows[:AT_MOST],
        "count": len(rows),
        "hidden": len(rows[AT_MOST:]),
        "more": panel.more() if panel.more else "",
    }
