"""The HTML of a screen: what editors type stays text, every question type has a renderer, hidden is hidden."""

import json
import re
import subprocess
from html.parser import HTMLParser
from typing import Any

import pytest

from builder.definition import load
from builder.definition.serialize import data as written
from builder.question_types import QUESTION_TYPES, TYPES
from runtime.workspace.screen import Surroundings, draw, make_sheet
from runtime.workspace.screen_controls import CONTROLS
from runtime.workspace.screen_preview import preview
from runtime.workspace.screen_sheet import Door
from tests.definitions import Scenario, data, definition, line, outcome, question, section
from tests.environment import ROOT
from tests.node import node
from tests.unit.fill.calls import small_call

HOSTILE = """</script><script>alert(1)</script>"'><img src=x onerror=alert(1)>&lt;"""
TODAY = "2026-03-16"
SHEET = ROOT / "runtime" / "static" / "runtime" / "screen" / "sheet.mjs"
LAST = """
import { Sheet } from %s;
const [json, state] = %s;
const sheet = new Sheet({ json, state, today: "2026-03-16" });
console.log(JSON.stringify([sheet.isLast, sheet.missingHere]));
"""


def html_of(scenario: Scenario) -> str:
    """All fragments of the screen of a played definition."""
    sheet = make_sheet(
        scenario.definition, scenario.state, scenario.view, mode="agent", door=Door()
    )
    drawn = draw(sheet, Surroundings())
    return drawn.top + drawn.path + drawn.talk + drawn.after


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def hostile_definition() -> Any:
    return load(
        data(
            section(
                "one",
                line("line-x", HOSTILE),
                line("cue-x", HOSTILE, kind="cue"),
                question("words", label=HOSTILE, hint=HOSTILE),
                question("long", "long_text", label=HOSTILE),
                question("pick", "choose_one", choices=[("a", HOSTILE), ("b", HOSTILE)]),
                question("many", "choose_one", choices=[(f"c{n}", HOSTILE) for n in range(40)]),
                title=HOSTILE,
            ),
            section(
                "two",
                question("inside", label=HOSTILE),
                repeat={"entry_label": HOSTILE},
                title=HOSTILE,
            ),
            outcomes=[outcome("done", label=HOSTILE)],
            title=HOSTILE,
        )
    )


def test_what_an_editor_or_a_caller_typed_never_becomes_a_tag() -> None:
    scenario = (
        Scenario(hostile_definition())
        .answers(words=HOSTILE, long=HOSTILE)
        .add("two", "e1", inside=HOSTILE)
    )
    page = html_of(scenario)
    assert [attributes for tag, attributes in Tags(page).found if tag == "script"] == [
        {"type": "text/plain", "data-packed": "two"},
        {"type": "application/json", "id": "screen-data"},
    ]
    begin, end = '<script type="text/plain" data-packed="two">', "</script>"
    packed = page.partition(begin)[2].partition(end)[0]
    assert packed.endswith("</form>")
    tags = Tags(page.replace(begin, "").replace(end, "")).found
    assert not [tag for tag, _attributes in tags if tag == "img"]
    assert not [name for _tag, attributes in tags for name in attributes if name.startswith("on")]


def test_nothing_carries_a_style_or_a_handler() -> None:
    tags = Tags(preview(load(small_call()), "en", TODAY)).found
    assert not [
        name
        for _tag, attributes in tags
        for name in attributes
        if name == "style" or name.startswith("on")
    ]
    assert "style" not in [tag for tag, _attributes in tags]


def test_every_kind_of_field_has_a_row() -> None:
    assert set(CONTROLS) >= {kind.control for kind in QUESTION_TYPES}


FILE = {"id": "1" * 32, "size": "1200", "digest": "a" * 64}
ANSWERS: dict[str, Any] = {
    "yes_no": True,
    "consent": True,
    "choose_one": "a",
    "choose_from_list": "a",
    "choose_several": ["a"],
    "rank": ["a", "b"],
    "date": "2026-01-05",
    "time": "14:30",
    "date_time": "2026-01-05T14:30",
    "partial_date": "2026-01",
    "integer": "7",
    "decimal": "7.5",
    "scale": "7",
    "email": "ann@example.org",
    "url": "https://example.org",
    "quantity": {"number": "5", "unit": "a"},
    "person": {"given_name": "Ann", "birth_date": "1985-04-03"},
    "postal_address": {"street": "Veldstraat"},
    "point": {"latitude": "50.85", "longitude": "4.35"},
    "matrix": {"a": "b"},
    "file": {**FILE, "name": "a.pdf", "media_type": "application/pdf"},
    "photo": {**FILE, "name": "a.jpg", "media_type": "image/jpeg"},
    "signature": {"typed": "Ann Maes"},
}
ASKED = [kind.name for kind in QUESTION_TYPES if not kind.unasked]


def drawn_with_answer(kind: str) -> str:
    members = {
        name: ["a", "b"] for name in ("choices", "rows", "units") if name in settings_of(kind)
    }
    asked = question("asked", kind, label="Asked here", **members)
    played = Scenario(load(data(section("one", asked)))).answer(
        "asked", ANSWERS.get(kind, "words")
    )
    assert played.refused is None
    return html_of(played)


def is_field(box: dict[str, str | None]) -> bool:
    return str(box.get("name")).split(".")[0] == "a:asked"


def settings_of(kind: str) -> set[str]:
    return {setting.name for setting in TYPES[kind].settings}


