"""Carry over: bring a state to a newer version of its definition, by stable names and declared renames.

Done by the server alone; a browser is given what came of it. The log keeps every answer, so nothing is lost: what finds no place
in the new version is told, with the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.definition import Definition
from runtime.engine.commands import admit
from runtime.engine.fresh import view
from runtime.engine.program import program_of
from runtime.engine.state import State, start


@dataclass(frozen=True)
class Dropped:
    """An answer without a place in the new version: `code` is that of a refused answer (unknown, type, choice ..)."""

    place: str
    value: Any
    code: str


@dataclass(frozen=True)
class CarriedOver:
    """The state under the new version: which answers were kept (by their new places), which dropped, and where an answer is needed
    that was not needed before."""

    state: State
    kept: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    asked: tuple[str, ...]


def carry_over(
    old: Definition,
    new: Definition,
    state: State,
    today: str,
    renames: Mapping[str, str] | None = None,
) -> CarriedOver:
    """Bring a state over. `renames` gives the new names of sections, questions and outcomes that have one."""
    return _Carrying(new, state, renames or {}).done(old, today)


class _Carrying:
    def __init__(self, new: Definition, state: State, renames: Mapping[str, str]) -> None:
        self.new = new
        self.old_state = state
        self.renames = renames
        self.program = program_of(new)
        self.state = start(new, state["language"])
        self.kept: list[str] = []
        self.dropped: list[Dropped] = []

    def done(self, old: Definition, today: str) -> CarriedOver:
        """The whole, and what has to be asked now."""
        self.entries()
        for place, value in self.old_state["answers"].items():
            self.answer(place, value)
        self.whereabouts()
        before = view(old, self.old_state, today)["questions"]
        known = {self.place(place) for place, seen in before.items() if seen["missing"]}
        after = view(self.new, self.state, today)["questions"]
        asked = (place for place, seen in after.items() if seen["missing"] and place not in known)
        return CarriedOver(self.state, tuple(self.kept), tuple(self.dropped), tuple(asked))

    def name(self, name: Any) -> Any:
        """What is called so now; nothing stays nothing."""
        return self.renames.get(name, name)

    def place(self, place: str) -> str:
        """The same place in the new version's names; entries keep their ids."""
        parts = place.split("/")
        return "/".join(part if at % 2 else self.name(part) for at, part in enumerate(parts))

    def entries(self) -> None:
        for place, entries in self.old_state["entries"].items():
            section = self.program.sections.get(self.place(place).rpartition("/")[2])
            if section is not None and section.entries is not None:
                self.state["entries"][self.place(place)] = list(entries)

    def answer(self, place: str, value: Any) -> None:
        now = self.place(place)
        unread = place in self.old_state["unreadable"]
        admitted = admit(self.new, now, value)
        # A text that nobody could read stays what somebody typed, if there is still a question for it.
        code = None if unread and admitted.code == "type" else admitted.code
        if code is not None:
            self.dropped.append(Dropped(place, value, code))
            return
        self.kept.append(now)
        self.state["answers"][now] = value if unread else admitted.value
        if unread:
            self.state["unreadable"].append(now)
        reason = self.old_state.get("overridden", {}).get(place)
        if reason is not None:
            self.state["overridden"][now] = reason

    def whereabouts(self) -> None:
        """Where one is, where one was, and how it ended, as far as the new version has these."""
        old, state = self.old_state, self.state
        steps = {name for name, cell in self.program.sections.items() if not cell.scope}
        section, left = self.name(old["section"]), self.name(old.get("left"))
        state["section"] = section if section in steps else state["section"]
        state["left"] = left if left in steps and state["section"] == section else None
        visited = [self.name(name) for name in old["visited"] if self.name(name) in steps]
        state["visited"] = list(dict.fromkeys([*visited, *filter(None, [state["section"]])]))
        outcomes = {cell.outcome.name for cell in self.program.outcomes}
        if old["closed"] and self.name(old["outcome"]) in outcomes:
            state["outcome"], state["closed"] = self.name(old["outcome"]), True
