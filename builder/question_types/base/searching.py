"""The ways in which records are found by an answer, and which answers are too few to be told apart from their tokens.

A token tells which records have the same answer, and how often each answer occurs. Where there are few answers that is
as good as the answer itself: yes and no are two heaps, and everybody knows which is the larger one. So such questions offer no way.
"""

import datetime as dt
from typing import Final

from builder.conditions import Constant
from builder.problems import gettext_noop as _
from builder.question_types.base.settings import Settings

#: Each way, in the order in which it is offered, and what it is called.
WAYS: Final = {
    "exact": _("exactly, but for capitals, accents and signs"),
    "name": _("as a name, with errors in typing and spelling"),
    "date": _("as a date"),
    "phone": _("as a telephone number, or its last digits"),
    "number": _("as a number or code, or its last five characters"),
    "words": _("by each of its words"),
}
#: What whoever steals the database learns of it without the keys; said where the way is chosen.
TELLS: Final = {
    "exact": _("Exactly: they see which records have the same answer."),
    "name": _("As a name: they also see which names are alike."),
    "date": _("As a date: they see which records have the same date."),
    "phone": _("As a telephone number: they also see which numbers end alike."),
    "number": _("As a number or code: they also see which ones end alike."),
    "words": _(
        "By each of its words: they see which records share words, how often each word occurs and which ones go together. "
        "Common words can be guessed from that. Choose it only where nothing else finds the record."
    ),
}
TELLS_MOST: Final = "words"
FEWEST_ANSWERS: Final = 10_000
FEWEST_DAYS: Final = 1_000
FEWEST_LETTERS: Final = 4


def figures(settings: Settings) -> int | None:
    """How many whole numbers lie between the bounds; None where these are not both given as numbers."""
    bounds = settings.items()
    try:
        return int(float(bounds["maximum"]) - float(bounds["minimum"])) + 1
    except (TypeError, ValueError):
        return None


def days(settings: Settings) -> int | None:
    """How many days lie between the bounds; None where these are not both given as days."""
    bounds = [settings.items()[name] for name in ("minimum", "maximum")]
    if not all(isinstance(bound, Constant) for bound in bounds):
        return None
    least, most = (dt.date.fromisoformat(str(bound.value)) for bound in bounds)
    return (most - least).days + 1


def fewer(found: int | None, than: int) -> bool:
    """Whether so many are too few; where nobody can tell, they are not."""
    return found is not None and found < than
