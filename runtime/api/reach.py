"""What a token comes to: the one place where campaigns, and with them queues, items, attempts, people and apps, are chosen for it.

It comes to what somebody of its unit sees (`runtime.queues.scope`), and no further than its campaigns; with `to_run` to what such a person
may change. A token of all campaigns also comes to what belongs to none. Apps are shared by all units.
"""

from django.db.models import Exists, OuterRef, QuerySet

from builder.models import App
from runtime.api.models import Token
from runtime.parties.models import Party
from runtime.people.clearance import FACTS, LEVELS
from runtime.people.reach import Reach, reach_of_unit
from runtime.queues import scope
from runtime.queues.models import Attempt, Campaign, Queue, WorkItem


def campaigns(token: Token, *, to_run: bool = False) -> QuerySet[Campaign]:
    rows = scope.campaigns(_reach(token), to_run=to_run)
    return rows if token.everywhere else rows.filter(pk__in=token.campaigns.values("pk"))


def queues(token: Token) -> QuerySet[Queue]:
    rows = scope.queues(_reach(token))
    return rows if token.everywhere else rows.filter(pk__in=campaigns(token).values("queue"))


def apps(token: Token) -> QuerySet[App]:
    rows = App.objects.all()
    return rows if token.everywhere else rows.filter(pk__in=campaigns(token).values("app"))


def items(token: Token, *, to_run: bool = False) -> QuerySet[WorkItem]:
    """An item may lie in another queue than its campaign's: both are asked."""
    rows = scope.items(_reach(token), to_run=to_run)
    return rows if token.everywhere else rows.filter(campaign__in=campaigns(token))


def attempts(token: Token) -> QuerySet[Attempt]:
    rows = Attempt.objects.all()
    if token.everywhere and _reach(token).whole:
        return rows
    return rows.filter(item__in=items(token))


def parties(token: Token) -> QuerySet[Party]:
    """Those whom its unit may find, or of whom an item in its campaigns is."""
    if token.everywhere:
        return scope.parties(_reach(token))
    return Party.objects.filter(Exists(items(token).filter(party=OuterRef("pk"))))


def facts(token: Token) -> frozenset[str]:
    """The facts of a person that it may read; one that is new in the house is sealed until the table of clearances has it."""
    level = LEVELS.index(token.clearance)
    return frozenset(name for name, one in FACTS.items() if LEVELS.index(one) <= level)


def _reach(token: Token) -> Reach:
    """Of its unit; asked once a request."""
    known: Reach | None = getattr(token, "known_reach", None)
    if known is None:
        known = reach_of_unit(token.unit_id)
        token.known_reach = known  # type: ignore[attr-defined]
    return known
