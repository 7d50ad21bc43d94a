"""Random commands for a definition, hostile ones among them."""

from typing import Any

from hypothesis import strategies as st

from builder.question_types import TYPES
from tests.properties.aims import ANYTHING, Aim
from tests.properties.arbitrary import CODES, FILES, LANGUAGES, PARTS, QUESTION_TYPES, VALUES

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.text(max_size=5)
    | st.sampled_from(["\ud800", "\x00"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)

# What stands where something else is expected: wrong kinds, almost right words, names that mean something to a machine.
NASTY: list[Any] = [
    None, True, 0, -1, 2.5, 10**20, "", "x", "a.b", "a__gt", "__class__", "constructor", "A1", "\ud800", "\x00", "2026-02-30",
    "1e5", "NaN", "-0", "(a+)+$", [], {}, [[]], ["x"], ["en", "en"], ["today"], ["value", "number", 1], ["value", "text", " "],
    ["answer", "__class__"], ["not", ["today"], ["today"]], {"en": ["a", {"answer": "b"}]}, {"EN": "x"}, {"__class__": "x"},
]  # fmt: skip


def commands(data: dict[str, Any], aim: Aim = ANYTHING) -> st.SearchStrategy[list[Any]]:
    """Commands for a definition: most of them answers that fit, or what is aimed at."""
    parts = {name: made for name, made in _commands(data).items() if made}
    weighed = [one for made in parts.values() for one in made]
    aimed = [parts[name] for name in aim.asks if name in parts]
    if not aimed:
        return st.lists(st.one_of(*weighed), max_size=14)
    asked = [*[st.one_of(*made) for made in aimed] * 3, st.one_of(*weighed)]
    one = st.integers(0, len(asked) - 1).flatmap(lambda at: asked[at])
    return st.lists(one, min_size=6, max_size=20)


def _commands(data: dict[str, Any]) -> dict[str, list[st.SearchStrategy[Any]]]:
    """What may be asked, by what it is about, as often as it is drawn without an aim."""
    fitting, overrides, homes = [], [], _homes(data)
    repeats = [row["name"] for row in data["sections"] if row["repeat"]]
    entries = st.sampled_from(["1", "a", "b", "2"])
    for row in data["sections"]:
        for item in row["items"]:
            if item["kind"] == "question":
                values = _values(item["type"]) | st.sampled_from([None, "", "7", "zz"])
                if item["type"] in {"email", "url", "barcode"}:
                    values |= CODES
                place = _place(homes[row["name"]], item["name"], entries)
                fitting.append(
                    st.builds(
                        _answer, place, values if item["required"] is True else values | JUNK
                    )
                )
                if item["constraints"]:
                    overrides.append(st.builds(_override, place))
    sections = st.sampled_from([row["name"] for row in data["sections"]])
    steps = [{"command": "next"}, {"command": "back"}, {"command": "finish", "outcome": "end"}]
    opened = st.builds(lambda section: {"command": "open_section", "section": section}, sections)
    spoken = st.builds(
        lambda language: {"command": "set_language", "language": language},
        st.sampled_from(LANGUAGES),
    )
    junk = st.builds(
        lambda command, junk: {"command": command, "place": junk, "value": junk},
        st.sampled_from(["answer", "clear", "x"]),
        JUNK,
    )
    entered = []
    if repeats:
        change = st.sampled_from(
            ["add_entry", "add_entry", "add_entry", "remove_entry", "move_entry"]
        )
        where = st.one_of(*(_place(homes[name][:-1], name, entries) for name in repeats))
        entered = [st.builds(_change, change, where, entries, entries | st.none())] * 5
    return {
        "answers": fitting * 3,
        "overrides": overrides * 3,
        "sections": [st.sampled_from([*steps, {"command": "reopen", "reason": "x"}]), opened],
        "languages": [spoken],
        "entries": entered,
        "junk": [junk, JUNK],
    }


def _values(type_name: str) -> st.SearchStrategy[Any]:
    parts = PARTS.get(type_name)
    if parts is None:
        return VALUES[QUESTION_TYPES[type_name]]
    drawn = {name: values | st.just("") for name, (values, _) in parts.items()}
    some = st.fixed_dictionaries({}, optional=drawn)
    return some | FILES if TYPES[type_name].stored else some


def _homes(data: dict[str, Any]) -> dict[str, list[str]]:
    """The repeats that each section's questions lie in, the outermost first."""
    found: dict[str, list[str]] = {}
    for row in data["sections"]:
        around = found.get(row.get("within") or "", [])
        found[row["name"]] = [*around, row["name"]] if row["repeat"] else around
    return found


def _place(
    repeats: list[str], name: str, entries: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    ways = [entries.map(lambda entry, repeat=repeat: f"{repeat}/{entry}/") for repeat in repeats]
    return st.tuples(*ways).map(lambda way: "".join(way) + name)


def _answer(place: str, value: Any) -> dict[str, Any]:
    return {"command": "answer", "place": place, "value": value}


def _override(place: str) -> dict[str, Any]:
    return {"command": "override", "place": place, "reason": "seen"}


def _change(command: str, repeat: str, entry: str, before: str | None) -> dict[str, Any]:
    asked = {"command": command, "repeat": repeat, "entry": entry}
    return {**asked, "before": before} if command == "move_entry" else asked
