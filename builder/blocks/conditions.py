"""What an editor picks as a condition: rows of question, operator and value, joined by all, any or none.

    {"join": "all", "rows": [{"question": ID, "operator": "eq", "value": "yes"}]}

`question` is the id of a block of the same page (a question, a calculation, or a repeated section: the number of its
entries), or `this` (the answer itself, in a constraint), or `score` (a lesson's percent), or `offered.ATTRIBUTE` (what a
choice says of itself, in a filter of choices; `offered.name` is its own name). `value` is a text, a boolean, a
list of choice names, `{"today": DAYS}` or `{"answer": ID}`; absent for `answered` and `unanswered`. A row may be a group, with
`join` and `rows` of its own.

Instead of rows there may be a formula: `{"formula": "days between onset and today <= 10"}`.
"""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from builder.conditions import OPERATORS as VERBS
from builder.conditions.operators import COMPARABLE
from builder.question_types import QUESTION_TYPES, QuestionType, Settings
from builder.values import ANSWER_TYPES

JOINS = ("all", "any", "none")
OPERATORS = (
    ("eq", _("is")),
    ("ne", _("is not")),
    ("lt", _("is less than, before")),
    ("le", _("is at most, not after")),
    ("gt", _("is more than, after")),
    ("ge", _("is at least, not before")),
    ("one_of", _("is one of")),
    ("contains", _("includes")),
    ("lacks", _("does not include")),
    ("answered", _("is answered")),
    ("unanswered", _("is not answered")),
)
FORMULA_HELP = _(
    "Over the names of this page, for example: days between onset and today <= 10. Texts and choices stand in quotation marks."
)
NAMES = frozenset(name for name, _wording in OPERATORS)
# What an editor picks, under the name of the language's operator that it is made with.
MADE_WITH = {"lacks": "contains", "unanswered": "answered"}
MOST_ROWS = 100
DEEPEST = 6  # groups in groups
LONGEST = 5000


def kinds() -> dict[str, dict[str, Any]]:
    """What can be asked of each question type, and of calculations by their answer type: operators, and what with."""
    found: dict[str, dict[str, Any]] = {
        name: _kind(name, _operators(name)) for name in ANSWER_TYPES
    }
    for each in QUESTION_TYPES:
        plain = ["answered", "unanswered"]
        found[each.name] = {
            **_kind(each.answer_type, plain if each.door else _operators(each.answer_type)),
            "parts": _parts(each),
        }
    # What a choice says of itself is compared with words, or with what was chosen elsewhere.
    found["offered"] = {"type": "one", "operators": ["eq", "ne"], "ways": ["fixed", "answer"]}
    # What a formula gives is not known before the page is compiled.
    found["formula"] = {
        "type": "text",
        "operators": [name for name, _wording in OPERATORS if name != "one_of"],
        "ways": [],
    }
    return found


def _parts(kind: QuestionType) -> list[list[str]]:
    """The parts that every question of the type has: name, label, answer type. An author's own rows are found in the editor."""
    settings = Settings(
        {setting.name: setting.default for setting in kind.settings} | {"rows": (), "choices": ()}
    )
    return [
        [part.name, str(_(part.label)), part.answer_type]
        for part in kind.parts(settings)
        if isinstance(part.label, str)
    ]


def _kind(answer_type: str, operators: list[str]) -> dict[str, Any]:
    ways = ["fixed", *(["today"] if answer_type == "date" else []), "answer"]
    return {
        "type": answer_type,
        "operators": operators,
        "ways": ways if answer_type in COMPARABLE else [],
    }


def _operators(answer_type: str) -> list[str]:
    """Those that take the type first; `one_of` only where there is a list to pick from."""
    return [
        name
        for name, _wording in OPERATORS
        if answer_type in _taken(MADE_WITH.get(name, name))
        and (name != "one_of" or answer_type == "one")
    ]


def _taken(operator: str) -> tuple[str, ...]:
    row = VERBS[operator]
    return row.among if row.takes[0] == "A" else row.takes[:1]


class ConditionField(forms.CharField):
    """Holds the JSON of a condition; anything of another shape is refused here, at the door."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        condition = self.read(text)
        if condition is None:
            return ""
        if not _well_formed(condition):
            raise ValidationError(_("This condition cannot be read. Remove it and pick it again."))
        return self.write(condition)

    @staticmethod
    def read(text: Any) -> Any:
        """The condition in a posted text; None without rows and formula; the text itself where it is no JSON."""
        if not isinstance(text, str):
            return text
        try:
            condition = json.loads(text) if text.strip() else None
        except (ValueError, RecursionError):
            return text
        if not isinstance(condition, dict):
            return condition
        written = condition.get("formula")
        if isinstance(written, str) and written.strip():
            return {"formula": written.strip()}
        return condition if condition.get("rows") else None

    @staticmethod
    def write(condition: Any) -> str:
        if condition is None or isinstance(condition, str):
            return condition or ""
        return json.dumps(condition, ensure_ascii=False, sort_keys=True)


def _well_formed(condition: Any) -> bool:
    if not isinstance(condition, dict) or condition.get("join", "all") not in JOINS:
        return False
    if "formula" in condition:
        return isinstance(condition["formula"], str) and len(condition["formula"]) <= LONGEST
    return _well_formed_group(condition, 0)


def _well_formed_group(group: dict[str, Any], depth: int) -> bool:
    rows = group.get("rows")
    return (
        group.get("join", "all") in JOINS
        and isinstance(rows, list)
        and len(rows) <= MOST_ROWS
        and depth <= DEEPEST
        and all(_well_formed_row(row, depth) for row in rows)
    )


def _well_formed_row(row: Any, depth: int) -> bool:
    if isinstance(row, dict) and "rows" in row:
        return _well_formed_group(row, depth + 1)
    return (
        isinstance(row, dict)
        and isinstance(row.get("question"), str)
        and isinstance(row.get("operator"), str)
        and row["operator"] in NAMES
        and _well_formed_value(row.get("value"))
    )


def _well_formed_value(value: Any) -> bool:
    if isinstance(value, dict):
        return len(value) == 1 and (
            isinstance(value.get("answer"), str)
            or (isinstance(value.get("today"), int) and abs(value["today"]) < 100_000)
        )
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return isinstance(value, str | bool | int | float | None)
