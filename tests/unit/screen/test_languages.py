"""A text that lacks the language of the conversation is read in another, and shows in which: drawn by the server, and by the browser
after the language changed.
"""

import json
import re
import subprocess
from typing import Any

from builder.definition import project
from builder.definition.serialize import data as written
from runtime import engine
from runtime.workspace.screen import Surroundings, draw, make_sheet
from runtime.workspace.screen_sheet import Door, Sheet
from tests.definitions import TODAY, definition, line, question, section
from tests.environment import ROOT
from tests.node import node

BOTH = {"en": "Hello", "fr": "Bonjour"}
FORM = definition(
    section(
        "one",
        line("said", {"en": "Hello {name}.", "fr": "Bonjour {name}."}),
        line("lacking", {"en": "Bye {name}."}),
        question("name", label=BOTH, hint={"en": "as written"}),
        question("only", label={"nl": "Alleen"}),
        question(
            "one_of",
            "choose_from_list",
            label=BOTH,
            choices=[("red", {"en": "Red", "fr": "Rouge"}), ("blue", {"en": "Blue"})],
        ),
        question("some", "choose_one", label=BOTH, choices=[("red", {"en": "Red"}), ("b", BOTH)]),
        title=BOTH,
    ),
    section("r", question("inner", label={"en": "Inner"}), repeat={"entry_label": {"en": "Pass"}}),
    kind="form",
    languages=["en", "fr", "nl"],
)
# What each text is read in where the conversation is in French, by its mark.
LACKING = {
    "lacking/text": "EN",
    "question-name/hint": "EN",
    "question-only/label": "NL",
    "question-some/choice/red": "EN",
    "section-r/title": "EN",
    "question-inner/label": "EN",
    "section-r/entry_label": "EN",
}
SCRIPT = """
import { fetchTypes } from %(engine)s;
import { Sheet } from %(sheet)s;
const [projections, state, marks] = %(given)s;
await fetchTypes(projections.en.sections.flatMap((section) => section.items));
const sheet = new Sheet({ json: projections.en, state, today: "2026-03-16" });
const read = () => marks.map((mark) => [mark, sheet.instead(mark), sheet.worded(mark)]);
const before = read();
sheet.do({ command: "set_language", language: "fr" });
sheet.use(projections.fr);
console.log(JSON.stringify([before, read()]));
"""


def sheet_in(language: str) -> Sheet:
    state = engine.start(FORM, language)
    return make_sheet(FORM, state, engine.view(FORM, state, TODAY), mode="agent", door=Door())


def drawn(language: str) -> str:
    return draw(sheet_in(language), Surroundings()).talk


def marked(html: str) -> dict[str, tuple[str, str]]:
    """The language and the mark of each text of a screen, by where it stands."""
    found = re.findall(r'data-text="([^"]*)" lang="([^"]*)"(?: data-instead="([^"]*)")?', html)
    return {mark: (language, instead) for mark, language, instead in found}


def test_a_text_that_is_there_is_read_in_its_language_without_a_mark() -> None:
    for mark, (language, instead) in marked(drawn("en")).items():
        lacks = mark == "question-only/label"
        assert (language, instead) == (("nl", "NL") if lacks else ("en", "")), mark
    assert marked(drawn("fr"))["said/text"] == ("fr", "")


def test_a_text_that_lacks_the_language_shows_which_one_stands_in() -> None:
    shown = marked(drawn("fr"))
    assert {mark: instead for mark, (_, instead) in shown.items() if instead} == LACKING
    assert all(language == instead.lower() for language, instead in shown.values() if instead)


def test_an_option_says_it_in_its_words() -> None:
    assert re.findall(r"<option value=\"\w+\">([^<]*)", drawn("fr")) == ["Rouge", "Blue (EN)"]
    assert re.findall(r"<option value=\"\w+\">([^<]*)", drawn("en")) == ["Red", "Blue"]


def test_a_projection_keeps_a_text_under_the_language_it_is_written_in() -> None:
    one = project(FORM, "agent", "fr").sections[0]
    assert [item.text.languages for item in one.items[:2]] == [("fr",), ("en",)]  # type: ignore[union-attr]


def test_the_browser_finds_the_same_after_the_language_changed() -> None:
    marks = [*marked(drawn("en")), "question-one_of/choice/red", "question-one_of/choice/blue"]
    projections = {code: written(project(FORM, "agent", code)) for code in ("en", "fr")}
    (before, after) = in_browser([projections, engine.start(FORM, "en"), marks])
    assert [mark for mark, instead, _ in before if instead] == ["question-only/label"]
    told = {mark: instead.upper() for mark, instead, _ in after if instead}
    assert told == {**LACKING, "question-one_of/choice/blue": "EN"}
    assert {mark: words for mark, _, words in after[-2:]} == {
        "question-one_of/choice/red": "Rouge",
        "question-one_of/choice/blue": "Blue (EN)",
    }


def in_browser(given: Any) -> Any:
    home = ROOT / "runtime" / "static" / "runtime"
    script = SCRIPT % {
        "engine": json.dumps(str(home / "engine" / "index.mjs")),
        "sheet": json.dumps(str(home / "screen" / "sheet.mjs")),
        "given": json.dumps(given),
    }
    ended = subprocess.run(
        [node(), "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    return json.loads(ended.stdout)
