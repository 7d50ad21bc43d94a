"""Questionnaires that were not written here: run when SAMPLES_DIR names a folder of them (none is kept in the repository)."""

import os
import warnings
from pathlib import Path

import pytest

from builder.definition import check, questions
from builder.interchange import INTERCHANGES
from tests.unit.interchange.test_fhir import definition_of, rows

SAMPLES = Path(os.environ.get("SAMPLES_DIR", "/nowhere")) / "fhir"
FILES = sorted(SAMPLES.glob("*.json"))
COVID = SAMPLES / "d4l-data4life__covapp__cov-app-en-packed-r4.questionnaire.json"
READER = INTERCHANGES[0]

if not FILES:
    warnings.warn(
        "SAMPLES_DIR names no folder with fhir/*.json: foreign questionnaires were NOT tried",
        stacklevel=1,
    )
needs_samples = pytest.mark.skipif(
    not FILES, reason="SAMPLES_DIR names no folder with fhir/*.json"
)


@needs_samples
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem[:60])
def test_a_foreign_questionnaire_is_read_and_what_is_read_can_be_published(file: Path) -> None:
    reading = READER.read(file.read_bytes())
    if reading.body is None:
        assert reading.problems
        return
    assert check(definition_of(reading)) == ()


@pytest.mark.skipif(not COVID.exists(), reason="SAMPLES_DIR has not the covid questionnaire")
def test_the_covid_questionnaire_is_taken_whole() -> None:
    reading = READER.read(COVID.read_bytes())
    definition = definition_of(reading)
    assert reading.problems == ()
    assert [section.name for section in definition.sections] == ["p", "c", "s", "d", "m"]
    assert len(list(questions(definition))) == 30
    assert {problem.code for problem in reading.losses} == {"codes", "group_required"}
    assert reading.body is not None
    asked = {ask.original: ask for ask in reading.body.questions()}
    assert rows(reading, asked["S2"].relevance) == (
        "any",
        [("S0", "eq", "LA33-6"), ("S1", "eq", "LA33-6")],
    )
    assert asked["CZ"].hint.startswith("Make sure to enter a full date")
