"""Both engines as one: what is played here is played in both, and must be equal byte for byte at every step."""

import json
from dataclasses import dataclass
from typing import Any

from builder.conditions import Faults, parse, typecheck
from builder.definition import Definition, check, data, dump, index
from builder.definition.typed import read_typed
from builder.problems import Problem
from runtime.engine import Live, advance, canonical, fold, patched, replay, start, view
from tests.definitions import TODAY, calculation, definition, line, question, section
from tests.node import Twin
from tests.schemas.holding import hold, hold_step

UNREADABLE = "unreadable"
READ_ON = "2026-03-18"  # a Wednesday

# One question of each kind, and a repeat, for the tables of expressions.
INPUTS = (
    question("n1", "decimal", scale=12),
    question("n2", "decimal", scale=12),
    question("t1"),
    question("t2"),
    question("d1", "date"),
    question("d2", "date"),
    question("b1", "yes_no"),
    question("b2", "yes_no"),
    question("c1", "choose_one", choices=["red", "green"]),
    question("m1", "choose_several", choices=["red", "green", "blue"]),
    question("h1", "time"),
    question("h2", "time"),
    question("w1", "date_time"),
    question("w2", "date_time"),
    question("p1", "partial_date"),
    question("q1", "quantity", units=["kg", "g"]),
    question("a1", "postal_address"),
    question("u1", "person"),
    question("k1", "rank", choices=["red", "green", "blue"]),
)
IN_ENTRIES = (question("en", "decimal", scale=12), question("ed", "date"))


@dataclass
class Played:
    """The end of a play."""

    state: dict[str, Any]
    view: dict[str, Any]
    events: list[dict[str, Any]]

    def value(self, place: str) -> Any:
        """The effective value at a place."""
        return self.view["questions"][place]["value"]

    def codes(self, place: str) -> list[str]:
        """The codes of the problems at a place."""
        return [problem["code"] for problem in self.view["questions"][place]["problems"]]

    @property
    def refused(self) -> str | None:
        """Why the last command was refused."""
        return self.events[-1].get("code") if self.events else None


def given(**answers: Any) -> list[dict[str, Any]]:
    """Commands that answer questions outside repeats."""
    return [
        {"command": "answer", "place": place, "value": value} for place, value in answers.items()
    ]


def entry(repeat: str, name: str, **answers: Any) -> list[dict[str, Any]]:
    """Commands that add an entry and answer in it."""
    added = {"command": "add_entry", "repeat": repeat, "entry": name}
    return [
        added,
        *given(**{f"{repeat}/{name}/{place}": value for place, value in answers.items()}),
    ]


class Book:
    """Plays in both engines; whatever is played, and comes of it, is as its schema says."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin

    def play(
        self, played: Definition, commands: list[Any], *, language: str = "en", today: str = TODAY
    ) -> Played:
        """Play commands from the start; the end of it. Every step is compared."""
        theirs = self.twin.ask(
            "play", definition=dump(played), language=language, commands=commands, today=today
        )
        state, events = start(played, language), []
        live, patch, shown = Live(played, state, today), {}, view(played, state, today)
        for command, step in zip([None, *commands], theirs, strict=True):
            if step is not theirs[0]:
                state, events = advance(played, state, command, today)
                _told, patch = live.advance(command)
            before, shown = shown, view(played, state, today)
            assert [canonical(one) for one in (state, events, shown, patch)] == step
            assert canonical(patched(before, patch)) == canonical(live.view()) == step[2]
            hold_step(command, events, state)
        hold("definition", data(played))
        return Played(state, shown, json.loads(canonical(events)))

    def replay(self, played: Definition, events: list[Any], *, today: str = TODAY) -> Played:
        """Take in events as they lie in a log; the end of it. Every step is compared."""
        theirs = self.twin.ask(
            "replay", definition=dump(played), language="en", events=events, today=today
        )
        begun = state = start(played, "en")
        live, shown = Live(played, state, today), view(played, state, today)
        for event, step in zip(events, theirs, strict=True):
            state, patch = fold(played, state, event), live.follow([event])
            before, shown = shown, view(played, state, today)
            assert [canonical(one) for one in (state, shown, patch)] == step
            assert canonical(live.state) == step[0]
            assert canonical(patched(before, patch)) == canonical(live.view()) == step[1]
        assert replay(played, begun, events) == state
        return Played(state, shown, events)

    def read(self, played: Definition, name: str, text: str, language: str = "en") -> Any:
        """What a typed text means for a question, in both engines; UNREADABLE if it means nothing."""
        asked = index(played).questions[name]
        ours = read_typed(asked, text, READ_ON, language)
        ours = UNREADABLE if isinstance(ours, Problem) else ours
        items = [
            item for section in json.loads(dump(played))["sections"] for item in section["items"]
        ]
        settings = next(item["settings"] for item in items if item.get("name") == name)
        plain = {"type": asked.type, "settings": settings, "fact": asked.fact}
        theirs = self.twin.ask("read", question=plain, text=text, today=READ_ON, language=language)
        assert theirs == ({"unreadable": True} if ours == UNREADABLE else {"value": ours})
        return ours

    def shown(self, asked: dict[str, Any], value: Any, language: str = "en") -> str:
        """How an answer looks in a text with a hole, in both engines."""
        made = definition(
            section("s", asked, line("said", {"en": f"{{{asked['name']}}}"})),
            kind="form",
            languages=["en", "fr", "nl", "de"],
        )
        played = self.play(made, given(**{asked["name"]: value}), language=language)
        assert played.refused is None
        return str(played.view["texts"]["said"])

    def evaluate(
        self, expression: Any, answers: dict[str, Any], entries: Any = (), *, today: str = TODAY
    ) -> Played:
        """An expression over the questions of INPUTS and the entries of the repeat `r`, as the calculation `x`."""
        made = definition(
            section("s", *INPUTS), section("r", *IN_ENTRIES, repeat=True), kind="form"
        )
        node = parse(expression, "", [])
        assert node is not None, expression
        faults = Faults()
        gives = typecheck(node, index(made).type_of, faults)
        assert faults.found == [], (expression, faults.found)
        assert gives
        made = definition(
            section("s", *INPUTS),
            section("r", *IN_ENTRIES, repeat=True),
            section("z", calculation("x", gives, expression)),
            kind="form",
        )
        assert not [problem for problem in check(made) if not problem.warning]
        commands = given(**answers)
        for number, row in enumerate(entries):
            commands += entry("r", f"e{number}", **row)
        played = self.play(made, commands, today=today)
        assert all(event["event"] != "refused" for event in played.events)
        return played
