"""The agent's screen: its HTML beside plain string assembly of the very same bytes.

Processor time; the two ways of drawing take turns in one process.
"""

import statistics
import time
from collections.abc import Callable
from html import escape
from typing import Any

from tests.bench.figure import Figure, at_most, told

DRAWN = 200  # questions
SECTIONS = 10
ROUNDS = 60
TODAY = "2026-03-16"
CHOICES = ("yes", "no", "both of them")


def figures() -> list[Figure]:
    """The ratio of drawing."""
    ours, plain = _medians(*ways())
    return [
        told(f"screen: HTML of {DRAWN} questions", ours * 1000, "ms CPU"),
        told("screen: the same bytes by plain string assembly", plain * 1000, "ms CPU"),
        at_most("screen: ours / plain string assembly", ours / plain, "ratio", 3),
    ]


def _definition(questions: int) -> Any:
    from tests.definitions import definition, line, question, section

    each = questions // SECTIONS
    sections = []
    for number in range(SECTIONS):
        items = [line(f"line-{number}", f"I ask you about part {number} & what followed.")]
        for place in range(number * each, (number + 1) * each):
            items.append(_question(question, place))
        sections.append(section(f"part_{number}", *items))
    return definition(*sections)


def _question(question: Any, place: int) -> Any:
    earlier = ["answered", ["answer", f"q{place - 2}"]] if place % 5 == 4 else None
    if place % 2:
        choices = [(f"c{number}", words) for number, words in enumerate(CHOICES)]
        return question(
            f"q{place}", "choose_one", label=f"Which <{place}>?", choices=choices, required=True
        )
    return question(
        f"q{place}",
        label=f"What about {place}?",
        hint="As it's said.",
        required=True,
        relevance=earlier,
    )


def _medians(*ways: Callable[[], object]) -> list[float]:
    """Median processor seconds of each; they take turns."""
    took: list[list[float]] = [[] for _ in ways]
    for number in range(-5, ROUNDS):
        for place, way in enumerate(ways):
            begun = time.process_time()
            way()
            if number >= 0:  # before that, they warm up
                took[place].append(time.process_time() - begun)
    return [statistics.median(each) for each in took]


def ways() -> tuple[Callable[[], str], Callable[[], str]]:
    """Both ways of drawing the same screen: ours, and plain string assembly."""
    from runtime.engine import start, view
    from runtime.workspace.screen import make_sheet
    from runtime.workspace.screen_sections import render_sections
    from runtime.workspace.screen_sheet import Door

    definition = _definition(DRAWN)
    state = start(definition, "en")  # as a call begins: then the whole page is drawn
    seen = view(definition, state, TODAY)
    shown = [
        (section.name, [item.name for item in section.items if hasattr(item, "settings")])
        for section in definition.sections
    ]
    relevant = {place for place, answer in seen["questions"].items() if answer["relevant"]}

    def ours() -> str:
        sheet = make_sheet(definition, state, seen, mode="agent", door=Door())
        return render_sections(sheet)

    def plain() -> str:
        return "".join(
            _plain_packed(number, name, _plain_section(number, name, names, relevant))
            for number, (name, names) in enumerate(shown)
        )

    return ours, plain


def _plain_packed(number: int, name: str, drawn: str) -> str:
    return f'<script type="text/plain" data-packed="{name}">{drawn}</script>' if number else drawn


def _plain_section(number: int, name: str, names: list[str], relevant: set[str]) -> str:
    first = number == 0
    fields = (
        f'<input type="hidden" name="section" value="{escape(name)}"><input type="hidden" name="nonce" value="">'
        '<input type="hidden" name="token" value="">'
    )
    places = " ".join(each for each in names if each in relevant)
    title = escape(name.replace("_", " ").capitalize())
    return (
        f'<form class="section" method="post" action="" id="s:{name}" data-section="{name}" aria-labelledby="t:{name}" '
        f'novalidate{"" if first else " hidden"}>{fields if first else ""}<input type="hidden" name="shown" value="{places}">'
        '<button class="unseen" name="go" value="next" tabindex="-1" aria-hidden="true"></button>'
        f'<div class="section-head"><h1 id="t:{name}" tabindex="-1"><span data-text="section-{name}/title" lang="en">{title}'
        f'</span></h1></div><p class="line" data-item="line-{number}" data-text="line-{number}/text" lang="en">'
        f"{escape(f'I ask you about part {number} & what followed.')}</p>"
        f"{''.join(_plain_question(each, each in relevant) for each in names)}</form>"
    )


def _plain_question(name: str, relevant: bool) -> str:
    number = int(name[1:])
    if number % 2:
        return _plain_choice(name, number)
    hidden = "" if relevant else " hidden"
    return (
        f'<div class="question" data-place="{name}" data-type="text" data-control="line" data-name="{name}"{hidden}><label class="label" for="q:{name}">'
        f'<span data-text="question-{name}/label" lang="en">{escape(f"What about {number}?")}</span></label>'
        f'<p class="hint" id="h:{name}"><span data-text="question-{name}/hint" lang="en">{escape("As it" + chr(39) + "s said.")}</span></p>'
        f'<input type="text" maxlength="2000" autocomplete="off" value="" id="q:{name}" name="a:{name}" '
        f'aria-describedby="h:{name} n:{name}" aria-required="true"><p class="note" id="n:{name}"></p></div>'
    )


def _plain_choice(name: str, number: int) -> str:
    choices = "".join(
        f'<label class="choice"><input type="radio" name="a:{name}" value="c{at}"><kbd aria-hidden="true">{at + 1}</kbd>'
        f'<span data-text="question-{name}/choice/c{at}" lang="en">{escape(words)}</span></label>'
        for at, words in enumerate(CHOICES)
    )
    return (
        f'<fieldset class="question" data-place="{name}" data-type="choose_one" data-control="radios" data-name="{name}" aria-describedby="n:{name}" '
        f'role="radiogroup"><legend><span data-text="question-{name}/label" lang="en">{escape(f"Which <{number}>?")}</span></legend>'
        f'<div class="choices">{choices}<button class="choice-clear" name="go" value="clear:{name}" hidden>clear</button></div>'
        f'<p class="note" id="n:{name}"></p></fieldset>'
    )
