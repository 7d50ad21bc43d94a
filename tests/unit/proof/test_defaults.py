"""A default that stands there as the door reads it: what is proved of it is what the engine shows."""

from typing import Any

from builder.proof import Standing, prove
from runtime.workspace.rehearsing import Replayer
from tests import definitions as made
from tests.definitions import TODAY, definition, question, section
from tests.planting import answer, value


def standing_after(asked: dict[str, Any], relevance: Any) -> Standing:
    then = question("then", relevance=relevance)
    body = definition(section("a", asked, then), outcomes=[made.outcome("end")])
    report, replay = prove(body, TODAY), Replayer(body, TODAY)
    block = report.blocks["question-then"]
    if block.witness is not None:
        assert replay.faults(block.witness) == []
    return block.standing


def test_blanks_around_a_default_are_gone() -> None:
    asked = question(
        "code", "barcode", default=value("text", " x "), read_only=value("bool", True)
    )
    assert standing_after(asked, ["eq", answer("code"), value("text", "x")]) is Standing.REACHED
    never = ["eq", answer("code"), value("text", " x ")]
    assert standing_after(asked, never) is Standing.UNREACHABLE


def test_of_a_default_that_is_read_from_another_answer_nothing_is_proved_that_may_not_hold() -> (
    None
):
    first = question("first", "text")
    asked = question("code", "barcode", default=answer("first"), read_only=value("bool", True))
    then = question("then", relevance=["eq", answer("code"), value("text", "x")])
    body = definition(section("a", first, asked, then), outcomes=[made.outcome("end")])
    assert prove(body, TODAY).blocks["question-then"].standing is not Standing.UNREACHABLE
