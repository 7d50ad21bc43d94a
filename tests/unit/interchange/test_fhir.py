"""Reading FHIR questionnaires: one small file a construct."""

import json
from pathlib import Path
from typing import Any

import pytest

from builder.compile import Body as Written
from builder.compile import Source, compile_source
from builder.definition import Definition, check, load
from builder.interchange import INTERCHANGES, Reading, body_data, outcomes_data
from builder.interchange.base import Ask, Condition, Display, Section
from builder.problems import say

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "fhir"
READER = INTERCHANGES[0]


def read(name: str) -> Reading:
    return READER.read((FOLDER / f"{name}.json").read_bytes())


def definition_of(reading: Reading) -> Definition:
    assert reading.body is not None
    body = Written(reading.body.title, body_data(reading.body), outcomes_data(reading.body))
    compiled = compile_source(Source("form", "imported", {"en": body}))
    assert compiled.problems == ()
    return load(compiled.data)


def sections(reading: Reading) -> list[Section]:
    assert reading.body is not None
    return list(reading.body.sections)


def asks(reading: Reading) -> dict[str, Ask]:
    assert reading.body is not None
    return {ask.original: ask for ask in reading.body.questions()}


def codes(problems: tuple[Any, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.code, []).append(problem.place)
    return found


def rows(
    reading: Reading, condition: Condition | None
) -> tuple[str, list[tuple[str, str, Any]]] | None:
    if condition is None:
        return None
    names = {ask.id: ask.original for ask in asks(reading).values()}
    return condition.join, [
        (names[row.question], row.operator, row.value) for row in condition.rows
    ]


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.json")))
def test_what_is_read_compiles_and_can_be_published(name: str) -> None:
    assert check(definition_of(read(name))) == ()


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.json")))
def test_reading_twice_gives_the_same_body(name: str) -> None:
    assert read(name) == read(name)


def test_every_group_is_a_section_and_loose_questions_have_one() -> None:
    found = [
        (section.title, [getattr(item, "name", "text") for item in section.items])
        for section in sections(read("groups"))
    ]
    assert found == [
        ("Home visit", ["q_0"]),
        ("A. The house", ["house_rooms"]),
        ("The kitchen", ["stove"]),
        ("A. The house", ["house_garden"]),
        ("Home visit", ["text"]),
    ]


def test_a_form_ends_with_completed() -> None:
    body = read("groups").body
    assert body is not None
    assert [(end.name, end.complete) for end in body.outcomes] == [("completed", True)]


def test_braces_of_the_file_are_no_placeholders() -> None:
    definition = definition_of(read("groups"))
    text = definition.sections[-1].items[0]
    assert text.text.plain("en") == "Thank you for {your} time."  # type: ignore[union-attr]
    assert text.text.holes() == ()  # type: ignore[union-attr]


def test_types_and_their_settings() -> None:
    found = asks(read("types"))
    assert {key: ask.type for key, ask in found.items()} == {
        "t1": "yes_no", "t2": "integer", "t3": "decimal", "t4": "text", "t5": "long_text", "t6": "date", "t7": "date_time",
        "t8": "time", "t9": "url", "t10": "decimal", "t11": "file", "t13": "text", "t15": "integer",
    }  # fmt: skip
    assert found["t2"].settings == {"minimum": "1", "maximum": "12"}
    assert (found["t3"].label, found["t3"].settings["scale"]) == ("Weight (kg)", 1)
    assert (found["t4"].label, found["t4"].settings["maximum_length"]) == ("4. Name", 40)
    assert (found["t5"].read_only, found["t5"].required) == (True, False)
    assert found["t11"].settings == {"largest": 3, "accepts": "pictures"}
    assert (found["t6"].settings["minimum"], found["t6"].hint) == ("2020-02-29", "DD MM YYYY")


def test_what_has_no_place_is_on_the_loss_list() -> None:
    reading = read("types")
    assert codes(reading.losses) == {
        "quantity": ["t10"], "no_place": ["t16"], "codes": ["t13"],
        "initial": ["t13"], "repeats": ["t13"], "hidden": ["t14"], "expression": ["t15"],
    }  # fmt: skip
    assert codes(reading.problems) == {"unknown_type": ["t12"]}


def test_an_item_of_unknown_type_is_shown_as_text() -> None:
    texts = [
        item.text
        for section in sections(read("types"))
        for item in section.items
        if isinstance(item, Display)
    ]
    assert texts == ["What am I?"]


def test_choices_come_from_wherever_the_file_keeps_them() -> None:
    found = {key: _choices(ask) for key, ask in asks(read("choices")).items() if key != "open"}
    assert found == {
        "colour": [("red", "Red"), ("deep_blue", "Deep blue")],
        "colour2": [("red", "Red"), ("deep_blue", "Deep blue")],
        "level": [("low", "Low"), ("very-low", "Very low"), ("high", "High")],
        "size": [("S", "Small"), ("S_2", "Other small"), ("XXL", "Huge")],
        "inline": [
            ("a", "A"),
            ("Something_else", "Something else"),
            ("3", "3"),
            ("2020-01-01", "2020-01-01"),
        ],
        "elsewhere": [],
        "none": [],
    }


def _choices(ask: Ask) -> list[tuple[str, str]]:
    return [(row["name"], row["label"]) for row in ask.settings.get("choices", [])]


def test_several_answers_are_choose_several_and_unknown_choices_a_text() -> None:
    found = asks(read("choices"))
    assert [found[key].type for key in ("colour", "colour2", "elsewhere", "none")] == [
        "choose_one",
        "choose_several",
        "text",
        "text",
    ]


def test_an_open_choice_gets_other_and_a_text() -> None:
    reading = read("choices")
    assert reading.body is not None
    choice, text = reading.body.questions()[-2:]
    assert [row["name"] for row in choice.settings["choices"]] == ["Cat", "other", "other_2"]
    assert (text.type, text.required, text.relevance) == ("text", True, text.relevance)
    assert text.relevance is not None
    assert [
        (row.question == choice.id, row.operator, row.value) for row in text.relevance.rows
    ] == [(True, "eq", "other_2")]
    assert codes(reading.losses)["open_choice"] == ["open"]


@pytest.mark.parametrize(
    ("link_id", "expected"),
    [
        ("equal", ("all", [("ill", "eq", "Y")])),
        ("unequal", ("any", [("ill", "ne", "Y"), ("ill", "unanswered", None)])),
        ("several", ("all", [("many", "contains", "a")])),
        ("exists", ("all", [("age", "answered", None)])),
        ("missing", ("all", [("age", "unanswered", None)])),
        ("greater", ("all", [("age", "gt", "17"), ("age", "le", "65")])),
        ("either", ("any", [("ok", "eq", True), ("day", "lt", "2020-01-31")])),
        ("unsaid", ("any", [("ok", "eq", True), ("age", "ge", "3")])),
        ("quantity", ("all", [("age", "gt", "3.5")])),
        ("unknown", None),
        ("later", None),
        ("strange", None),
        ("ordered", None),
        ("riddle", None),
        ("broken", None),
    ],
)
def test_conditions(link_id: str, expected: Any) -> None:
    reading = read("conditions")
    assert rows(reading, asks(reading)[link_id].relevance) == expected


def test_conditions_that_cannot_be_kept_are_problems() -> None:
    assert codes(read("conditions").problems) == {
        "no_behaviour": ["unsaid", "broken"],
        "condition_unknown": ["unknown", "broken"],
        "condition_later": ["later"],
        "condition_value": ["strange", "ordered"],
        "condition_unreadable": ["riddle"],
    }


def test_conditions_around_an_item_hold_for_it() -> None:
    reading = read("nested")
    found = asks(reading)
    group, sub, rest = sections(reading)[1:]
    either = ("any", [("a", "eq", True), ("b", "eq", True)])
    assert [rows(reading, section.relevance) for section in (group, sub, rest)] == [
        either,
        either,
        either,
    ]
    assert rows(reading, found["implied"].relevance) == ("all", [("inner", "eq", True)])
    assert rows(reading, found["under"].relevance) == ("all", [("a", "eq", True)])
    assert rows(reading, found["deep"].relevance) == ("all", [("a", "eq", True)])
    assert rows(reading, found["mixed"].relevance) == either
    assert found["plain"].relevance is None


def test_a_text_under_a_question_is_its_hint() -> None:
    assert asks(read("nested"))["inner"].hint == "Help for {it}."


def test_a_text_of_several_lines_keeps_its_lines_under_its_question() -> None:
    help_text = {"linkId": "help", "type": "display", "text": "Yes, if you:\n* cough\n* sneeze"}
    item = {"linkId": "ill", "type": "boolean", "text": "Ill?", "item": [help_text]}
    form = {"resourceType": "Questionnaire", "title": "Lines", "item": [item]}
    (only,) = sections(READER.read(json.dumps(form).encode()))
    asked, told = only.items
    assert (asked.label, asked.hint) == ("Ill?", "")
    assert told.text == "Yes, if you:\n* cough\n* sneeze"


def test_a_repeating_group_is_a_repeat_and_inner_repeats_are_laid_flat() -> None:
    reading = read("repeats")
    first, second = sections(reading)
    assert first.repeat is not None
    assert (first.repeat.minimum, first.repeat.maximum, first.repeat.entry_label) == (
        1,
        5,
        "Contact",
    )
    assert [getattr(item, "name", "text") for item in first.items] == [
        "contact_name",
        "contact_known",
        "text",
        "visit_day",
    ]
    assert [item.relevance for item in second.items] == [None]
    lost = codes(reading.losses)
    assert (lost["nested_repeat"], lost["condition_kind"]) == (["visits"], ["after"])


def test_the_older_spelling_is_read() -> None:
    reading = read("stu3")
    found = asks(reading)
    assert [row["name"] for row in found["1.1"].settings["choices"]] == ["a"]
    assert [row["name"] for row in found["1.2"].settings["choices"]] == ["one"]
    assert rows(reading, found["1.3"].relevance) == ("all", [("1.1", "answered", None)])
    assert rows(reading, found["1.4"].relevance) == ("all", [("1.1", "eq", "a")])


def test_names_are_kept_where_they_can_be_and_the_original_is_remembered() -> None:
    body = read("repeats").body
    assert body is not None
    assert [(ask.original, ask.name) for ask in body.questions()][:2] == [
        ("contact.name", "contact_name"),
        ("contact.known", "contact_known"),
    ]


def questionnaire(*items: Any, **rest: Any) -> bytes:
    return json.dumps({"resourceType": "Questionnaire", "item": list(items), **rest}).encode()


def deep(levels: int) -> Any:
    item: Any = {"linkId": "end", "type": "string", "text": "End"}
    for level in range(levels):
        item = {"linkId": f"g{level}", "type": "group", "text": "G", "item": [item]}
    return item


ASKED = {"linkId": "a", "type": "string", "text": "A"}
HOSTILE = {
    "not_json": [
        b"",
        b"\x00\xff",
        b"[1, 2",
        b'{"resourceType": "Questionnaire"',
        b"[" * 200_000,
        '"'.encode("utf-16"),
    ],
    "not_questionnaire": [
        b"[]",
        b"3",
        b"null",
        b'{"resourceType": "Patient"}',
        b'{"entry": [1, {"resource": 7}]}',
    ],
    "nothing_to_ask": [
        questionnaire(),
        b'{"resourceType": "Questionnaire", "item": "x"}',
        questionnaire({"type": "group"}),
    ],
    "too_large": [b" " * (12 * 1024 * 1024 + 1)],
}


@pytest.mark.parametrize(
    ("code", "data"), [(code, data) for code, files in HOSTILE.items() for data in files]
)
def test_what_cannot_be_read_is_a_problem_and_no_body(code: str, data: bytes) -> None:
    reading = READER.read(data)
    assert reading.body is None
    assert code in codes(reading.problems)


ODD = {
    "a byte order mark": b"\xef\xbb\xbf" + questionnaire(ASKED),
    "items that are none": questionnaire(ASKED, 7, None, "x", [], {}),
    "deep nesting": questionnaire(ASKED, deep(60)),
    "many items": questionnaire(*({**ASKED, "linkId": str(number)} for number in range(6_000))),
    "duplicate link ids": questionnaire(ASKED, ASKED, ASKED),
    "no link id": questionnaire({"type": "string", "text": "A"}, {"type": "string", "text": "B", "linkId": 7}),
    "reserved and odd names": questionnaire(*({**ASKED, "linkId": name} for name in ("today", "é à", "1", "___", "x" * 5_000, "completed"))),
    "a long text": questionnaire({**ASKED, "text": "x" * 100_000}, {"linkId": "d", "type": "display", "text": "y" * 100_000}),
    "null bytes": questionnaire({**ASKED, "text": "a\x00b\ud800c"}),
    "no text": questionnaire({"linkId": "a", "type": "boolean"}),
    "wrong kinds everywhere": questionnaire(
        {"linkId": "a", "type": "choice", "text": [], "required": "yes", "repeats": 1, "maxLength": -3, "prefix": {}, "extension": {"url": 3},
         "answerOption": [3, {"valueCoding": 7}, {"valueString": ""}, {"valueInteger": True}, {"valueCoding": {"code": 9}}],
         "enableWhen": {"question": "a"}, "item": {}},
        {"linkId": "b", "type": {"x": 1}, "text": "B", "enableWhen": [{"question": "a", "operator": ["="], "answerInteger": 1e400}]},
        {"linkId": "c", "type": "integer", "text": "C", "extension": [{"url": "minValue", "valueInteger": 10**400}, {"url": "maxValue"}]},
        {"linkId": "d", "type": "boolean", "text": "D", "enableWhen": [{"question": "c", "operator": ">", "answerDecimal": 1e-300}]},
        contained=[3, {"resourceType": ["x"]}, {"resourceType": "ValueSet", "id": "v", "compose": {"include": [{"concept": 3}]}}],
        title=7, language={}, url=[],
    ),
    "a pattern that runs away": questionnaire({**ASKED, "extension": [{"url": "x/regex", "valueString": "(a+)+$(?=b)"}]}),
    "markup": questionnaire({**ASKED, "text": "<script>alert(1)</script>{{7*7}}"}),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ODD))
def test_an_odd_file_gives_problems_and_still_a_form(name: str) -> None:
    reading = READER.read(ODD[name])
    assert check(definition_of(reading)) == ()
    for problem in (*reading.problems, *reading.losses):
        assert say(problem)


def test_a_bundle_gives_its_first_questionnaire() -> None:
    bundle = {
        "resourceType": "Bundle",
        "entry": [
            {"resource": {"resourceType": "Patient"}},
            {"resource": json.loads(questionnaire(ASKED))},
        ],
    }
    reading = READER.read(json.dumps(bundle).encode())
    assert list(asks(reading)) == ["a"]
    assert "bundle" in codes(reading.problems)
