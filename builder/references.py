"""Do the codes that a definition names exist, and do placeholders have a source? Checked at publishing.

What is upstairs (campaigns, skills) is asked through resolvers that upstairs binds: `bind_resolver("campaign", function)`.
The kind of a code is the name of its argument in `builder.definition.EFFECTS`.
"""

from collections.abc import Callable, Iterable, Iterator

from builder.conditions import nearest
from builder.definition import EFFECTS, FACTS, Calculation, Definition, Effect, Question, TextItem
from builder.models import App, Version, definition_of
from builder.problems import Problem, gettext_noop
from builder.values import Hole, Localized

Resolver = Callable[[str], bool]
# What a document knows beside the answers of its app.
OF_EVERY_DOCUMENT = frozenset(
    {"document_number", "issued_on", "valid_from", "valid_until", *FACTS}
)
_resolvers: dict[str, Resolver] = {}


def bind_resolver(kind: str, function: Resolver) -> None:
    """`function(code)` says whether there is such a campaign, skill, ..."""
    _resolvers[kind] = function


def problems_of_references(definition: Definition) -> list[Problem]:
    """What a definition points at that is not there."""
    found = list(_effect_problems(definition))
    if definition.kind == "document":
        found.extend(_document_problems(definition))
    return found


def names_of(definition: Definition) -> frozenset[str]:
    """The names that have an answer: questions and calculations."""
    items = (item for section in definition.sections for item in section.items)
    return frozenset(item.name for item in items if isinstance(item, Question | Calculation))


def placeholders(definition: Definition) -> Iterator[tuple[str, str]]:
    """(place, name) of each hole in the texts of a document."""
    for section in definition.sections:
        for name in _holes(section.title):
            yield section.id, name
        for item in section.items:
            if isinstance(item, TextItem):
                for name in _holes(item.text):
                    yield item.id, name


def read_by_documents(code: str) -> set[str]:
    """The names of an app that the documents about it say."""
    found: set[str] = set()
    for app in App.objects.filter(kind="document"):
        version = _latest(app.code, "document")
        document = None if version is None else definition_of(version)
        if document is not None and document.subject_app == code:
            found |= {name for _place, name in placeholders(document)} - OF_EVERY_DOCUMENT
    return found


def _holes(text: Localized) -> list[str]:
    return sorted(
        {part.name for _language, parts in text.pairs for part in parts if isinstance(part, Hole)}
    )


def _latest(code: str, kind: str | None = None) -> Version | None:
    apps = App.objects.filter(code=code, **({"kind": kind} if kind else {}))
    return Version.objects.filter(app__in=apps).order_by("-number").first()


def _document_problems(definition: Definition) -> Iterator[Problem]:
    """An app that is not published yet is no problem: it is checked against the document when it is."""
    version = _latest(definition.subject_app) if definition.subject_app else None
    if version is None:
        return
    known = names_of(definition_of(version)) | OF_EVERY_DOCUMENT
    yield from _unknown(placeholders(definition), known, definition.subject_app or "")


def _unknown(
    holes: Iterable[tuple[str, str]], known: frozenset[str], app: str
) -> Iterator[Problem]:
    for place, name in holes:
        if name not in known:
            near = nearest(name, known)
            message = gettext_noop(
                "{%(name)s} has no answer to stand for: %(app)s has no question of that name."
            )
            remedy = gettext_noop(
                "Write the name of a question, or one of document_number, issued_on, valid_from, valid_until."
            )
            remedy = gettext_noop("Did you mean “%(near)s”?") if near else remedy
            params = {"name": name, "app": app, "near": near}
            yield Problem("unknown_placeholder", place, message, remedy, params)


def _effect_problems(definition: Definition) -> Iterator[Problem]:
    for outcome in definition.outcomes:
        for effect in outcome.effects:
            for argument, kind in EFFECTS.get(effect.effect, {}).items():
                code = effect.argument(argument)
                if kind.rstrip("?") == "code" and code and not _exists(argument, code):
                    yield _gone(outcome.id, argument, code)
            if effect.effect == "issue_document":
                yield from _issued(definition, effect, outcome.id)


def _exists(kind: str, code: str) -> bool:
    if kind == "document":
        return _latest(code, "document") is not None
    resolver = _resolvers.get(kind)
    return resolver is None or resolver(code)


def _gone(place: str, kind: str, code: str) -> Problem:
    return Problem(
        "unknown_code",
        place,
        gettext_noop("There is no %(kind)s with the code %(code)s."),
        gettext_noop("Pick another one, or make and publish it first."),
        {"kind": kind, "code": code},
    )


def _issued(definition: Definition, effect: Effect, place: str) -> Iterator[Problem]:
    """The document's placeholders must have answers in the app that issues it."""
    version = _latest(effect.argument("document"), "document")
    if version is None:
        return
    known = names_of(definition) | OF_EVERY_DOCUMENT
    holes = {name for _place, name in placeholders(definition_of(version))}
    for name in sorted(holes - known):
        near = nearest(name, known)
        message = gettext_noop(
            "The document %(document)s speaks of {%(name)s}, which is not asked here."
        )
        remedy = (
            gettext_noop("Ask it under that name instead of “%(near)s”, or change the document.")
            if near
            else gettext_noop("Ask it under that name, or change the document.")
        )
        params = {"document": effect.argument("document"), "name": name, "near": near}
        yield Problem("unknown_placeholder", place, message, remedy, params)
