"""Where a shared list is used: by which questions of which scripts, in the draft and in what is published, followed or kept to
an edition, and what the next publishing of each script would change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from builder.compile import code_and_number, references_in
from builder.definition import Definition, Question, questions
from builder.models import App, definition_of
from content.models import AppPage
from content.models.lists import ChoiceList
from content.using import bodies_naming, sources


@dataclass(frozen=True)
class Use:
    """A question that takes its choices from the list. `live_edition` is the one that the live version holds, 0 if none does."""

    page: AppPage
    question: str  # its label
    pinned: int | None
    draft: bool  # in what is being written
    published: bool  # in what was published last
    version: int | None
    live_edition: int | None
    changes: bool  # publishing the script again would change its choices

    @property
    def address(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


def uses_of(shared: ChoiceList) -> list[Use]:
    """By title of the page; translations of a page say nothing of their own."""
    return [use for page in sources() for use in _uses_on(page, shared)]


def is_used(shared: ChoiceList) -> bool:
    """Whether any page names the list, in its draft or as published."""
    return any(_marks(page, shared) for page in sources())


Found = dict[tuple[str, str], tuple[str, str]]  # (block, setting) -> (label, reference)


def _found(body: list[dict[str, Any]], code: str) -> Found:
    return {
        (block["id"], setting): (str(block["value"].get("label") or "?"), reference)
        for block, setting, reference in references_in(body)
        if code_and_number(reference)[0] == code
    }


def _marks(page: AppPage, shared: ChoiceList) -> tuple[Found, Found] | None:
    """What names the list in the draft, and in what was published; None where nothing does."""
    draft, live = (_found(body, shared.code) for body in bodies_naming(page, shared.code))
    return (draft, live) if draft or live else None


def _uses_on(page: AppPage, shared: ChoiceList) -> Iterator[Use]:
    marks = _marks(page, shared)
    if marks is None:
        return
    draft, live = marks
    app = App.objects.filter(translation_key=page.translation_key).first()
    version = app.versions.order_by("-number").first() if app else None
    definition = definition_of(version) if version else None
    for key, (label, reference) in {**live, **draft}.items():
        pinned = code_and_number(reference)[1]
        held = _edition_in(definition, key, shared) if definition else None
        wanted = pinned if pinned is not None else getattr(shared.newest(), "number", None)
        yield Use(
            page=page,
            question=label,
            pinned=pinned,
            draft=key in draft,
            published=key in live,
            version=version.number if version and held is not None else None,
            live_edition=held,
            changes=key in draft and held is not None and held != wanted,
        )


def _edition_in(definition: Definition, key: tuple[str, str], shared: ChoiceList) -> int | None:
    """The newest edition whose choices the version's question holds; 0 for other choices, None where there is no such question."""
    block, setting = key
    question = next((each for _in, each in questions(definition) if each.id == block), None)
    if question is None:
        return None
    held = _held(question, setting)
    for edition in shared.editions.order_by("-number"):
        if held == _plain(edition.choices, definition.languages):
            return edition.number
    return 0


Plain = list[tuple[str, dict[str, str], dict[str, str]]]


def _held(question: Question, setting: str) -> Plain:
    rows = question.settings.items().get(setting) or ()
    return [
        (
            row.name,
            {code: row.label.plain(code) for code in row.label.languages},
            dict(row.attributes),
        )
        for row in rows
    ]


def _plain(choices: list[dict[str, Any]], languages: tuple[str, ...]) -> Plain:
    """An edition as a version in these languages holds it."""
    found = []
    for choice in choices:
        labels = {code: choice["label"][code] for code in languages if code in choice["label"]}
        if not labels and choice["label"]:
            labels = {languages[0]: next(iter(choice["label"].values()))}
        found.append((choice["name"], labels, choice.get("attributes") or {}))
    return found
