"""Expressions as trees: what they read, how they lie below one another."""

from typing import Any

import pytest

from builder.conditions import names_read, parse, walk


def node(data: Any) -> Any:
    found: list[Any] = []
    made = parse(data, "", found)
    assert made is not None, found
    return made


ONE = ["value", "number", "1"]


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        (ONE, ()),
        (["today"], ()),
        (["answer", "a"], ("a",)),
        (["part", "a", "x"], ("a",)),
        (["previous", "a"], ("a",)),
        (["sum", ["each", "r", "a"]], ("a",)),
        (["count", ["entries", "r"]], ()),
        (["offered", "kin"], ()),
        (["add", ["answer", "b"], ["answer", "a"], ["answer", "b"]], ("b", "a")),
        (["not", ["eq", ["answer", "b"], ["or_else", ["answer", "a"], ONE]]], ("b", "a")),
    ],
)
def test_the_names_that_are_read(expression: Any, names: tuple[str, ...]) -> None:
    assert names_read(node(expression)) == names


def test_a_tree_is_walked_as_it_is_written() -> None:
    tree = node(["add", ["answer", "a"], ["sub", ONE, ["answer", "b"]]])
    first, second = tree.args
    assert list(walk(tree)) == [tree, first, second, *second.args]
