"""What is found by typing a part of it: in a long list, and among all questions. Played in the browser's own modules."""

import json
import subprocess
from typing import Any

import pytest

from tests.environment import ROOT
from tests.node import node

SCREEN = ROOT / "runtime" / "static" / "runtime" / "screen"
FIND = """
import { Search, findable } from %s;
const [labels, typed, most] = %s;
const rows = labels.map((each) => ({ text: each, words: findable(each), label: findable(each) }));
const search = new Search();
const found = typed.map((text) => search.of(rows, text, most).map((row) => row.text));
console.log(JSON.stringify(found.at(-1)));
"""
KEY = """
import { deedOf, fitted, learn } from %s;
const [rows, pressed, where] = %s;
learn(rows);
console.log(JSON.stringify(pressed.map((event) => deedOf(event, where) ?? null)));
"""
TOWNS = [
    "Sint-Niklaas",
    "’s-Gravenvoeren",
    "Braine-l’Alleud",
    "Écaussinnes-d’Enghien",
    "Großburgwedel",
    "Œudeghien",
    "Gentbrugge",
    "Nieuw Gent (wijk)",
    "Gent",
    "København",
]


def run(program: str, *holes: Any) -> Any:
    texts = [json.dumps(hole) for hole in holes]
    told = subprocess.run(
        [node(), "--input-type=module", "-e", program % tuple(texts)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return json.loads(told.stdout)


def found(*typed: str, most: int = 50) -> Any:
    return run(FIND, str(SCREEN / "finding.mjs"), [TOWNS, [*typed], most])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("niklaas", ["Sint-Niklaas"]),
        ("sint n", ["Sint-Niklaas"]),
        ("sint-ni", ["Sint-Niklaas"]),
        ("gravenv", ["’s-Gravenvoeren"]),
        ("'s grav", ["’s-Gravenvoeren"]),
        ("alleud", ["Braine-l’Alleud"]),
        ("ecaus", ["Écaussinnes-d’Enghien"]),
        ("ÉCAUS eng", ["Écaussinnes-d’Enghien"]),
        ("grossb", ["Großburgwedel"]),
        ("großb", ["Großburgwedel"]),
        ("oeud", ["Œudeghien"]),
        ("kobenh", ["København"]),
        ("wijk", ["Nieuw Gent (wijk)"]),
        ("iklaas", []),
    ],
)
def test_every_word_that_is_typed_begins_a_word(typed: str, expected: list[str]) -> None:
    assert found(typed) == expected


def test_what_is_called_exactly_so_comes_first_then_what_begins_so() -> None:
    assert found("gent") == ["Gent", "Gentbrugge", "Nieuw Gent (wijk)"]
    assert found("gent", most=1) == ["Gent"]


def test_nothing_typed_shows_the_first_ones() -> None:
    assert found(" ", most=2) == TOWNS[:2]


def test_typing_on_and_back_finds_what_typing_at_once_finds() -> None:
    assert found("g", "ge", "gent", "gent w") == ["Nieuw Gent (wijk)"]
    assert found("gent w", "gent") == found("gent")
    assert found("s", "si", "sint-", "sint-n") == ["Sint-Niklaas"]


def pressed(key: str, code: str = "", **held: bool) -> dict[str, Any]:
    return {"key": key, "code": code, **{f"{name}Key": True for name in held}}


def test_keys_are_told_apart_by_what_is_held() -> None:
    rows = [
        {
            "where": "page",
            "deeds": {
                "Enter": "on",
                "Shift+Enter": "back",
                "Control+k": "jump",
                "Control+z": "undo",
                "Control+Shift+z": "redo",
                "2": "choose",
                "?": "keys",
                "/": "find",
            },
        }
    ]
    keys = {
        "on": pressed("Enter"),
        "back": pressed("Enter", shift=True),
        "jump": pressed("K", ctrl=True, shift=True),
        "undo": pressed("z", ctrl=True),
        "redo": pressed("Z", ctrl=True, shift=True),
        "choose": pressed("é", "Digit2"),  # AZERTY
        "keys": pressed("?", "Comma", shift=True),
        "find": pressed("/", "Digit7", shift=True),  # QWERTZ
    }
    assert run(KEY, str(SCREEN / "key_table.mjs"), [rows, [*keys.values()], "page"]) == [*keys]
    none = [pressed("2", alt=True), pressed('"', "Digit2", shift=True), pressed("x")]
    assert run(KEY, str(SCREEN / "key_table.mjs"), [rows, none, "page"]) == [None] * 3
