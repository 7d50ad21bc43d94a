"""What stands around the talk: the call at the top, the path at the left, person and history at the right, the bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext

from builder.definition.nodes import Calculation, Question, Section
from runtime.records.undoing import Steps
from runtime.telephony.links import link
from runtime.workspace.screen_nesting import depth_of, questions_of
from runtime.workspace.screen_sections import entries_so_far, hidden_inputs, section_form
from runtime.workspace.screen_sheet import Sheet, shown_value
from runtime.workspace.screen_undo import render_undo
from runtime.workspace.veils import VEILED_FACTS
from runtime.workspace.wording import say


@dataclass(frozen=True)
class Call:
    """The call around a record: its work item as the screen needs it; all empty for a record without a queue."""

    app_title: str = ""
    version: str = ""
    number: str = ""  # the number to dial, for the eye
    dial: str = ""  # and for the telephone
    address: str = ""  # the link that dials
    point: str = ""  # the contact point it is
    attempt: int = 0
    reference: str = ""  # what the person may be told, to be found again
    seconds: int | None = None  # how long this call lasts already
    home: str = "/"


@dataclass(frozen=True)
class Happening:
    """One line of the history: no answers, only that something happened."""

    when: str
    what: str
    who: str = ""


def render_top(sheet: Sheet, call: Call) -> str:
    """Who is on the line, which language is spoken, where help is."""
    pills = ""
    if sheet.mode == "preview":
        pills += f'<span class="pill pill-live">{escape(say("nothing_saved"))}</span>'
    pills += _clock(call) + _number(call)
    if call.attempt:
        pills += (
            f'<span class="pill">{escape(gettext("attempt %(n)s") % {"n": call.attempt})}</span>'
        )
    if call.reference:
        words = escape(gettext("Reference"))
        pills += f'<span class="pill">{words} <b>{escape(call.reference)}</b></span>'
    keys = escape(gettext("Keys"))
    jump = escape(gettext("Go to a question"))
    pills += _languages(sheet)
    pills += f'<button type="button" class="pill" data-open-jump hidden aria-haspopup="dialog">/ <span class="unseen">{jump}</span></button>'
    pills += f'<button type="button" class="pill" data-open-keys hidden aria-haspopup="dialog">? <span class="unseen">{keys}</span></button>'
    return (
        f'<p class="screen-mark"><a href="{escape(call.home)}">Scriptorium</a>'
        f"<small>{escape(call.app_title)}{' · ' if call.version else ''}{escape(call.version)}</small></p>"
        f'<div class="screen-call">{pills}</div>'
    )


def _clock(call: Call) -> str:
    """How long the call lasts; the browser lets it run."""
    if call.seconds is None:
        return ""
    words = escape(gettext("In this call"))
    return (
        f'<span class="pill pill-live" role="timer" data-clock="{call.seconds}" hidden>'
        f"{words} <b data-time></b></span>"
    )


def _number(call: Call) -> str:
    """The number: a press dials it, a second button copies it for a telephone of one's own."""
    if not call.number:
        return ""
    dial, copy = escape(gettext("Dial")), escape(gettext("Copy"))
    what = escape(gettext("Copy the number"))
    return (
        f'<span class="pill-pair"><a class="pill" data-dial="{call.point}" {link(call.address)}>{dial} '
        f"<b>{escape(call.number)}</b></a>"
        f'<button type="button" class="pill" data-copy="{escape(call.dial)}" aria-label="{what}" '
        f"hidden>{copy}</button></span>"
    )


def _languages(sheet: Sheet) -> str:
    """The switch of the script's language, apart from the language of the person's own screens."""
    if len(sheet.definition.languages) < 2:
        return ""
    buttons = "".join(
        f'<button name="go" value="language:{code}" data-language="{code}" '
        f'aria-pressed="{"true" if code == sheet.language else "false"}">{escape(code.upper())}</button>'
        for code in sheet.definition.languages
    )
    label = escape(gettext("Language of the conversation"))
    return (
        f'<form class="segments" method="post" action="{sheet.door.section_url}" role="group" aria-label="{label}">'
        f"{hidden_inputs(sheet, sheet.shown)}{buttons}</form>"
    )


def render_path(sheet: Sheet) -> str:
    """The relevant sections in order, with what is done, missing or to be checked; then those that are open at any time."""
    path = set(sheet.view["path"])
    steps = "".join(
        _step(sheet, section, section.name in path) for section in sheet.steps if not section.side
    )
    title = escape(gettext("Path"))
    return (
        f'<nav class="screen-path" aria-label="{title}"><div><h2>{title}</h2><ol class="path">{steps}</ol>'
        f"{_aside(sheet)}</div></nav>"
    )


def _step(sheet: Sheet, section: Section, relevant: bool) -> str:
    now = section.name == sheet.shown
    aria = ' aria-current="step"' if now else ""
    depth = f' data-depth="{depth_of(sheet.definition, section)}"' if section.within else ""
    return (
        f'<li data-step="{section.name}" class="{step_class(sheet, section)}"{depth}{"" if relevant else " hidden"}>'
        f'<a href="?section={section.name}"{aria}><i aria-hidden="true"></i>'
        f"{sheet.marked(section.id, 'title', section.title)}<em>{escape(step_note(sheet, section))}</em></a></li>"
    )


def _aside(sheet: Sheet) -> str:
    """The side sections. Each is a button of the shown form, so that what is typed there is saved on the way."""
    asides = [section for section in sheet.steps if section.side]
    if not asides:
        return ""
    shown = next((each for each in sheet.steps if each.name == sheet.shown), asides[0])
    rows = "".join(_open(sheet, section, section_form(shown)) for section in asides)
    return f'<h2>{escape(gettext("At any time"))}</h2><ul class="path">{rows}</ul>'


