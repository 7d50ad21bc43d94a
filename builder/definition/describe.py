"""Conditions as sentences: `Fever is yes and Age is at least 18`. For lists, differences and the editor's page.

The wordings are those of the operators' rows, in English or in the language that the given `gettext` speaks; labels are
those of the definition in the given language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from builder.conditions import (
    OPERATORS,
    Answer,
    Call,
    Constant,
    Each,
    Entries,
    Expression,
    Offered,
    Part,
    Previous,
    Score,
    Table,
    Today,
    table_in,
)
from builder.definition.nodes import Definition
from builder.definition.walk import Index, index
from builder.problems import gettext_noop as _
from builder.question_types import Choice, label_of
from builder.values.showing import SHOWN

LONGEST_LABEL = 60
# The words of what stands at the end of an expression, and which of its members are names with a label.
_LEAVES: Final[dict[type, tuple[str, tuple[str, ...]]]] = {
    Today: (_("today"), ()),
    Score: (_("the score in percent"), ()),
    Each: (_("%(name)s of all %(repeat)s"), ("name", "repeat")),
    Entries: (_("entries of %(repeat)s"), ("repeat",)),
    Previous: (_("%(name)s of the entry before"), ("name",)),
    Offered: (_("the choice's “%(attribute)s”"), ("attribute",)),
}


@dataclass(frozen=True, slots=True)
class _Describer:
    names: Index
    source: str
    language: str
    say: Callable[[str], str]

    def node(self, node: Expression, beside: Expression | None = None) -> str:
        match node:
            case Constant():
                return self.constant(node, beside)
            case Answer(name):
                return self.label(name)
            case Part():
                return f"{self.label(node.name)}: {self.part(node)}"
            case Call():
                return self.call(node)
            case _:
                message, names = _LEAVES[type(node)]
                return self.say(message) % {
                    name: self.label(getattr(node, name)) for name in names
                }

    def condition(self, node: Expression) -> str:
        """A node where a condition stands: a yes/no question alone is worded as `Fever is yes`."""
        if isinstance(node, Answer):
            return self.say(OPERATORS["eq"].wording) % {
                "a": self.label(node.name),
                "b": self.yes_no(yes=True),
            }
        return self.node(node)

    def yes_no(self, *, yes: bool) -> str:
        """In the language of the sentence, which is the reader's."""
        return self.say(_("yes") if yes else _("no"))

    def label(self, name: str) -> str:
        cell = self.names.cell(name)
        section = self.names.sections.get(name)
        text = cell.label if cell else section.title if section else None
        label = text.plain(self.language, self.source) if text else ""
        label = label.strip().rstrip("?:").strip() or name
        return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"

    def part(self, node: Part) -> str:
        """What a part is called, in the sentence's language where it is one of ours."""
        found = self.names.part(node.name, node.part)
        if found is None:
            return node.part
        label = label_of(found, self.language, self.source)
        return self.say(label) if isinstance(found.label, str) else label

    def constant(self, node: Constant, beside: Expression | None) -> str:
        if node.type == "bool":
            return self.yes_no(yes=bool(node.value))
        if node.type in SHOWN:
            return SHOWN[node.type](node.value, self.language)
        if node.type == "text":
            return f"“{node.value}”"
        names = node.value if isinstance(node.value, tuple) else (str(node.value),)
        labels = {
            choice.name: choice.label.plain(self.language) for choice in self.choices(beside)
        }
        return ", ".join(labels.get(name) or name for name in names)

    def choices(self, beside: Expression | None) -> tuple[Choice, ...]:
        """What can be chosen where the constant is compared."""
        if isinstance(beside, Part):
            found = self.names.part(beside.name, beside.part)
            return () if found is None else found.choices
        question = self.names.questions.get(beside.name) if isinstance(beside, Answer) else None
        return question.settings.items().get("choices", ()) if question else ()

    def call(self, call: Call) -> str:
        row, table = OPERATORS[call.operator], table_in(call)
        if table is not None:
            return self.table(table)
        if row.name == "not":
            return self.negated(call.args[0])
        return self.say(row.wording) % self.words(call)

    def table(self, table: Table) -> str:
        """`Stay home if Fever is yes; come in if Age is at least 80; otherwise none`."""
        parts = [self.node(Call("when", row)) for row in table.rows]
        if table.otherwise is not None:
            words = {"value": self.result(table.otherwise)}
            parts.append(self.say(_("otherwise %(value)s")) % words)
        rows = "; ".join(parts)
        return rows if table.first else self.say(OPERATORS["collect"].wording) % {"list": rows}

    def result(self, node: Expression) -> str:
        """What a row gives: a text stands without the quotation marks that it has in a comparison."""
        return (
            str(node.value)
            if isinstance(node, Constant) and node.type == "text"
            else self.node(node)
        )

    def negated(self, inner: Expression) -> str:
        row = OPERATORS[inner.operator] if isinstance(inner, Call) else None
        if isinstance(inner, Answer):
            return self.say(OPERATORS["eq"].wording) % {
                "a": self.label(inner.name),
                "b": self.yes_no(yes=False),
            }
        if row is not None and row.negated and isinstance(inner, Call):
            return self.say(row.negated) % self.words(inner)
        return self.say(OPERATORS["not"].wording) % {"a": self.condition(inner)}

    def words(self, call: Call) -> dict[str, str]:
        logical = call.operator in {"and", "or"}
        said = [self.argument(call, arg, logical=logical) for arg in call.args]
        comma, conjunction = ", ", self.say(_("or"))
        joint = (
            f" {self.say(_('and'))} "
            if call.operator == "and"
            else f" {conjunction} "
            if logical
            else comma
        )
        rest = said[1:]
        listed = (
            comma.join(rest[:-1]) + f" {conjunction} {rest[-1]}"
            if len(rest) > 1
            else "".join(rest)
        )
        letters = dict(zip("abc", (*said, "", ""), strict=False))
        several = {"all": joint.join(said[:-1]), "last": said[-1], "rest": listed}
        return {**letters, **several, "list": comma.join(said)}

    def argument(self, call: Call, arg: Expression, *, logical: bool) -> str:
        if call.operator in {"if", "when"} and arg is call.args[0]:
            return self.condition(arg)
        if call.operator == "when":
            return self.result(arg)
        if not logical:
            return self.node(arg, call.args[0])
        said = self.condition(arg)
        mixed = (
            isinstance(arg, Call)
            and arg.operator in {"and", "or"}
            and arg.operator != call.operator
        )
        return f"({said})" if mixed else said


def describe(
    expression: Expression | None,
    definition: Definition,
    language: str = "",
    gettext: Callable[[str], str] = str,
) -> str:
    """The expression in words; `always` if there is none."""
    if expression is None:
        return gettext(_("always"))
    describer = _Describer(
        index(definition), definition.source, language or definition.source, gettext
    )
    return describer.condition(expression)
