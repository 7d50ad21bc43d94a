"""Drafts of any kind, and large ones: a finding or nothing decided, never an exception, never without end."""

import dataclasses
import time
from typing import Any

from builder.conditions import Answer, Call, Expression
from builder.definition import Definition, Question
from builder.proof import Budget, Report, Standing, prove
from builder.question_types import Choice, Settings
from builder.values.localized import NO_TEXT
from tests import definitions as made
from tests.definitions import TODAY, definition, question, section
from tests.planting import answer, value, yes


def proved(*items: dict[str, Any], **members: Any) -> Report:
    outcomes = members.pop("outcomes", [made.outcome("end")])
    return prove(definition(section("a", *items), outcomes=outcomes, **members), TODAY)


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def standing(report: Report, place: str) -> Standing:
    return report.blocks[place].standing


def with_relevance(made_of: Definition, name: str, relevance: Expression) -> Definition:
    """The definition with a condition that no door has let in."""

    def changed(item: Any) -> Any:
        named = isinstance(item, Question) and item.name == name
        return dataclasses.replace(item, relevance=relevance) if named else item

    first = made_of.sections[0]
    items = tuple(changed(item) for item in first.items)
    return dataclasses.replace(made_of, sections=(dataclasses.replace(first, items=items),))


def test_of_a_ring_nothing_is_proved() -> None:
    report = proved(
        question("x", relevance=["answered", answer("y")]),
        question("y", relevance=["answered", answer("x")]),
    )
    assert "cycle" in codes(report)
    assert standing(report, "question-x") is Standing.UNDECIDED


def test_sections_within_each_other() -> None:
    rows = section("a", question("x"), within="b"), section("b", question("y"), within="a")
    report = prove(definition(*rows, outcomes=[made.outcome("end")]), TODAY)
    assert "within" in codes(report)
    assert standing(report, "question-y") is Standing.REACHED


def test_an_untyped_condition_never_holds() -> None:
    report = proved(
        question("x", "integer"), question("y", relevance=["eq", answer("x"), value("text", "q")])
    )
    assert {"type_mismatch", "contradiction"} <= codes(report)


def test_an_untyped_bound_bounds_nothing() -> None:
    report = proved(question("x", "integer"), question("d", "date", minimum=answer("x")))
    assert standing(report, "question-d") is Standing.REACHED


def test_a_condition_nested_without_end_gives_what_publishing_gives() -> None:
    deep: Expression = Call("answered", (Answer("x"),))
    for _step in range(5_000):
        deep = Call("not", (deep,))
    made_of = definition(section("a", question("x"), question("y")), outcomes=[made.outcome("e")])
    report = prove(with_relevance(made_of, "y", deep), TODAY)
    assert not report.whole


def test_twenty_thousand_choices() -> None:
    made_of = definition(
        section(
            "a",
            question("x", "choose_from_list", choices=["c1", "c2"]),
            question("y", relevance=["eq", answer("x"), value("one", "c1")]),
        ),
        outcomes=[made.outcome("end")],
    )
    first = made_of.sections[0]
    settings = Settings({"choices": tuple(Choice(f"c{n}", NO_TEXT) for n in range(20_000))})
    items = (dataclasses.replace(first.items[0], settings=settings), *first.items[1:])
    many = dataclasses.replace(made_of, sections=(dataclasses.replace(first, items=items),))
    begun = time.process_time()
    assert standing(prove(many, TODAY), "question-y") is Standing.REACHED
    assert time.process_time() - begun < 10


def test_a_thousand_entries() -> None:
    total = ["sum", ["each", "a", "x"]]
    report = prove(
        definition(
            section("a", question("x", "integer"), repeat={"minimum": 1000, "maximum": 1000}),
            section("b", question("y"), relevance=["gt", total, value("number", "100")]),
            outcomes=[made.outcome("end")],
        ),
        TODAY,
    )
    assert standing(report, "section-b") is Standing.REACHED


def test_products_of_answers_end() -> None:
    names = [f"n{number}" for number in range(6)]
    product = ["mul", *(answer(name) for name in names)]
    report = proved(
        *(question(name, "decimal", scale=6) for name in names),
        question("y", relevance=["gt", ["div", product, answer("n1")], value("number", "5")]),
    )
    assert standing(report, "question-y") is not Standing.UNREACHABLE


def test_a_long_chain_ends_within_its_budget() -> None:
    chain = [question("q0", "yes_no")]
    chain += [question(f"q{n}", "yes_no", relevance=yes(f"q{n - 1}")) for n in range(1, 400)]
    made_of = definition(section("a", *chain), outcomes=[made.outcome("end")])
    report = prove(made_of, TODAY, budget=Budget(seconds=2), clock=time.monotonic)
    assert Standing.UNREACHABLE not in {block.standing for block in report.blocks.values()}


def test_it_can_be_stopped() -> None:
    asked: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        asked.append((done, total))
        return False

    never = ["and", yes("x"), yes("x", False)]
    rows = question("x", "yes_no"), question("y", relevance=never), question("z", relevance=never)
    made_of = definition(section("a", *rows), outcomes=[made.outcome("end")])
    report = prove(made_of, TODAY, progress=progress)
    assert len(asked) == 1
    assert not report.whole


def test_nothing_at_all() -> None:
    assert codes(prove(definition(), TODAY)) == {"empty", "no_outcome"}
