"""enableWhen as conditions that an editor could have picked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from builder.interchange.base import Condition, Row
from builder.interchange.fhir.choices import Option, matching
from builder.interchange.fhir.items import Item, text_of
from builder.interchange.notes import Notes
from builder.values import canonical, is_date, is_number

OPERATORS = {"=": "eq", "!=": "ne", ">": "gt", "<": "lt", ">=": "ge", "<=": "le"}
OF_SEVERAL = {"eq": "contains", "ne": "lacks"}
ORDERED = ("integer", "decimal", "date")
ANSWERS = (
    "answerBoolean", "answerCoding", "answerInteger", "answerDecimal", "answerDate", "answerString", "answerQuantity",
)  # fmt: skip
LARGEST = 14  # powers of ten
NOT_KNOWN = ("answerDateTime", "answerTime", "answerReference")


@dataclass(frozen=True)
class Target:
    """A question that later conditions may name; `scope` is the repeat it lies in, or empty."""

    id: str
    type: str
    options: tuple[Option, ...] = ()
    scope: str = ""


@dataclass
class Conditions:
    """Turns the conditions of items into ours, as the questions before them become known."""

    notes: Notes
    questions: frozenset[str]
    targets: dict[str, Target] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def of(self, item: Item, scope: str = "") -> Condition | None:
        """The item's own condition; None when it is always asked (or nothing of it could be kept)."""
        if not item.conditions:
            return None
        join = item.behaviour or ("any" if len(item.conditions) > 1 else "all")
        if not item.behaviour and len(item.conditions) > 1:
            self.notes.problem("no_behaviour", item.link_id)
        rows = [row for raw in item.conditions if (row := self._row(raw, item.link_id, scope))]
        return self._joined(rows, join, item.link_id)

    def _joined(self, rows: list[Row], join: str, place: str) -> Condition | None:
        if not rows:
            return None
        join = "any" if len(rows) == 1 else join
        unlike = [row for row in rows if row.operator in ("ne", "lacks")]
        if unlike and join == "any":  # "not equal" is true of an unanswered question, too
            rows = [*rows, *(Row(row.question, "unanswered") for row in unlike)]
        elif unlike:
            self.notes.loss("unanswered_not_equal", place)
        rows = list(dict.fromkeys(rows))
        return Condition(tuple(rows), join if len(rows) > 1 else "all")

    def _row(self, raw: Mapping[str, Any], place: str, scope: str) -> Row | None:
        named = text_of(raw.get("question"))[:200]
        target = self.targets.get(named)
        if target is None:
            self._note_unknown(named, place)
            return None
        if target.scope not in ("", scope):
            self.notes.loss("condition_kind", place, kind="repeat")
            return None
        return self._compared(raw, target, place, named)

    def _note_unknown(self, named: str, place: str) -> None:
        if named in self.left_out:
            self.notes.loss("condition_left_out", place, question=named[:80])
        else:
            code = "condition_later" if named in self.questions else "condition_unknown"
            self.notes.problem(code, place, question=named[:80])

    def _compared(
        self, raw: Mapping[str, Any], target: Target, place: str, named: str
    ) -> Row | None:
        operator = raw.get("operator", "=")
        exists = (
            raw.get("hasAnswer")
            if "hasAnswer" in raw
            else raw.get("answerBoolean")
            if operator == "exists"
            else None
        )
        if isinstance(exists, bool):
            return Row(target.id, "answered" if exists else "unanswered")
        if any(key in raw for key in NOT_KNOWN):
            self.notes.loss(
                "condition_kind", place, kind=next(key for key in NOT_KNOWN if key in raw)
            )
            return None
        if not isinstance(operator, str) or operator not in OPERATORS:
            self.notes.problem("condition_unreadable", place)
            return None
        value = next((_value(raw[key], target) for key in ANSWERS if key in raw), None)
        verb = OPERATORS[operator]
        if value is None or (verb not in ("eq", "ne") and target.type not in ORDERED):
            self.notes.problem("condition_value", place, question=named[:80])
            return None
        verb = OF_SEVERAL.get(verb, verb) if target.type == "choose_several" else verb
        return Row(target.id, verb, value)


def _value(answer: Any, target: Target) -> str | bool | None:
    """The answer a condition compares with, as a value of the question's type; None where it cannot be one."""
    if target.type == "yes_no":
        return answer if isinstance(answer, bool) else None
    if target.type in ("choose_one", "choose_several"):
        return _chosen(answer, target.options)
    if target.type in ("integer", "decimal"):
        return _number(answer)
    text = text_of(answer)
    if target.type == "date":
        return text if is_date(text) else None
    return text or None


def _chosen(answer: Any, options: tuple[Option, ...]) -> str | None:
    coding = answer if isinstance(answer, dict) else {"code": str(answer)}
    code = text_of(coding.get("code")) or text_of(coding.get("display"))
    option = matching(options, code, text_of(coding.get("system")))
    return option.name if option else None


def _number(answer: Any) -> str | None:
    answer = answer.get("value") if isinstance(answer, dict) else answer
    return number_text(answer)


def number_text(value: Any) -> str | None:
    """A JSON number as a canonical decimal; None for what is none, or too large to be one."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    if not number.is_finite() or abs(number.adjusted()) > LARGEST:
        return None
    text = canonical(number)
    return text if text is not None and is_number(text) else None


def together(conditions: Iterable[Condition | None]) -> tuple[Condition | None, bool]:
    """All conditions as one, and whether one can say it: rows have a single join, they do not nest."""
    found = list(dict.fromkeys(condition for condition in conditions if condition is not None))
    if len(found) <= 1:
        return (found[0] if found else None), True
    if all(condition.join == "all" for condition in found):
        return Condition(tuple(dict.fromkeys(row for one in found for row in one.rows))), True
    return None, False


def implied(own: Condition | None, question: str) -> bool:
    """Whether the condition can only hold while the question is asked and answered."""
    return own is not None and all(
        row.question == question and row.operator not in ("unanswered", "lacks")
        for row in own.rows
    )
