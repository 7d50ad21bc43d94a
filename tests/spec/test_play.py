"""The door for tools: both engines play the same files to the same lines."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from builder.definition import dump, load
from tests.definitions import TODAY
from tests.environment import ROOT
from tests.node import node
from tests.schemas.holding import hold
from tests.spec.test_nested import FORM, FOUR

DOORS = {
    "python": [sys.executable, "-m", "runtime.engine", "play"],
    "node": [node(), "runtime/static/runtime/engine/play.mjs"],
}


def play(door: str, *arguments: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DOORS[door], *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    definition, commands = tmp_path / "definition.json", tmp_path / "commands.json"
    definition.write_text(dump(FORM))
    commands.write_text(json.dumps([*FOUR, {"command": "nonsense"}]))
    return definition, commands


def test_both_doors_print_the_same(files: tuple[Path, Path]) -> None:
    printed = [play(door, *files, "--today", TODAY, "--trace").stdout for door in DOORS]
    assert printed[0] == printed[1]
    *steps, state = map(json.loads, printed[0].splitlines())
    assert [step["events"][0]["event"] for step in steps] == [
        "answered", "answered", "answered", "entry_added", "answered", "refused",
    ]  # fmt: skip
    assert state["answers"]["contacts/1/visits/b/hours"] == "3"
    assert (
        play("python", *files, "--today", TODAY).stdout
        == json.dumps(state, sort_keys=True, separators=(",", ":")) + "\n"
    )


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("broken", "today"), [(0, TODAY), (1, TODAY), (None, "tomorrow"), ("gone", TODAY)]
)
def test_what_cannot_be_played_is_told_in_a_line(
    files: tuple[Path, Path], door: str, broken: Any, today: str
) -> None:
    if broken == "gone":
        files[0].unlink()
    elif broken is not None:
        files[broken].write_text("{")
    ended = play(door, *files, "--today", today)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr
    assert "Traceback" not in ended.stderr
    assert " at " not in ended.stderr.replace("at position", "")


def test_the_example_of_the_schemas_page_plays_as_it_says(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "schemas" / "README.md").read_text(encoding="utf-8")
    definition, commands, last = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    hold("definition", json.loads(definition))
    for command in json.loads(commands):
        hold("command", command)
    hold("state", json.loads(last))
    stored = {"python": definition, "node": dump(load(definition))}
    (tmp_path / "c.json").write_text(commands)
    for door in DOORS:
        (tmp_path / "d.json").write_text(stored[door])
        played = play(door, tmp_path / "d.json", tmp_path / "c.json", "--today", TODAY)
        assert (played.stdout, played.stderr) == (last, "")
