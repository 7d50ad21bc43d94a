"""The workload is the same everywhere, and a definition that could be published."""

import json

import pytest

from builder.definition import check, dump, load
from builder.problems import say
from tests.peers.answers import COUNT, answers_to
from tests.peers.chance import Chance
from tests.peers.workload import SIZES, definition_of
from tests.peers.writing import write


def test_chance_is_what_its_seed_decides():
    chance = Chance(42)
    drawn = [chance.fraction() for _ in range(3)]
    assert drawn == [0.6011037519201636, 0.44829055899754167, 0.8524657934904099]


@pytest.mark.parametrize("name", ["small", "big"])
def test_the_workload_passes_the_checks(name):
    definition = load(definition_of(SIZES[name]))
    assert [say(problem) for problem in check(definition)] == []


def test_the_workload_has_as_much_of_everything_as_its_size_says():
    size = SIZES["big"]
    sections = definition_of(size)["sections"]
    asked = [i for s in sections if not s["repeat"] for i in s["items"] if i["kind"] == "question"]
    constrained = [
        i for i in asked if i["constraints"] or {"minimum", "pattern"} & {*i["settings"]}
    ]
    assert len(asked) == size.questions
    assert len([item for item in asked if item["relevance"]]) == size.conditions
    assert len(constrained) == size.constraints
    assert len([s for s in sections if s["relevance"]]) == 10


def test_the_same_seed_makes_the_same_workload():
    data = definition_of(SIZES["small"])
    assert dump(load(data)) == dump(load(definition_of(SIZES["small"])))
    answers = answers_to(data, SIZES["small"])
    assert len(answers) == COUNT
    assert answers == answers_to(data, SIZES["small"])


def test_every_engine_finds_its_files(tmp_path):
    folder = write(SIZES["small"], tmp_path / "small")
    names = {"answers", "definition", "rules", "surveyjs", "xforms"}
    assert {file.stem for file in folder.iterdir()} == names
    assert len(json.loads((folder / "surveyjs.json").read_text())["pages"]) == 6
