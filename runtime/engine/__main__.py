"""A door for tools: `python -m runtime.engine play DEFINITION.json COMMANDS.json --today YYYY-MM-DD` plays commands from the start,
and prints the state in which they end as canonical JSON. With `--trace` a line before it for each command: its events and its
patch of the view. The browser's engine has the same door: `node runtime/static/runtime/engine/play.mjs`.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from builder.definition import DefinitionUnreadable, load
from builder.problems import say
from builder.values import is_date
from runtime.engine import Live, canonical, start

UNUSABLE = 2
MOST_DEPTH = 950  # as the browser's door: what is nested deeper is no data of ours
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"')


class Unusable(Exception):
    """What was given cannot be played; the text says why."""


def main(arguments: list[str]) -> int:
    """Play, or say why not."""
    asked = _parser().parse_args(arguments)
    try:
        for line in played(asked):
            sys.stdout.write(line + "\n")
    except Unusable as why:
        sys.stderr.write(f"{why}\n")
        return UNUSABLE
    return 0


def played(asked: argparse.Namespace) -> Iterator[str]:
    """The lines to print."""
    if not is_date(asked.today):
        raise Unusable(f"--today {asked.today}: a date is written YYYY-MM-DD.")
    try:
        definition = load(_read(asked.definition))
    except DefinitionUnreadable as unreadable:
        told = "\n".join(say(problem) for problem in unreadable.problems)
        raise Unusable(f"{asked.definition}: {told}") from None
    commands = _commands(asked.commands)
    live = Live(definition, start(definition, asked.language), asked.today)
    for command in commands:
        events, patch = live.advance(command)
        if asked.trace:
            yield canonical({"events": events, "patch": patch})
    yield canonical(live.state)


def _commands(name: str) -> list[Any]:
    text = _read(name)
    try:
        if _depth(text) > MOST_DEPTH:
            raise ValueError
        commands = json.loads(text, parse_constant=_no_json)
    except (ValueError, RecursionError):
        raise Unusable(f"{name}: this is not JSON that can be read.") from None
    if not isinstance(commands, list):
        raise Unusable(f"{name}: a list of commands is expected.")
    return commands


def _depth(text: str) -> int:
    most = now = 0
    for one in _STRINGS.sub("", text):
        now += (one in "[{") - (one in "]}")
        most = max(most, now)
    return most


def _no_json(constant: str) -> Any:
    """NaN and the infinities, which Python would read."""
    raise ValueError(constant)


def _read(name: str) -> str:
    try:
        with open(name, encoding="utf-8") as file:  # noqa: PTH123 - the pure core knows no paths
            return file.read()
    except (OSError, ValueError) as fault:
        raise Unusable(
            f"{name}: {getattr(fault, 'strerror', None) or 'this is no text.'}"
        ) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m runtime.engine")
    play = parser.add_subparsers(required=True, metavar="play").add_parser("play")
    play.add_argument("definition", metavar="DEFINITION.json")
    play.add_argument("commands", metavar="COMMANDS.json")
    play.add_argument("--today", required=True, metavar="YYYY-MM-DD")
    play.add_argument("--language", default="")
    play.add_argument("--trace", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
