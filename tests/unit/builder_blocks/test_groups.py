"""Groups in conditions: all, any and none of their rows, one in the other."""

import json
from typing import Any

import pytest

from builder.blocks.conditions import ConditionField
from tests.bodies import ask
from tests.unit.builder_blocks.test_compile import compiled

FIRST = [ask("yes_no", "ill"), ask("integer", "rooms")]
ILL = {"question": "ill", "operator": "eq", "value": True}
MANY = {"question": "rooms", "operator": "gt", "value": "3"}
HAS_ILL = ["eq", ["answer", "ill"], ["value", "bool", True]]
HAS_MANY = ["gt", ["answer", "rooms"], ["value", "number", "3"]]


def group(join: str, *rows: Any) -> dict[str, Any]:
    return {"join": join, "rows": list(rows)}


@pytest.mark.parametrize(
    ("picked", "expression"),
    [
        (group("all", ILL, group("any", ILL, MANY)), ["and", HAS_ILL, ["or", HAS_ILL, HAS_MANY]]),
        (group("none", ILL, MANY), ["not", ["or", HAS_ILL, HAS_MANY]]),
        (group("none", ILL), ["not", HAS_ILL]),
        (group("any", ILL, group("none", MANY)), ["or", HAS_ILL, ["not", HAS_MANY]]),
        (group("all", group("any", ILL)), HAS_ILL),
        (group("all", group("any")), None),
    ],
)
def test_a_group_becomes_one_expression(picked: Any, expression: Any) -> None:
    result = compiled([*FIRST, ask("text", "asked", relevance=picked)])
    assert result.problems == ()
    assert result.data["sections"][1]["items"][-1]["relevance"] == expression


def test_what_is_wrong_in_a_group_is_told_at_its_block() -> None:
    lost = {"question": "gone", "operator": "answered"}
    result = compiled([*FIRST, ask("text", "asked", relevance=group("all", group("any", lost)))])
    assert [problem.code for problem in result.problems] == ["unknown_reference"]


def test_groups_are_kept_as_they_were_picked() -> None:
    picked = group("any", ILL, group("none", MANY))
    kept = ConditionField(required=False).clean(json.dumps(picked))
    assert ConditionField.read(kept) == picked
