"""Take a carry over back: a state returns to the version it stood on, with what it had there and what was answered since.

What nobody touched since the carry over is as it was before, also what had been dropped. What was answered since comes back as far
as the older version admits it; the rest is told.
"""

from collections.abc import Mapping

from builder.definition import Definition
from runtime.engine.carry_over import ENTRY, CarriedOver, Dropped, carry_over, place_now
from runtime.engine.fresh import view
from runtime.engine.program import program_of
from runtime.engine.state import State, copied, exist, find, find_repeat


def carry_back(
    versions: tuple[Definition, Definition],
    states: tuple[State, State, State],
    today: str,
    renames: Mapping[str, str],
) -> CarriedOver:
    """`versions`: the one it returns to, the one it stands on. `states`: before the carry over, right after it, now. `renames`: those
    that it was carried over with."""
    (older, newer), (before, carried, now) = versions, states
    back = carry_over(newer, older, now, today, {new: old for old, new in renames.items()})
    taking = _Taking(older, renames, states, copied(back.state))
    taking.entries()
    taking.answers()
    taking.whereabouts()
    missing = _missing(older, before, today)
    asked = (place for place in _missing(older, taking.state, today) if place not in missing)
    dropped = tuple(one for one in back.dropped if _came_since(one, carried, now))
    return CarriedOver(taking.state, tuple(taking.state["answers"]), dropped, tuple(asked))


class _Taking:
    def __init__(
        self,
        older: Definition,
        renames: Mapping[str, str],
        states: tuple[State, State, State],
        state: State,
    ) -> None:
        self.program = program_of(older)
        self.renames = renames
        self.before, self.carried, self.now = states
        self.state = state

    def untouched(self, member: str, place: str) -> bool:
        """Whether what stands at a place of before is today what the carry over made of it."""
        there = place_now(place, self.renames)
        return bool(self.carried[member].get(there) == self.now[member].get(there))

    def entries(self) -> None:
        """The outer ones first: those within stand in them."""
        for place, entries in sorted(
            self.before["entries"].items(), key=lambda row: row[0].count("/")
        ):
            found = find_repeat(self.program, place)
            if found and exist(self.state, found[1]) and self.untouched("entries", place):
                self.state["entries"][place] = list(entries)

    def answers(self) -> None:
        for place, value in self.before["answers"].items():
            found = find(self.program, place)
            if found and exist(self.state, found.entries) and self.untouched("answers", place):
                self.state["answers"][place] = value
                self.as_before(place)

    def as_before(self, place: str) -> None:
        """Whether it could be read, and why a warning was set aside."""
        if place in self.before["unreadable"] and place not in self.state["unreadable"]:
            self.state["unreadable"].append(place)
        reason = self.before.get("overridden", {}).get(place)
        if reason is not None:
            self.state["overridden"].setdefault(place, reason)

    def whereabouts(self) -> None:
        """Where somebody was, if nobody went elsewhere since."""
        if self.now["section"] == self.carried["section"]:
            for member in ("section", "left", "visited"):
                self.state[member] = self.before.get(member)


def _missing(definition: Definition, state: State, today: str) -> list[str]:
    seen = view(definition, state, today)["questions"]
    return [place for place, question in seen.items() if question["missing"]]


def _came_since(one: Dropped, carried: State, now: State) -> bool:
    """Whether this was answered, or added, since the carry over: what it had brought over is there again as it was."""
    if one.code == ENTRY:
        repeat, _slash, entry = one.place.rpartition("/")
        return entry not in carried["entries"].get(repeat, ())
    return bool(carried["answers"].get(one.place) != now["answers"].get(one.place))
