"""A witness: commands for the engine, and what its screen shows then. Whoever has the engine can replay it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.conditions import Expression
from builder.proof.coding import written
from builder.proof.judging import Verdict
from builder.proof.raw import Raw
from builder.proof.rows import FALSE, TRUE, Term
from builder.proof.sight import Frame
from builder.proof.solving import World as Known
from builder.proof.world import World
from builder.values import LISTS

Command = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the engine's view has in a part (`questions`, `items`, `sections`, `outcomes`) under a key: the member, or the whole."""

    part: str
    key: str
    member: str
    value: Any


@dataclass(frozen=True, slots=True)
class Said:
    """What an expression gives where it stands: in the entry that a prefix leads to ("contacts/1/"), or at the root."""

    expression: Expression
    prefix: str
    value: bool | None


@dataclass(frozen=True, slots=True)
class Witness:
    """Commands that lead to a state of affairs. `valid`: nothing in it is answered wrongly; `sure`: it hangs on nothing that could
    not be said in terms, so that a replay shows the same."""

    commands: tuple[Command, ...]
    shows: tuple[Shown, ...] = ()
    says: tuple[Said, ...] = ()
    language: str = ""
    valid: bool = True
    sure: bool = True
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Clerk:
    """Writes the commands that make a world."""

    def __init__(self, world: World, verdicts: dict[str, list[Verdict]]) -> None:
        self.world, self.terms = world, world.terms
        self.rows = [row for rows in verdicts.values() for row in rows]
        self.at = {t: at for at, row in enumerate(self.rows) for t in row.raw.unknowns()}

    def commands(
        self, known: Known, cone: list[Term] | None = None, language: str = ""
    ) -> tuple[Command, ...]:
        """The commands; with a cone only those that it hangs on."""
        wanted = None if cone is None else set(cone)
        at = sorted({self.at[term] for term in cone or () if term in self.at})
        rows = self.rows if cone is None else [self.rows[number] for number in at]
        rows = self._in_order(rows, known)
        found = [{"command": "set_language", "language": language}] if language else []
        found += self._entries(known, wanted)
        for row in rows:
            command = self._answer(row, known)
            if command is not None:
                found.append(command)
        return tuple(found)

    def _in_order(self, rows: list[Verdict], known: Known) -> list[Verdict]:
        """What may be locked comes last, each when it is not locked by what was answered before."""
        found = [row for row in rows if row.locked <= FALSE]
        waiting = [row for row in rows if row.locked > FALSE and self._answer(row, known)]
        while waiting:
            later = {term for row in waiting for term in row.raw.unknowns()}
            sofar = {term: value for term, value in known.items() if term not in later}
            locks = self.terms.evaluate(sofar, self.terms.cone(*(row.locked for row in waiting)))
            open_ = [row for row in waiting if not locks[row.locked]] or waiting
            found.append(open_[0])
            waiting.remove(open_[0])
        return found

    def overrides(self, values: list[int]) -> Iterator[Command]:
        """Warnings set aside."""
        for row in self.rows:
            if any(one.warning and values[one.term] for one in row.breaks):
                yield {"command": "override", "place": row.raw.place, "reason": "checked"}

    def _entries(self, known: Known, wanted: set[Term] | None) -> Iterator[Command]:
        for frames in self.world.frames.values():
            for frame in frames:
                yield from self._added(frame, known, wanted)

    def _added(self, frame: Frame, known: Known, wanted: set[Term] | None) -> Iterator[Command]:
        if not self._is_there(frame, known):
            return
        for name, count in frame.chosen.items():
            if wanted is None or count in wanted:
                low = self.terms.lows[count]
                for number in range(low, known.get(count, low)):
                    place, entry = frame.prefix + name, str(number + 1)
                    yield {"command": "add_entry", "repeat": place, "entry": entry}

    def _is_there(self, frame: Frame, known: Known) -> bool:
        for one in frame.around():
            chosen = one.parent.chosen.get(one.repeat or "") if one.parent else None
            if chosen is None:
                continue
            if int(one.entry) > known.get(chosen, self.terms.lows[chosen]):
                return False
        return True

    def _answer(self, row: Verdict, known: Known) -> Command | None:
        if row.locked == TRUE or not self._is_there(row.frame, known):
            return None
        raw = row.raw
        command: Command = {"command": "answer", "place": raw.place}
        if raw.garbled > FALSE and known.get(raw.garbled):
            return {**command, "value": "?", "unreadable": True}
        value = self.value(raw, known)
        return None if value is None else {**command, "value": value}

    def value(self, raw: Raw, known: Known) -> Any:
        """The canonical value of an answer; None where none is given."""
        if raw.type == "parts":
            found = {name: self.value(part, known) for name, part in raw.parts.items()}
            return {name: value for name, value in found.items() if value is not None} or None
        if raw.type in LISTS:
            return self._names(raw, known)
        if raw.given <= FALSE or not known.get(raw.given):
            return None
        if raw.type == "bool":
            return bool(known.get(raw.value))
        code = known.get(raw.value, self.terms.lows[raw.value])
        return written(raw.type, code, raw.scale, self.world.numbered)

    def _names(self, raw: Raw, known: Known) -> list[str] | None:
        chosen = {code for code, term in raw.members.items() if known.get(term)}
        term, others = raw.others
        if term > FALSE and known.get(term):
            chosen.update(others)
        names = {self.world.numbered.word(code) for code in chosen}
        settings = raw.question.settings if raw.question is not None else None
        listed = [] if settings is None else [choice.name for choice in settings.choices]
        return [name for name in listed if name in names] or None
