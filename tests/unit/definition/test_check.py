"""Each static check: one definition with the problem, and a sound one without any."""

from typing import Any

import pytest

from builder.definition import check, load
from builder.definition.check import CHECKS
from builder.problems import MOST_PROBLEMS, say
from tests.definitions import calculation, data, definition, line, outcome, question, section

AGE = question("age", "integer")
ADULT = ["ge", ["answer", "age"], ["value", "number", "18"]]
COLOURS = question("colour", "choose_one", choices=["red", "green"])
DONE = outcome("done")


def script(*items: dict[str, Any], outcomes: Any = (DONE,), **members: Any) -> Any:
    return definition(section("opening", *items), outcomes=outcomes, **members)


SOUND = definition(
    section("opening", AGE, COLOURS, line("hello", "You are {age}.", ADULT)),
    section(
        "contacts",
        question("first", fact="given_name"),
        question("onset", "date"),
        calculation("until", "date", ["add_days", ["answer", "onset"], ["value", "number", "7"]]),
        repeat={"entry_label": "{first}"},
        relevance=ADULT,
    ),
    section(
        "end", question("given", fact="given_name"), question("since", "date", maximum=["today"])
    ),
    outcomes=[
        outcome(
            "done", effects=[("spawn_items", {"repeat": "contacts", "campaign": "contact-calls"})]
        ),
        outcome(
            "paper",
            effects=[("issue_document", {"document": "quarantine", "valid_from": "since"})],
        ),
    ],
)


def test_a_sound_definition_has_no_problems() -> None:
    assert check(SOUND) == ()


