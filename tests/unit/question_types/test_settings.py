"""Settings: read as attributes, equal by value, never changed; what cannot be read is a problem of the question."""

import copy
import pickle
from typing import Any

import pytest

from builder.conditions import parse
from builder.problems import say
from builder.question_types import (
    TYPES,
    Choice,
    Settings,
    choice_label,
    choice_lists,
    conditions_in,
    dump_settings,
    points,
    read_settings,
    with_texts,
)
from builder.values import Localized

WRONG = "A setting has a value that cannot be used."
NO_LIST = "The list of choices cannot be read."
NO_CHOICE = "A choice cannot be read."
NO_NAME = "A choice has a name that cannot be used."
SAYS = "What a choice says of itself cannot be read."
UNKNOWN = "The settings of a question cannot be read."


def texts(data: Any) -> Localized:
    return Localized.make(data or {})


def read(kind: str, data: Any) -> tuple[Settings, list[str]]:
    """The settings, and what is said of them."""
    problems: list[Any] = []
    made = read_settings(TYPES[kind], data, place="q", texts=texts, problems=problems)
    assert all((problem.code, problem.place) == ("settings", "q") for problem in problems)
    assert all(say(problem).endswith(" Look at the question's settings.") for problem in problems)
    return made, [problem.message for problem in problems]


def choice(name: Any = "a", **more: Any) -> dict[str, Any]:
    return {"name": name, "label": {"en": "A"}, **more}


def made(**values: Any) -> Settings:
    return Settings(values)


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("text", {}, []),
        ("text", None, [UNKNOWN]),
        ("text", [], [UNKNOWN]),
        ("text", {"scale": 2}, [UNKNOWN]),
        ("text", {"maximum_length": 0}, []),
        ("text", {"maximum_length": 20_000}, []),
        ("text", {"maximum_length": 20_001}, [WRONG]),
        ("text", {"maximum_length": -1}, [WRONG]),
        ("text", {"maximum_length": True}, [WRONG]),
        ("text", {"maximum_length": "5"}, [WRONG]),
        ("text", {"pattern": ""}, []),
        ("text", {"pattern": "a+"}, []),
        ("text", {"pattern": "(a+)+"}, [WRONG]),
        ("text", {"pattern": 7}, [WRONG]),
        ("decimal", {"minimum": None, "maximum": "2.5"}, []),
        ("decimal", {"minimum": ["answer", "n"]}, []),
        ("decimal", {"minimum": 5}, [WRONG]),
        ("scale", {"minimum": "0", "maximum": None}, []),
        ("scale", {"minimum": ["answer", "n"]}, [WRONG]),
        ("phone", {"country": "NL"}, []),
        ("phone", {"country": "nl"}, [WRONG]),
        ("phone", {"country": "NLD"}, [WRONG]),
        ("phone", {"country": "ÉÉ"}, [WRONG]),
        ("phone", {"country": 7}, [WRONG]),
        ("barcode", {"checksum": "gtin"}, []),
        ("barcode", {"checksum": "sum"}, [WRONG]),
        ("choose_one", {"choices": [choice()]}, []),
        ("choose_one", {"choices": "a"}, [NO_LIST]),
        ("choose_one", {"choices": [choice()] * 20_000}, []),
        ("choose_one", {"choices": [choice()] * 20_001}, [NO_LIST]),
        ("choose_one", {"choices": ["a", choice()]}, [NO_CHOICE]),
        ("choose_one", {"choices": [choice(colour="red")]}, [NO_CHOICE]),
        ("choose_one", {"choices": [choice("a b"), choice(7), {}]}, [NO_NAME] * 3),
        ("choose_one", {"choices": [choice(attributes={"kin": "b"})]}, []),
        ("choose_one", {"choices": [choice(attributes={"name": "b"})]}, [SAYS]),
        ("choose_one", {"choices": [choice(attributes={"Kin": "b"})]}, [SAYS]),
        ("choose_one", {"choices": [choice(attributes={"kin": "two words"})]}, [SAYS]),
        ("choose_one", {"choices": [choice(attributes={7: "b"})]}, [SAYS]),
        ("choose_one", {"choices": [choice(attributes=["kin"])] * 2}, [SAYS] * 2),
        (
            "choose_one",
            {"choices": [choice(colour="red"), "b", choice("a b")]},
            [NO_CHOICE, NO_CHOICE, NO_NAME],
        ),
        ("choose_one", {"choices": [choice(attributes={f"k{n}": "b" for n in range(20)})]}, []),
        (
            "choose_one",
            {"choices": [choice(attributes={f"k{n}": "b" for n in range(21)})]},
            [SAYS],
        ),
    ],
    ids=range(42),
)
def test_what_can_be_read(kind: str, data: Any, said: list[str]) -> None:
    assert read(kind, data)[1] == said


