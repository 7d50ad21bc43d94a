"""Definitions that nobody should write, as JSON texts or data, by what is odd about them."""

import json
from typing import Any

from tests.definitions import calculation, data, line, question, section

PLAIN = data(section("s", question("a", "yes_no")), kind="form")
RELEVANCE = ("sections", 0, "relevance")
QUESTION = ("sections", 0, "items", 0)
ODD_NAMES = ("__class__", "__proto__", "a.b", "A", "1a", "a\n", "a" * 64, "\ud800", "")
# Names that are written like one, and mean something to a machine: free to be used, unless they are reserved.
SPECIAL_NAMES = ("a__gt", "tostring", "valueof", "hasownproperty", "self", "none", "length")
RESERVED_NAMES = ("constructor", "prototype", "answer", "value", "record", "today")


def put(value: Any, *place: Any) -> dict[str, Any]:
    """PLAIN with something else at a place."""
    made = json.loads(json.dumps(PLAIN))
    node = made
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = value
    return made


def raw(text: str, *place: Any) -> str:
    """The same, as a text that no JSON writer would write."""
    return json.dumps(put("@@", *place)).replace('"@@"', text)


def nested(depth: int, around: str, inner: str) -> str:
    return around * depth + inner + "]" * depth


def adding(*names: str) -> list[Any]:
    return ["add", *(["answer", name] for name in names), ["value", "number", "1"]]


UNREADABLE: dict[str, Any] = {
    "nothing": "",
    "null": "null",
    "a number": "7",
    "a list": "[]",
    "no UTF-8": b'{"a": "\xff"}',
    "UTF-16": "{}".encode("utf-16"),
    "a byte order mark": "\ufeff{}",
    "brackets": "[" * 100_000,
    "objects": '{"a":' * 50_000,
    "a condition nested 10,000 times": raw(nested(10_000, '["not",', '["today"]'), *RELEVANCE),
    "a condition nested 900 times": raw(nested(900, '["not",', '["today"]'), *RELEVANCE),
    "languages nested 900 times": raw(nested(900, "[", "1"), "languages"),
    "a title nested 900 times": raw('{"en":' * 900 + "1" + "}" * 900, "title"),
    "a label of 1 MB": put({"en": "x" * 1_000_000}, *QUESTION, "label"),
    "a label of 1 MB in pieces": put({"en": ["x" * 40_000] * 25}, *QUESTION, "label"),
    "a label of holes": put({"en": [{"answer": "a"}] * 100_000}, *QUESTION, "label"),
    "an id of 1 MB": put("x" * 1_000_000, *QUESTION, "id"),
    "a member of 1 MB": put(1, *QUESTION, "x" * 1_000_000),
    "300,000 languages": put(["en"] * 300_000, "languages"),
    "an operator of 1 MB": put(["x" * 1_000_000, 1], *RELEVANCE),
    "no operator": put(["__class__", ["today"]], *RELEVANCE),
    "an operator of half a letter": put(["\ud800"], *RELEVANCE),
    "a member of half a letter": put(1, *QUESTION, "\ud800"),
    "a label of half a letter": put({"en": "\ud800"}, *QUESTION, "label"),
    "NaN": raw("NaN", "format"),
    "infinity": raw("Infinity", "format"),
    "a number beyond all": raw("1e400", "format"),
    "a number of 5,000 digits": raw("9" * 5000, "format"),
    "a huge exponent": put(["eq", ["value", "number", "1e999999999"]] * 2, *RELEVANCE),
    "a day of no calendar": put(["eq", ["value", "date", "2026-02-30"], ["today"]], *RELEVANCE),
    "a day before all": put(["eq", ["value", "date", "0000-01-01"], ["today"]], *RELEVANCE),
    "20,000 choices": put({"choices": [{"name": f"c{at}"} for at in range(20_000)]}, *QUESTION, "settings"),
    "36,100 wrong conditions": put(["and", *[["and", *[["x"]] * 190]] * 190], *RELEVANCE),
    **{f"the name {name!r:.20}": put(name, *QUESTION, "name") for name in ODD_NAMES},
}  # fmt: skip