ROWS: list[tuple[str, str, Any]] = [
    ("bad_name", "question-today", script(question("today"))),
    ("duplicate_name", "question-age", script(AGE, AGE)),
    ("duplicate_id", "question-age", script(AGE, {**question("other"), "id": "question-age"})),
    ("duplicate_name", "outcome-age", script(AGE, outcomes=[outcome("age")])),
    ("empty", "", script()),
    ("no_choices", "question-c", script(question("c", "choose_one"))),
    (
        "duplicate_choice",
        "question-c",
        script(question("c", "choose_several", choices=["a", "a"])),
    ),
    (
        "unknown_part",
        "question-x",
        script(AGE, question("x", relevance=["answered", ["part", "age", "year"]])),
    ),
    ("fact_type", "question-h", script(AGE, question("h", "postal_address", fact="address"))),
    ("unasked", "question-h", script(AGE, question("h", "hidden", required=True))),
    ("search_few", "question-y", script(AGE, question("y", "yes_no", searchable="exact"))),
    ("search_way", "question-d", script(AGE, question("d", "date", searchable="name"))),
    ("settings", "question-sc", script(AGE, question("sc", "scale", minimum="3", maximum="3"))),
    (
        "unknown_reference",
        "question-x",
        script(AGE, question("x", relevance=["answered", ["answer", "agee"]])),
    ),
    ("unknown_reference", "hello", script(AGE, line("hello", "You are {agge}."))),
    (
        "unknown_reference",
        "question-x",
        script(
            AGE,
            question(
                "x", relevance=["gt", ["count", ["entries", "opening"]], ["value", "number", "0"]]
            ),
        ),
    ),
    (
        "unknown_reference",
        "outcome-o",
        script(AGE, outcomes=[outcome("o", relevance=["answer", "ill"])]),
    ),
    (
        "inside_repeat",
        "question-x",
        definition(
            section("r", AGE, repeat=True),
            section("s", question("x", relevance=ADULT)),
            kind="form",
        ),
    ),
    (
        "inside_repeat",
        "section-r",
        definition(section("r", AGE, repeat=True, relevance=ADULT), kind="form"),
    ),
    (
        "type_mismatch",
        "question-x",
        script(AGE, question("x", relevance=["eq", ["answer", "age"], ["value", "text", "18"]])),
    ),
    ("type_mismatch", "question-x", script(AGE, question("x", relevance=["answer", "age"]))),
    (
        "type_mismatch",
        "question-x",
        script(
            COLOURS,
            question("x", relevance=["eq", ["answer", "colour"], ["value", "one", "blue"]]),
        ),
    ),
    ("type_mismatch", "calculation-x", script(AGE, calculation("x", "text", ["answer", "age"]))),
    (
        "type_mismatch",
        "question-x",
        script(
            question("t"),
            question("x", relevance=["matches", ["answer", "t"], ["value", "text", "(a+)+"]]),
        ),
    ),
    (
        "type_mismatch",
        "question-x",
        script(
            question("t"), question("x", relevance=["lt", ["answer", "t"], ["value", "text", "b"]])
        ),
    ),
    (
        "cycle",
        "calculation-a",
        script(
            calculation("a", "number", ["answer", "b"]),
            calculation("b", "number", ["answer", "a"]),
        ),
    ),
    ("cycle", "question-x", script(question("x", "yes_no", relevance=["answer", "x"]))),
    ("slow_pattern", "question-x", script(question("x", pattern=".*a.*b.*"))),
    (
        "too_many_read",
        "question-x",
        definition(
            section(
                "s",
                question("x", "integer"),
                *(
                    calculation(f"c{at}", "number", ["sum", ["each", "s", "x"]])
                    for at in range(18)
                ),
                repeat={"maximum": 1_000},
            ),
            outcomes=[DONE],
        ),
    ),
    ("forward_reference", "question-x", script(question("x", relevance=ADULT), AGE)),
    ("forward_reference", "hello", script(line("hello", "{age}"), AGE)),
    (
        "forward_reference",
        "question-x",
        script(
            question("x", relevance=["answered", ["answer", "twice"]]),
            calculation("twice", "number", ["answer", "age"]),
            AGE,
        ),
    ),
    (
        "forward_reference",
        "section-opening",
        definition(section("opening", AGE, relevance=ADULT), kind="form"),
    ),
    (
        "duplicate_fact",
        "question-b",
        script(question("a", fact="phone"), question("b", fact="phone")),
    ),
    ("right_answer", "question-c", script(question("c", "choose_one", choices=["a"], right="b"))),
    (
        "right_in_repeat",
        "question-b",
        definition(section("r", question("b", "yes_no", right=True), repeat=True), kind="lesson"),
    ),
    ("no_outcome", "", script(AGE, outcomes=())),
    (
        "unknown_effect",
        "outcome-o",
        script(AGE, outcomes=[outcome("o", effects=[("explode", {})])]),
    ),
    (
        "effect_argument",
        "outcome-o",
        script(
            AGE,
            outcomes=[outcome("o", effects=[("grant_skill", {"skill": "calls", "days": "x"})])],
        ),
    ),
    (
        "effect_argument",
        "outcome-o",
        script(AGE, outcomes=[outcome("o", effects=[("grant_skill", {"skill": "calls"})])]),
    ),
    (
        "effect_argument",
        "outcome-o",
        script(
            AGE,
            outcomes=[
                outcome(
                    "o", effects=[("issue_document", {"document": "paper", "valid_from": "age"})]
                )
            ],
        ),
    ),
    (
        "effect_argument",
        "outcome-o",
        script(
            AGE,
            outcomes=[
                outcome(
                    "o",
                    effects=[("spawn_items", {"repeat": "opening", "campaign": "c", "more": "x"})],
                )
            ],
        ),
    ),
    ("nothing_scored", "", script(AGE, pass_percent="80", kind="lesson")),
    ("no_text", "question-x", script(question("x", label={"fr": "Nom"}), languages=["en", "fr"])),
    (
        "within",
        "section-b",
        definition(section("a", AGE), section("b", COLOURS, within="c"), kind="form"),
    ),
    (
        "side_within",
        "section-b",
        definition(section("a", AGE), section("b", COLOURS, within="a", side=True), kind="form"),
    ),
    (
        "too_deep",
        "section-d",
        definition(
            *(
                section(one, repeat=True, within=around)
                for one, around in zip("abc", (None, "a", "b"), strict=True)
            ),
            section("d", AGE, repeat=True, within="c"),
            kind="form",
        ),
    ),
    (
        "no_entry_before",
        "question-x",
        script(AGE, question("x", relevance=["answered", ["previous", "age"]])),
    ),
    (
        "type_mismatch",
        "question-x",
        script(question("x", relevance=["eq", ["offered", "name"], ["value", "one", "a"]])),
    ),
    (
        "type_mismatch",
        "question-x",
        script(
            question(
                "x",
                "choose_one",
                choices=["a"],
                choice_filter=["eq", ["offered", "kin"], ["value", "one", "a"]],
            )
        ),
    ),
    ("type_mismatch", "question-x", script(AGE, question("x", default=["answer", "age"]))),
]


@pytest.mark.parametrize(("code", "place", "definition"), ROWS)
def test_a_problem_is_found_at_its_block(code: str, place: str, definition: Any) -> None:
    found = [problem for problem in check(definition) if not problem.warning]
    assert (code, place) in [(problem.code, problem.place) for problem in found]
    assert all("%(" not in say(problem) for problem in found)


