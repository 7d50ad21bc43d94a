"""A state kept alive: whatever changes, both engines tell the same, and what they tell makes the view that a fresh evaluation gives."""

from typing import Any

import pytest

from tests.definitions import calculation, definition, line, outcome, question, section
from tests.spec.book import Book, entry, given

MOST = (["le", ["answer", "beds"], ["answer", "most"]], "{beds} are more than {most}, {who}.")
FORM = definition(
    section(
        "s",
        question("n", "integer"),
        question("most", "integer"),
        question("who", label="Who, after {n}?", hint="Not {most}", explanation="Of {n} or {most}"),
        calculation("twice", "number", ["mul", ["answer", "n"], ["value", "number", "2"]], label="{who}: {n} + {n}", shown=True),
    ),
    section(
        "rooms",
        question("beds", "integer", required=True, constraints=[MOST]),
        question("colour", relevance=["gt", ["answer", "n"], ["value", "number", "1"]]),
        line("room", "A room of {beds} for {who}"),
        repeat={"maximum": 30, "entry_label": "{beds} ({who})"},
    ),
    section(
        "guests",
        question("called", required=True),
        calculation("of", "number", ["add", ["answer", "beds"], ["answer", "n"]]),
        within="rooms",
        repeat={"maximum": 30},
    ),
    section(
        "counted",
        question("x", "integer", required=True, constraints=[(["lt", ["answer", "x"], ["answer", "n"]], "So much?")]),
        calculation("y", "number", ["add", ["answer", "x"], ["answer", "n"]]),
        question("z", relevance=["gt", ["answer", "n"], ["value", "number", "1"]]),
        repeat={"maximum": 40, "count": ["answer", "n"]},
    ),
    section(
        "sums",
        calculation("beds_in_all", "number", ["sum", ["each", "rooms", "beds"]]),
        calculation("guests_in_all", "number", ["count", ["entries", "guests"]]),
        calculation("of_x", "number", ["sum", ["each", "counted", "x"]]),
        line("told", "{beds_in_all} beds, {guests_in_all} guests, {twice}"),
    ),
    outcomes=[outcome("done"), outcome("left", complete=False)],
    languages=["en", "fr"],
)  # fmt: skip


def remove(repeat: str, name: str) -> dict[str, Any]:
    return {"command": "remove_entry", "repeat": repeat, "entry": name}


def clear(place: str) -> dict[str, Any]:
    return {"command": "clear", "place": place}


def unreadable(place: str, value: str) -> dict[str, Any]:
    return {"command": "answer", "place": place, "value": value, "unreadable": True}


ROOMS = [
    *given(most="2"),
    *entry("rooms", "a", beds="1"),
    *entry("rooms", "b"),
    *entry("rooms", "c", beds="9"),
    *entry("rooms/b/guests", "x"),
    *entry("rooms/b/guests", "y", called="Ann"),
    *entry("rooms/c/guests", "x", called="Bo"),
]


@pytest.mark.parametrize(
    ("commands", "missing", "problems", "beds", "guests"),
    [
        (ROOMS, 2, 1, "10", "3"),
        ([*ROOMS, remove("rooms", "a")], 2, 1, "9", "3"),
        ([*ROOMS, remove("rooms", "b")], 0, 1, "10", "1"),
        ([*ROOMS, remove("rooms", "c")], 2, 0, "1", "2"),
        ([*ROOMS, remove("rooms/b/guests", "x")], 1, 1, "10", "2"),
        ([*ROOMS, remove("rooms/b/guests", "y")], 2, 1, "10", "2"),
        ([*ROOMS, remove("rooms", "b"), *entry("rooms", "b")], 1, 1, "10", "1"),
        ([*ROOMS, remove("rooms", "b"), remove("rooms", "c")], 0, 0, "1", "0"),
        ([*ROOMS, *given(most="9")], 2, 0, "10", "3"),
        ([*ROOMS, remove("rooms", "c"), *given(most="0")], 2, 1, "1", "2"),
    ],
)
def test_with_an_entry_goes_what_was_missing_and_wrong_in_it(
    book: Book, commands: list[Any], missing: int, problems: int, beds: str, guests: str
) -> None:
    view = book.play(FORM, commands).view
    assert (view["missing"], view["problems"]) == (missing, problems)
    rooms = view["sections"]["rooms"]
    assert (rooms["missing"], rooms["problems"]) == (missing, problems)
    assert view["questions"]["beds_in_all"]["value"] == beds
    assert view["questions"]["guests_in_all"]["value"] == guests
    assert view["outcomes"]["done"]["ready"] is (missing == problems == 0)


