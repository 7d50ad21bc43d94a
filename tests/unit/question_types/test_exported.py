"""What each question type is in an export: its columns, what they are called, and what stands in them; and how answers are shown
that a library of the server reads.
"""

from typing import Any

import pytest

from builder.definition import index
from builder.problems import Problem, say
from builder.question_types import TYPES, label_of
from tests.definitions import definition, question, section

COLOURS = [("red", {"en": "Red", "fr": "Rouge"}), ("green", "Green")]
UNITS = [("kg", {"en": "kilograms", "fr": "kilos"}), ("g", "")]
FORM = definition(
    section(
        "one",
        question("t"),
        question("n", "decimal"),
        question("b", "yes_no"),
        question("c", "choose_one", choices=COLOURS),
        question("m", "choose_several", choices=COLOURS),
        question("k", "rank", choices=COLOURS),
        question("q", "quantity", units=UNITS),
        question("x", "matrix", rows=[("cough", {"fr": "Toux"})], choices=COLOURS),
    ),
    kind="form",
    languages=["en", "fr"],
)


def of(name: str) -> Any:
    """A question's type and settings."""
    asked = index(FORM).questions[name]
    return TYPES[asked.type], asked.settings


@pytest.mark.parametrize(
    ("name", "columns", "labels"),
    [
        ("t", ("t",), ("",)),
        ("b", ("b",), ("",)),
        ("c", ("c",), ("",)),
        ("m", ("m.red", "m.green"), ("Rouge", "Green")),
        ("k", ("k.red", "k.green"), ("Rouge", "Green")),
        ("q", ("q.number", "q.unit"), ("Amount", "Unit")),
        ("x", ("x.cough",), ("Toux",)),
    ],
)
def test_the_columns_of_a_question(
    name: str, columns: tuple[str, ...], labels: tuple[str, ...]
) -> None:
    kind, settings = of(name)
    assert kind.columns(name, settings) == columns
    assert kind.column_labels(settings, "fr", "en") == labels


@pytest.mark.parametrize(
    ("name", "value", "cells"),
    [
        ("t", None, ("",)),
        ("t", "a", ("a",)),
        ("n", "2.5", ("2.5",)),
        ("b", None, ("",)),
        ("b", True, ("true",)),
        ("b", False, ("false",)),
        ("c", "red", ("red",)),
        ("m", None, ("", "")),
        ("m", ["green"], ("false", "true")),
        ("k", None, ("", "")),
        ("k", ["green"], ("", "1")),
        ("k", ["green", "red"], ("2", "1")),
        ("q", None, ("", "")),
        ("q", {"unit": "g"}, ("", "g")),
        ("x", {"cough": "red"}, ("red",)),
    ],
)
def test_what_stands_in_them(name: str, value: Any, cells: tuple[str, ...]) -> None:
    kind, settings = of(name)
    assert kind.cells(value, settings) == cells


def test_a_part_is_called_by_its_label_or_else_by_its_name() -> None:
    kind, settings = of("x")
    part = kind.part("cough", settings)
    assert (label_of(part, "fr"), label_of(part, "en", "fr"), label_of(part, "nl")) == (
        "Toux",
    ) * 3
    assert kind.part("gone", settings) is None
    bare = definition(section("s", question("x", "matrix", rows=[("r", {})])), kind="form")
    asked = index(bare).questions["x"]
    assert [label_of(part, "en") for part in TYPES["matrix"].parts(asked.settings)] == ["r"]
    assert TYPES["text"].parts(settings) == ()


@pytest.mark.parametrize(
    ("name", "value", "language", "said"),
    [
        ("t", "a", "fr", "a"),
        ("n", "2.5", "fr", "2,5"),
        ("b", False, "fr", "Non"),
        ("c", "red", "fr", "Rouge"),
        ("c", "gone", "fr", "gone"),
        ("m", ["red", "green"], "en", "Red, Green"),
        ("k", ["green", "red"], "fr", "Green, Rouge"),
        ("q", {"number": "1.5", "unit": "kg"}, "fr", "1,5 kilos"),
        ("q", {"number": "1.5", "unit": "g"}, "en", "1.5 g"),
        ("q", {"number": "1.5", "unit": "gone"}, "en", "1.5 gone"),
        ("q", {"unit": "kg"}, "en", "kilograms"),
        ("x", {"cough": "red"}, "fr", "Toux: Rouge"),
    ],
)
def test_an_answer_as_people_read_it(name: str, value: Any, language: str, said: str) -> None:
    kind, settings = of(name)
    assert kind.show(value, settings, language) == said