def _rings(count: int) -> list[Any]:
    near = lambda at: (f"c{one}" for one in range(max(0, at - 60), min(count, at + 60)))  # noqa: E731
    return [calculation(f"c{at}", "number", adding(*near(at))) for at in range(count)]


def _within(count: int, **members: Any) -> list[Any]:
    rows = (section(f"s{at}", within=f"s{at - 1}", **members) for at in range(1, count))
    return [section("s0", question("a"), **members), *rows]


MANY = range(10_000)
# What can be read, and is told: the code of a problem that it has.
TOLD: dict[str, tuple[str, Any]] = {
    "a name used twice": ("duplicate_name", data(section("s", question("s"), question("s")))),
    "an id used twice": ("duplicate_id", data(section("s", question("a"), {**question("b"), "id": "question-a"}))),
    "a ring through sections": (
        "cycle",
        data(
            section("s", question("a"), relevance=["answered", ["answer", "b"]]),
            section("t", question("b"), relevance=["answered", ["answer", "a"]]),
        ),
    ),
    "a ring through aggregates": (
        "cycle",
        data(
            section("s", calculation("x", "number", ["sum", ["each", "r", "y"]])),
            section("r", calculation("y", "number", ["answer", "x"]), repeat=True),
        ),
    ),
    "a ring through a count": (
        "cycle",
        data(section("r", question("n", "integer"), repeat={"count": ["sum", ["each", "r", "n"]]})),
    ),
    "a section within itself": ("cycle", data(section("s", question("a"), within="s"))),
    "sections within each other": (
        "cycle",
        data(section("s", question("a"), within="t"), section("t", question("b"), within="s")),
    ),
    "a ring of 10,000": (
        "cycle",
        data(section("s", *[calculation(f"c{at}", "number", ["answer", f"c{(at + 1) % len(MANY)}"]) for at in MANY])),
    ),
    "a ring at every edge": ("cycle", data(section("s", *_rings(600)))),
    "2,000 sections within each other": ("too_deep", data(*_within(2_000))),
    "500 repeats within each other": ("too_deep", data(*_within(500, repeat=True))),
    "20,000 names that nobody has": (
        "unknown_reference",
        data(section("s", *[line(f"l{at}", "x", adding(*(f"no{one}" for one in range(190)))) for at in range(100)])),
    ),
    "a slow pattern": ("slow_pattern", data(section("s", question("a", pattern=".*a.*b.*c")))),
    **{f"the name {name}": ("bad_name", data(section("s", question(name)))) for name in RESERVED_NAMES},
}  # fmt: skip
# What is large or looks odd, and nothing is wrong with it.
FINE: dict[str, Any] = {
    "a chain of 10,000": data(section("s", *[calculation(f"c{at}", "number", adding(*([f"c{at - 1}"] if at else ["a"]))) for at in MANY], question("a", "integer")), kind="form"),
    "5,000 choices": data(section("s", question("a", "choose_one", choices=[f"c{at}" for at in range(5_000)])), kind="form"),
    "a megabyte of and": data(section("s", question("a", "yes_no")), section("t", *[line(f"l{at}", "x", nest) for at, nest in enumerate([["and", *[["answer", "a"]] * 190]] * 300)]), kind="form"),
    **{f"the name {name}": data(section("s", question(name)), kind="form") for name in SPECIAL_NAMES},
}  # fmt: skip
nest: list[Any] = ["answer", "a"]
for _ in range(28):
    nest = ["and", nest, *[["answer", "a"]] * 180]
FINE["and within and"] = data(
    section("s", question("a", "yes_no")), section("t", line("l", "x", nest)), kind="form"
)
