"""The table: each state with the way to it. Within a chapter one state may begin where the one before it stands."""

from dataclasses import dataclass
from typing import Any, Final

from tests.states import aftermath, callers, calls, citizens, supervisors
from tests.states.house import Come


@dataclass(frozen=True)
class State:
    """`come` leads there and gives the page. `kept`: (width, theme) of the pictures that the repository shows."""

    name: str
    come: Come
    kept: tuple[tuple[int, str], ...] = ()


CHAPTERS: Final[dict[str, tuple[State, ...]]] = {
    "home": (
        State("home", calls.home_with_work),
        State("home-without-skill", calls.home_without_skill),
    ),
    "call": (
        State("beginning", calls.beginning, kept=((320, "light"),)),
        State("conditions", calls.conditions, kept=((1440, "dark"),)),
        State("dates", calls.dates_read),
        State("entries-at-one", calls.entries),
        State("entries", calls.entries_from_the_top, kept=((1440, "light"), (800, "light"), (320, "dark"))),
        State("jump", calls.jump),
        State("keys", calls.keys),
        State("ends", calls.ends, kept=((1440, "light"),)),
        State("callback", calls.callback),
        State("ringing-in-a-call", calls.ringing_in_a_call),
        State("line-gone", calls.line_gone),
        State("line-back", calls.line_back),
    ),
    "desk": (
        State("long-list", calls.long_list),
        State("warning", calls.warning),
        State("set-aside", calls.set_aside),
        State("side", calls.side),
        State("kinds", calls.every_kind),
        State("kinds-parts", calls.papers),
        State("missing-translation", calls.missing_translation),
    ),
    "record": (
        State("conflict", aftermath.conflict),
        State("carried-over", aftermath.carried_over),
        State("session-ended", aftermath.session_ended),
        State("purpose", aftermath.purpose),
        State("reading", aftermath.reading),
    ),
    "line": (
        State("asking", callers.asking, kept=((1440, "light"),)),
        State("asking-wrong", callers.wrong),
        State("somebody-else", callers.somebody_else),
        State("not-verified", callers.failed),
        State("guardian", callers.guardian),
        State("ringing", callers.ringing),
        State("who-calls", callers.who_calls),
        State("unknown-caller", callers.unknown_caller),
        State("missed", callers.missed),
    ),
    "lesson": (
        State("lesson", callers.lesson),
        State("quiz", callers.quiz),
        State("result", callers.result),
    ),
    "form": (
        State("form-begin", citizens.begin),
        State("form-section", citizens.section, kept=((320, "light"),)),
        State("form-errors", citizens.errors),
        State("form-later", citizens.later),
        State("form-code", citizens.later_code),
        State("form-back", citizens.come_back),
        State("form-entries", citizens.entries),
        State("form-check", citizens.check),
        State("form-done", citizens.done),
    ),
    "supervisors": (
        State("campaigns", supervisors.campaigns),
        State("list-looked-at", supervisors.list_looked_at),
        State("list-loaded", supervisors.list_loaded),
        State("double", supervisors.double),
        State("board", supervisors.board),
        State("report", supervisors.report),
        State("folders", supervisors.folders),
        State("told-at-home", supervisors.told_at_home),
    ),
    "end of the day": (State("home-without-work", calls.home_without_work),),
}  # fmt: skip


def each(page: Any) -> Any:
    """The page as it should stand before it is looked at: nothing of it moves."""
    page.evaluate(
        "document.getAnimations().forEach((one) => { try { one.finish(); } catch { one.cancel(); } })"
    )
    return page
