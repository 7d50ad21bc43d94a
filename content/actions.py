"""Making pages from bodies: for imports, the demo, set-up and tests. Keyword-only; the actor is `by`.

A body is the plain data of the two streams. Blocks may lack ids, and conditions and references may use names for ids;
`builder.compile.with_ids` settles both, in the same way each time.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page

from builder.compile import with_ids
from content.models import PAGES, AppPage, HomePage, LessonsPage

Block = dict[str, Any]
Texts = Mapping[str, Mapping[str, Any]]


@transaction.atomic
def make_page(  # noqa: PLR0913 a page has that many sides
    *,
    kind: str,
    title: str,
    code: str,
    body: list[Block],
    outcomes: list[Block] | None = None,
    by: Any = None,
    parent: Page | None = None,
    locale: str | None = None,
    note: str = "",
    settings: Mapping[str, Any] | None = None,
    publish: bool = True,
) -> AppPage:
    """A new page of a kind (script, form, lesson, document), published unless told otherwise.

    `settings` are the fields of its kind (`pass_percent`, `skill`, `days`; `subject_app`). Without `parent` it stands
    under the lessons' folder or the home page. Raises PublishVetoed; then there is no page.
    """
    streams = with_ids(body, outcomes or [], code)
    page = PAGES[kind](
        title=title,
        slug=slugify(code.replace("_", "-")),
        code=code,
        version_note=note,
        body=json.dumps(streams[0]),
        outcomes=json.dumps(streams[1]),
        live=False,
        owner=by,
        locale=Locale.objects.get(language_code=locale) if locale else Locale.get_default(),
        **(settings or {}),
    )
    (parent or shelf(kind)).add_child(instance=page)
    return _publish(page, by) if publish else _draft(page, by)


@transaction.atomic
def change_page(
    *,
    page: AppPage,
    by: Any,
    body: list[Block] | None = None,
    outcomes: list[Block] | None = None,
    note: str = "",
    title: str = "",
) -> AppPage:
    """Write a new body and publish it. Blocks that keep their names keep their ids. Raises PublishVetoed."""
    page = page.get_latest_revision_as_object()
    old = [list(stream.get_prep_value()) for stream in (page.body, page.outcomes)]
    streams = with_ids(
        old[0] if body is None else body, old[1] if outcomes is None else outcomes, page.code
    )
    for name, stream in zip(("body", "outcomes"), streams, strict=True):
        setattr(page, name, json.dumps(stream))
    page.title, page.version_note = title or page.title, note
    return _publish(page, by)


@transaction.atomic
def translate(
    *,
    page: AppPage,
    language: str,
    title: str,
    texts: Texts,
    by: Any,
    settings: Mapping[str, Any] | None = None,
    publish: bool = True,
) -> AppPage:
    """The page in another language: made where it is not there, then given these texts and published.

    `texts` are by block id, or by the block's name: `{"given_name": {"label": "Prénom", "hint": ".."}}`. Choices are
    `{"choices": {name: label}}`, constraints `{"constraints": [message, ..]}` in order. What is left out stays in the
    source language. `settings` are texts of its kind (`public_before`).
    """
    locale = Locale.objects.get(language_code=language)
    translated = page.get_translation_or_none(locale)
    if translated is None:
        translated = page.copy_for_translation(locale, copy_parents=True)
    translated = translated.specific
    for field in ("body", "outcomes"):
        stream = list(getattr(page, field).get_prep_value())
        setattr(translated, field, json.dumps([_translated(block, texts) for block in stream]))
    for field, value in (settings or {}).items():
        setattr(translated, field, value)
    translated.title = title
    return _publish(translated, by) if publish else _draft(translated, by)


def release_due() -> None:
    """Publish what was to go live by now, and close what was to expire; what is refused is in the page's history."""
    call_command("publish_scheduled", verbosity=0)


def shelf(kind: str) -> Page:
    """Where a page of this kind stands by default."""
    lessons = (
        LessonsPage.objects.filter(locale=Locale.get_default()).first()
        if kind == "lesson"
        else None
    )
    return (
        lessons or HomePage.objects.filter(locale=Locale.get_default()).order_by("depth", "pk")[0]
    )


def _publish(page: AppPage, by: Any) -> AppPage:
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return type(page).objects.get(pk=page.pk)


def _draft(page: AppPage, by: Any) -> AppPage:
    page.save_revision(user=by)
    return type(page).objects.get(pk=page.pk)


def _translated(block: Block, texts: Texts) -> Block:
    value = dict(block["value"])
    own = texts.get(block["id"]) or texts.get(value.get("name") or "") or {}
    for key, words in own.items():
        value[key] = _field(value.get(key), words)
    if "items" in value:
        value["items"] = [_translated(item, texts) for item in value["items"]]
    return {**block, "value": value}


def _field(old: Any, words: Any) -> Any:
    """A text, the labels of choices by name, the messages of constraints in order, or one field of a group."""
    if isinstance(old, list) and isinstance(words, Mapping):
        return [{**choice, "label": words.get(choice["name"], choice["label"])} for choice in old]
    if isinstance(old, list):
        pairs = zip(old, [*words, *[None] * len(old)], strict=False)
        return [
            {**entry, "value": {**entry["value"], "message": word or entry["value"]["message"]}}
            for entry, word in pairs
        ]
    return {**old, **words} if isinstance(old, dict) else words
