"""Publishing a page: compile, check, number, store. The only writer of App and Version.

The doors: `check(page)` (what would veto it), `check_release(page)` (with its gates), `publish(page, by)`, `close(page)`, `bind_resolver`.
A page here is any Wagtail page with `kind`, `code`, `body`, `outcomes`, `version_note` and `definition_settings()`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page

from builder import definition as definitions
from builder import gates, public_forms, releases
from builder.compile import Body, Source, compile_source, repaired
from builder.definition import Calculation, Definition, DefinitionUnreadable, Question
from builder.definition.sameness import same_but_texts
from builder.long_lists import keep_long_lists
from builder.models import App, Version, definition_of
from builder.problems import Problem, gettext_noop, say
from builder.references import bind_resolver, problems_of_references
from builder.shared import with_shared
from builder.signals import published

__all__ = [
    "Checked",
    "PublishVetoed",
    "bind_resolver",
    "check",
    "check_release",
    "close",
    "code_of_page",
    "draft",
    "family",
    "latest",
    "names_of_page",
    "publish",
]

CODE_LENGTH = 63


class PublishVetoed(Exception):
    """A page cannot be published; `problems` say why and where, `gates` (by code) which of them a gate found."""

    def __init__(
        self, problems: tuple[Problem, ...], closed: Mapping[str, Any] | None = None
    ) -> None:
        self.problems, self.gates = problems, dict(closed or {})
        super().__init__(" ".join(dict.fromkeys(say(problem, gettext) for problem in problems)))


@dataclass(frozen=True)
class Checked:
    """What a page family compiles to. `definition` is None where problems veto it."""

    definition: Definition | None
    problems: tuple[Problem, ...]
    names: Mapping[str, str]
    bodies: Mapping[str, Any]

    @property
    def vetoes(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.warning)


def family(page: Page) -> list[Page]:
    """The page and its translations, the source (the oldest) first; aliases are no translations."""
    members = (
        type(page)
        .objects.filter(translation_key=page.translation_key, alias_of__isnull=True)
        .order_by("pk")
    )
    found = members.select_related("locale")
    return [page if member.pk == page.pk else member for member in found] or [page]


def check(page: Page) -> Checked:
    """Compile and check the page as if it were published now, with its live translations."""
    source = _source(page)
    compiled = compile_source(source)
    problems = [*_code_problems(source, page), *compiled.problems]
    definition = None
    try:
        definition = definitions.load(compiled.data)
        problems += [*_static_problems(definition), *problems_of_references(definition)]
        problems += public_forms.problems_of(family(page)[0], definition)
    except DefinitionUnreadable as unreadable:
        problems += unreadable.problems
    checked = Checked(definition, tuple(problems), compiled.names, _bodies(source))
    return (
        checked
        if not checked.vetoes
        else Checked(None, checked.problems, checked.names, checked.bodies)
    )


def check_release(page: Page) -> Checked:
    """What `check` gives; raises PublishVetoed where anything, a gate too, stands in the way of releasing it now."""
    checked = check(page)
    if checked.definition is None:
        raise PublishVetoed(checked.vetoes)
    closed = gates.closed(page, checked.definition)
    if closed:
        raise PublishVetoed(tuple(each for found in closed.values() for each in found), closed)
    return checked


def draft(
    page: Page, members: list[Page] | None = None, *, unpublished: bool = False
) -> Definition | None:
    """What the page (or these members of its family, the source first) means as written, whatever would veto it; None where it
    cannot be read at all. With `unpublished` it speaks the languages of translations that are not live too."""
    try:
        source = _source(page, members, unpublished=unpublished)
        return definitions.load(compile_source(source).data)
    except DefinitionUnreadable:
        return None


def latest(page: Page) -> Definition | None:
    """What was published of the page last."""
    version = _latest(App.objects.filter(translation_key=page.translation_key).first())
    return None if version is None else definition_of(version)


def _latest(app: App | None) -> Version | None:
    return app.versions.order_by("-number").first() if app else None


def _static_problems(definition: Definition) -> list[Problem]:
    """A document's texts name the answers of another app; `builder.references` looks those up."""
    found = definitions.check(definition)
    elsewhere = "unknown_reference" if definition.kind == "document" else ""
    return [problem for problem in found if problem.code != elsewhere]


@transaction.atomic
def publish(page: Page, by: Any) -> Version | None:
    """Store what the page's family means now as the next version; None where nothing changed.

    Publishing a translation compiles the source again; nothing happens while the source is not live.
    Raises PublishVetoed.
    """
    source = family(page)[0]
    if source.pk != page.pk and not source.live:
        return None
    checked = check_release(page)
    assert checked.definition is not None  # noqa: S101 `check_release` has seen to it
    app = _app(source, checked.definition)
    public_forms.keep(app, family(page))
    return _store(app, checked, page=page, by=by)


