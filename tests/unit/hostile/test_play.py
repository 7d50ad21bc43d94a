"""Files to play from anybody: what cannot be played is told in a line and ends with 2, and both doors agree."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from builder.definition import dump
from tests.definitions import TODAY, definition, question, section
from tests.environment import ROOT
from tests.node import node
from tests.unit.hostile.attacks import UNREADABLE

DOORS = {
    "python": [sys.executable, "-m", "runtime.engine", "play"],
    "node": [node(), "runtime/static/runtime/engine/play.mjs"],
}
FORM = dump(definition(section("s", question("a", "integer"), question("t")), kind="form"))
ANSWER = '[{"command": "answer", "place": "t", "value": %s}]'
FINE = ANSWER % '"x"'


def play(folder: Path, door: str, made: Any, commands: Any, *more: str) -> tuple[int, str, str]:
    for name, content in (("d.json", made), ("c.json", commands)):
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    files = [str(folder / "d.json"), str(folder / "c.json")]
    asked = [*DOORS[door], *files, "--trace", *(more or ("--today", TODAY))]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, check=False, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def told(ended: tuple[int, str, str]) -> bool:
    code, printed, said = ended
    return (code, printed) == (2, "") and bool(said) and "Traceback" not in said and "    at " not in said  # fmt: skip


@pytest.mark.parametrize(
    "commands",
    [
        ANSWER % "1e400",
        ANSWER % r'"\ud800"',
        ANSWER % ("[" * 900 + "]" * 900),
        ANSWER % json.dumps("x" * 1_000_000),
        ANSWER % '"x", "value": "y"',
        r'[{"command": "answer", "place": "\ud800", "value": "x"}]',
        r'[{"command": "\ud800"}, null, [], 7, "x", {}]',
        '[{"__proto__": {"command": "answer"}, "place": "t", "value": "x"}]',
        '[{"command": "constructor"}, {"command": "answer", "place": "__proto__", "value": "x"}]',
        '[{"command": "add_entry", "repeat": "__proto__", "entry": "1"}]',
        "[" + ",".join([FINE[1:-1]] * 5_000) + "]",
        "[]",
    ],
    ids=lambda text: text[:60],
)
def test_both_doors_play_the_oddest_commands_alike(tmp_path: Path, commands: str) -> None:
    python, other = (play(tmp_path, door, FORM, commands) for door in DOORS)
    assert python == other
    assert (python[0], python[2]) == (0, "")


@pytest.mark.parametrize(
    "name", [name for name, data in UNREADABLE.items() if isinstance(data, str | bytes)]
)
def test_the_server_tells_what_is_no_definition(tmp_path: Path, name: str) -> None:
    assert told(play(tmp_path, "python", UNREADABLE[name], FINE))


@pytest.mark.parametrize(
    "commands", ["", "{", "{}", "null", "7", b"\xff", "\ufeff[]", "[" * 100_000]
)
def test_the_server_tells_what_are_no_commands(tmp_path: Path, commands: Any) -> None:  # fmt: skip
    assert told(play(tmp_path, "python", FORM, commands))


def test_half_a_letter_in_a_definition_is_told_in_letters(tmp_path: Path) -> None:
    broken = FORM.replace('"relevance":null', r'"relevance":["\ud800"]', 1)
    ended = play(tmp_path, "python", broken, FINE)
    assert told(ended)
    assert r"“\ud800”" in ended[2]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_json_is_told_by_both(tmp_path: Path, value: str) -> None:
    assert all(told(play(tmp_path, door, FORM, ANSWER % value)) for door in DOORS)


@pytest.mark.parametrize("value", ["9" * 5_000, "[" * 10_000 + "]" * 10_000])
def test_what_is_too_much_for_one_is_too_much_for_both(tmp_path: Path, value: str) -> None:
    python, other = (play(tmp_path, door, FORM, ANSWER % value) for door in DOORS)
    assert python[:2] == other[:2]


@pytest.mark.parametrize(
    ("made", "commands"),
    [
        (FORM, "{}"),
        (FORM, "null"),
        (FORM, ANSWER.encode() % b'"\xff"'),
        *((made, FINE) for made in ("{}", "null", "[]", "[" * 10_000 + "]" * 10_000)),
        (FORM.replace('"type":"integer"', '"type":"constructor"'), FINE),
        (FORM.replace('"relevance":null', '"relevance":["__class__"]', 1), FINE),
    ],
)
def test_the_browsers_door_tells_what_cannot_be_played(
    tmp_path: Path, made: str, commands: Any
) -> None:
    assert told(play(tmp_path, "node", made, commands))


@pytest.mark.parametrize("today", ["2026-99-99", "0000-01-01", "2026-02-30"])
def test_a_day_of_no_calendar_is_told_by_both(tmp_path: Path, today: str) -> None:
    assert all(told(play(tmp_path, door, FORM, FINE, "--today", today)) for door in DOORS)


def test_what_leaves_out_members_is_read_by_the_server_and_told_by_the_browser(
    tmp_path: Path,
) -> None:
    item = {"kind": "question", "id": "q", "name": "t", "type": "text"}
    rows = [{"id": "s", "name": "s", "items": [item]}]
    short = {"format": 1, "kind": "form", "name": "x", "languages": ["en"], "sections": rows}
    python, other = (play(tmp_path, door, json.dumps(short), FINE) for door in DOORS)
    assert python[0] == 0
    assert told(other)
