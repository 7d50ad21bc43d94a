"""Questions that take their choices from a shared list: the list's choices are put into the bodies before these are compiled.

What a version holds are plain choices: no engine knows of shared lists, and a list that changes changes no version.
A question keeps `regions` (it follows the list) or `regions@3` (it keeps to the list's third edition).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from builder.compile.index import items_of, value_of
from builder.compile.source import Block, Body, SharedList, Source
from builder.problems import Problem, gettext_noop, quoted
from builder.question_types import TYPES

FROM = "_from"  # behind the name of a setting: where its choices come from
FAULTS = {
    "missing": (
        gettext_noop("There is no shared list “%(list)s”."),
        gettext_noop("Pick another list, or write the choices here."),
    ),
    "closed": (
        gettext_noop("The shared list “%(list)s” is not published."),
        gettext_noop("Publish the list, pick another one, or write the choices here."),
    ),
    "edition": (
        gettext_noop("The shared list “%(list)s” has no edition %(number)s."),
        gettext_noop("Pick one of its editions, or let the question follow the list."),
    ),
}
TWICE = (
    gettext_noop("Choices are written here, and the shared list “%(list)s” is picked too."),
    gettext_noop("Take the one or the other away."),
)
Labels = Mapping[str, str]


def references_in(body: list[Block]) -> Iterator[tuple[Block, str, str]]:
    """(question, setting, reference) of each list of choices that is taken from a shared list."""
    for section in body:
        for item in items_of(section):
            kind = TYPES.get(item["type"])
            for setting in kind.settings if kind else ():
                reference = value_of(item).get(setting.name + FROM)
                if setting.kind == "choices" and isinstance(reference, str) and reference:
                    yield item, setting.name, reference


def code_and_number(reference: str) -> tuple[str, int | None]:
    """The code of the list, and the number of the edition that is kept to; None where the list is followed."""
    code, _at, number = reference.partition("@")
    return code, int(number) if number.isascii() and number.isdecimal() else None


def with_lists(source: Source) -> tuple[Source, list[Problem]]:
    """The source with the choices of shared lists in its questions, in all languages, and what is wrong with them."""
    wanted: dict[str, dict[str, SharedList]] = {}
    problems = []
    for block, setting, reference in references_in(source.first.body):
        shared = source.lists.get(reference) or SharedList("", fault="missing")
        problems += _problems(block, setting, reference, shared)
        if not shared.fault:
            wanted.setdefault(block["id"], {})[setting] = shared
    if not wanted:
        return source, problems
    bodies = {
        code: replace(body, body=_filled(body, wanted, _Speaker(code, tuple(source.languages))))
        for code, body in source.languages.items()
    }
    return replace(source, languages=bodies), problems


def _problems(block: Block, setting: str, reference: str, shared: SharedList) -> list[Problem]:
    code, number = code_and_number(reference)
    params = {"list": shared.title or quoted(code), "number": number}
    told = [FAULTS[shared.fault]] if shared.fault else []
    told += [TWICE] if value_of(block).get(setting) else []
    return [
        Problem("shared_list", block["id"], message, remedy, params) for message, remedy in told
    ]


class _Speaker:
    """The label of a choice in one language of the source. The first one never lacks it, as long as the list has any."""

    def __init__(self, code: str, languages: tuple[str, ...]) -> None:
        self.code = code
        self.languages = languages

    def label(self, labels: Labels) -> str:
        found = labels.get(self.code, "")
        if found or self.code != self.languages[0] or any(map(labels.get, self.languages)):
            return found
        return next(iter(labels.values()), "")

    def choices(self, shared: SharedList) -> list[dict[str, Any]]:
        return [{**choice, "label": self.label(choice["label"])} for choice in shared.choices]


def _filled(
    body: Body, wanted: Mapping[str, Mapping[str, SharedList]], speaker: _Speaker
) -> list[Block]:
    def item(block: Block) -> Block:
        lists = wanted.get(block["id"])
        if not lists:
            return block
        made = {setting: speaker.choices(shared) for setting, shared in lists.items()}
        return {**block, "value": {**value_of(block), **made}}

    return [
        {**section, "value": {**value_of(section), "items": [item(b) for b in items_of(section)]}}
        for section in body.body
    ]
