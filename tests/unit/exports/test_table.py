"""Records as tables: columns that stay where they are, entries apart, effective answers alone."""

import dataclasses
import io
from pathlib import Path

from builder.definition import load
from exports.codebook import codebook
from exports.formats import csv
from exports.table import ROOT, Reading, layout, tables
from tests.unit.exports.making import body, call, choices, definition, question, section

GOLDEN = Path(__file__).parents[2] / "golden"
ABOUT = {
    "_record": "00000000-0000-4000-8000-000000000001",
    "_version": "3",
    "_revision": "1",
    "_outcome": "done",
    "_language": "en",
    "_opened": "2026-11-22T08:00:00Z",
    "_closed": "2026-11-22T08:10:00Z",
}
READING = Reading(
    ABOUT,
    {
        "given_name": "Ann",
        "family_name": "=cmd()",
        "fever": True,
        "onset": "2026-11-20",
        "symptoms": ["ache", "loss"],
        "severity": "hard",
        "degrees": "-0.5",
        "until": "2026-11-30",
        "contacts/e1/who": 'Bob, the "tall"',
        "contacts/e1/close": False,
        "contacts/e2/who": "Eve\nof two lines",
    },
    {"contacts": ["e1", "e2"]},
)
EMPTY = Reading(
    {
        **ABOUT,
        "_record": "00000000-0000-4000-8000-000000000002",
        "_outcome": None,
        "_closed": None,
    },
    {},
)


def test_the_files_are_those_of_the_golden_folder() -> None:
    made = tables(definition(), [READING, EMPTY])
    for name, table in {"records": made.root, **made.repeats}.items():
        stream = io.StringIO(newline="")
        csv.write(table, stream)
        assert stream.getvalue().encode() == (GOLDEN / f"{name}.csv").read_bytes()


def test_each_repeat_has_a_table_of_its_own() -> None:
    made = tables(definition(), [READING])
    assert list(made.repeats) == ["contacts"]
    assert "who" not in made.root.names
    assert [row[2:] for row in made.repeats["contacts"].rows] == [
        ["e1", "1", 'Bob, the "tall"', "false"],
        ["e2", "2", "Eve\nof two lines", None],
    ]


def test_a_choice_that_is_removed_shifts_no_other_column() -> None:
    def columns(*names: str) -> list[str]:
        asked = question("symptoms", "choose_several", settings=choices(*names))
        made = load(body(section("one", asked, question("after"))))
        return [column.name for column in layout(made)[ROOT]][7:]

    assert columns("cough", "ache", "loss") == [
        "symptoms.cough",
        "symptoms.ache",
        "symptoms.loss",
        "after",
    ]
    assert columns("cough", "loss") == ["symptoms.cough", "symptoms.loss", "after"]


def test_no_choice_taken_is_told_from_not_answered() -> None:
    made = tables(definition(), [READING, EMPTY])
    first, second = made.root.rows
    at = made.root.names.index("symptoms.cough")
    assert first[at : at + 3] == ["false", "true", "true"]
    assert second[at : at + 3] in (["", "", ""], [None, None, None])


def test_two_texts_of_the_same_definition_have_the_same_columns() -> None:
    again = dataclasses.replace(definition())
    assert layout(again) == layout(definition())


def test_the_codebook_has_a_row_for_each_column_and_a_label_for_each_language() -> None:
    head, rows = codebook(definition(), 3)
    listed = {(row[0], row[1]): dict(zip(head, row, strict=True)) for row in rows}
    assert head[-2:] == ["label_en", "label_fr"]
    names = [
        ("records" if table == ROOT else table, column.name)
        for table, all_ in layout(definition()).items()
        for column in all_
    ]
    assert list(listed) == names
    onset = listed["records", "onset"]
    assert onset["relevance"] == "Fever is yes"
    assert onset["clearance"] == "personal"
    assert onset["version"] == "3"
    assert listed["records", "severity"]["choices"] == "mild = the mild; hard = the hard"
    assert listed["records", "symptoms.ache"]["label_fr"] == "symptoms (fr): le ache"
    assert listed["contacts", "who"]["kind"] == "question"
    assert listed["records", "until"]["kind"] == "calculation"


def test_a_definition_without_questions_has_the_columns_about_the_record_alone() -> None:
    bare = {**call(), "sections": []}
    assert list(layout(load(bare))) == [ROOT]
