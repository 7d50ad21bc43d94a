"""Playing a draft: the engine is upstairs, so whoever has it binds it here (`config.binding`).

A player takes a checked definition, the commands of `docs/schemas`, a day and a language, and says where they lead. A replayer
takes a definition and a day and gives what `builder.proof.prove` asks of whether a witness shows what it should. A watcher takes
a definition and conditions in it, and plays commands like a player, and says what each condition was in the end.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.conditions import Expression
from builder.definition import Definition
from builder.proof import Witness


@dataclass(frozen=True)
class Played:
    """Where commands lead: the engine's state and view, and of each command that was refused its place in the list and why."""

    state: Mapping[str, Any]
    view: Mapping[str, Any]
    refused: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Watched:
    """A condition, and the repeat in whose entries it stands (empty: outside all of them)."""

    expression: Expression
    repeat: str = ""


@dataclass(frozen=True)
class Seen:
    """Where commands lead, and of each watched condition what it gives there: several values where there are several entries."""

    played: Played
    values: tuple[frozenset[Any], ...]


Player = Callable[[Definition, Sequence[Mapping[str, Any]], str, str], Played]
Replayer = Callable[[Definition, str], Callable[[Witness], bool]]
Watch = Callable[[Sequence[Mapping[str, Any]], str, str], Seen]
Watcher = Callable[[Definition, Sequence[Watched]], Watch]
_bound: dict[str, Any] = {}


def bind(player: Player, replayer: Replayer, watcher: Watcher) -> None:
    """The last ones bound are used."""
    _bound.update(player=player, replayer=replayer, watcher=watcher)


def play(
    definition: Definition, commands: Sequence[Mapping[str, Any]], today: str, language: str = ""
) -> Played:
    """Play commands from the start. Raises LookupError while no engine is bound."""
    played: Played = _bound["player"](definition, commands, today, language)
    return played


def replay(definition: Definition, today: str) -> Callable[[Witness], bool]:
    """Whether a witness of this definition shows what it should, on that day. Raises LookupError while no engine is bound."""
    replayed: Callable[[Witness], bool] = _bound["replayer"](definition, today)
    return replayed


def watch(definition: Definition, watched: Sequence[Watched]) -> Watch:
    """What plays commands, a day and a language and says what the conditions give in the end. Raises LookupError while no engine is
    bound."""
    made: Watch = _bound["watcher"](definition, watched)
    return made
