"""Reading a definition's JSON data into nodes: each member has a kind, each kind one reader; problems are collected.

What is absent has its default; what is unknown is a problem, so that nothing an author meant is dropped in silence.
"""

from collections.abc import Mapping
from typing import Any, Final

from builder.conditions import Expression, parse
from builder.definition.members import (
    are_arguments,
    are_languages,
    is_bool,
    is_code,
    is_count,
    is_id,
    is_name,
    is_points,
    is_type,
)
from builder.definition.nodes import (
    CLEARANCES,
    FACTS,
    KINDS,
    TEXT_KINDS,
    Calculation,
    Constraint,
    Definition,
    Effect,
    Item,
    Outcome,
    Question,
    Repeat,
    Section,
    TextItem,
)
from builder.definition.read_parts import Parts
from builder.problems import gettext_noop as _
from builder.question_types import TYPES, WAYS, read_settings
from builder.values import PLAIN_TYPES, is_number, is_value

FORMAT: Final = 1


class Reader(Parts):
    """Reads one definition; `problems` says what was wrong with it."""

    def expression(self, raw: Any) -> Expression | None:
        """An EXPR, or none."""
        return None if raw is None else parse(raw, self.place, self.problems)

    def definition(self, raw: Any) -> Definition | None:
        """The whole."""
        known = "format kind name languages title sections outcomes pass_percent subject_app"
        data = self.members(raw, known)
        self.pick(data, "format", lambda value: value == FORMAT and not isinstance(value, bool))
        languages = self.pick(data, "languages", are_languages)
        return Definition(
            kind=self.pick(data, "kind", KINDS.__contains__),
            name=self.pick(data, "name", is_code),
            languages=tuple(languages) or ("en",),
            title=self.text(data.get("title")),
            sections=tuple(self.section(row) for row in self.rows(data, "sections")),
            outcomes=tuple(self.outcome(row) for row in self.rows(data, "outcomes")),
            pass_percent=self.pick(data, "pass_percent", is_number, None),
            subject_app=self.pick(data, "subject_app", is_code, None),
        )

    def section(self, raw: Any) -> Section:
        """A SECTION."""
        data = self.members(raw, "id name title relevance items repeat within side")
        identity = self.identity(data)
        name, title = self.pick(data, "name", is_name), self.text(data.get("title"))
        relevance = self.expression(data.get("relevance"))
        repeat = None if data.get("repeat") is None else self.repeat(data["repeat"])
        rows = [self.item(row) for row in self.rows(data, "items")]
        items = tuple(row for row in rows if row is not None)
        return Section(
            identity,
            name,
            title,
            items,
            relevance,
            repeat,
            within=self.pick(data, "within", is_name, None),
            side=self.pick(data, "side", is_bool, False),
        )

    def identity(self, data: dict[str, Any]) -> str:
        """The node's id; problems that follow are at its place."""
        self.place = ""
        self.place = self.pick(data, "id", is_id)
        return self.place

    def repeat(self, raw: Any) -> Repeat:
        """How often a section is answered."""
        data = self.members(raw, "minimum maximum entry_label party count")
        repeat = Repeat(
            minimum=self.pick(data, "minimum", is_count, 0),
            maximum=self.pick(data, "maximum", is_count, 20),
            entry_label=self.text(data.get("entry_label")),
            party=self.pick(data, "party", is_bool, False),
            count=self.expression(data.get("count")),
        )
        if repeat.minimum > repeat.maximum:
            self.fault(_("A repeat has a minimum above its maximum."))
        return repeat

    def item(self, raw: Any) -> Item | None:
        """An ITEM, by its kind."""
        kind = raw.get("kind") if isinstance(raw, Mapping) else None
        if kind == "question":
            return self.question(raw)
        if kind == "calculation":
            return self.calculation(raw)
        if kind in TEXT_KINDS:
            data = self.members(raw, "kind id text relevance")
            identity = self.identity(data)
            return TextItem(
                kind, identity, self.text(data.get("text")), self.expression(data.get("relevance"))
            )
        self.fault(_("An item has a kind that is not known."))
        return None

    def calculation(self, raw: Any) -> Calculation | None:
        """A calculation."""
        data = self.members(raw, "kind id name type label expression shown relevance")
        identity = self.identity(data)
        name = self.pick(data, "name", is_name)
        answer_type = self.pick(data, "type", PLAIN_TYPES.__contains__)
        label = self.text(data.get("label"))
        expression = parse(data.get("expression"), self.place, self.problems)
        self.pick(data, "relevance", lambda value: value is None, None)  # always evaluated
        shown = self.pick(data, "shown", is_bool, False)
        if expression is None:
            return None
        return Calculation(identity, name, answer_type, label, expression, shown)

    def question(self, raw: Any) -> Question | None:
        """A question with the settings of its type."""
        data = self.members(
            raw,
            "kind id name type label hint required relevance settings constraints clearance read_only fact right"
            " points explanation default choice_filter searchable",
        )
        identity = self.identity(data)
        question_type = TYPES.get(self.pick(data, "type", is_type))
        if question_type is None:
            return None
        right = self.pick(
            data, "right", lambda value: is_value(question_type.answer_type, value), None
        )
        settings = read_settings(
            question_type,
            data.get("settings", {}),
            place=identity,
            texts=self.text,
            problems=self.problems,
        )
        return Question(
            id=identity,
            name=self.pick(data, "name", is_name),
            type=question_type.name,
            label=self.text(data.get("label")),
            settings=settings,
            hint=self.text(data.get("hint")),
            required=self.switch(data, "required"),
            relevance=self.expression(data.get("relevance")),
            constraints=self.constraints(data),
            clearance=self.pick(data, "clearance", CLEARANCES.__contains__, "open"),
            read_only=self.switch(data, "read_only") or question_type.unasked,
            fact=self.pick(data, "fact", FACTS.__contains__, None),
            right=tuple(right) if isinstance(right, list) else right,
            points=self.pick(data, "points", is_points, "1"),
            explanation=self.text(data.get("explanation")),
            default=self.expression(data.get("default")),
            choice_filter=self.expression(data.get("choice_filter")),
            searchable=self.pick(data, "searchable", WAYS.__contains__, None),
        )

    def switch(self, data: dict[str, Any], key: str) -> bool | Expression:
        """Yes, no, or a condition."""
        value = data.get(key, False)
        if isinstance(value, list):
            return parse(value, self.place, self.problems) or False
        return bool(self.pick(data, key, is_bool, False))

    def constraints(self, data: dict[str, Any]) -> tuple[Constraint, ...]:
        """The CONSTRAINTs of a question."""
        read = []
        for row in self.rows(data, "constraints"):
            members = self.members(row, "test message warning")
            test = parse(members.get("test"), self.place, self.problems)
            warning = self.pick(members, "warning", is_bool, False)
            if test is not None:
                read.append(Constraint(test, self.text(members.get("message")), warning))
        return tuple(read)

    def outcome(self, raw: Any) -> Outcome:
        """An OUTCOME."""
        data = self.members(raw, "id name label relevance complete disposition effects")
        return Outcome(
            id=self.identity(data),
            name=self.pick(data, "name", is_name),
            label=self.text(data.get("label")),
            relevance=self.expression(data.get("relevance")),
            complete=self.pick(data, "complete", is_bool, True),
            disposition=self.pick(data, "disposition", is_name, "reached"),
            effects=tuple(self.effect(row) for row in self.rows(data, "effects")),
        )

    def effect(self, raw: Any) -> Effect:
        """An effect and its arguments."""
        data = self.members(raw, "effect arguments relevance text")
        arguments = self.pick(data, "arguments", are_arguments, {})
        return Effect(
            self.pick(data, "effect", is_name),
            tuple(sorted(arguments.items())),
            self.expression(data.get("relevance")),
            self.text(data.get("text")),
        )
