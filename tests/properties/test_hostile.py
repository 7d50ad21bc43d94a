"""Whatever is given to `load`, it is a definition or DefinitionUnreadable; whatever is read, reading gives a value or a problem."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.definition import Definition, DefinitionUnreadable, check, index, load
from builder.problems import Problem, say
from builder.question_types import TYPES
from runtime.engine import start, view
from tests.definitions import TODAY, data, definition, outcome, question, section
from tests.properties.asked import JUNK

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOUND = data(
    section(
        "one",
        question("age", "integer", minimum="0"),
        question("c", "choose_one", choices=["a", "b"]),
        repeat=True,
    ),
    outcomes=[
        outcome("done", relevance=["ge", ["count", ["entries", "one"]], ["value", "number", "1"]])
    ],
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    rows = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, inner in rows:
        found += places(inner, (*path, key))
    return found


@CALM
@given(place=st.sampled_from(places(SOUND)[1:]), junk=JUNK)
def test_one_broken_part(place: tuple[Any, ...], junk: Any) -> None:
    broken = json.loads(json.dumps(SOUND))
    node = broken
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = junk
    accepted(broken)


@CALM
@given(junk=JUNK | st.text() | st.binary(max_size=50))
def test_anything_at_all(junk: Any) -> None:
    accepted(junk if isinstance(junk, str | bytes | dict) else json.dumps(junk))


def accepted(source: Any) -> None:
    read, problems = None, ()
    try:
        read = load(source)
    except DefinitionUnreadable as unreadable:
        problems = unreadable.problems
    if read is None:
        assert problems
        assert all(say(problem) for problem in problems)
        return
    assert isinstance(read, Definition)
    # A draft that cannot be published can still be shown.
    assert all(say(problem) for problem in check(read))
    assert view(read, start(read, "en"), TODAY)["questions"] is not None


@CALM
@given(
    typed=st.text(max_size=30) | st.from_regex(r"[0-9 .,/+-]{1,12}"),
    language=st.sampled_from(["en", "fr", "xx", ""]),
)
def test_reading_never_raises(typed: str, language: str) -> None:
    form = definition(
        section(
            "s",
            *(
                question(name, name, choices=["a"])
                if name.startswith("choose")
                else question(name, name)
                for name in TYPES
            ),
        ),
        kind="form",
    )
    for name, asked in index(form).questions.items():
        kind = TYPES[name]
        read = kind.read(typed, asked.settings, TODAY, language)
        if isinstance(read, Problem):
            assert say(read)
        elif read is not None:
            assert kind.admit(read, asked.settings).code is None
            assert kind.show(read, asked.settings, language)
