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
from tests.peers.ground import Ground
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
    ground, form = Ground(data), form_of(data, TODAY)
    steps: list[Row] = []
    ours: list[View] = []
    for command in [None, *commands]:
        events = [] if command is None else _heard(live, command)
        if command is None or events:
            ours.append(dict(_rows(ground, live, form.texts)))
            given = [event for event in events if "place" in event]
            entries = list(ground.entries(live.state))
            steps.append({"events": given, "entries": entries, "places": list(ours[-1])})
    paths = {**form.paths, **form.texts}
    theirs = odk.ask("play", xml=form.xml, paths=paths, steps=steps)
    for step, mine, found in zip(steps, ours, theirs, strict=True):
        yield step["events"], mine, {place: _alike(found[place], mine[place]) for place in mine}


def _heard(live: Live, command: Any) -> list[Row]:
    """What our engine makes of a command, if ODK's hears of it: only what is admitted, and could be read."""
    if _unheard(live, command):
        return []
    [event], _patch = live.advance(command)
    if event["event"] not in HEARD or "unreadable" in event:
        return []
    return [event, *_forgotten(live)]


def _unheard(live: Live, command: Any) -> bool:
    """Whether a hidden question is answered of which a filter says what may be chosen: ours filters for seen ones only."""
    place = command.get("place") if isinstance(command, dict) else None
    row = live.view()["questions"].get(place) if isinstance(place, str) else None
    return row is not None and not row["relevant"] and "choices" in row


def _forgotten(live: Live) -> list[Row]:
    """Theirs forgets a choice as soon as it is not offered; ours would keep it for better days, and so is told to forget it. What
    is hidden both are told to forget: theirs may or may not have done so."""
    told: list[Row] = []
    while True:
        gone = [
            (place, row)
            for place, row in live.view()["questions"].items()
            if "choices" in row and live.state["answers"].get(place) != row["value"]
        ]
        if not gone:
            return told
        for place, row in gone:
            [event], _patch = live.advance(
                {"command": "answer", "place": place, "value": row["value"]}
            )
            told += [] if row["relevant"] else [event]


def _rows(ground: Ground, live: Live, texts: dict[str, str]) -> Iterator[tuple[str, Row]]:
    """What is compared, by place. Calculations of a hidden entry are not: theirs are blank then."""
    seen = live.view()
    for name, section in ground.sections.items():
        around, inside = ground.repeats[name], ground.inside(name)
        for prefix in [] if section["repeat"] else ground.prefixes(live.state, around):
            yield prefix + name, {"relevant": _of_section(seen, prefix, section)}
        for item in section["items"]:
            if "name" not in item:
                opens = texts[item["id"]].startswith(f"{ground.paths[name]}/")
                for prefix in ground.prefixes(live.state, inside if opens else around):
                    key = _key(prefix, item["id"])
                    yield prefix + item["id"], {"relevant": seen["items"][key]}
                continue
            for prefix in ground.prefixes(live.state, inside):
                if item["kind"] == "question" or _there(ground, seen, prefix):
                    place = prefix + item["name"]
                    yield place, _row(item, seen["questions"][place])


def _key(prefix: str, identity: str) -> str:
    """How a view names a text in an entry."""
    return "/".join([*prefix.split("/")[1::2], identity])


def _of_section(seen: Row, prefix: str, section: Data) -> bool:
    if not prefix:
        return bool(seen["sections"][section["name"]]["relevant"])
    return bool(seen["items"][_key(prefix, section["id"])])


def _there(ground: Ground, seen: Row, prefix: str) -> bool:
    """Whether the entry of a prefix can be seen."""
    if not prefix:
        return True
    *way, repeat, _entry, _ = prefix.split("/")
    around = "".join(f"{part}/" for part in way)
    return _of_section(seen, around, ground.sections[repeat])


def _row(item: Data, answer: Row) -> Row:
    if item["kind"] == "calculation":
        return {"value": _value(item["type"], answer["value"])}
    row = {key: answer[key] for key in ("relevant", "missing")}
    row["value"] = _value(TYPES[item["type"]].answer_type, effective(answer))
    row["wrong"] = any("warning" not in problem for problem in answer["problems"])
    if answer["relevant"]:
        row["required"] = answer["required"]
        row |= {"read_only": answer["read_only"]} if "read_only" in answer else {}
    return row


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
