"""What a question type says of its answers as a JSON Schema: all that the door admits fits, and what it refuses by its shape does not."""

from typing import Any

import jsonschema_rs
import pytest

from builder.question_types import QUESTION_TYPES, TYPES, read_settings
from builder.values import ANSWER_TYPES, Localized, Missing, is_value
from builder.values.schemas import VALUE_SCHEMAS

COLOURS = [{"name": name, "label": {"en": name}} for name in ("red", "green", "blue")]
FILE = {
    "id": "a" * 32,
    "name": "scan.png",
    "media_type": "image/png",
    "size": "12",
    "digest": "b" * 64,
}
# By type: its settings, answers that are admitted, and what no answer looks like.
ANSWERS: dict[str, tuple[dict[str, Any], list[Any], list[Any]]] = {
    "text": ({"maximum_length": 5}, ["Zoë"], ["", " ", "sixsix", 5, "a\x00"]),
    "long_text": ({}, ["one\ntwo"], ["", True]),
    "hidden": ({}, ["case 7"], [[]]),
    "integer": ({}, ["0", "-12"], ["1.5", "01", 1, "-0", "x"]),
    "decimal": ({"scale": 1}, ["1.5", "-3"], ["1.25", "1.", 1.5]),
    "scale": ({}, ["0", "10"], ["2.5", "a"]),
    "date": ({}, ["2026-03-16"], ["16/3/2026", "2026-3-16", 2026]),
    "time": ({}, ["23:59"], ["24:00", "9:00"]),
    "date_time": ({}, ["2026-03-16T10:00"], ["2026-03-16", "2026-03-16T10:00Z"]),
    "partial_date": ({}, ["2026", "2026-03", "2026-03-16"], ["26", "2026-13"]),
    "yes_no": ({}, [True, False], ["yes", 1]),
    "consent": ({}, [True], ["true"]),
    "choose_one": ({"choices": COLOURS}, ["red"], ["pink", ["red"]]),
    "choose_from_list": ({"choices": COLOURS}, ["blue"], ["Blue"]),
    "choose_several": ({"choices": COLOURS}, [["red", "blue"]], [["pink"], ["red", "red"]]),
    "rank": (
        {"choices": COLOURS, "places": 2},
        [["blue", "red"]],
        [["red", "green", "blue"], "red"],
    ),
    "phone": ({}, ["0470 12 34 56"], [470123456]),
    "email": ({}, ["ann@example.org"], [None]),
    "url": ({}, ["https://example.org/"], [{}]),
    "national_number": ({}, ["85.07.30-033.28"], [85073003328]),
    "iban": ({}, ["BE71 0961 2345 6769"], [False]),
    "barcode": ({}, ["4006381333931"], [4006381333931]),
    "quantity": (
        {"units": COLOURS, "decimals": 0},
        [{"number": "3", "unit": "red"}],
        [{}, {"number": "3.5"}, {"unit": "pink"}, {"colour": "red"}],
    ),
    "person": (
        {},
        [{"given_name": "Ann", "birth_date": "2000-02-29"}],
        [{"birth_date": "29/2/2000"}, {"given_name": ""}, "Ann"],
    ),
    "postal_address": ({}, [{"street": "Rue Haute", "postcode": "1000"}], [{"planet": "Mars"}]),
    "point": ({}, [{"latitude": "50.85", "longitude": "4.35"}], [{"latitude": 50.85}]),
    "matrix": ({"rows": COLOURS, "choices": COLOURS}, [{"red": "blue"}], [{"red": "pink"}]),
    "file": ({}, [FILE], [{"name": "scan.png"}, {**FILE, "id": "../../etc"}]),
    "photo": (
        {},
        [{**FILE, "media_type": "image/jpeg"}],
        [{**FILE, "media_type": "application/pdf"}],
    ),
    "signature": (
        {},
        [{"typed": "Ann"}, FILE],
        [{"typed": "Ann", "name": "x"}, {**FILE, "typed": "Ann"}],
    ),
}


def localized(texts: dict[str, str] | None) -> Localized:
    return Localized.make(texts or {})


def fits(schema: Any, value: Any) -> bool:
    return bool(jsonschema_rs.Draft202012Validator(schema).is_valid(value))


def test_every_type_has_answers_here() -> None:
    assert set(ANSWERS) == {kind.name for kind in QUESTION_TYPES}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_fits_the_schema_of_its_type(name: str) -> None:
    kind = TYPES[name]
    told, admitted, refused = ANSWERS[name]
    settings = read_settings(kind, told, place="", texts=localized, problems=[])
    schema = kind.schema(settings)
    for value in admitted:
        kept = kind.admit(value, settings)
        assert kept.code is None, (name, value)
        assert kept.value is not Missing
        assert fits(schema, kept.value), (name, value)
    for value in refused:
        assert not fits(schema, value), (name, value)


@pytest.mark.parametrize("answer_type", ANSWER_TYPES)
def test_a_value_fits_the_schema_of_its_answer_type(answer_type: Any) -> None:
    for _settings, admitted, _refused in ANSWERS.values():
        for value in admitted:
            if is_value(answer_type, value):
                assert fits(VALUE_SCHEMAS[answer_type], value), value
