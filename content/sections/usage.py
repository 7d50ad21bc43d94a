"""Where a shared section is used: by which scripts, in the draft and in what is published, followed or kept to an edition, and
what the next publishing of each would change.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from builder.compile import code_and_number, inclusions_in, repaired
from builder.models import App, Version
from content.models import AppPage
from content.models.sections import SectionEdition, SharedSection
from content.using import Body, bodies_naming, sources


@dataclass(frozen=True)
class Use:
    """An inclusion of the section in a script. `live_edition` is the number of the one that the live version holds."""

    page: AppPage
    block: str
    pinned: int | None
    draft: bool  # in what is being written
    published: bool  # in what was published last
    version: int | None
    live_edition: int | None
    changes: bool  # publishing the script again would change the section in it

    @property
    def address(self) -> str:
        return (
            reverse("wagtailadmin_pages:edit", args=[self.page.pk])
            + f"#block-{self.block}-section"
        )


def uses_of(shared: SharedSection) -> list[Use]:
    """Translations of a page say nothing of their own."""
    source = shared.source()
    return [use for page in sources() for use in _uses_on(page, source)]


def is_used(shared: SharedSection) -> bool:
    """Whether any page includes the section, in its draft or as published."""
    return any(
        _found(body, shared.code)
        for page in sources()
        for body in bodies_naming(page, shared.code)
    )


def _found(body: Body, code: str) -> dict[str, str]:
    """The references to the section, by the id of their block."""
    return {
        block["id"]: reference
        for block, reference in inclusions_in(body)
        if code_and_number(reference)[0] == code
    }


def _uses_on(page: AppPage, source: SharedSection) -> Iterator[Use]:
    draft, live = (_found(body, source.code) for body in bodies_naming(page, source.code))
    if not draft and not live:
        return
    app = App.objects.filter(translation_key=page.translation_key).first()
    version = app.versions.order_by("-number").first() if app else None
    in_version = _found(_body_of(version, page), source.code) if version else {}
    newest = source.newest()
    for block, reference in {**live, **draft}.items():
        held = None
        if version is not None and block in in_version:
            held = _number(source.edition_at(version.created_at), in_version[block])
        wanted = _number(newest, reference)
        yield Use(
            page=page,
            block=block,
            pinned=code_and_number(reference)[1],
            draft=block in draft,
            published=block in live,
            version=version.number if version is not None and held is not None else None,
            live_edition=held,
            changes=block in draft and held is not None and held != wanted,
        )


def _body_of(version: Version, page: AppPage) -> Body:
    """The source language's: it alone gives a version its structure."""
    return repaired(version.bodies.get(page.locale.language_code, {}).get("body"))


def _number(followed: SectionEdition | None, reference: str) -> int | None:
    pinned = code_and_number(reference)[1]
    return pinned if pinned is not None else getattr(followed, "number", None)