def _open(sheet: Sheet, section: Section, form: str) -> str:
    relevant = sheet.view["sections"][section.name]["relevant"]
    aria = ' aria-current="step"' if section.name == sheet.shown else ""
    return (
        f'<li data-step="{section.name}" data-side class="{step_class(sheet, section)}"{"" if relevant else " hidden"}>'
        f'<button form="{form}" name="go" value="open:{section.name}" data-open="{section.name}"{aria}>'
        f'<i aria-hidden="true"></i>{sheet.marked(section.id, "title", section.title)}'
        f"<em>{escape(step_note(sheet, section))}</em></button></li>"
    )


def step_class(sheet: Sheet, section: Section) -> str:
    """now, done, warn or nothing."""
    if section.name == sheet.shown:
        return "now"
    seen = sheet.view["sections"][section.name]
    if seen["problems"]:
        return "warn"
    return "done" if section.name in sheet.left and not seen["missing"] else ""


def step_note(sheet: Sheet, section: Section) -> str:
    """The small count beside a step."""
    seen = sheet.view["sections"][section.name]
    if seen["missing"] and section.name in sheet.left:
        return say("missing_count", n=seen["missing"])
    return entries_so_far(sheet, section)


def render_side(sheet: Sheet, history: Sequence[Happening]) -> str:
    """Person, computed values, history."""
    return (
        f'<aside class="screen-side" aria-label="{escape(gettext("Person and history"))}">'
        f"<div>{_person(sheet)}{_computed(sheet)}{_history(history)}</div></aside>"
    )


def _root_sections(sheet: Sheet) -> list[Section]:
    return [section for section in sheet.steps if not section.repeat]


def _person(sheet: Sheet) -> str:
    facts = [q for section in _root_sections(sheet) for q in questions_of(section) if q.fact]
    return _facts(gettext("Person"), "".join(_fact(sheet, question) for question in facts))


def _fact(sheet: Sheet, question: Question) -> str:
    value = shown_value(sheet, question, sheet.answer(question.name)["value"])
    if question.fact in VEILED_FACTS:
        show = escape(gettext("show"))
        value = (
            f'<details><summary>•••• <span class="unseen">{show}</span></summary>'
            f'<span data-fact="{question.name}">{value}</span></details>'
        )
        return f"<dt>{sheet.marked(question.id, 'label', question.label)}</dt><dd>{value}</dd>"
    return f'<dt>{sheet.marked(question.id, "label", question.label)}</dt><dd data-fact="{question.name}">{value}</dd>'


def _computed(sheet: Sheet) -> str:
    rows = "".join(
        f"<dt>{sheet.marked(item.id, 'label', item.label)}</dt>"
        f'<dd data-fact="{item.name}">{shown_value(sheet, item, sheet.answer(item.name)["value"])}</dd>'
        for section in _root_sections(sheet)
        for item in section.items
        if isinstance(item, Calculation) and item.shown
    )
    return _facts(gettext("Computed"), rows)


def _facts(title: str, rows: str) -> str:
    return f'<h2>{escape(title)}</h2><dl class="facts">{rows}</dl>' if rows else ""


def _history(history: Sequence[Happening]) -> str:
    rows = "".join(
        f"<li><b>{escape(h.when)}</b>{escape(h.what)}{f' <span>· {escape(h.who)}</span>' if h.who else ''}</li>"
        for h in history
    )
    return (
        f'<h2>{escape(gettext("History"))}</h2><ul class="happenings">{rows}</ul>' if rows else ""
    )


def is_last(sheet: Sheet) -> bool:
    """Nothing follows, and nothing can: a later section may still open while a required answer is missing here."""
    if sheet.view["next"] or sheet.shown not in sheet.view["sections"]:
        return not sheet.view["next"]
    missing = sheet.view["sections"][sheet.shown]["missing"]
    return not missing or [each for each in sheet.steps if not each.side][-1:] == [_shown(sheet)]


def _shown(sheet: Sheet) -> Section | None:
    return next((section for section in sheet.steps if section.name == sheet.shown), None)


def render_bar(sheet: Sheet, steps: Steps | None = None) -> str:
    """Back, next, undo, redo, end, and whether all is saved. The buttons belong to the form of the shown section."""
    shown = _shown(sheet)
    form = f'form="{section_form(shown)}"' if shown else "disabled"
    previous = "" if sheet.view["previous"] else " disabled"
    end = gettext("End call …") if sheet.occasion == "call" else gettext("Finish …")
    saved = say("nothing_saved") if sheet.mode == "preview" else ""
    onwards = say("return" if shown and shown.side else "last" if is_last(sheet) else "next")
    return (
        f'<footer class="screen-bar"><button class="button" {form} name="go" value="back" data-go="back"{previous}>'
        f"{escape(gettext('Back'))} <kbd aria-hidden='true'>⇧⏎</kbd></button>"
        f'<button class="button go" {form} name="go" value="next" data-go="next">{escape(onwards)} '
        f"<kbd aria-hidden='true'>⏎</kbd></button>"
        f"{render_undo(sheet, steps, form)}"
        f'<a class="button" href="?section={sheet.shown}&amp;end=1" data-go="end" aria-haspopup="dialog">{escape(end)} '
        f"<kbd aria-hidden='true'>Ctrl E</kbd></a>"
        f'<p class="saved" role="status" aria-live="polite" data-saved>{escape(saved)}</p></footer>'
    )
