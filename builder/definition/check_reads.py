"""Checks of how much is read when something is answered: what reads all entries in each of them costs their number squared."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from builder.conditions import Each, Entries, walk
from builder.definition.members import MOST_ENTRIES
from builder.definition.nodes import Section
from builder.definition.subject import Subject
from builder.problems import Problem
from builder.problems import gettext_noop as _

# So many values read take the slower engine about a second.
MOST_READ: Final = 5_000_000


def reads(subject: Subject) -> Iterator[Problem]:
    """However many entries there are, an answer is taken in soon."""
    found: Counter[str] = Counter()
    for use in subject.uses:
        for node in walk(use.expression) if use.expression else ():
            if isinstance(node, Each | Entries):
                seen = _entries(subject, subject.index.sections.get(node.repeat))
                found[use.node.id] += seen * _entries(subject, use.section)
    if sum(found.values()) > MOST_READ:
        place, _most = found.most_common(1)[0]
        message = _("“%(label)s” and others read all entries in each entry: that may take long.")
        remedy = _("Allow fewer entries, or sum them up outside the repeat.")
        label = subject.label(subject.index.by_id[place])
        yield Problem("too_many_read", place, message, remedy, {"label": label})


def _entries(subject: Subject, section: Section | None) -> int:
    """How many entries of a section there can be at most; more than MOST_ENTRIES are not evaluated."""
    most = 1
    for around in subject.index.repeats(section):
        most *= around.repeat.maximum if around.repeat else 1
    return min(most, MOST_ENTRIES)
