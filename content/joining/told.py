"""What joining found, in words: who changed how much, and what both changed, with both texts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from wagtail.blocks import ListBlock
from wagtail.models import Page

from builder.problems import Problem, gettext_noop
from builder.views.problems import places_of
from content.joining.join import Join
from content.joining.merging import ABSENT, Conflict
from content.joining.trees import stored

LONGEST = 300
BOTH = gettext_noop(
    "%(field)s: changed here and by %(who)s. Theirs: “%(theirs)s”. Yours: “%(mine)s”. Choose at the top of the page which of them stays."
)

DELETED = gettext_noop(
    "%(who)s deleted “%(label)s”, which is used here now. Choose at the top of the page whether it stays."
)
SPOKEN = gettext_noop(
    "%(who)s uses “%(label)s” here now, which is deleted in this window. Choose at the top of the page whether it stays."
)


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict as the page shows it. A condition is given as data, too, for the page says it as a sentence."""

    conflict: Conflict
    where: str
    field: str
    theirs: str
    mine: str
    conditions: tuple[str, str] = ("", "")

    @property
    def name(self) -> str:
        return f"settle-{self.conflict.key}"


def who(join: Join) -> str:
    own = join.by
    names = [gettext("you in another window") if one == own else _name(one) for one in join.others]
    return ", ".join(names) or gettext("somebody else")


def _name(user: Any) -> str:
    return str(user.get_full_name() or user) if user else gettext("somebody else")


def sentence(join: Join) -> str:
    """Who changed how many blocks that this window does not show; empty where nobody did."""
    count = len(join.joined.theirs) if join.joined else 0
    if not count or not join.others:
        return ""
    text = ngettext(
        "Meanwhile %(count)d other place was changed by %(who)s. Your changes and theirs are both kept.",
        "Meanwhile %(count)d other places were changed by %(who)s. Your changes and theirs are both kept.",
        count,
    )
    return text % {"who": who(join), "count": count}


def told(join: Join, page: Page) -> list[Told]:
    """The conflicts of a joining. `page` holds what was posted."""
    newest = join.newest.as_object() if join.newest else page
    places = {**places_of(newest), **places_of(page)}
    blocks = {**_blocks(newest), **_blocks(page)}
    return [_told(page, places, blocks, one) for one in join.conflicts]


def problems(join: Join, found: list[Told]) -> Iterator[Problem]:
    name = who(join)
    for one in found:
        params = {"field": one.field, "who": name, "theirs": one.theirs, "mine": one.mine}
        yield Problem("both_changed", one.conflict.place, BOTH, params=params)


def problems_of_uses(join: Join, found: list[Told]) -> Iterator[Problem]:
    """At each block that newly speaks of one which the other deleted."""
    for one in found:
        message = DELETED if one.conflict.theirs is ABSENT else SPOKEN
        params = {"who": who(join), "label": one.where}
        for place in one.conflict.uses:
            yield Problem("speaks_of_deleted", place, message, params=params)


def _told(page: Page, places: Any, blocks: Any, conflict: Conflict) -> Told:
    where, _opens = places.get(conflict.place, ("", ""))
    uses = [f"“{places[each][0]}”" for each in conflict.uses if each in places]
    both = (conflict.theirs, conflict.mine)
    sides = [_Side.of(side, uses) for side in both]
    label = _label(page, blocks.get(conflict.place), conflict.way)
    theirs, mine = sides
    conditions = (theirs.condition, mine.condition)
    return Told(conflict, where, label, theirs.text, mine.text, conditions)


@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    condition: str = ""

    @classmethod
    def of(cls, value: Any, uses: list[str]) -> "_Side":
        if value is ABSENT:
            return cls(gettext("deleted"))
        if uses:
            return cls(gettext("not deleted; used by %(blocks)s") % {"blocks": ", ".join(uses)})
        if isinstance(value, dict) and "type" in value:
            return cls(gettext("changed"))
        value = stored(value)
        if isinstance(value, dict) and ("rows" in value or "formula" in value):
            return cls(gettext("a condition"), json.dumps(value))
        return cls(_words(value)[:LONGEST])


def _words(value: Any) -> str:
    if value in (None, "", [], {}):
        return gettext("empty")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, dict):
        return str(value.get("label") or value.get("name") or json.dumps(value, default=str))
    return str(value)


def _blocks(page: Page) -> dict[str, Any]:
    found = {}
    for stream in (page.body, page.outcomes):
        for block in stream or ():
            found[block.id] = block.block
            found.update((item.id, item.block) for item in block.value.get("items") or ())
    return found


def _label(page: Page, block: Any, way: tuple[str, ...]) -> str:
    """What the field is called in the editor."""
    if block is None:
        if not way:
            return gettext("The block")
        return str(page._meta.get_field(way[0]).verbose_name)  # noqa: SLF001 -- the documented door
    labels = []
    for name in way:
        block = _child(block, name)
        labels.append(str(block.label or "") if block is not None else "")
    return " › ".join(dict.fromkeys(label for label in labels if label)) or gettext("The block")


def _child(block: Any, name: str) -> Any:
    if isinstance(block, ListBlock):
        return block.child_block
    return getattr(block, "child_blocks", {}).get(name)
