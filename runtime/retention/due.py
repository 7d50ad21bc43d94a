"""What a rule would erase on a day: the records whose time is over, and the people of whom nothing is left then."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from runtime.parties.models import Party
from runtime.queues.models import WorkItem
from runtime.queues.states import TERMINAL
from runtime.records.models import Record
from runtime.retention.holds import held_records, is_held
from runtime.retention.models import Rule


def over(rule: Rule, now: dt.datetime) -> QuerySet[Record]:
    """The closed records of the rule's app that are older than its days, held ones among them; the longest closed first."""
    end = now - dt.timedelta(days=rule.days)
    found = Record.objects.filter(version__app=rule.app, closed_at__lt=end, erased_at=None)
    return found.order_by("closed_at", "pk")


def due(rule: Rule, now: dt.datetime, today: dt.date) -> QuerySet[Record]:
    """Those that are not held, nor still worked on."""
    at_work = WorkItem.objects.exclude(state__in=TERMINAL).filter(record__isnull=False)
    return over(rule, now).exclude(held_records(today)).exclude(pk__in=at_work.values("record"))


def leaves_nothing(party: Party, erased: Iterable[object], today: dt.date) -> bool:
    """Whether nothing is left of a person once these records are erased: no other record, no open work, no hold."""
    left = Record.objects.filter(party=party, erased_at=None).exclude(pk__in=list(erased))
    work = WorkItem.objects.filter(Q(party=party)).exclude(state__in=TERMINAL)
    return not (left.exists() or work.exists() or is_held(party, today))