@pytest.mark.parametrize("kind", ASKED)
def test_each_type_draws_its_answer_and_its_label(kind: str) -> None:
    drawn = drawn_with_answer(kind)
    marks = [attributes for tag, attributes in Tags(drawn).found if tag in {"input", "option"}]
    held = [box for box in marks if "checked" in box or "selected" in box]
    held += [box for box in marks if is_field(box) and box.get("value") and "type" in box]
    assert "Asked here" in drawn
    assert held or ">\nwords</textarea>" in drawn


@pytest.mark.parametrize("kind", ASKED)
def test_each_field_has_a_name_that_is_read_aloud(kind: str) -> None:
    tags = Tags(drawn_with_answer(kind)).found
    labelled = {attributes.get("for") for tag, attributes in tags if tag == "label"}
    for tag, attributes in tags:
        if attributes.get("type") == "hidden":
            continue
        if tag in {"input", "select", "textarea"} and is_field(attributes):
            wrapped = attributes.get("type") in {"radio", "checkbox"} or kind == "rank"
            assert wrapped or attributes["id"] in labelled


def test_what_nobody_is_asked_is_not_drawn() -> None:
    asked = question("asked", "hidden", label="Asked here")
    assert "Asked here" not in html_of(Scenario(load(data(section("one", asked)))))


def test_a_hidden_question_is_drawn_hidden() -> None:
    scenario = Scenario(load(small_call())).answers(right_person=True)
    assert re.search(r'data-place="onset"[^>]* hidden', html_of(scenario))
    assert not re.search(r'data-place="onset"[^>]* hidden', html_of(scenario.answers(sick=True)))


def test_piped_answers_are_filled_in_and_escaped() -> None:
    assert "speaking with &lt;b&gt;Ann&lt;/b&gt;?" in html_of(
        Scenario(load(small_call())).answers(given_name="<b>Ann</b>")
    )


def test_a_problem_is_told_with_the_constraints_own_words() -> None:
    scenario = Scenario(load(small_call()), today=TODAY).answers(
        right_person=True, sick=True, onset="2999-01-01"
    )
    assert "Not in the future." in html_of(scenario)


def test_a_missing_answer_is_told_only_after_its_section_was_left() -> None:
    scenario = Scenario(load(small_call()))
    assert "An answer is needed here" not in re.sub(r"<script.*", "", html_of(scenario))
    assert 'data-step="opening" class="now"' in html_of(scenario)
    scenario.answers(right_person=True).next()
    assert "1 missing" in html_of(scenario)


def test_many_choices_become_a_list() -> None:
    assert '<select id="q:many"' in html_of(Scenario(hostile_definition()))


def test_an_empty_path_still_shows_a_section() -> None:
    never = ["eq", ["value", "number", "1"], ["value", "number", "2"]]
    scenario = Scenario(load(data(section("one", question("asked"), relevance=never))))
    assert 'id="s:one"' in html_of(scenario)


def test_a_preview_in_an_unknown_language_is_in_the_source_language() -> None:
    assert "Given name" in preview(load(small_call()), "xx", TODAY)
    assert "Prénom" in preview(load(small_call()), "fr", TODAY)


GATED = data(
    section("one", question("wanted", "yes_no", required=True)),
    section(
        "two",
        question("more"),
        relevance=["eq", ["answer", "wanted"], ["value", "bool", True]],
    ),
)


def offered(scenario: Scenario) -> list[Any]:
    """What the button to go on says, as the server draws it and as the browser's sheet counts it."""
    drawn = re.findall(r'data-go="next">([^<]+?) ?<kbd', html_of(scenario))
    script = LAST % (
        json.dumps(SHEET.as_uri()),
        json.dumps([written(scenario.definition), scenario.state]),
    )
    done = subprocess.run(
        [node(), "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    return [*drawn, *json.loads(done.stdout)]


def test_the_way_on_is_the_end_only_when_no_section_can_follow() -> None:
    scenario = Scenario(load(GATED)).command("open_section", section="one")
    assert offered(scenario) == ["Next", False, ["wanted"]]
    assert offered(scenario.answers(wanted=True)) == ["Next", False, []]
    assert offered(scenario.answers(wanted=False)) == ["To the end", True, []]
    assert offered(scenario.answers(wanted=True).next()) == ["To the end", True, []]


@pytest.mark.parametrize(
    ("kind", "asked", "way_back"),
    [
        ("script", "How does this call end?", "Back to the call"),
        ("form", "How does this end?", "Back to the form"),
    ],
)
def test_the_end_of_a_form_is_not_called_the_end_of_a_call(
    kind: str, asked: str, way_back: str
) -> None:
    definition = load(data(section("one", question("name")), kind=kind))
    html = html_of(Scenario(definition))
    assert asked in html
    assert way_back in html
    assert ("End call …" in html) is (kind == "script")


def test_a_piped_label_leaves_the_choices_their_own_words() -> None:
    asked = question("colour", "choose_one", label="Which, {name}?", choices=["red", "blue"])
    scenario = Scenario(definition(section("one", question("name"), asked)))
    html = html_of(scenario.answer("name", "Ann"))
    assert html.count("Which, Ann?") == 1
    assert ">Red</span>" in html


def test_what_is_kept_of_a_question_holds_no_answer() -> None:
    told = definition(section("one", question("name"), question("age", "integer")))
    blank = html_of(Scenario(told))
    assert "Ann" in html_of(Scenario(told).answer("name", "Ann"))
    assert html_of(Scenario(told)) == blank
    assert "Ann" not in blank
