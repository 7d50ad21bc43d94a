"""What the effects of a draft would do: tried on past records before a release, and told on its page.

An editor sees counts and numbers of records, never what they say.
"""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from builder.definition import Definition, Effect, say_effect
from builder.reports import Line, Matter, Report, Table
from runtime.effects import trying
from runtime.effects.actions import trials
from runtime.effects.models import Trial


def effects(matter: Matter) -> Report | None:
    """None where neither the live version nor the draft has effects."""
    if not any(node.effects for one in (matter.before, matter.after) for node in one.outcomes):
        return None
    trial = trials.newest(matter.app, matter.after)
    title, offer = gettext("Effects on past records"), gettext("Try it on the newest records")
    if trial is None:
        words = gettext(
            "What the effects of this draft would do can be tried on the newest %(n)s records that have ended. They are opened for it in the background, under your name; nothing is carried out."
        )
        return Report(title, words % {"n": trials.MOST_RECORDS}, offer=offer)
    if trial.state != "done":
        words = gettext("%(done)s of %(total)s records are looked at. Load the page again.")
        return Report(title, words % {"done": trial.done, "total": trial.total})
    return Report(
        title, _sum(trial), tuple(_examples(trial, matter.after)), _table(trial, matter), offer
    )


def begin(matter: Matter) -> None:
    trials.begin(app=matter.app, definition=matter.after, by=matter.by)


def _sum(trial: Trial) -> str:
    told = ngettext(
        "%(n)s record was looked at on %(day)s.",
        "%(n)s records were looked at on %(day)s.",
        trial.done,
    )
    ended = localtime(trial.ended_at) if trial.ended_at else None
    words = [
        told
        % {"n": trial.done, "day": date_format(ended, "SHORT_DATETIME_FORMAT") if ended else ""}
    ]
    if left_out := trial.told[trials.LEFT_OUT]:
        more = ngettext(
            "%(n)s was left out: it cannot be opened any more.",
            "%(n)s were left out: they cannot be opened any more.",
            left_out,
        )
        words.append(more % {"n": left_out})
    return " ".join(words)


def _table(trial: Trial, matter: Matter) -> Table:
    columns = (
        gettext("Outcome"),
        gettext("Effect"),
        gettext("Was done"),
        gettext("Would be done"),
        gettext("Only now"),
        gettext("No more"),
        gettext("Work items"),
    )
    rows = tuple(
        (
            _outcome(matter.after, row.outcome),
            _words(row),
            *(str(each) for each in (row.did, row.would, row.new, row.gone)),
            str(row.things) if row.things else "–",
        )
        for row in trying.read(trial.told["rows"]).values()
    )
    return Table(gettext("What was done, and what would be"), columns, rows)


def _examples(trial: Trial, definition: Definition) -> list[Line]:
    """A few records that would have it otherwise, by their numbers."""
    words = gettext("%(effect)s (%(outcome)s) is otherwise for the records")
    return [
        Line(
            words % {"effect": _words(row), "outcome": _outcome(definition, row.outcome)},
            notes=tuple(row.examples),
        )
        for row in trying.read(trial.told["rows"]).values()
        if row.examples
    ]


def _outcome(definition: Definition, name: str) -> str:
    node = next((one for one in definition.outcomes if one.name == name), None)
    return (node.label.plain(definition.source) if node else "") or name


def _words(row: trying.Row) -> str:
    return say_effect(Effect(row.effect, tuple(sorted(row.arguments.items()))), gettext)
