"""The published schemas and the code say the same: what is written fits them, what they refuse is refused."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.conditions import OPERATORS
from builder.definition import AUDIENCES, DefinitionUnreadable, data, load, project
from builder.problems import say
from builder.question_types import QUESTION_TYPES
from runtime.engine import advance, start
from tests.definitions import TODAY, calculation, line, outcome, question, section
from tests.definitions import data as written
from tests.properties.arbitrary import definitions
from tests.properties.asked import NASTY, commands
from tests.properties.test_hostile import places
from tests.properties.test_twins import CALM
from tests.schemas import schemas
from tests.schemas.holding import fits, hold, hold_step

# A definition with every member, to break one at a time.
WHOLE = data(
    load(
        written(
            section("first", line("said", "Hello {age}."), title={"en": "First", "fr": "Une"}),
            section(
                "one",
                question(
                    "age",
                    "integer",
                    minimum="0",
                    maximum=["answer", "most"],
                    required=["answered", ["answer", "b"]],
                    read_only=["answer", "b"],
                    default=["value", "number", "1"],
                    constraints=[
                        (["gt", ["answer", "age"], ["value", "number", "1"]], "No", True)
                    ],
                    hint="how old",
                    fact="birth_date",
                    right="3",
                ),
                question(
                    "c",
                    "choose_one",
                    choices=["a", {"name": "b", "label": {}, "attributes": {"kin": "x"}}],
                    choice_filter=["eq", ["offered", "kin"], ["value", "one", "x"]],
                ),
                question("k", "barcode", checksum="ean13"),
                question("p", "phone", country="BE"),
                question("f", "text", pattern="[a-z]+", maximum_length=9),
                question("g", "scale", settings={"minimum_label": {"en": "low"}}),
                calculation("most", "number", ["sum", ["each", "one", "age"]]),
                repeat={"count": ["value", "number", "2"], "entry_label": "Entry"},
                relevance=["lt", ["today"], ["value", "date", "2026-03-01"]],
            ),
            section("two", question("b", "yes_no"), within="first", side=True),
            languages=["en", "fr"],
            pass_percent="80",
            subject_app="other",
            outcomes=[
                outcome(
                    "done",
                    relevance=["ge", ["count", ["entries", "one"]], ["value", "number", "1"]],
                    effects=[("grant_skill", {"skill": "x", "days": "3"})],
                )
            ],
        )
    )
)


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_one(name: str) -> None:
    hold("definition", WHOLE)
    assert schemas()[name]["$schema"].endswith("2020-12/schema")


def test_every_question_type_and_operator_is_named() -> None:
    defs = schemas()["definition"]["$defs"]
    heads = defs["expression"]["prefixItems"][0]["enum"]
    assert set(OPERATORS) <= set(heads)
    for row in QUESTION_TYPES:
        said = defs[f"settings_of_{row.name}"]["properties"]
        assert list(said) == [setting.name for setting in row.settings]


@CALM
@given(made=definitions(), more=st.data())
def test_what_is_made_and_what_happens_fits(made: dict[str, Any], more: st.DataObject) -> None:
    definition = load(made)
    hold("definition", made)
    for audience in AUDIENCES:
        hold("definition", data(project(definition, audience)))
    state = start(definition, "en")
    for command in more.draw(commands(made)):
        state, events = advance(definition, state, command, TODAY)
        hold_step(command, events, state)


@pytest.mark.parametrize("junk", NASTY, ids=repr)
def test_a_broken_part_is_refused_by_both_or_by_neither(junk: Any) -> None:
    for place in places(WHOLE)[1:]:
        broken = copy.deepcopy(WHOLE)
        home(broken, place[:-1])[place[-1]] = junk
        agree(broken, place, junk)


@pytest.mark.parametrize("key", ["x", "name", "kind", "type", "id", "repeat", "relevance"])
def test_a_member_too_many_or_too_few_is_refused_by_both_or_by_neither(key: str) -> None:
    for place in places(WHOLE):
        broken = copy.deepcopy(WHOLE)
        node = home(broken, place)
        if isinstance(node, dict):
            if key not in node:
                node[key] = "x"
            else:
                del node[key]
            agree(broken, place, key)


def home(node: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        node = node[key]
    return node


def agree(broken: Any, place: tuple[Any, ...], junk: Any) -> None:
    refused = refusals(broken)
    if fits("definition", broken):
        # What no schema says: the calendar, the order of two numbers, which patterns take linear time.
        unsaid = junk == "2026-02-30" or place[-1] == "pattern" or "above its max" in str(refused)
        assert not refused or unsaid, (place, junk, refused)
    else:
        assert refused, (place, junk)


def refusals(broken: Any) -> list[str]:
    """Why the loader refuses it."""
    try:
        load(json.loads(json.dumps(broken)))
    except DefinitionUnreadable as unreadable:
        return [say(problem) for problem in unreadable.problems]
    return []
