"""The door for tools, called: what it prints, what it says of what cannot be played, and how it ends."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from builder.definition import dump
from runtime.engine.__main__ import main
from tests.definitions import TODAY, data, definition, question, section

FORM = definition(
    section("s", question("n", "integer", label={"en": "n", "fr": "n"})),
    kind="form",
    languages=["en", "fr"],
)
TWICE_WRONG = json.dumps(data(section("s", question("BAD"), question("n", "virus")), kind="form"))
COMMANDS = [{"command": "answer", "place": "n", "value": "7"}, {"command": "nonsense"}]
FIRST = {
    "events": [{"event": "answered", "place": "n", "value": "7"}],
    "patch": {
        "questions": {
            "n": {
                "relevant": True, "value": "7", "missing": False, "required": False, "problems": [],
            }
        }
    },
}  # fmt: skip
SECOND = {"events": [{"event": "refused", "code": "shape", "place": None}], "patch": {}}


def called(*arguments: Any) -> tuple[int, str, str]:
    """How it ended, what it printed, and what it said of what went wrong."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    return code, out.getvalue(), err.getvalue()


def written(folder: Path, form: Any = None, commands: Any = None) -> tuple[Path, Path]:
    definition, played = folder / "definition.json", folder / "commands.json"
    definition.write_text(dump(FORM) if form is None else form, encoding="utf-8")
    played.write_text(json.dumps(COMMANDS) if commands is None else commands, encoding="utf-8")
    return definition, played


def test_the_state_is_printed_in_which_the_play_ends(tmp_path: Path) -> None:
    code, out, err = called("play", *written(tmp_path), "--today", TODAY)
    assert (code, err, out.count("\n")) == (0, "", 1)
    state = json.loads(out)
    assert (state["answers"], state["language"]) == ({"n": "7"}, "en")
    assert out == json.dumps(state, sort_keys=True, separators=(",", ":")) + "\n"


def test_each_command_is_traced_in_a_line_of_its_own(tmp_path: Path) -> None:
    _code, out, _err = called("play", *written(tmp_path), "--today", TODAY, "--trace")
    *traced, state = map(json.loads, out.splitlines())
    assert traced == [FIRST, SECOND]
    assert state["answers"] == {"n": "7"}


def test_a_language_may_be_chosen(tmp_path: Path) -> None:
    _code, out, _err = called("play", *written(tmp_path), "--today", TODAY, "--language", "fr")
    assert json.loads(out)["language"] == "fr"


@pytest.mark.parametrize(
    ("form", "commands", "today", "said"),
    [
        (None, None, "2026-02-30", "--today 2026-02-30: a date is written YYYY-MM-DD.\n"),
        ("{", None, TODAY, "definition.json: "),
        (TWICE_WRONG, None, TODAY, "\nA part of the definition cannot be read: type. "),
        (None, "{", TODAY, "commands.json: this is not JSON that can be read.\n"),
        (None, "[NaN]", TODAY, "commands.json: this is not JSON that can be read.\n"),
        (None, "[" * 100_000, TODAY, "commands.json: this is not JSON that can be read.\n"),
        (None, "{}", TODAY, "commands.json: a list of commands is expected.\n"),
    ],
)
def test_what_cannot_be_played_is_told(
    tmp_path: Path, form: Any, commands: Any, today: str, said: str
) -> None:
    code, out, err = called("play", *written(tmp_path, form, commands), "--today", today)
    assert (code, out) == (2, "")
    assert said in err
    assert err.endswith("\n")


def test_a_file_that_is_not_there_or_is_no_text_is_told(tmp_path: Path) -> None:
    definition, commands = written(tmp_path)
    commands.write_bytes(b"\xff\xfe\xff")
    code, _out, err = called("play", definition, commands, "--today", TODAY)
    assert (code, err) == (2, f"{commands}: this is no text.\n")
    commands.unlink()
    code, _out, err = called("play", definition, commands, "--today", TODAY)
    assert (code, err) == (2, f"{commands}: No such file or directory\n")


@pytest.mark.parametrize(
    "arguments",
    [[], ["play"], ["play", "a"], ["play", "a", "b"], ["other", "a", "b", "--today", TODAY]],
)
def test_what_is_asked_wrongly_is_told_how_it_is_asked(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        called(*arguments)
    assert ended.value.code == 2


def test_the_help_says_how_it_is_called() -> None:
    out = io.StringIO()
    with redirect_stdout(out), pytest.raises(SystemExit):
        main(["play", "--help"])
    said = " ".join(out.getvalue().split())
    assert said.startswith(
        "usage: python -m runtime.engine play [-h] --today YYYY-MM-DD [--language LANGUAGE] [--trace]"
        " DEFINITION.json COMMANDS.json positional"
    )
    with redirect_stdout(out), pytest.raises(SystemExit):
        main(["--help"])
    assert "usage: python -m runtime.engine [-h] play ..." in out.getvalue()
