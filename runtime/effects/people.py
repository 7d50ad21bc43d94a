"""The effects `require_skill`, `set_fact` and `do_not_contact`. Bound in `config/binding.py`."""

from datetime import timedelta
from typing import Any

from builder.definition import FACTS
from runtime.engine import effective
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.parties.actions import update_facts
from runtime.parties.barring import Grounds, bar_party
from runtime.people.models import Person
from runtime.queues.actions.skills import end_grants
from runtime.queues.models import Skill
from runtime.records.models import Record
from runtime.records.store import open_record

PURPOSE = "effect:set_fact"


def require_skill(arguments: dict[str, Any], effect: Effect) -> None:
    """Who the lesson is about, or who ended the call, shows the skill anew before they go on."""
    record = _record(effect)
    skill = Skill.objects.filter(code=arguments.get("skill", "")).first()
    if skill is None:
        raise Refused("no_skill")
    learner = Person.objects.select_related("user").filter(subject=record.subject).first()
    person = learner.user if learner else record.closed_by
    if person is None:
        raise Refused("nobody", final=True)
    end_grants(person=person, skill=skill, before=effect.created_at)


def open_fact(arguments: dict[str, Any], effect: Effect) -> dict[str, str]:
    """What `set_fact` is prepared with: the fact as it was answered; nothing where it was not."""
    record = _record(effect)
    if arguments.get("fact") not in FACTS:
        raise Refused("no_fact", final=True)
    if record.outcome != effect.outcome:
        raise Refused("overtaken", final=True)
    opened = open_record(record, by=None, purpose=PURPOSE)
    shown = opened.view["questions"].get(arguments.get("answer", ""))
    value = effective(shown) if shown and shown["relevant"] else None
    return {arguments["fact"]: value} if isinstance(value, str) else {}


def set_fact(_arguments: dict[str, Any], effect: Effect) -> None:
    """It replaces what was known; where nobody is known, there is nobody to know it of."""
    record = _record(effect)
    if not effect.prepared:
        return
    if record.party is None:
        raise Refused("nobody", final=True)
    update_facts(party=record.party, facts=effect.prepared, by=None, purpose=PURPOSE)


def do_not_contact(arguments: dict[str, Any], effect: Effect) -> None:
    """The person asked not to be called again: for good, or for some days."""
    record = _record(effect)
    if record.party is None:
        raise Refused("nobody", final=True)
    days = str(arguments.get("days") or "")
    until = effect.created_at + timedelta(days=int(days)) if days.isdecimal() else None
    grounds = Grounds("their_wish", by=record.closed_by, source="outcome", until=until)
    bar_party(party=record.party, grounds=grounds, now=effect.created_at)


def _record(effect: Effect) -> Record:
    rows = Record.objects.select_related("party", "version", "closed_by")
    record = rows.filter(pk=effect.record).first()
    if record is None:
        raise Refused("no_record", final=True)
    return record