@pytest.mark.parametrize(
    ("code", "definition"),
    [
        ("no_message", script(question("x", constraints=[(["answered", ["answer", "x"]], "")]))),
        ("untranslated", script(AGE, languages=["en", "fr"])),
    ],
)
def test_a_warning_does_not_veto(code: str, definition: Any) -> None:
    found = check(definition)
    assert code in [problem.code for problem in found]
    assert all(problem.warning for problem in found)


def test_a_misspelt_name_gets_a_suggestion() -> None:
    problem = check(script(AGE, line("hello", "{agge}")))[0]
    assert say(problem) == "“{agge}” speaks of “agge”, which does not exist. Did you mean “age”?"


def told(expression: Any = None, gives: str = "bool", **effect: str) -> str:
    """What is said of a calculation with this expression, or of an outcome with an effect."""
    ends = [outcome("o", effects=[(effect.pop("name", "issue_document"), effect)])]
    made = load(
        data(
            section("opening", AGE, COLOURS, question("since", "date")),
            section("contacts", question("days", "integer"), repeat=True),
            section("end", *([calculation("x", gives, expression)] if expression else [])),
            outcomes=ends if effect else [DONE],
        )
    )
    (problem,) = [each for each in check(made) if not each.warning]
    return say(problem)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        (["answered", ["answer", "aged"]], "Did you mean “age”?"),
        # What is asked in entries cannot be read from outside, so it is not offered.
        (["answered", ["answer", "day"]], "Choose a question of this page."),
        (["answered", ["sum", ["each", "contact", "days"]]], "Did you mean “contacts”?"),
        (["answered", ["sum", ["each", "contacts", "day"]]], "Did you mean “days”?"),
        (
            ["eq", ["answer", "colour"], ["value", "one", "gren"]],
            "“Colour” has no choice “gren”. Did you mean “green”?",
        ),
        (
            ["eq", ["answer", "colour"], ["value", "one", "x"]],
            "“Colour” has no choice “x”. Its choices are: red, green.",
        ),
        (["answer", "age"], "This gives a number, but yes or no is needed."),
        (
            ["lt", ["answer", "age"], ["today"]],
            "“<” needs a number here, not a date.",
        ),
        (["lt", ["answer", "colour"], ["today"]], "“<” does not work with a choice."),
    ],
)
def test_what_was_meant_or_expected_is_said(expression: Any, said: str) -> None:
    assert said in told(expression)


@pytest.mark.parametrize(
    ("effect", "near"),
    [
        ({"document": "d", "valid_from": "sinc"}, "since"),
        ({"name": "spawn_items", "repeat": "contact", "campaign": "c"}, "contacts"),
        ({"name": "issue_documents", "document": "d"}, "issue_document"),
    ],
)
def test_a_misspelt_argument_of_an_effect_gets_a_suggestion(effect: Any, near: str) -> None:
    assert f"Did you mean “{near}”?" in told(**effect)


def test_what_was_expected_is_said_in_the_readers_language() -> None:
    problem = check(script(AGE, question("x", relevance=["answer", "age"])))[0]
    words = {"a number": "un nombre", "yes or no": "oui ou non"}
    said = say(problem, lambda text: words.get(text, text))
    assert "This gives un nombre, but oui ou non is needed." in said


def test_suggestions_end_before_they_take_long() -> None:
    many = [question(f"name_{at}") for at in range(3000)]
    lost = [line(f"l{at}", f"{{nome_{at}_x}}") for at in range(500)]
    found = check(load(data(section("s", *many, *lost), kind="form")))
    assert len(found) == MOST_PROBLEMS


def test_a_ring_is_named() -> None:
    ring = script(
        calculation("a", "number", ["answer", "b"]), calculation("b", "number", ["answer", "a"])
    )
    assert (
        say(check(ring)[0])
        == "These depend on each other in a ring: a → b → a. Take one of them out of the ring."
    )


def test_a_long_chain_is_checked_without_recursion() -> None:
    chain = [AGE] + [
        calculation(f"c{at}", "number", ["answer", f"c{at - 1}" if at else "age"])
        for at in range(3000)
    ]
    assert check(load(data(section("s", *chain), kind="form"))) == ()


def test_every_check_is_shown_here() -> None:
    """Each check finds something in at least one of the rows above."""
    from builder.definition.subject import Subject

    rows = [row[2] for row in ROWS] + [
        script(question("x", constraints=[(["answered", ["answer", "x"]], "")])),
        script(AGE, languages=["en", "fr"]),
    ]
    idle = [one.__name__ for one in CHECKS if not any(list(one(Subject(row))) for row in rows)]
    assert idle == []
