"""What may stand under a question beside its note: an answer that the script filled in, one that is kept and does not count, a
warning with the reason why it may stand. Plain questions have none of it.

Each mark is drawn hidden where it says nothing yet: the browser (`screen/marks.mjs`) shows it when the view does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from builder.definition.nodes import Question
from runtime import engine
from runtime.workspace.screen_nesting import Spot
from runtime.workspace.screen_sheet import Sheet, shown_value
from runtime.workspace.wording import problem_sentence, say


@dataclass(frozen=True)
class Asked:
    """A question at its place, with what the view says of it."""

    sheet: Sheet
    question: Question
    place: str
    spot: Spot
    seen: Mapping[str, Any]
    left: bool  # its section was seen and left: a missing answer may be told

    @property
    def raw(self) -> Any:
        """What its field holds: what was answered; a default where nobody did; of filtered choices those that count."""
        if self.follows and self.seen["relevant"] and self.place not in self.sheet.typed:
            return self.seen["value"]
        return self.sheet.raw(self.place)

    @property
    def follows(self) -> bool:
        """Whether what its field holds may change although nobody answers."""
        return self.question.default is not None or self.question.choice_filter is not None

    @property
    def warns(self) -> bool:
        """Whether one of its constraints is only a warning."""
        return any(constraint.warning for constraint in self.question.constraints)

    @property
    def is_plain(self) -> bool:
        """Whether nothing about it hangs on other answers but its relevance and its problems."""
        question = self.question
        return (
            not self.follows
            and isinstance(question.required, bool)
            and isinstance(question.read_only, bool)
            and not (question.constraints and self.warns)
        )

    @property
    def required(self) -> bool:
        return self.question.required is True or (
            self.question.required is not False and bool(self.seen["required"])
        )

    @property
    def locked(self) -> bool:
        """Whether it may not be answered, always or for now."""
        return self.question.read_only is True or bool(self.seen.get("read_only"))

    def offers(self, name: str) -> bool:
        """Whether a choice is offered now."""
        return self.question.choice_filter is None or name in self.seen.get("choices", ())


def errors(seen: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The problems that are no warnings."""
    return [problem for problem in seen["problems"] if not problem.get("warning")]


def blocking(seen: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The problems that stand in the way of an end: not the warnings that were set aside."""
    return [problem for problem in seen["problems"] if "overridden" not in problem]


def marks(asked: Asked) -> str:
    """All marks of a question; nothing for a plain one."""
    return "" if asked.is_plain else "".join(_marks(asked))


def _marks(asked: Asked) -> Iterator[str]:
    if asked.question.default is not None:
        yield _suggested(asked)
    if asked.question.choice_filter is not None:
        yield _kept(asked)
    if asked.warns:
        yield _warned(asked)


def was(asked: Asked) -> str:
    """What the field held when it was drawn, so that a post without JavaScript tells an answer from what was there of itself. In a
    public form each field says so: two windows of it then change only what was answered in them."""
    if not (asked.follows or asked.sheet.mode == "public") or not asked.seen["relevant"]:
        return ""
    held = escape(engine.canonical(asked.raw))
    return f'<input type="hidden" name="was:{asked.place}" value="{held}">'


def _button(asked: Asked, deed: str, words: str) -> str:
    return (
        f'<button class="button small" name="go" value="{deed}:{asked.place}" data-{deed}="{asked.place}">'
        f"{escape(words)}</button>"
    )


def _hidden(shown: object) -> str:
    return "" if shown else " hidden"


def _suggested(asked: Asked) -> str:
    """A default counts as the answer; who has asked confirms it."""
    hidden = _hidden(asked.seen.get("defaulted") and not asked.locked)
    words = escape(say("suggested", asked.sheet.mode))
    button = _button(asked, "confirm", say("confirm", asked.sheet.mode))
    return f'<p class="suggested" data-suggested{hidden}><span>{words}</span> {button}</p>'


def _kept(asked: Asked) -> str:
    """An answer that is not offered now; and that nothing is."""
    kept = asked.seen.get("kept") and asked.seen["relevant"]
    value = asked.sheet.raw(asked.place) if kept else None
    words = _kept_words(asked, value) if kept else ""
    nothing = not asked.seen.get("choices") and not kept
    return (
        f'<p class="kept" data-kept{_hidden(kept)}>{words}</p>'
        f'<p class="kept" data-nothing{_hidden(nothing)}>{escape(say("none_offered", asked.sheet.mode))}</p>'
    )


def _kept_words(asked: Asked, value: Any) -> str:
    return say("kept", asked.sheet.mode, value=shown_value(asked.sheet, asked.question, value))


def _warned(asked: Asked) -> str:
    """The warnings in force, with a field for the reason why they may stand, or the reason that was given."""
    warnings = [problem for problem in asked.seen["problems"] if problem.get("warning")]
    words = " ".join(
        escape(problem_sentence(problem["code"], problem.get("message"), asked.sheet.mode))
        for problem in warnings
    )
    reason = next((p["overridden"] for p in warnings if "overridden" in p), None)
    mode, place = asked.sheet.mode, asked.place
    given = escape(say("set_aside_because", mode, reason=reason)) if reason is not None else ""
    return (
        f'<div class="warned" data-warned{_hidden(warnings)}><p class="warning" id="w:{place}" data-warning>{words}</p>'
        f'<p class="set-aside" data-aside{_hidden(reason is None)}><label for="r:{place}">{escape(say("reason", mode))}</label>'
        f'<input type="text" id="r:{place}" name="r:{place}" maxlength="1000" autocomplete="off" data-reason> '
        f"{_button(asked, 'override', say('set_aside', mode))}</p>"
        f"<p data-overridden{_hidden(reason is not None)}>{given}</p></div>"
    )
