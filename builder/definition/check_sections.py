"""Checks of how sections lie: there is something in them, and each lies within an earlier one, not too deep."""

from collections.abc import Iterator
from typing import Final

from builder.definition.subject import Subject
from builder.problems import Problem
from builder.problems import gettext_noop as _

DEEPEST_REPEAT: Final = 3
DEEPEST_SECTION: Final = 8


def sections(subject: Subject) -> Iterator[Problem]:
    """There is something to ask or to read."""
    if not any(section.items for section in subject.definition.sections):
        yield Problem(
            "empty",
            "",
            _("The page has no questions or texts yet."),
            _("Add a section with a question."),
        )


def within(subject: Subject) -> Iterator[Problem]:
    """A section lies within an earlier one."""
    seen: set[str] = set()
    for section in subject.definition.sections:
        params = {"label": subject.label(section), "name": section.within or ""}
        if section.within is not None and section.within not in seen:
            message = _("“%(label)s” lies within “%(name)s”, which is no earlier section.")
            yield Problem("within", section.id, message, _("Choose an earlier section."), params)
        if section.within is not None and section.side:
            message = _("“%(label)s” is opened from the side and lies within another section.")
            yield Problem("side_within", section.id, message, _("Choose one of the two."), params)
        seen.add(section.name)


def depth(subject: Subject) -> Iterator[Problem]:
    """Nobody finds their way in what is nested without end."""
    for section in subject.definition.sections:
        params = {"label": subject.label(section)}
        repeats = len(subject.index.repeats(section))
        if repeats > DEEPEST_REPEAT or len(list(subject.index.around(section))) > DEEPEST_SECTION:
            message = _("“%(label)s” lies too deep within other sections.")
            yield Problem("too_deep", section.id, message, _("Ask it further out."), params)
