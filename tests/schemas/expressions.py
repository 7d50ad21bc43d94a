"""The schema of expressions: every leaf, and every operator with the number of its arguments. What type an argument has is not said:
that is told when a page is published.
"""

from collections import defaultdict
from typing import Any, Final

from builder.conditions import OPERATORS
from builder.conditions.parse import _LEAVES, MOST_ARGUMENTS
from builder.values import PLAIN_TYPES
from tests.schemas.words import Schema, ref, when

LONGEST_CONSTANT: Final = 2000
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "answer": ("name",),
    "part": ("name", "choice_name"),
    "today": (),
    "score": (),
    "each": ("name", "name"),
    "entries": ("name",),
    "previous": ("name",),
    "offered": ("name",),
}


def expression() -> Schema:
    """One expression, whatever its head."""
    heads = [*_LEAVES, *OPERATORS]
    return {
        "type": "array",
        "minItems": 1,
        "prefixItems": [{"enum": heads}],
        "allOf": [*map(_leaf, _LEAVES), *_calls()],
    }


def _headed(*heads: str) -> Schema:
    return {"prefixItems": [{"enum": list(heads)}]}


def _leaf(name: str) -> Schema:
    if name == "value":
        return when(_headed(name), _constant())
    return when(_headed(name), _listed(*map(ref, _NAMES[name])))


def _listed(*rest: Schema) -> Schema:
    """A head, and exactly these."""
    return {"prefixItems": [{}, *rest], "minItems": len(rest) + 1, "maxItems": len(rest) + 1}


def _constant() -> Schema:
    typed = [
        when({"prefixItems": [{}, {"const": name}]}, {"prefixItems": [{}, {}, _value(name)]})
        for name in PLAIN_TYPES
    ]
    return {**_listed({"enum": list(PLAIN_TYPES)}, {}), "allOf": typed}


def _value(name: str) -> Schema:
    value = ref(f"{name}_value")
    return {"allOf": [value, {"maxLength": LONGEST_CONSTANT}]} if name == "text" else value


def _calls() -> list[Schema]:
    by_count: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row in OPERATORS.values():
        by_count[row.least, row.most or MOST_ARGUMENTS].append(row.name)
    return [when(_headed(*names), _call(*count)) for count, names in by_count.items()]


def _call(least: int, most: int) -> dict[str, Any]:
    return {
        "prefixItems": [{}],
        "items": ref("expression"),
        "minItems": least + 1,
        "maxItems": most + 1,
    }
