"""What leaves says of a release before it happens: feeds and documents that read questions which are gone, or named otherwise."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from builder.conditions import names_read
from builder.definition import Definition
from builder.models import App, definition_of
from builder.references import placeholders
from builder.reports import Line, Matter, Report
from exports.feeds.models import Feed
from runtime.people.roles import roles_of


def feeds(matter: Matter) -> Report | None:
    """Feeds whose columns read what is touched."""
    officer = bool(roles_of(matter.by) & {"data_officer"})
    found = [
        Line(feed.title, reverse("feed-columns", args=[feed.code]) if officer else "", notes)
        for feed in Feed.objects.filter(app=matter.app).order_by("title")
        if (notes := tuple(_columns(feed, matter)))
    ]
    words = gettext(
        "Their columns read these questions by name. A column of a question that is gone or named otherwise stays empty for new records "
        "until a data officer maps it anew."
    )
    return Report(gettext("Feeds"), words, tuple(found)) if found else None


def documents(matter: Matter) -> Report | None:
    """Documents whose texts or conditions read what is touched."""
    found = []
    for app in App.objects.filter(kind="document").order_by("title"):
        version = app.versions.order_by("-number").first()
        definition = definition_of(version) if version else None
        if definition is None or definition.subject_app != matter.app.code:
            continue
        names = [name for name in _read(definition) if name in matter.by_name]
        notes = tuple(matter.say(matter.by_name[name], gettext) for name in names)
        if notes:
            found.append(Line(app.title, reverse("versions", args=[app.code]), notes))
    words = gettext("Their texts read these answers; what is gone prints as nothing.")
    return Report(gettext("Documents"), words, tuple(found)) if found else None


def _columns(feed: Feed, matter: Matter) -> Iterator[str]:
    for each in feed.columns:
        name = each["source"].partition(".")[0]
        if name in matter.by_name:
            told = matter.say(matter.by_name[name], gettext)
            yield gettext("Column “%(column)s”: %(what)s") % {
                "column": each["column"],
                "what": told,
            }


def _read(definition: Definition) -> list[str]:
    """The names that a document reads, each once, in order."""
    names = [name for _place, name in placeholders(definition)]
    for section in definition.sections:
        conditions = [
            section.relevance,
            *(getattr(item, "relevance", None) for item in section.items),
        ]
        for condition in conditions:
            if condition is not None:
                names += names_read(condition)
    return list(dict.fromkeys(names))