@transaction.atomic
def close(page: Page) -> None:
    """The page is no longer live: its app takes no new records. A translation only takes its texts away."""
    if page.alias_of_id is not None:
        return
    source = family(page)[0]
    if source.pk == page.pk:
        App.objects.filter(translation_key=page.translation_key).update(open=False)
    elif source.live:
        publish(source, by=None)


def names_of_page(page: Page) -> dict[str, str]:
    """The name of each block of the page's body, by its id, as published."""
    return _earlier(App.objects.filter(translation_key=page.translation_key).first())


def code_of_page(page: Page) -> str:
    """The code of the page's app; what is written on the page while it has none."""
    app = App.objects.filter(translation_key=page.translation_key).first()
    return app.code if app else page.code


def _source(page: Page, members: list[Page] | None = None, *, unpublished: bool = False) -> Source:
    members = members or family(page)
    speaking = [member for member in members[1:] if member.live or member.pk == page.pk]
    if unpublished:
        speaking = [
            one if one in speaking else one.get_latest_revision_as_object() for one in members[1:]
        ]
    source = members[0]
    app = App.objects.filter(translation_key=page.translation_key).first()
    bodies = {member.locale.language_code: _body(member) for member in (source, *speaking)}
    return with_shared(
        Source(
            kind=source.kind,
            code=app.code if app else _code(source),
            languages=bodies,
            settings=source.definition_settings(),
            earlier=_earlier(app),
        )
    )


def _body(page: Page) -> Body:
    return Body(page.title, _stream(page.body), _stream(page.outcomes))


def _stream(value: Any) -> list[dict[str, Any]]:
    stream = list(value.get_prep_value()) if hasattr(value, "get_prep_value") else value
    return repaired(stream)


def _code(page: Page) -> str:
    """The code chosen on the page, else one made of its slug."""
    code = page.code or (page.slug or "").replace("-", "_")[:CODE_LENGTH]
    free, number = code, 1
    while not page.code and _taken(free, page):
        number += 1
        free = f"{code[: CODE_LENGTH - 4]}_{number}"
    return free


def _taken(code: str, page: Page) -> bool:
    return App.objects.filter(code=code).exclude(translation_key=page.translation_key).exists()


def _code_problems(source: Source, page: Page) -> list[Problem]:
    if not _taken(source.code, page):
        return []
    message = gettext_noop("Another page already has the code %(code)s.")
    return [
        Problem(
            "code_taken", "", message, gettext_noop("Choose another code."), {"code": source.code}
        )
    ]


def _earlier(app: App | None) -> dict[str, str]:
    """Names by block id, as last published."""
    version = _latest(app)
    if version is None:
        return {}
    definition = definition_of(version)
    items = [item for section in definition.sections for item in section.items]
    asked = [item for item in items if isinstance(item, Question | Calculation)]
    return {node.id: node.name for node in (*definition.sections, *asked, *definition.outcomes)}


def _bodies(source: Source) -> dict[str, Any]:
    return {
        language: {"title": body.title, "body": body.body, "outcomes": body.outcomes}
        for language, body in source.languages.items()
    }


def _app(source: Page, definition: Definition) -> App:
    """The app of the family, locked until the version is stored, open, and titled like its page."""
    app, _made = App.objects.get_or_create(
        translation_key=source.translation_key,
        defaults={"code": definition.name, "kind": definition.kind, "title": source.title},
    )
    app = App.objects.select_for_update().get(pk=app.pk)
    app.title, app.open = source.title, True
    app.save(update_fields=["title", "open"])
    return app


def _store(app: App, checked: Checked, *, page: Page, by: Any) -> Version | None:
    assert checked.definition is not None  # noqa: S101 `check_release` has seen to it
    text, name = definitions.dump(checked.definition), definitions.sha256(checked.definition)
    before = _latest(app)
    if before is not None and before.sha256 == name:
        return None
    version = Version.objects.create(
        app=app,
        number=before.number + 1 if before else 1,
        sha256=name,
        definition=text,
        bodies=_plain(checked.bodies),
        texts_only=before is not None
        and same_but_texts(definition_of(before), checked.definition),
        note=page.version_note,
        evidence=gates.evidence(page, checked.definition)
        | releases.evidence(
            app.translation_key, definition_of(before) if before else None, checked.definition
        ),
        created_at=timezone.now(),
        created_by=by if by is not None and by.pk else None,
    )
    releases.done(app.translation_key)
    keep_long_lists(checked.definition)
    published.send(sender=App, version=version, by=by)
    return version


def _plain(value: Any) -> Any:
    """As JSON keeps it: decimals, dates and the like become texts."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
