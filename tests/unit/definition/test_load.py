"""Loading: the door for hostile definitions, defaults, canonical form."""

import json
from typing import Any

import pytest

from builder.conditions import pattern_problem
from builder.definition import DefinitionUnreadable, check, dump, load, sha256
from builder.values import Hole, piped
from tests.definitions import calculation, data, question, section


def deep(depth: int) -> Any:
    node: Any = ["value", "bool", True]
    for _ in range(depth):
        node = ["not", node]
    return node


def broken(**members: Any) -> Any:
    return data(section("s", {**question("q"), **members}), kind="form")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "{}",
        "null",
        "[" * 100_000,
        '{"a":' * 50_000,
        "NaN",
        b"\xff\xfe",
        '{"format":' + "9" * 5000 + "}",
        {**data(), "format": 2},
        {**data(), "format": True},
        {**data(), "kind": "virus"},
        {**data(), "languages": []},
        {**data(), "languages": ["en", "en"]},
        {**data(), "surprise": 1},
        broken(relevance=deep(100)),
        broken(relevance=["__class__", ["answer", "q"]]),
        broken(relevance=["answer", "__class__"]),
        broken(relevance=["value", "number", "1e9"]),
        broken(relevance=["value", "number", 1]),
        broken(relevance=["and", ["value", "bool", True]]),
        broken(relevance=["or", *[["value", "bool", True]] * 500]),
        broken(relevance={"answer": "q"}),
        broken(type="exec"),
        broken(type=["text"]),
        broken(settings={"pattern": "(a+)+$"}),
        broken(settings={"pattern": "(?=a)"}),
        broken(settings={"maximum_length": -1}),
        broken(settings={"maximum_length": True}),
        broken(settings={"unknown": 1}),
        broken(label={"en": ["x", {"answer": "Not A Name"}]}),
        broken(label={"en": "\ud800"}),
        broken(label={"../etc": "x"}),
        broken(id="<b>"),
        broken(fact="shoe_size"),
        broken(right=7),
        broken(points="-1"),
        data(section("s", {"kind": "script", "id": "x"}), kind="form"),
        data(section("s", repeat={"minimum": 5, "maximum": 2}), kind="form"),
        data(section("s", repeat={"maximum": 10**9}), kind="form"),
    ],
)
def test_what_is_no_definition_is_refused(source: Any) -> None:
    with pytest.raises(DefinitionUnreadable) as refused:
        load(source)
    assert refused.value.problems


def test_what_is_absent_has_its_default_and_is_written_out() -> None:
    short = load(
        {
            **data(
                section("s", {"kind": "question", "id": "q", "name": "q", "type": "text"}),
                kind="form",
            )
        }
    )
    written = json.loads(dump(short))["sections"][0]["items"][0]
    assert written["settings"] == {"maximum_length": 2000, "pattern": ""}
    assert (written["clearance"], written["points"], written["right"]) == ("open", "1", None)


def test_the_same_content_has_the_same_sha256() -> None:
    one = load(data(section("s", question("q", label={"en": "é"})), kind="form"))
    other = load(
        json.dumps(
            data(section("s", question("q", label={"en": "e\u0301"})), kind="form"), indent=4
        )
    )
    assert sha256(one) == sha256(other)
    assert len(sha256(one)) == 64


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("plain", ("plain",)),
        ("Hello {given_name}!", ("Hello ", Hole("given_name"), "!")),
        ("{a}{b}", (Hole("a"), Hole("b"))),
        ("{{a}}", ("{a}",)),
        ("a { b", ("a { b",)),
        ("{ a }", (Hole("a"),)),
        ("", ()),
        ("}", ("}",)),
    ],
)
def test_splitting_what_an_author_wrote(written: str, parts: Any) -> None:
    assert piped(written) == parts


@pytest.mark.parametrize(
    ("pattern", "usable"),
    [
        (r"^[A-Za-z]{2,10}[0-9]*$", True),
        (r"(?:ab)+", True),
        (r"\d{3}-\d{2}", True),
        (r"(a+)+", False),
        (r"(a|b)*", False),
        (r"(a|b)", True),
        (r"a{500}", False),
        (r"\1", False),
        (r"(?=a)b", False),
        (r"a**", False),
        (r"(", False),
        (r"[b-a]", False),
        ("a" * 501, False),
    ],
)
def test_patterns(pattern: str, usable: bool) -> None:
    assert (pattern_problem(pattern) is None) is usable


def test_a_big_definition_is_checked_in_a_moment() -> None:
    items = [
        question(f"q{at}", relevance=["answered", ["answer", f"q{at - 1}"]] if at else None)
        for at in range(2000)
    ]
    big = load(
        data(
            section("s", *items, calculation("n", "number", ["value", "number", "1"])), kind="form"
        )
    )
    assert check(big) == ()
