"""What a token comes to: the one place where campaigns, and with them queues, items, attempts, people and apps, are chosen for it.

Whoever narrows this (to a unit's campaigns, say) narrows `campaigns`; the rest follows. A token of all campaigns also comes to what
belongs to none.
"""

from django.db.models import Exists, OuterRef, QuerySet

from builder.models import App
from runtime.api.models import Token
from runtime.parties.models import Party
from runtime.people.clearance import FACTS, LEVELS
from runtime.queues.models import Attempt, Campaign, Queue, WorkItem


def campaigns(token: Token) -> QuerySet[Campaign]:
    rows = Campaign.objects.all()
    return rows if token.everywhere else rows.filter(pk__in=token.campaigns.values("pk"))


def queues(token: Token) -> QuerySet[Queue]:
    rows = Queue.objects.all()
    return rows if token.everywhere else rows.filter(pk__in=campaigns(token).values("queue"))


def apps(token: Token) -> QuerySet[App]:
    rows = App.objects.all()
    return rows if token.everywhere else rows.filter(pk__in=campaigns(token).values("app"))


def items(token: Token) -> QuerySet[WorkItem]:
    rows = WorkItem.objects.all()
    return rows if token.everywhere else rows.filter(campaign__in=campaigns(token))


def attempts(token: Token) -> QuerySet[Attempt]:
    rows = Attempt.objects.all()
    return rows if token.everywhere else rows.filter(item__campaign__in=campaigns(token))


def parties(token: Token) -> QuerySet[Party]:
    """Everybody, or those of whom an item in its campaigns is."""
    rows = Party.objects.all()
    if token.everywhere:
        return rows
    return rows.filter(Exists(items(token).filter(party=OuterRef("pk"))))


def facts(token: Token) -> frozenset[str]:
    """The facts of a person that it may read; one that is new in the house is sealed until the table of clearances has it."""
    level = LEVELS.index(token.clearance)
    return frozenset(name for name, one in FACTS.items() if LEVELS.index(one) <= level)
