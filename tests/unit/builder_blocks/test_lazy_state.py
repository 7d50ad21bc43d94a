"""A closed block travels as one JSON entry; whatever is posted there, the answer is a form error, never a crash."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from builder.blocks import BodyBlock, OutcomesBlock
from tests.bodies import ask, compute, formula, line, outcome, section, when

from builder.compile import with_ids  # isort: skip

BODY = [
    section(
        "Opening",
        line("Hello {given_name}"),
        ask(
            "text",
            "given_name",
            "Given name",
            hint="As on the card",
            required=True,
            maximum_length=80,
            fact="given_name",
        ),
        ask(
            "choose_several",
            "needs",
            choices=[{"name": "food", "label": "Food"}, {"name": "money", "label": "Money"}],
        ),
        ask("date", "since", maximum="today", relevance=when(("needs", "contains", "food"))),
        ask(
            "decimal",
            "fever",
            scale=1,
            minimum="35",
            maximum="43",
            constraints=[{"test": when(("this", "lt", "43")), "message": "Too hot"}],
        ),
        compute("date_plus_days", "until", question="since", number="10"),
        compute("formula", "days", formula="days between since and today"),
        {
            "type": "decision_table",
            "value": {
                "label": "Advice",
                "name": "advice",
                "hit": "collect",
                "gives": "one",
                "cases": [
                    {"test": formula("days > 10"), "result": "rest"},
                    {"test": when(("needs", "contains", "food")), "result": "eat"},
                ],
                "otherwise": "none",
            },
        },
        name="opening",
        repeat={"on": True, "minimum": 0, "maximum": 9, "entry_label": "Person", "party": True},
    )
]


def posted(state: Any, prefix: str = "body") -> QueryDict:
    """What the browser posts for one closed section."""
    data = QueryDict(mutable=True)
    text = state if isinstance(state, str) else json.dumps(state)
    data.update({f"{prefix}-count": "1", f"{prefix}-0-deleted": "", f"{prefix}-0-order": "0"})
    data.update(
        {
            f"{prefix}-0-type": "section",
            f"{prefix}-0-id": "an-id",
            f"{prefix}-0-value-lazystate": text,
        }
    )
    return data


def stored() -> list[dict[str, Any]]:
    return with_ids(BODY, [], "test")[0]


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def test_an_unopened_block_comes_back_as_it_was() -> None:
    block = BodyBlock("script")
    value = block.to_python(stored())
    state = block.get_form_state(value)[0]["value"]
    read = block.clean(
        block.value_from_datadict(posted(json.dumps(state, default=str)), {}, "body")
    )
    assert plain(read.get_prep_value()[0]["value"]) == plain(
        block.clean(value).get_prep_value()[0]["value"]
    )


HOSTILE = [
    "",
    "no json",
    "[]",
    "null]",
    "{",
    '{"items": 7}',
    '{"items": {"a": 1}}',
    '{"items": [7]}',
    '{"items": [{"type": "nothing", "value": {}, "id": "a"}]}',
    '{"items": [{"type": ["text"], "value": {}, "id": "a"}]}',
    '{"items": [{"type": "text", "value": [], "id": "a"}]}',
    '{"items": [{"type": "text", "value": {}, "id": {"a": 1}}]}',
    '{"items": [{"type": "text", "value": {"label": {"x": 1}}, "id": "a"}]}',
    '{"items": [{"type": "text", "value": {"constraints": 3}, "id": "a"}]}',
    '{"title": ["a", {"b": 1}]}',
    "[" * 100_000,
    '{"title": ' + "9" * 5000 + "}",
]


@pytest.mark.parametrize("state", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_state_is_a_form_error(state: str) -> None:
    block = BodyBlock("script")
    value = block.value_from_datadict(posted(state), {}, "body")
    with pytest.raises(ValidationError):
        block.clean(value)
    json.dumps(block.get_form_state(value), default=str)  # the form can be shown again


CONDITIONS = [
    "no json",
    "[1]",
    '{"join": "some", "rows": [{"question": "a", "operator": "eq", "value": "b"}]}',
    '{"rows": [{"question": 7, "operator": "eq", "value": "b"}]}',
    '{"rows": [{"question": "a", "operator": "drop", "value": "b"}]}',
    '{"rows": [{"question": "a", "operator": "eq", "value": {"x": 1}}]}',
    '{"rows": [{"question": "a", "operator": "eq", "value": {"today": 99999999}}]}',
    '{"rows": [7]}',
    '{"rows": [{"rows": 7}]}',
    '{"rows": [{"join": "some", "rows": []}]}',
    '{"rows": ' + '[{"rows": ' * 8 + "[]" + "}]" * 8 + "}",
    '{"rows": ' + json.dumps([{"question": "a", "operator": "eq", "value": "b"}] * 101) + "}",
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=range(len(CONDITIONS)))
def test_a_condition_of_another_shape_is_a_form_error(condition: str) -> None:
    block = OutcomesBlock("script").child_blocks["outcome"].child_blocks["relevance"]
    value = block.value_from_datadict({"x": condition}, {}, "x")
    with pytest.raises(ValidationError):
        block.clean(value)


@pytest.mark.parametrize("condition", ["", "null", '{"rows": []}', '{"join": "all"}'])
def test_no_rows_is_no_condition(condition: str) -> None:
    block = OutcomesBlock("script").child_blocks["outcome"].child_blocks["relevance"]
    assert block.clean(block.value_from_datadict({"x": condition}, {}, "x")) is None


def test_an_outcome_with_effects_comes_back_as_it_was() -> None:
    block = OutcomesBlock("script")
    spawn = {"type": "grant_skill", "id": "e1", "value": {"skill": "", "days": 90}}
    value = block.to_python([{**outcome("done", spawn), "id": "o1"}])
    state = block.get_form_state(value)[0]["value"]
    child = block.child_blocks["outcome"]
    data = {"x-lazystate": json.dumps(state)}
    assert (
        child.get_prep_value(child.value_from_datadict(data, {}, "x"))["effects"][0]["value"][
            "days"
        ]
        == "90"
    )
