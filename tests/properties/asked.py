"""Random commands for a definition, hostile ones among them."""

from typing import Any

from hypothesis import strategies as st

from tests.properties.arbitrary import CODES, LANGUAGES, PARTS, QUESTION_TYPES, VALUES

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


def commands(data: dict[str, Any]) -> st.SearchStrategy[list[Any]]:
    """Commands for a definition: most of them answers that fit."""
    fitting, repeats = [], [row["name"] for row in data["sections"] if row["repeat"]]
    entries = st.sampled_from(["1", "a", "b", "c"])
    for row in data["sections"]:
        for item in row["items"]:
            if item["kind"] == "question":
                prefix = (
                    st.just("")
                    if not row["repeat"]
                    else entries.map(lambda e, row=row: f"{row['name']}/{e}/")
                )
                values = _values(item["type"]) | st.sampled_from([None, "", "7", "zz"])
                if item["type"] in {"email", "url", "barcode"}:
                    values |= CODES
                fitting.append(
                    st.builds(
                        _answer,
                        prefix,
                        st.just(item["name"]),
                        values | JUNK if not item["required"] else values,
                    )
                )
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
        change = st.sampled_from(["add_entry", "add_entry", "add_entry", "remove_entry"])
        others += [st.builds(_change, change, st.sampled_from(repeats), entries)] * 4
    return st.lists(st.one_of(*fitting * 3, *others), max_size=12)


def _values(type_name: str) -> st.SearchStrategy[Any]:
    parts = PARTS.get(type_name)
    if parts is None:
        return VALUES[QUESTION_TYPES[type_name]]
    drawn = {name: values | st.just("") for name, (values, _) in parts.items()}
    return st.fixed_dictionaries({}, optional=drawn)


def _answer(prefix: str, name: str, value: Any) -> dict[str, Any]:
    return {"command": "answer", "place": prefix + name, "value": value}


def _change(command: str, repeat: str, entry: str) -> dict[str, Any]:
    return {"command": command, "repeat": repeat, "entry": entry}
