"""How much may hang on one answer: what is fine in a thousand entries, and what is too much."""

from typing import Any

import pytest

from builder.definition import check, check_reads
from builder.problems import say
from tests.definitions import calculation, definition, line, question, section

THOUSAND = {"maximum": 1_000}
YES = ["eq", ["answer", "hub"], ["value", "bool", True]]
ONE = ["value", "number", "1"]
UNIQUE = (["eq", ["occurs", ["each", "r", "v"], ["answer", "v"]], ONE], "Twice.")
V, HUB, K = question("v", "integer"), question("hub", "yes_no"), question("k", "integer")


def many(count: int, made: Any) -> list[Any]:
    return [made(f"x{at}") for at in range(count)]


def asked_if(name: str) -> Any:
    return question(name, relevance=YES)


def summed(name: str) -> Any:
    return calculation(name, "number", ["sum", ["each", "r", "v"]])


def before(name: str) -> Any:
    return calculation(name, "number", ["or_else", ["previous", "v"], ["answer", "v"]])


def repeat(*items: Any, **members: Any) -> Any:
    return section("r", *items, **{"repeat": THOUSAND, **members})


top = section("top", HUB, K)
FINE = {
    "a plain repeat": [repeat(*many(60, question))],
    "what is answered once": [repeat(question("v", "integer", constraints=[UNIQUE]))],
    "fifteen unique answers": [
        repeat(
            *(
                question(
                    f"v{at}",
                    constraints=[(["eq", ["occurs", ["each", "r", f"v{at}"], ["answer", f"v{at}"]], ONE], "Twice.")],
                )
                for at in range(15)
            )
        )
    ],
    "a sum in each": [repeat(V, *many(17, summed))],
    "sums outside": [repeat(V), section("s", *many(100, summed))],
    "conditions in the same entry": [
        repeat(question("own", "yes_no"), *(question(f"x{at}", relevance=["answered", ["answer", "own"]]) for at in range(100)))
    ],
    "conditions on others": [top, repeat(*many(17, asked_if))],
    "many conditions in a hundred entries": [top, section("r", *many(150, asked_if), repeat={"maximum": 100})],
    "a hidden repeat": [top, repeat(*many(18, question), relevance=YES)],
    "in each entry of its own": [
        repeat(question("own", "integer"), repeat={"maximum": 50}),
        section("i", *(calculation(f"x{at}", "number", ["add", ["answer", "own"], ONE]) for at in range(400)), within="r", repeat={"maximum": 20}),
    ],
}  # fmt: skip
TOO_MUCH = {
    "sums in each": ("question-v", [repeat(V, *many(18, summed))]),
    "conditions on others": ("question-hub", [top, repeat(*many(20, asked_if))]),
    "a chain of conditions": (
        "question-hub",
        [
            section("top", HUB, question("then", "yes_no", relevance=YES)),
            repeat(*(question(f"x{at}", relevance=["answered", ["answer", "then"]]) for at in range(20))),
        ],
    ),
    "entries before": ("question-v", [repeat(V, *many(20, before))]),
    "bounds": ("question-k", [top, repeat(*(question(f"x{at}", "integer", maximum=["answer", "k"]) for at in range(20)))]),
    "texts": ("question-k", [top, repeat(*(line(f"l{at}", "{k}") for at in range(20)))]),
    "lines": ("question-hub", [top, repeat(V, *(line(f"l{at}", "So", YES) for at in range(20)))]),
    "a hidden repeat": ("question-hub", [top, repeat(*many(20, question), relevance=YES)]),
    "hidden around": ("question-hub", [top, section("o", relevance=YES), repeat(*many(20, question), within="o")]),
    "entries that follow a count": ("question-k", [top, repeat(*many(20, question), repeat={**THOUSAND, "count": ["answer", "k"]})]),
    "the number of entries": ("section-r", [repeat(V, *(calculation(f"x{at}", "number", ["count", ["entries", "r"]]) for at in range(20)))]),
    "entries in entries": (
        "question-own",
        [
            section("o", question("own", "yes_no"), repeat={"maximum": 2}),
            section("i", *(question(f"x{at}", relevance=["answered", ["answer", "own"]]) for at in range(20)), within="o", repeat=THOUSAND),
        ],
    ),
    "a long condition": (
        "question-hub",
        [top, repeat(question("x", relevance=["or", *[YES] * 160]))],
    ),
    "a filter": (
        "question-hub",
        [
            top,
            repeat(question("x", "choose_one", choices=[f"c{at}" for at in range(60)], choice_filter=["and", YES, ["ne", ["offered", "name"], ["value", "one", "c1"]]])),
        ],
    ),
    "the score": (
        "question-hub",
        [
            section("top", question("hub", "yes_no", right=True)),
            repeat(*(question(f"x{at}", relevance=["gt", ["score"], ONE]) for at in range(20))),
        ],
    ),
}  # fmt: skip


def codes(sections: list[Any]) -> list[tuple[str, str]]:
    made = definition(*sections, kind="form")
    return [(found.code, found.place) for found in check(made) if found.code == "too_many_read"]


@pytest.mark.parametrize("sections", FINE.values(), ids=FINE)
def test_this_much_may_hang_on_an_answer(sections: list[Any]) -> None:
    assert codes(sections) == []


@pytest.mark.parametrize(("place", "sections"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_this_much_is_too_much(place: str, sections: list[Any]) -> None:
    assert codes(sections) == [("too_many_read", place)]


def test_what_to_do_is_said() -> None:
    made = definition(repeat(V, *many(18, summed)), kind="form")
    assert say(check(made)[0]) == (
        "When “V” changes, too much in too many entries changes with it. "
        "Allow fewer entries, or let less in each of them depend on it."
    )


def test_who_hangs_on_everything_is_not_looked_at_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(check_reads, "LOOKED_AT", 10)
    sections = [
        top,
        section("s", *(question(f"y{at}") for at in range(3_000))),
        *FINE["conditions on others"][1:],
    ]
    made = definition(*sections, kind="form")
    assert [found.code for found in check(made)] == ["too_many_read"]
