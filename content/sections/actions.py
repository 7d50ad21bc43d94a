"""Editions of shared sections, and making one. The only writer of SectionEdition; the actor is `by`."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from builder.compile import names_of_section, with_ids
from content.models.sections import SectionEdition, SharedSection
from content.named import with_names


@transaction.atomic
def make_edition(*, shared: SharedSection, by: Any) -> SectionEdition | None:
    """The next edition of a family one of which was published or closed; None where it would be the newest one again.

    Blocks without a name get theirs here: every script that includes the section knows it by the same.
    """
    source = SharedSection.objects.select_for_update().get(pk=shared.source().pk)
    if not source.live:
        return None
    newest = source.newest()
    names = names_of_section(
        source.body.get_prep_value(), newest.bodies[newest.language] if newest else None
    )
    bodies = {}
    for member in source.family():
        if member.live:
            stream = with_names(member.body, names)
            bodies[member.locale.language_code] = stream[0]
            _keep_names(member, stream)
    language = source.locale.language_code
    if newest is not None and (newest.language, newest.bodies) == (language, bodies):
        return None
    return SectionEdition.objects.create(
        section=source,
        number=newest.number + 1 if newest else 1,
        language=language,
        bodies=bodies,
        created_at=timezone.now(),
        created_by=by if by is not None and by.pk else None,
    )


def _keep_names(member: SharedSection, stream: list[dict[str, Any]]) -> None:
    """Write the names that were made into what is live and its revision."""
    text = json.dumps(stream)
    SharedSection.objects.filter(pk=member.pk).update(body=text)
    revision = member.live_revision
    if revision is not None:
        revision.content = {**revision.content, "body": text}
        revision.save(update_fields=["content"])


@transaction.atomic
def make_section(
    *,
    title: str,
    code: str,
    section: dict[str, Any],
    by: Any = None,
    locale: str | None = None,
    spoken: Mapping[str, dict[str, Any]] | None = None,
    publish: bool = True,
) -> SharedSection:
    """A new shared section of the plain data of one, published unless told otherwise. `spoken` is the section in other
    languages, with the same ids."""
    body, _outcomes = with_ids([section], [], f"shared/{code}")
    shared = SharedSection.objects.create(
        title=title,
        code=code,
        body=json.dumps(body),
        live=False,
        locale=Locale.objects.get(language_code=locale) if locale else Locale.get_default(),
    )
    for language, block in (spoken or {}).items():
        member = shared.copy_for_translation(Locale.objects.get(language_code=language))
        member.body = json.dumps([block])
        member.save()
        if publish:  # before the one that was written first, so that there is one edition
            _published(member, by)
    return _published(shared, by) if publish else shared


@transaction.atomic
def change_section(
    *, shared: SharedSection, section: dict[str, Any], by: Any = None
) -> SharedSection:
    """Another content for the section, published. Blocks that keep their names keep their ids."""
    draft = shared.get_latest_revision_as_object()
    body, _outcomes = with_ids([section], [], f"shared/{draft.code}")
    draft.body = json.dumps(body)
    return _published(draft, by)


def _published(shared: SharedSection, by: Any) -> SharedSection:
    shared.save_revision(user=by).publish(user=by)
    return SharedSection.objects.get(pk=shared.pk)
