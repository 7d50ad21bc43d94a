"""Carry over: bring a state to a newer version of its definition, by stable names and declared renames.

Done by the server alone; a browser is given what came of it. Nothing is lost: what finds no place in the new version is told, with
the reason, and the log keeps it. Of an answer with several values (choices, parts) those that still fit are kept.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from builder.definition import Definition
from runtime.engine.fresh import view
from runtime.engine.program import program_of
from runtime.engine.state import State, exist, find, find_repeat, start
from runtime.engine.valued import QuestionCell

# Why something is dropped, beside the codes of refused answers: two came to one place; an entry of no repeat; an end.
TAKEN: Final = "taken"
ENTRY: Final = "entry"
OUTCOME: Final = "outcome"


@dataclass(frozen=True)
class Dropped:
    """What has no place in the new version: an answer (its value, or the part of it that does not fit; `code` is that of a refused
    answer, or `taken`), an entry (`entry`), the outcome of a closed record (`outcome`). `place` is the old one."""

    place: str
    value: Any
    code: str


@dataclass(frozen=True)
class CarriedOver:
    """The state under the new version: which answers were kept (by their new places), what was dropped, and where an answer is
    needed that was not needed before."""

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
        for place, value in self.in_order():
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
        return place_now(place, self.renames)

    def entries(self) -> None:
        """The entries of each repeat, the outer ones first: those within stand in them."""
        brought: dict[str, list[str]] = {}
        for place, entries in sorted(self.old_state["entries"].items(), key=_depth):
            now = self.place(place)
            found = find_repeat(self.program, now)
            repeat = found[0].section.repeat if found else None
            if found is None or repeat is None or not exist(self.state, found[1]):
                self.lost(place, entries)
            elif repeat.count is not None:  # as many as a number says: those that bear its numbers
                counted = {str(number) for number in range(1, repeat.maximum + 1)}
                self.lost(place, [entry for entry in entries if entry not in counted])
            else:
                met = brought.setdefault(now, [])  # two repeats may have become one
                self.lost(place, [entry for entry in entries if entry in met])
                met += [entry for entry in entries if entry not in met]
                self.state["entries"][now] = [*met, *_more(met, repeat.minimum)]

    def lost(self, place: str, entries: list[str]) -> None:
        """Entries without a place; those whose answers are told anyway among them."""
        self.dropped += [Dropped(f"{place}/{entry}", None, ENTRY) for entry in entries]

    def in_order(self) -> list[tuple[str, Any]]:
        """The answers; those that were renamed come first: a name given away belongs to the one it was given to."""
        answers = self.old_state["answers"].items()
        return sorted(answers, key=lambda row: self.place(row[0]) == row[0])

    def answer(self, place: str, value: Any) -> None:
        now = self.place(place)
        found = find(self.program, now)
        if found is None or not exist(self.state, found.entries):
            self.dropped.append(Dropped(place, value, "unknown"))
        elif not isinstance(found.cell, QuestionCell):
            self.dropped.append(Dropped(place, value, "calculated"))
        elif now in self.state["answers"]:
            self.dropped.append(Dropped(place, value, TAKEN))
        else:
            self.admit(place, now, value, found.cell)

    def admit(self, place: str, now: str, value: Any, cell: QuestionCell) -> None:
        """Keep what the new question admits. Nobody is asked: what was filled beforehand stays where it is read-only."""
        admitted = cell.type.admit(value, cell.question.settings)
        unread = place in self.old_state["unreadable"]
        if unread and (admitted.code is not None or cell.type.door):  # stays what somebody typed
            self.keep(place, now, value)
            self.state["unreadable"].append(now)
        elif admitted.code is None:
            self.keep(place, now, admitted.value)
        else:
            self.in_part(place, now, value, cell)

    def in_part(self, place: str, now: str, value: Any, cell: QuestionCell) -> None:
        """Of several values those that are admitted alone, if they are together too; the rest is told."""

        def fits(some: Any) -> Any:
            return cell.type.admit(some, cell.question.settings)

        whole = fits(value)
        fitting = _those(value, lambda one: fits(one).code is None)
        kept = fits(fitting) if fitting else whole
        if not fitting or kept.code is not None or kept.value is None:
            self.dropped.append(Dropped(place, value, str(whole.code)))
            return
        self.keep(place, now, kept.value)
        self.dropped.append(
            Dropped(place, _those(value, lambda one: fits(one).code is not None), str(whole.code))
        )

    def keep(self, place: str, now: str, value: Any) -> None:
        if value is None:
            return
        self.kept.append(now)
        self.state["answers"][now] = value
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
        elif old["closed"]:
            self.dropped.append(Dropped(old["outcome"], None, OUTCOME))


def place_now(place: str, renames: Mapping[str, str]) -> str:
    """The same place in the new version's names; entries keep their ids."""
    parts = place.split("/")
    return "/".join(part if at % 2 else renames.get(part, part) for at, part in enumerate(parts))


def _depth(row: tuple[str, list[str]]) -> int:
    return row[0].count("/")


def _more(entries: Collection[str], minimum: int) -> Iterator[str]:
    """Entries for a repeat that has fewer than it must: the first numbers that are free."""
    free = (
        str(number)
        for number in range(1, minimum + len(entries) + 1)
        if str(number) not in entries
    )
    for _missing in range(minimum - len(entries)):
        yield next(free)


def _those(value: Any, wanted: Callable[[Any], bool]) -> Any:
    """Of several choices or parts those that are wanted when they are asked about one by one; of one value nothing."""
    if isinstance(value, list | tuple):
        return [one for one in value if wanted([one])]
    if isinstance(value, Mapping):
        return {name: one for name, one in value.items() if wanted({name: one})}
    return None