@pytest.mark.parametrize(
    ("numbers", "missing", "problems", "total"),
    [
        (["3"], 3, 0, "0"),
        (["3", "1"], 1, 0, "0"),
        (["3", "0"], 0, 0, "0"),
        (["3", None], 0, 0, "0"),
        (["1", "3"], 3, 0, "0"),
        (["3", "x", "2"], 0, 1, "3"),
        (["3", "x", "1"], 0, 1, "1"),
        (["3", "x", "1", "3"], 1, 0, "3"),
        (["3", "x", "0", "40", "2"], 0, 1, "3"),
        (["-1"], 0, 0, "0"),
        (["99"], 40, 0, "0"),
        (["2", "99", "1"], 1, 0, "0"),
    ],
)
def test_entries_follow_their_number_while_they_read_it(
    book: Book, numbers: list[str | None], missing: int, problems: int, total: str
) -> None:
    filled = given(**{"counted/1/x": "1", "counted/2/x": "2"})
    commands = [
        command for number in numbers for command in (filled if number == "x" else given(n=number))
    ]
    played = book.play(FORM, commands)
    assert (played.view["missing"], played.view["problems"]) == (missing, problems)
    assert played.value("of_x") == total


def test_an_entry_takes_what_was_said_of_it_along(book: Book) -> None:
    played = book.play(FORM, [*ROOMS, *given(n="2"), remove("rooms", "c")])
    assert [place for place in played.view["questions"] if "/c/" in place] == []
    assert [key for key in (*played.view["texts"], *played.view["items"]) if key[:2] == "c/"] == []


@pytest.mark.parametrize(
    ("commands", "value", "codes"),
    [
        ([unreadable("n", "many")], "many", ["unreadable"]),
        ([unreadable("n", "many"), clear("n")], None, []),
        ([unreadable("n", "many"), *given(n=None)], None, []),
        ([unreadable("n", "many"), *given(n="4")], "4", []),
        ([*given(n="4"), unreadable("n", "many")], "many", ["unreadable"]),
        ([unreadable("n", "many"), unreadable("n", "more")], "more", ["unreadable"]),
        ([unreadable("n", "many"), unreadable("n", "more"), clear("n")], None, []),
        ([unreadable("n", "many"), unreadable("most", "all"), clear("most")], "many", ["unreadable"]),
    ],
)  # fmt: skip
def test_a_text_that_means_nothing_is_told_until_it_goes(
    book: Book, commands: list[Any], value: Any, codes: list[str]
) -> None:
    played = book.play(FORM, commands)
    assert (played.value("n"), played.codes("n")) == (value, codes)
    assert played.view["problems"] == len(codes)


def test_an_entry_may_go_and_come_again_without_what_could_not_be_read(book: Book) -> None:
    odd = [*entry("rooms", "a"), unreadable("rooms/a/beds", "many")]
    played = book.play(FORM, [*odd, remove("rooms", "a"), *entry("rooms", "a")])
    assert (played.value("rooms/a/beds"), played.codes("rooms/a/beds")) == (None, [])
    kept = book.play(FORM, [*odd, *entry("rooms", "b"), *given(**{"rooms/b/beds": "1"})])
    assert kept.codes("rooms/a/beds") == ["unreadable"]


def test_whatever_is_said_follows_the_answers_it_names(book: Book) -> None:
    rooms = [*given(most="2", who="Ann"), *entry("rooms", "a", beds="9")]
    told = book.play(FORM, rooms).view
    assert told["questions"]["rooms/a/beds"]["problems"][0]["message"] == "9 are more than 2, Ann."
    later = book.play(FORM, [*rooms, *given(who="Bo", n="3")]).view
    problem = later["questions"]["rooms/a/beds"]["problems"][0]
    assert problem["message"] == "9 are more than 2, Bo."
    assert later["texts"]["question-who"] == "Who, after 3?"
    assert later["texts"]["question-who.hint"] == "Not 2"
    assert later["texts"]["question-who.explanation"] == "Of 3 or 2"
    assert later["texts"]["calculation-twice"] == "Bo: 3 + 3"
    assert later["texts"]["a/section-rooms"] == "9 (Bo)"
    assert later["texts"]["a/room"] == "A room of 9 for Bo"
    assert later["texts"]["told"] == "9 beds, 0 guests, 6"


def test_entries_beyond_a_thousand_come_when_others_go(book: Book) -> None:
    counted = {"maximum": 40, "count": ["answer", "n"]}
    form = definition(
        section("s", question("n", "integer")),
        section("r", repeat=counted),
        section("w", question("q"), within="r", repeat=counted),
        kind="form",
    )
    for numbers, shown in ((("33", "0", "33"), 967), (("33", "31"), 961)):
        played = book.play(form, [command for number in numbers for command in given(n=number)])
        assert len(played.view["questions"]) - 1 == shown


