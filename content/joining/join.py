"""The values of a form joined with the newest draft of its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page, Revision

from content.joining.merging import Conflict, Merged, merge
from content.joining.plain import joinable, plain, values_in, values_of, written
from content.joining.trees import stored

Fields = Mapping[str, Any]


@dataclass
class Join:
    """One saving. `base` gives what the browser held before, `newest` is the draft there is now, `others` wrote what the browser
    does not know; `stale` says whether it shows anything else than the newest draft."""

    page: Page
    newest: Revision | None
    by: Any
    base: Callable[[Fields], dict[str, Any]]
    stale: bool = False
    others: list[Any] = field(default_factory=list)
    settled: Mapping[str, str] = field(default_factory=dict)
    autosave: bool = False
    fields: Fields = field(default_factory=dict)
    posted: dict[str, Any] = field(default_factory=dict)  # as merging reads it
    joined: Merged | None = None

    def run(self, values: dict[str, Any], names: list[str]) -> dict[str, Any]:
        """Those of the values that become others, joined with the newest draft."""
        self.fields = joinable(self.page, names)
        if self.newest is None or not self.stale:
            return {}
        self.posted = plain(self.fields, values)
        theirs = read(self.newest, self.fields)
        self.joined = merge(self.base(self.fields), theirs, self.posted, self.settled)
        return self.changed(self.joined, self.posted)

    def changed(self, merged: Merged, before: Mapping[str, Any]) -> dict[str, Any]:
        """The values that merging made others, for the page."""
        return {
            name: written(self.fields[name], value)
            for name, value in merged.values.items()
            if value != before[name]
        }

    @property
    def conflicts(self) -> list[Conflict]:
        return self.joined.conflicts if self.joined else []

    @property
    def held(self) -> dict[str, Any] | None:
        """What the browser shows, as it can be kept, where that is not what is saved."""
        if self.joined is None or self.joined.values == self.posted:
            return None
        return {name: stored(value) for name, value in self.posted.items()}


def read(revision: Revision | None, fields: Fields) -> dict[str, Any]:
    """What a revision holds, as merging reads it."""
    return plain(fields, values_of(revision.as_object(), fields)) if revision else {}


def as_held(page: Page) -> dict[str, Any]:
    """What a page shows that has no draft yet, as `Join.held` gives it."""
    fields = joinable(page, values_in(page))
    return {name: stored(one) for name, one in plain(fields, values_of(page, fields)).items()}


def kept(held: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """What `Join.held` gave, read again."""
    values = {name: written(one, held.get(name)) for name, one in fields.items()}
    return plain(fields, values)
