"""The engine for the workshop: playing a draft from the start, and replaying what a proof says (`builder.playing`)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from builder.definition import Definition
from builder.playing import Played, Seen, Watched
from builder.proof import Said, Shown, Witness
from runtime.engine import Live, start
from runtime.engine.evaluate import closure
from runtime.engine.frames import Frame
from runtime.engine.program import program_of
from runtime.engine.scopes import Sight


def play(
    definition: Definition, commands: Sequence[Mapping[str, Any]], today: str, language: str = ""
) -> Played:
    """Where the commands lead; a command that is refused leaves everything as it was."""
    live, refused = _played(definition, commands, today, language)
    return Played(live.state, live.view(), refused)


class Replayer:
    """Plays witnesses of one definition on a day; called with one it says whether it shows what it should."""

    def __init__(self, definition: Definition, today: str) -> None:
        self.definition, self.today = definition, today

    def __call__(self, witness: Witness) -> bool:
        return not self.faults(witness)

    def faults(self, witness: Witness) -> list[Any]:
        """What is not as the witness says."""
        live, refused = self.played(witness)
        seen = live.view()
        found: list[Any] = [*refused]
        found += [shown for shown in witness.shows if not _is_shown(shown, seen)]
        found += [said for said in witness.says if _values(live, said) != [said.value]]
        return found + (_wrong(witness, seen) if witness.valid else [])

    def played(self, witness: Witness) -> tuple[Live, tuple[tuple[int, str], ...]]:
        """The state that the commands lead to, and what was refused."""
        return _played(self.definition, witness.commands, self.today, "")


class Watcher:
    """Plays runs of one definition; of each it says what some conditions are in the end, compiled once for all of them."""

    def __init__(self, definition: Definition, watched: Sequence[Watched]) -> None:
        self.definition = definition
        names = program_of(definition).names
        scopes = {
            cell.section.name if cell else "": scope for scope, cell in enumerate(names.repeats)
        }
        self.watched = [
            (scopes[one.repeat], closure(one.expression, Sight(names, scopes[one.repeat])))
            for one in watched
        ]

    def __call__(self, commands: Sequence[Mapping[str, Any]], today: str, language: str) -> Seen:
        live, refused = _played(self.definition, commands, today, language)
        values = tuple(
            frozenset(_whole(value(live.root, frame.values)) for frame in live.frames[scope])
            for scope, value in self.watched
        )
        return Seen(Played(live.state, live.view(), refused), values)


def _whole(value: Any) -> bool | None:
    """A truth, or that it is not known."""
    return value if isinstance(value, bool) else None


def everywhere(live: Live, expression: Any, scope: int) -> Iterator[tuple[Frame, Any]]:
    """What an expression gives in each frame of a scope."""
    value = closure(expression, Sight(live.program.names, scope))
    for frame in live.frames[scope]:
        yield frame, value(live.root, frame.values)


def _played(
    definition: Definition, commands: Sequence[Mapping[str, Any]], today: str, language: str
) -> tuple[Live, tuple[tuple[int, str], ...]]:
    live = Live(definition, start(definition, language or definition.source), today)
    refused = []
    for number, command in enumerate(commands):
        events, _patch = live.advance(command)
        refused += [
            (number, event.get("code", "")) for event in events if event["event"] == "refused"
        ]
    return live, tuple(refused)


def _wrong(witness: Witness, seen: Mapping[str, Any]) -> list[Any]:
    """Answers of a witness without wrong answers that are wrong."""
    places = [command["place"] for command in witness.commands if command["command"] == "answer"]
    return [
        (place, problem)
        for place in places
        for problem in seen["questions"][place]["problems"]
        if "warning" not in problem
    ]


def _is_shown(shown: Shown, seen: Mapping[str, Any]) -> bool:
    found = seen.get(shown.part)
    if shown.key:
        found = None if found is None else found.get(shown.key)
    if shown.member:
        found = None if found is None else found.get(shown.member)
    return bool(found == shown.value)


def _values(live: Live, said: Said) -> list[Any]:
    scope = next(
        frame.scope for frames in live.frames for frame in frames if frame.prefix == said.prefix
    )
    return [
        value
        for frame, value in everywhere(live, said.expression, scope)
        if frame.prefix == said.prefix
    ]
