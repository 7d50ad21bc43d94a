"""Playing a draft: the engine is upstairs, so whoever has it binds it here (`config.binding`).

A player takes a checked definition, the commands of `docs/schemas`, a day and a language, and says where they lead. A replayer
takes a definition and a day and gives what `builder.proof.prove` asks of whether a witness shows what it should.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.definition import Definition
from builder.proof import Witness


@dataclass(frozen=True)
class Played:
    """Where commands lead: the engine's state and view, and of each command that was refused its place in the list and why."""

    state: Mapping[str, Any]
    view: Mapping[str, Any]
    refused: tuple[tuple[int, str], ...]


Player = Callable[[Definition, Sequence[Mapping[str, Any]], str, str], Played]
Replayer = Callable[[Definition, str], Callable[[Witness], bool]]
_bound: dict[str, Any] = {}


def bind(player: Player, replayer: Replayer) -> None:
    """The last ones bound are used."""
    _bound.update(player=player, replayer=replayer)


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
