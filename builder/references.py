"""Do the codes that a definition names exist, and do placeholders have a source? Checked at publishing.

What is upstairs (campaigns, skills) is asked through resolvers that upstairs binds: `bind_resolver("campaign", function)`.
What a code is the code of stands with its argument in `builder.definition.EFFECTS`.
"""

from collections.abc import Callable, Iterable, Iterator

from builder.conditions import names_read, nearest
from builder.definition import (
    CLEARANCES,
    EFFECTS,
    FACTS,
    Calculation,
    Definition,
    Effect,
    Outcome,
    Question,
    TextItem,
    index,
)
from builder.models import App, Version, definition_of
from builder.problems import Problem, gettext_noop
from builder.values import Hole, Localized

Resolver = Callable[[str], bool]
# What a question says of a person is at least as confidential as the fact is, whatever its author wrote.
OF_FACTS = {
    "language": "open",
    **dict.fromkeys(("birth_date", "phone", "national_number", "email", "address"), "sensitive"),
}
MOST_STEPS = 50  # from one campaign to the next
# What a document knows beside the answers of its app.
OF_EVERY_DOCUMENT = frozenset(
    {"document_number", "issued_on", "valid_from", "valid_until", *FACTS}
)
_resolvers: dict[str, Resolver] = {}
_clearance: list[Callable[[str], str]] = []
_work: list[Callable[[str], str | None]] = []


def bind_resolver(kind: str, function: Resolver) -> None:
    """`function(code)` says whether there is such a campaign, skill, ..."""
    _resolvers[kind] = function


def bind_clearance(function: Callable[[str], str]) -> None:
    """`function(code)` gives what the texts of a channel may say."""
    _clearance[:] = [function]


def bind_work(function: Callable[[str], str | None]) -> None:
    """`function(code)` gives the app that the work of a campaign is done with."""
    _work[:] = [function]


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
            yield from _codes(effect, outcome.id)
            if effect.effect == "issue_document":
                yield from _issued(definition, effect, outcome.id)
            yield from _said(definition, effect, outcome.id)
        yield from _circle(definition, outcome)


def _codes(effect: Effect, place: str) -> Iterator[Problem]:
    """What an effect names upstairs and is not there."""
    kind = EFFECTS.get(effect.effect)
    for argument in kind.arguments if kind is not None else ():
        code = effect.argument(argument)
        if (
            kind
            and kind.kind_of(argument) == "code"
            and code
            and not _exists(kind.of(argument), code)
        ):
            yield _gone(place, kind.of(argument), code)


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


def _said(definition: Definition, effect: Effect, place: str) -> Iterator[Problem]:
    """What a text says goes out of our hands: no more than its channel is cleared for."""
    allowed = _clearance[0](effect.argument("channel")) if _clearance else ""
    if not effect.text or allowed not in CLEARANCES:
        return
    for name in sorted(effect.text.holes()):
        needed = clearance_of(definition, name)
        if CLEARANCES.index(needed) > CLEARANCES.index(allowed):
            message = gettext_noop(
                "{%(name)s} is %(needed)s, and the channel %(channel)s is cleared for %(allowed)s only."
            )
            remedy = gettext_noop(
                "Take it out of the text, or have an administrator clear another channel for it."
            )
            params = {"name": name, "needed": needed, "allowed": allowed}
            params["channel"] = effect.argument("channel")
            yield Problem("placeholder_clearance", place, message, remedy, params)


def clearance_of(definition: Definition, name: str) -> str:
    """Of a question its own, at least that of its fact; of a calculation the highest of all that it reads."""
    found, seen, todo = index(definition), set(), [name.partition(".")[0]]
    highest = 0
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        question, calculation = found.questions.get(one), found.calculations.get(one)
        if question is not None:
            fact = OF_FACTS.get(question.fact, "personal") if question.fact else "open"
            highest = max(highest, *map(CLEARANCES.index, (question.clearance, fact)))
        elif calculation is not None:
            todo += names_read(calculation.expression)
    return CLEARANCES[highest]


def _circle(definition: Definition, outcome: Outcome) -> Iterator[Problem]:
    """Work whose script makes such work again: bounded when it runs, and told before it does."""
    for campaign in _campaigns((outcome,)):
        way = _way_back(definition.name, campaign)
        if way:
            message = gettext_noop(
                "What “%(label)s” makes may make itself again, without an end: %(way)s."
            )
            remedy = gettext_noop(
                "If that is meant (contacts of contacts), leave it: it is bounded. Else let another campaign do that work."
            )
            label = outcome.label.plain(definition.source) or outcome.name
            params = {"label": label, "way": " → ".join(way)}
            yield Problem("makes_itself", outcome.id, message, remedy, params, warning=True)


def _campaigns(outcomes: Iterable[Outcome]) -> list[str]:
    """Into which campaigns effects put work."""
    effects = [effect for outcome in outcomes for effect in outcome.effects]
    makes = [one for one in effects if one.effect in EFFECTS and EFFECTS[one.effect].spawns]
    return sorted({one.argument("campaign") for one in makes})


def _way_back(app: str, campaign: str) -> list[str]:
    """From a campaign by what its script makes back to the app; empty where there is no way."""
    ways, seen = [[campaign]], {campaign}
    while ways and len(seen) <= MOST_STEPS:
        way = ways.pop(0)
        code = _work[0](way[-1]) if _work else None
        if code == app:
            return way
        version = _latest(code) if code else None
        further = _campaigns(definition_of(version).outcomes) if version else []
        for each in further:
            if each not in seen:
                seen.add(each)
                ways.append([*way, each])
    return []