@pytest.mark.parametrize(
    ("kind", "value", "language", "said"),
    [
        ("integer", "1000", "en", "1000"),
        ("scale", "-2", "fr", "-2"),
        ("date", "2026-04-03", "nl", "3 april 2026"),
        ("time", "14:30", "de", "14:30"),
        ("date_time", "2026-04-03T14:30", "fr", "3 avril 2026, 14:30"),
        ("partial_date", "2026-04", "de", "April 2026"),
        ("consent", True, "de", "Ja"),
    ],
)
def test_a_value_as_people_read_it(kind: str, value: Any, language: str, said: str) -> None:
    assert TYPES[kind].show(value, of("t")[1], language) == said


def asked(kind: str, **settings: Any) -> Any:
    """The type and the settings of a question that is read at the door."""
    form = definition(section("s", question("a", kind, **settings)), kind="form")
    found = index(form).questions["a"]
    return TYPES[found.type], found.settings


PHONE, NUMBER, IBAN = "phone", "national_number", "iban"


@pytest.mark.parametrize(
    ("kind", "country", "typed", "value", "shown"),
    [
        (PHONE, "BE", "0470 12.34.56", "+32470123456", "+32 470 12 34 56"),
        (PHONE, "NL", "06 12345678", "+31612345678", "+31 6 12345678"),
        (PHONE, "BE", " ", None, None),
        (NUMBER, "BE", "85.07.30-033 28", "85073003328", "85.07.30-033.28"),
        (NUMBER, "NL", "1112.22.333", "111222333", "1112.22.333"),
        (NUMBER, "ES", "54362315-K", "54362315K", "54362315K"),
        (NUMBER, "ES", "x-2482300w", "X2482300W", "X2482300W"),
        (NUMBER, "BE", "\t", None, None),
        (NUMBER, "CH", "756.9217.0769.85", "7569217076985", "756.9217.0769.85"),
        (NUMBER, "DE", "36 574 261 809", "36574261809", "36 574 261 809"),
        (NUMBER, "FR", "2 95 10 99 126 111 93", "295109912611193", "2 95 10 99 126 111 93"),
        (NUMBER, "IT", "RCCMNL83S18D969H", "RCCMNL83S18D969H", "RCCMNL83S18D969H"),
        (NUMBER, "LT", "33309240064", "33309240064", "33309240064"),
        (NUMBER, "PL", "44051401359", "44051401359", "44051401359"),
        (NUMBER, "SE", "880320-0016", "880320-0016", "880320-0016"),
        (IBAN, None, "be71 0961 2345 6769", "BE71096123456769", "BE71 0961 2345 6769"),
        (IBAN, None, "", None, None),
    ],
)
def test_what_the_library_reads(
    kind: str, country: Any, typed: str, value: Any, shown: Any
) -> None:
    row, settings = asked(kind, **({"country": country} if country else {}))
    assert row.read(typed, settings, "", "en") == value
    assert row.at_the_door(typed, settings, "en") == value
    if value:
        assert row.show(value, settings, "en") == shown


@pytest.mark.parametrize(
    ("kind", "country", "typed", "said"),
    [
        (PHONE, "BE", "12", "“12” is not a telephone number."),
        (PHONE, "BE", "nobody", "“nobody” is not a telephone number."),
        (PHONE, "BE", "0470 12 34 56 x 7", "“0470 12 34 56 x 7” is not a telephone number."),
        (PHONE, "BE", "0470123456" + " " * 41, "is not a telephone number."),
        (NUMBER, "BE", "85.07.30-033 29", "is not a national number: a digit may be wrong."),
        (NUMBER, "BE", "85073003328" + " " * 40, "is not a national number"),
        (NUMBER, "XX", "85073003328", "“85073003328” is not a national number"),
        (IBAN, None, "BE32 4350 4111 5155", "“BE32 4350 4111 5155” is not an IBAN"),
        (IBAN, None, "BE71096123456769" + " " * 35, "is not an IBAN: a digit may be wrong."),
    ],
)
def test_what_the_library_cannot_read(kind: str, country: Any, typed: str, said: str) -> None:
    row, settings = asked(kind, **({"country": country} if country else {}))
    problem = row.read(typed, settings, "", "en")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place) == ("unreadable", "")
    assert said in say(problem)


