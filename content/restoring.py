"""A version's bodies as the newest drafts of its pages. Nothing is lost: the drafts before stay in the pages' histories."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Page

from builder import publish as publishing
from builder.definition import Definition
from builder.models import App, Version, definition_of
from content.models import AppPage

Block = dict[str, Any]
FIELDS = ("body", "outcomes")
SETTINGS = ("pass_percent", "subject_app")


@dataclass(frozen=True)
class Restored:
    """What became of it. `lost`: blocks of kinds that there are no more, as (kind, words); `left`: languages whose page is gone, or
    that this person may not edit."""

    page: AppPage
    lost: tuple[tuple[str, str], ...]
    left: tuple[str, ...]


def source_of(app: App) -> AppPage | None:
    """The page that gives the app its structure; None where it was deleted."""
    rows = Page.objects.filter(translation_key=app.translation_key, alias_of__isnull=True)
    first = rows.order_by("pk").first()
    page = first.specific if first is not None else None
    return page if isinstance(page, AppPage) else None


def may_restore(page: AppPage, user: Any) -> bool:
    """Whoever may edit the page, unless it is locked for them."""
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() and not permissions.page_locked())


@transaction.atomic
def restore(*, page: AppPage, version: Version, by: Any) -> Restored:
    """Write each language of the version over the newest draft of its page, with a note that says so."""
    bodies: Mapping[str, Any] = version.bodies
    definition = definition_of(version)
    names = _names(definition)
    lost: list[tuple[str, str]] = []
    written: set[str] = set()
    family = publishing.family(page)
    for member in family:
        language = member.locale.language_code
        if member is family[0]:
            body = bodies.get(language) or next(iter(bodies.values()))
        elif language in bodies and may_restore(member, by):
            body = bodies[language]
        else:
            continue
        lost += _write(member, body, names, version, by)
        written.add(language)
    left = tuple(language for language in bodies if language not in written)
    return Restored(page, tuple(dict.fromkeys(lost)), left)


def _write(
    member: AppPage, body: Mapping[str, Any], names: Mapping[str, str], version: Version, by: Any
) -> Iterator[tuple[str, str]]:
    draft = member.get_latest_revision_as_object()
    draft.title = body["title"] or draft.title
    for field in FIELDS:
        setattr(draft, field, json.dumps(_named(body[field], names)))
    definition = definition_of(version)
    for name in SETTINGS:
        kept = getattr(definition, name)
        if hasattr(draft, name) and kept is not None:
            setattr(draft, name, draft._meta.get_field(name).to_python(kept))  # noqa: SLF001 -- the documented door
    draft.version_note = gettext("As version %(number)s") % {"number": version.number}
    draft.save_revision(user=by, log_action="content.restore")
    return _lost(body, draft)


def _names(definition: Definition) -> dict[str, str]:
    """The names that publishing made for blocks which had none when the version was written."""
    items = [item for section in definition.sections for item in section.items]
    named = [*definition.sections, *items, *definition.outcomes]
    return {node.id: node.name for node in named if hasattr(node, "name")}


def _named(stream: list[Block], names: Mapping[str, str]) -> list[Block]:
    return [_with_name(block, names) for block in stream]


def _with_name(block: Block, names: Mapping[str, str]) -> Block:
    value = block["value"]
    if not isinstance(value, dict):
        return block
    value = {**value}
    if block.get("id") in names and not value.get("name"):
        value["name"] = names[block["id"]]
    if isinstance(value.get("items"), list):
        value["items"] = _named(value["items"], names)
    return {**block, "value": value}


def _lost(body: Mapping[str, Any], draft: AppPage) -> Iterator[tuple[str, str]]:
    """What the pages' fields no longer know: Wagtail leaves out blocks of kinds that there are no more."""
    for field in FIELDS:
        kept = set(_known(getattr(draft, field)))
        for block in _blocks(body[field]):
            if block.get("id") and block["id"] not in kept:
                value = block["value"] if isinstance(block["value"], dict) else {}
                yield (
                    block["type"],
                    str(value.get("label") or value.get("title") or value.get("text") or ""),
                )


def _blocks(stream: list[Block]) -> Iterator[Block]:
    for block in stream:
        yield block
        value = block["value"]
        if isinstance(value, dict) and isinstance(value.get("items"), list):
            yield from _blocks(value["items"])


def _known(stream: Any) -> Iterator[str]:
    """The ids of what the fields know, read block by block: their raw data still has what they do not."""
    for block in stream:
        yield str(block.id)
        if hasattr(block.value, "get"):
            yield from _known(block.value.get("items") or ())
