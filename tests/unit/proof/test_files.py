"""Questions whose answers name a file: what is proved of them knows that such an answer is whole or none."""

from typing import Any

from builder.proof import Report, Standing, prove
from runtime.workspace.rehearsing import Replayer
from tests import definitions as made
from tests.definitions import TODAY, definition, question, section
from tests.planting import answer, value


def proved(asked: dict[str, Any], relevance: Any) -> tuple[Report, Replayer]:
    then = question("then", relevance=relevance)
    body = definition(section("a", asked, then), outcomes=[made.outcome("end")])
    return prove(body, TODAY), Replayer(body, TODAY)


def part(name: str, of: str) -> list[Any]:
    return ["part", name, of]


def test_what_follows_a_file_is_reached_with_a_whole_one() -> None:
    report, replay = proved(question("letter", "file"), ["answered", answer("letter")])
    witness = report.blocks["question-then"].witness
    assert witness is not None
    sent = witness.commands[0]["value"]
    assert set(sent) == {"id", "name", "media_type", "size", "digest"}
    assert replay.faults(witness) == []


def test_a_photo_is_kept_as_one_kind_of_file() -> None:
    is_pdf = ["eq", part("shot", "media_type"), value("text", "application/pdf")]
    report, _replay = proved(question("shot", "photo"), is_pdf)
    assert report.blocks["question-then"].standing is Standing.UNREACHABLE


def test_a_size_may_be_asked_of_a_file() -> None:
    large = ["gt", part("letter", "size"), value("number", "5000000")]
    report, replay = proved(question("letter", "file"), large)
    assert replay.faults(report.blocks["question-then"].witness) == []


def test_a_signature_is_drawn_or_typed() -> None:
    both = [["answered", part("signed", name)] for name in ("typed", "digest")]
    for relevance in both:
        report, replay = proved(question("signed", "signature"), relevance)
        assert replay.faults(report.blocks["question-then"].witness) == []
    report, _replay = proved(question("signed", "signature"), ["and", *both])
    assert report.blocks["question-then"].standing is Standing.UNREACHABLE