@pytest.mark.parametrize(
    ("kind", "country", "typed"),
    [(PHONE, "BE", "nobody"), (NUMBER, "BE", "123"), (NUMBER, "XX", "123"), (IBAN, None, "BE1")],
)
def test_what_could_not_be_read_is_shown_as_it_was_typed(
    kind: str, country: Any, typed: str
) -> None:
    row, settings = asked(kind, **({"country": country} if country else {}))
    assert row.show(typed, settings, "en") == typed


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"given_name": "Ann"}, {"given_name": "Ann"}),
        ({"phone": "0470 12 34 56"}, {"phone": "+32470123456"}),
        ({"phone": "nobody", "given_name": "A"}, {"phone": "nobody", "given_name": "A"}),
        ("nobody", "nobody"),
    ],
)
def test_a_persons_number_is_read_if_it_is_one(value: Any, kept: Any) -> None:
    assert TYPES["person"].at_the_door(value, of("t")[1], "en") == kept


def test_what_is_typed_and_may_be_misread() -> None:
    typed = [name for name, kind in TYPES.items() if kind.is_typed]
    free = ["text", "long_text", "hidden"]
    assert [
        name for name in (*free, "yes_no", "choose_one", "choose_several") if name in typed
    ] == []
    assert {"integer", "date", "email", "phone", "rank", "person", "matrix"} <= set(typed)
    picking = {name for name, kind in TYPES.items() if kind.picks}
    assert picking == {"choose_one", "choose_several", "choose_from_list", "rank"}


def test_what_needs_no_library_passes_the_door_as_it_is() -> None:
    assert TYPES["integer"].at_the_door("7", of("t")[1], "en") == "7"


NO_TEXT = "\ud800"


@pytest.mark.parametrize(
    ("kind", "typed", "code", "said"),
    [
        ("integer", "1.5", "unreadable", "“1.5” is not a whole number."),
        ("decimal", "x", "unreadable", "“x” is not a number."),
        ("decimal", "1.555", "unreadable", "The number has more than 2 decimals."),
        ("scale", "11", "unreadable", "“11” is not on the scale."),
        ("date", "soon", "unreadable", "“soon” is not a date."),
        ("time", "later", "unreadable", "“later” is not a time of the day."),
        ("date_time", "later", "unreadable", "“later”"),
        ("partial_date", "later", "unreadable", "“later”"),
        ("yes_no", "perhaps", "unreadable", "“perhaps” is neither yes nor no."),
        ("choose_one", "pink", "unreadable", "“pink” is not one of the choices."),
        ("choose_several", "pink", "unreadable", "“pink” is not one of the choices."),
        ("email", "nobody", "unreadable", "“nobody”"),
        ("url", "no where", "unreadable", "“no where”"),
        ("person", "birth_date: soon", "unreadable", "“birth_date: soon” cannot be read as such an answer."),
        ("person", "shoe: 44", "unreadable", "“shoe: 44” cannot be read as such an answer."),
        ("text", "x" * 2001, "too_long", "The text is longer than 2000 characters."),
        ("text", NO_TEXT, "unreadable", "The text holds characters that cannot be kept."),
        ("integer", "x" * 100, "unreadable", f"“{'x' * 80}” is not a whole number."),
    ],
)  # fmt: skip
def test_what_is_said_of_what_cannot_be_read(kind: str, typed: str, code: str, said: str) -> None:
    row, settings = asked(kind)
    problem = row.read(typed, settings, "2026-03-18", "en")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place) == (code, "")
    assert say(problem).strip().startswith(said)


def test_a_barcode_says_what_was_expected() -> None:
    row, settings = asked("barcode", checksum="ean13")
    problem = row.read("4006381333932", settings, "", "en")
    assert isinstance(problem, Problem)
    assert say(problem).strip() == "“4006381333932” is not such a code: a digit may be wrong."
