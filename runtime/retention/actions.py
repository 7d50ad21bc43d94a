"""The only writer of rules and holds; and the erasing of what is over."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from builder.models import App
from runtime.parties.actions import erase
from runtime.records.erasing import erase_record
from runtime.records.models import Record
from runtime.retention.due import due, leaves_nothing
from runtime.retention.models import Hold, Rule
from runtime.vault.errors import say

PURPOSE = "retention"
KINDS = ("record", "party", "app")
MOST_DAYS = 36_500
AT_ONCE = 500

logger = logging.getLogger("scriptorium.retention")


def set_rule(*, app: App, days: int, by: Any) -> Rule:
    """How long the records of an app are kept. A changed rule is off, until what it would erase was looked at."""
    if by is None or not 0 < days <= MOST_DAYS:
        raise ValueError("a person sets a number of days")
    with transaction.atomic():
        rule = Rule.objects.filter(app=app).first() or Rule(app=app, days=0)
        if rule.days != days:
            rule.days, rule.on = days, False
            _save(rule, by)
    return rule


def switch(*, rule: Rule, on: bool, by: Any) -> None:
    """From now on the worker erases what is over, or no more."""
    if by is None:
        raise ValueError("a person decides this")
    rule.on = on
    _save(rule, by)


def hold(*, kind: str, target: str, reason: str, by: Any, until: dt.date | None = None) -> Hold:
    """Nothing of it is erased until the hold ends."""
    if kind not in KINDS or by is None or not reason.strip():
        raise ValueError("a hold needs a target, a reason and a person")
    made = Hold(kind=kind, target=target, reason=reason.strip()[:200], by=by, until=until)
    made.at = timezone.now()
    _save(made, by)
    return made


def lift(*, hold: Hold, by: Any) -> bool:
    """Ends a hold; False if it had ended."""
    if by is None:
        raise ValueError("a person decides this")
    with transaction.atomic():
        row = Hold.objects.select_for_update().filter(pk=hold.pk, lifted_at=None).first()
        if row is None:
            return False
        row.lifted_at, row.lifted_by = timezone.now(), by
        _save(row, by)
    return True


def erase_due(*, now: dt.datetime) -> int:
    """Erases what is over under the rules that are on, some hundreds at a time; one that cannot be erased stops no other. How many records."""
    done = 0
    for rule in Rule.objects.filter(on=True).select_related("app").order_by("pk"):
        found = due(rule, now, timezone.localdate(now)).select_related("party")[:AT_ONCE]
        done += sum(_erase(record, rule, now) for record in list(found))
    return done


def _erase(record: Record, rule: Rule, now: dt.datetime) -> bool:
    told = f"rule={rule.app.code} days={rule.days}"
    today = timezone.localdate(now)
    try:
        if not due(rule, now, today).filter(pk=record.pk).exists():  # held, or at work, meanwhile
            return False
        party = record.party
        if party and leaves_nothing(party, [record.pk], today):
            # The person first: a worker that dies here finds the record again, and does both once more.
            erase(party=party, by=None, purpose=PURPOSE, rule=told)
        erased = erase_record(record=record, by=None, purpose=PURPOSE, rule=told)
    except Exception as error:
        logger.error("record %s was not erased: %s", record.pk, say(error))
        return False
    return erased


def _save(row: Rule | Hold, by: Any) -> None:
    row._history_user = by  # noqa: SLF001  (simple_history's documented way to name the actor)
    row.save()