def test_a_move_changes_what_reads_the_entry_before(book: Book) -> None:
    form = definition(
        section(
            "r",
            question("q", "integer"),
            calculation("more", "bool", ["gt", ["answer", "q"], ["previous", "q"]]),
            repeat=True,
        ),
        kind="form",
    )
    rows = [*entry("r", "a", q="1"), *entry("r", "b", q="2"), *entry("r", "c", q="3")]
    moved = {"command": "move_entry", "repeat": "r", "entry": "c", "before": "a"}
    played = book.play(form, [*rows, moved])
    assert [played.value(f"r/{name}/more") for name in "cab"] == [None, False, True]
    played = book.play(form, [*rows, moved, remove("r", "c")])
    assert [played.value(f"r/{name}/more") for name in "ab"] == [None, True]
    played = book.play(form, [*rows, {"command": "move_entry", "repeat": "r", "entry": "a"}])
    assert [played.value(f"r/{name}/more") for name in "bca"] == [None, True, False]


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("caller", "caller"), ("prefilled", "prefilled"), ("calculated", "calculated"),
        ("rumour", None), (7, None), (None, None),
    ],
)  # fmt: skip
def test_an_answer_says_where_it_came_from(book: Book, source: Any, kept: str | None) -> None:
    asked = {"command": "answer", "place": "who", "value": "Ann", "source": source}
    (event,) = book.play(FORM, [asked]).events
    assert event.get("source") == kept
    assert ("source" in event) is (kept is not None)


@pytest.mark.parametrize(
    ("length", "refused"), [(2000, None), (2001, "too_long"), (20_001, "too_long")]
)
def test_a_text_that_means_nothing_has_a_longest(
    book: Book, length: int, refused: str | None
) -> None:
    events = book.play(FORM, [unreadable("n", "x" * length)]).events
    assert events[0].get("code") == refused


def test_steps_lead_along_the_path_and_end(book: Book) -> None:
    form = definition(section("a", question("x")), section("b", question("y")), kind="form")
    go, back = {"command": "next"}, {"command": "back"}
    played = book.play(form, [go])
    assert (played.state["section"], played.refused) == ("b", None)
    assert book.play(form, [go, go]).refused == "not_available"
    assert book.play(form, [go, back]).state["section"] == "a"
    assert book.play(form, [back]).refused == "not_available"


def test_in_another_language_all_is_said_again(book: Book) -> None:
    said = {"en": "{n} is much.", "fr": "{n}, c'est trop."}
    few = (["lt", ["answer", "n"], ["value", "number", "5"]], said)
    label = {"en": "How many?", "fr": "Combien, {n}?"}
    form = definition(
        section("s", question("n", "integer", label=label, constraints=[few])),
        section("r", question("m", "integer"), repeat={"maximum": 3, "entry_label": said}),
        kind="form",
        languages=["en", "fr"],
    )
    french = {"command": "set_language", "language": "fr"}
    commands = [*given(n="7"), *entry("r", "a"), french]
    played = book.play(form, commands)
    assert played.view["questions"]["n"]["problems"][0]["message"] == "7, c'est trop."
    assert played.view["texts"]["question-n"] == "Combien, 7?"
    assert played.view["texts"]["a/section-r"] == "7, c'est trop."
    english = {"command": "set_language", "language": "en"}
    again = book.play(form, [*commands, english])
    assert again.view["questions"]["n"]["problems"][0]["message"] == "7 is much."


def test_what_stays_as_wrong_as_it_was_is_not_told_again(book: Book) -> None:
    """Both engines give the same patch, which has what changed alone."""
    filled = [*given(n="1"), *given(**{"counted/1/x": "9"}), *given(n="2"), *given(n="1")]
    played = book.play(FORM, filled)
    assert played.codes("counted/1/x") == ["constraint"]
    assert book.play(FORM, [*filled, *given(n="9")]).codes("counted/1/x") == ["constraint"]
    assert book.play(FORM, [*filled, *given(n="10")]).codes("counted/1/x") == []


@pytest.mark.parametrize(
    "repeat", [None, 7, ["rooms"], "Rooms!", "rooms ", "", "s", "who", "gone"]
)
@pytest.mark.parametrize("command", ["add_entry", "remove_entry", "move_entry"])
def test_a_repeat_that_is_none_has_no_entries(book: Book, command: str, repeat: Any) -> None:
    asked = {"command": command, "repeat": repeat, "entry": "a", "before": None}
    assert book.play(FORM, [asked]).refused == "unknown"


@pytest.mark.parametrize(
    "command",
    [{"command": 7}, {"command": None}, {"command": ["next"]}, {}, None, "next", ["next"], 7],
)
def test_what_is_no_command_is_refused(book: Book, command: Any) -> None:
    assert book.play(FORM, [command]).refused == "shape"