@pytest.mark.parametrize(
    ("kind", "data", "values"),
    [
        ("text", {}, {"maximum_length": 2000, "pattern": ""}),
        ("text", {"pattern": "(a+)+"}, {"maximum_length": 2000, "pattern": None}),
        ("text", {"pattern": "e\u0301"}, {"maximum_length": 2000, "pattern": "é"}),
        ("decimal", {"minimum": "1"}, {"scale": 2, "minimum": "1", "maximum": None}),
        ("date", {}, {"minimum": None, "maximum": None}),
        ("choose_one", {}, {"choices": ()}),
        ("choose_one", {"choices": [{"name": "a"}]}, {"choices": (Choice("a", Localized()),)}),
        ("phone", {}, {"country": "BE"}),
    ],
)
def test_what_is_read(kind: str, data: Any, values: dict[str, Any]) -> None:
    assert read(kind, data)[0].items() == values


def test_what_a_choice_says_of_itself_is_sorted_and_knows_its_name() -> None:
    row = choice(attributes={"size": "big", "kin": "b"})
    settings, said = read("choose_one", {"choices": [row, choice("b")]})
    assert said == []
    assert settings.choices[0].attributes == (("kin", "b"), ("size", "big"))
    assert settings.choices[0].says() == {"kin": "b", "size": "big", "name": "a"}
    assert settings.names == {"a", "b"}
    written = dump_settings(settings, lambda text: dict(text.pairs))
    assert written["choices"][0]["attributes"] == {"kin": "b", "size": "big"}
    assert "attributes" not in written["choices"][1]


def test_settings_are_written_as_they_were_read() -> None:
    bound = ["add_days", ["today"], ["value", "number", "3"]]
    settings, _said = read("date", {"minimum": bound})
    assert dump_settings(settings, dict) == {"minimum": bound, "maximum": None}
    settings, _said = read("scale", {"minimum_label": {"en": "Least"}})
    written = dump_settings(settings, lambda text: text.plain("en"))
    assert written == {
        "minimum": "0", "maximum": "10", "minimum_label": "Least", "maximum_label": "",
    }  # fmt: skip


def test_settings_are_values() -> None:
    one, same, other = made(scale=2), made(scale=2), made(scale=3)
    assert one == same
    assert one != other
    assert one != {"scale": 2}
    assert hash(one) == hash(same)
    assert len({one, same, other}) == 2
    assert repr(one) == "Settings({'scale': 2})"
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one


def test_settings_never_change() -> None:
    settings = made(scale=2)
    with pytest.raises(AttributeError):
        settings.scale = 3
    settings.items()["scale"] = 3
    assert settings.scale == 2
    with pytest.raises(AttributeError, match="minimum"):
        settings.minimum  # noqa: B018 - it is read
    with pytest.raises(AttributeError, match="_scale"):
        settings._scale  # noqa: B018
    assert not hasattr(settings, "__deepcopy__")


def test_the_label_of_a_choice() -> None:
    rows = (Choice("a", texts({"en": "A", "fr": "Le A"})), Choice("b", Localized()))
    settings = made(choices=rows)
    assert choice_label(settings, "a", "fr") == "Le A"
    assert choice_label(settings, "a", "nl", "fr") == "Le A"
    assert [choice_label(settings, name, "fr") for name in ("b", "c")] == ["b", "c"]


@pytest.mark.parametrize(
    ("minimum", "maximum", "found"),
    [
        ("0", "2", ("0", "1", "2")),
        ("-1", "0", ("-1", "0")),
        ("0", "20", tuple(map(str, range(21)))),
        ("0", "21", ()),
        ("1", "1", ()),
        ("0.5", "3", ()),
        ("0", "3.5", ()),
        (None, "3", ()),
        ("0", None, ()),
    ],
)
def test_the_points_of_a_scale(minimum: Any, maximum: Any, found: tuple[str, ...]) -> None:
    assert points(made(minimum=minimum, maximum=maximum)) == found


def test_what_stands_in_settings() -> None:
    bound = parse(["today"], "", [])
    rows = (Choice("a", texts({"en": "A", "fr": "Le A"}), (("kin", "b"),)),)
    settings = made(
        choices=rows, minimum=bound, maximum=None, scale=2, on=True, said=texts({"en": "B"})
    )
    assert conditions_in(settings) == (bound,)
    assert choice_lists(settings) == {"choices": rows}
    bare = with_texts(settings, lambda text: texts({"en": text.plain("en") + "!"}))
    assert bare.choices == (Choice("a", texts({"en": "A!"}), (("kin", "b"),)),)
    assert (bare.said, bare.minimum, bare.scale) == (texts({"en": "B!"}), bound, 2)
