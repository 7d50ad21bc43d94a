"""Random commands for a definition, hostile ones among them."""

from typing import Any

from hypothesis import strategies as st

from builder.question_types import TYPES
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


def commands(data: dict[str, Any]) -> st.SearchStrategy[list[Any]]:
    """Commands for a definition: most of them answers that fit."""
    fitting, homes = [], _homes(data)
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
                fitting.append(st.builds(_override, place)) if item["constraints"] else None
    sections = st.sampled_from([row["name"] for row in data["sections"]])
    others = [
        st.sampled_from(
            [
                {"command": "next"},
                {"command": "back"},
                {"command": "finish", "outcome": "end"},
                {"command": "reopen", "reason": "x"},
            ]
        ),
        st.builds(lambda section: {"command": "open_section", "section": section}, sections),
        st.builds(
            lambda language: {"command": "set_language", "language": language},
            st.sampled_from(LANGUAGES),
        ),
        st.builds(
            lambda command, junk: {"command": command, "place": junk, "value": junk},
            st.sampled_from(["answer", "clear", "x"]),
            JUNK,
        ),
        JUNK,
    ]
    if repeats:
        change = st.sampled_from(
            ["add_entry", "add_entry", "add_entry", "remove_entry", "move_entry"]
        )
        where = st.one_of(*(_place(homes[name][:-1], name, entries) for name in repeats))
        others += [st.builds(_change, change, where, entries, entries | st.none())] * 5
    return st.lists(st.one_of(*fitting * 3, *others), max_size=14)


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
