"""What the runtime says of a release before it happens: open records, the search, campaigns and the lessons of their agents.

Counts and links; no record is opened for it, and a link stands there only for who may follow it.
"""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from builder.definition import Definition, index
from builder.definition.walk import questions
from builder.question_types import WAYS
from builder.reports import Line, Matter, Report, Table
from runtime.people.roles import roles_of
from runtime.queues.lists.columns import LABELS
from runtime.queues.models import Campaign
from runtime.records.hands import sittings
from runtime.records.models import Record

READERS = frozenset({"agent", "supervisor", "data_officer"})


def records(matter: Matter) -> Report | None:
    """Open records by the version they stand on."""
    standing = Record.objects.filter(version__app=matter.app, closed_at=None)
    counted = standing.values_list("version__number").annotate(n=Count("pk"))
    rows = list(counted.order_by("-version__number"))
    if not rows:
        return Report(gettext("Open records"), gettext("No record of this app is open."))
    live = sittings(matter.now).filter(record__version__app=matter.app, record__closed_at=None)
    used = dict(
        live.values_list("record__version__number").annotate(n=Count("record", distinct=True))
    )
    was_closed = dict(
        standing.filter(reopened__gt=0).values_list("version__number").annotate(n=Count("pk"))
    )
    table = Table(
        gettext("Open records by the version they stand on"),
        (
            gettext("Version"),
            gettext("Open"),
            gettext("In use now"),
            gettext("Reopened: they stay"),
        ),
        tuple(
            (f"v{number}", str(count), str(used.get(number, 0)), str(was_closed.get(number, 0)))
            for number, count in rows
        ),
    )
    lines = [
        Line(
            gettext("Open records of version %(number)s") % {"number": number},
            f"{reverse('records', args=[matter.app.code])}?state=open&version={number}",
        )
        for number, _count in rows
        if roles_of(matter.by) & READERS
    ]
    here = Line(
        gettext("Open records by version, and undoing"),
        reverse("carry-over", args=[matter.app.code]),
    )
    return Report(gettext("Open records"), "", (*lines, here), table)


def search(matter: Matter) -> Report | None:
    """What people are found by that this app does not ask any more, or asks anew."""
    before, after = _facts(matter.before), _facts(matter.after)
    gone = gettext("%(fact)s is asked no more: new records do not bring it up to date")
    lines = [Line(gone % {"fact": gettext(LABELS[fact])}) for fact in before if fact not in after]
    lines += [
        Line(gettext("%(fact)s is asked from now on") % {"fact": gettext(LABELS[fact])})
        for fact in after
        if fact not in before
    ]
    return Report(gettext("What people are found by"), "", tuple(lines)) if lines else None


def answers(matter: Matter) -> Report | None:
    """By which answers records are found from now on, or no more; the records that are there follow by themselves."""
    before, after = _searchable(matter.before), _searchable(matter.after)
    anew = gettext("“%(label)s”: from now on %(way)s")
    gone = gettext("“%(label)s”: no more")
    lines = [
        Line(anew % {"label": label, "way": gettext(WAYS[way])})
        for name, (label, way) in after.items()
        if before.get(name, ("", ""))[1] != way
    ]
    lines += [
        Line(gone % {"label": label}) for name, (label, _) in before.items() if name not in after
    ]
    count = Record.objects.filter(version__app=matter.app, erased_at=None).count()
    words = ngettext(
        "The worker brings %(count)s record up to date after the release. How far it has come: manage.py index_answers.",
        "The worker brings %(count)s records up to date after the release. How far it has come: manage.py index_answers.",
        count,
    ) % {"count": count}
    return Report(gettext("What records are found by"), words, tuple(lines)) if lines else None


def campaigns(matter: Matter) -> Report | None:
    """Lists whose columns fill questions that are touched."""
    found = [
        Line(campaign.title, _if({"supervisor"}, matter, "campaign", campaign.code), notes)
        for campaign in Campaign.objects.filter(app=matter.app).order_by("title")
        if (notes := tuple(_columns(campaign, matter)))
    ]
    words = gettext("Columns of their lists fill questions that change here.")
    return Report(gettext("Campaigns"), words, tuple(found)) if found else None


def lessons(matter: Matter) -> Report | None:
    """The lessons that the agents of its queues had to pass: do they still teach what is asked?"""
    rows = Campaign.objects.filter(
        app=matter.app, open=True, queue__skills__lesson_app__isnull=False
    )
    found = rows.values_list(
        "queue__skills__lesson_app__code", "queue__skills__lesson_app__title", "queue__title"
    ).distinct()
    lines = [
        Line(
            gettext("“%(lesson)s”, for the queue “%(queue)s”") % {"lesson": title, "queue": queue},
            reverse("versions", args=[code]),
        )
        for code, title, queue in found.order_by("queue__title")
    ]
    if not lines or not matter.touched:
        return None
    words = gettext("Agents learn this script there; see whether it still fits.")
    return Report(gettext("Lessons"), words, tuple(lines))


def _searchable(definition: Definition) -> dict[str, tuple[str, str]]:
    """Label and way of each searchable question."""
    return {
        question.name: (question.label.plain(definition.source), question.searchable)
        for _section, question in questions(definition)
        if question.searchable
    }


def _facts(definition: Definition) -> list[str]:
    found = index(definition)
    return [
        question.fact
        for name, question in found.questions.items()
        if question.fact and not found.repeat_of(name)
    ]


def _columns(campaign: Campaign, matter: Matter) -> Iterator[str]:
    for column, target in campaign.mapping.items():
        kind, _colon, name = target.partition(":")
        if kind == "question" and name in matter.by_name:
            told = matter.say(matter.by_name[name], gettext)
            yield gettext("Column “%(column)s”: %(what)s") % {"column": column, "what": told}


def _if(roles: set[str], matter: Matter, address: str, code: str) -> str:
    return reverse(address, args=[code]) if roles_of(matter.by) & roles else ""
