"""One definition and the same answers in our engine and in ODK's: what each shows after each answer, in the same shape."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from builder.definition import load
from builder.question_types import TYPES
from runtime.engine import Live, effective, start
from tests.environment import ROOT
from tests.node import Twin, node
from tests.peers.xforms import form_of
from tests.properties.arbitrary import TODAY

ORACLE = ROOT / "tests" / "peers" / "drivers" / "oracle.mjs"
Data = dict[str, Any]
Row = dict[str, Any]
View = dict[str, Row]
# What happened that ODK's engine hears of; it has no outcomes, and its sections are all open.
HEARD = {"answered", "cleared", "entry_added", "entry_removed"}
DIGITS = Decimal("1e-9")  # beyond these a float may differ


class Odk(Twin):
    """ODK's engine in one Node process; asked as the browser's is."""

    def __init__(self, peers: Path) -> None:
        self.process = subprocess.Popen(
            [node(), str(ORACLE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={
                **os.environ,
                "PEERS": str(peers),
                "TZ": "UTC",
            },  # its days have zones, ours have not
        )


def play(odk: Odk, data: Data, commands: Iterable[Any]) -> Iterator[tuple[Any, View, View]]:
    """What happened, what ours shows then, and what theirs shows."""
    definition = load(data)
    live = Live(definition, start(definition, "en"), TODAY)
    entries = {name: list(found) for name, found in live.state["entries"].items()}
    form = form_of(data, TODAY)
    steps: list[Row] = []
    ours: list[View] = []
    for command in [None, *commands]:
        event = _heard(live, command)
        if command is None or event is not None:
            ours.append(dict(_rows(data, live, form.texts)))
            steps.append({"event": event, "places": list(ours[-1])})
    paths = {**form.paths, **form.texts}
    theirs = odk.ask("play", xml=form.xml, paths=paths, entries=entries, steps=steps)
    for step, mine, found in zip(steps, ours, theirs, strict=True):
        yield step["event"], mine, {place: _alike(found[place], mine[place]) for place in mine}


def _heard(live: Live, command: Any) -> Any:
    """What our engine makes of a command, if ODK's hears of it: only what is admitted, and could be read."""
    if command is None:
        return None
    [event], _patch = live.advance(command)
    return event if event["event"] in HEARD and "unreadable" not in event else None


def _rows(data: Data, live: Live, texts: dict[str, str]) -> Iterator[tuple[str, Row]]:
    """What is compared, by place. Calculations of a hidden repeat are not: theirs are blank then."""
    seen = live.view()
    for section in data["sections"]:
        name, prefixes = section["name"], [""]
        shown = seen["sections"][name]["relevant"]
        if section["repeat"]:
            prefixes = [f"{name}/{entry}/" for entry in live.state["entries"][name]]
        else:
            yield name, {"relevant": shown}
        for item in section["items"]:
            if "name" not in item:
                yield from _texts(item["id"], prefixes, seen, texts)
            elif item["kind"] == "question" or shown or not section["repeat"]:
                for prefix in prefixes:
                    place = prefix + item["name"]
                    yield place, _row(item, seen["questions"][place])


def _texts(
    identity: str, prefixes: list[str], seen: Row, texts: dict[str, str]
) -> Iterator[tuple[str, Row]]:
    """Whether a text is seen: once, or in each entry."""
    for prefix in [""] if identity in texts else prefixes:
        key = f"{prefix.split('/')[1]}/{identity}" if prefix else identity
        yield prefix + identity, {"relevant": seen["items"][key]}


def _row(item: Data, answer: Row) -> Row:
    if item["kind"] == "calculation":
        return {"value": _value(item["type"], answer["value"])}
    value = _value(TYPES[item["type"]].answer_type, effective(answer))
    wrong = bool(answer["problems"])
    return {
        **{key: answer[key] for key in ("relevant", "missing")},
        "value": value,
        "wrong": wrong,
    }


def _value(answer_type: str, value: Any) -> Any:
    """A value with its type, in one spelling: a float writes numbers otherwise, a list of choices has no order."""
    if value is None:
        return (answer_type, None)
    if answer_type == "number":
        return (answer_type, Decimal(value).quantize(DIGITS).normalize() + 0)
    if answer_type == "many":
        return (answer_type, sorted(value))
    return (answer_type, value)


def _alike(found: Row, mine: Row) -> Row:
    """Of what ODK's engine shows the same members, read as the same type."""
    row = {key: found[key] for key in mine if key != "value"}
    if "value" in mine:
        answer_type = mine["value"][0]
        row["value"] = _value(answer_type, _read(answer_type, found["value"]))
    return row


def _read(answer_type: str, value: Any) -> Any:
    if answer_type == "many":
        names = value.split() if isinstance(value, str) else value
        return names or None
    if isinstance(value, list):
        value = value[0] if value else None
    return {"true": True, "false": False, None: None}[value] if answer_type == "bool" else value
