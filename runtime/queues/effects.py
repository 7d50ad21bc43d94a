"""Effects that the queue carries out; bound by name in `config/binding.py`.

`spawn_items` makes an item of each person entered in a repeat, `pass_on` one of the record's own person, `grant_skill` gives the skill that a
lesson teaches, `load_list` loads a chunk of a list. Each runs in one transaction with the mark that
it is done; a record is opened before, so that the access log tells of it when that transaction fails.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from builder.definition import Definition
from runtime.engine import effective, entries_that_count
from runtime.outbox.actions import unfinished
from runtime.outbox.handlers import Refused
from runtime.outbox.models import Effect
from runtime.parties.actions import add_facts, find_or_create
from runtime.parties.facts import Facts, keys_of
from runtime.people.models import Person
from runtime.queues.actions import spawned
from runtime.queues.actions.items import CampaignClosed, Wanted, create_item
from runtime.queues.actions.loading import load_chunk
from runtime.queues.actions.pairing import order_look
from runtime.queues.actions.skills import DAYS_AT_MOST, grant_skill
from runtime.queues.models import Campaign, Skill, WorkItem
from runtime.queues.questions import fact_questions, questions_of
from runtime.records.models import Record
from runtime.records.store import open_record

LONGEST_ENTRY = 64


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One pass of a repeat: who it tells of, and its answers by name. The id of one that lies in others is led by theirs."""

    id: str
    facts: Mapping[str, str]
    answers: Mapping[str, Any]


def open_entries(arguments: dict[str, Any], effect: Effect) -> list[Entry]:
    """What `spawn_items` is prepared with: the persons in `repeat`."""
    _campaign(arguments)
    opened = open_record(_record(effect), by=None, purpose="effect:spawn_items")
    return entries_of(opened.definition, opened.view, arguments["repeat"])


def spawn_items(arguments: dict[str, Any], effect: Effect) -> None:
    """One item in `campaign` for each person in `repeat`; a person has one item a campaign, so that
    the same contact named twice, or a record finished twice, gives one."""
    record, campaign = _record(effect), _campaign(arguments)
    parent = WorkItem.objects.filter(record=record).order_by("created_at").first()
    asked = questions_of(campaign)
    for entry in effect.prepared:
        prefill = {name: value for name, value in entry.answers.items() if name in asked}
        new = Wanted(parent=parent, prefill=prefill or None)
        _spawn(record, campaign, entry, new, _revision(effect))


def entries_of(definition: Definition, view: Mapping[str, Any], repeat: str) -> list[Entry]:
    """The entries of a repeat, with the answers that count (what is hidden does not)."""
    facts = {question.name: question.fact for question in fact_questions(definition, repeat)}
    counted = {
        place: frozenset(entries)
        for place, entries in entries_that_count(definition, view).items()
    }
    found: dict[str, dict[str, Any]] = {}
    for place, shown in view["questions"].items():
        *way, name = place.split("/")
        value = effective(shown)
        if way[-2:-1] == [repeat] and value is not None and _counts(way, counted):
            found.setdefault("/".join(way[1::2]), {})[name] = value
    return [
        Entry(
            entry,
            {
                fact: answers[name]
                for name, fact in facts.items()
                if fact and _is_text(answers, name)
            },
            {name: value for name, value in answers.items() if name not in facts},
        )
        for entry, answers in found.items()
    ]


def _counts(way: list[str], counted: Mapping[str, frozenset[str]]) -> bool:
    return way[-1] in counted.get("/".join(way[:-1]), ())


def _is_text(answers: Mapping[str, Any], name: str) -> bool:
    return isinstance(answers.get(name), str)


def _spawn(
    record: Record, campaign: Campaign, entry: Entry, wanted: Wanted, revision: int
) -> None:
    """A person whom nothing identifies is known by their place in the record."""
    if not entry.facts:
        return
    anonymous = not keys_of(Facts.read(entry.facts))
    key = f"entry:{record.pk}:{_short(entry.id)}" if anonymous else None
    there = WorkItem.objects.filter(campaign=campaign, dedupe_key=key).first() if key else None
    if there is not None:
        spawned.note(record=record, item=there, made=False, revision=revision)
        return
    purpose = "effect:spawn_items"
    party, new = find_or_create(facts=entry.facts, by=None, purpose=purpose)
    if new:
        order_look(key=f"{party.pk}", parties=[party.pk], campaign=campaign)
    else:
        add_facts(party=party, facts=entry.facts, by=None, purpose=purpose)
    try:
        item, made = create_item(
            campaign=campaign, party=party, by=None, dedupe_key=key, wanted=wanted
        )
    except CampaignClosed:
        raise Refused("campaign_closed") from None
    spawned.note(record=record, item=item, made=made, revision=revision)


def pass_on(arguments: dict[str, Any], effect: Effect) -> None:
    """An item in `campaign` about the person of the record, once a person: so the ends of one script fill another one's campaign."""
    record, campaign = _record(effect), _campaign(arguments)
    if record.party is None:
        raise Refused("nobody", final=True)
    parent = WorkItem.objects.filter(record=record).order_by("created_at").first()
    try:
        item, made = create_item(
            campaign=campaign, party=record.party, by=None, wanted=Wanted(parent=parent)
        )
    except CampaignClosed:
        raise Refused("campaign_closed") from None
    spawned.note(record=record, item=item, made=made, revision=_revision(effect))


def withdraw_spawned(arguments: dict[str, Any], effect: Effect) -> None:
    """After an amendment: what its former end had made and the new one does not want. First all that the new one wants is made."""
    record = _record(effect)
    if unfinished(record=record.pk, effect="spawn_items"):
        raise Refused("spawning")
    spawned.withdraw_unwanted(record=record, revision=int(arguments["revision"]))


def _revision(effect: Effect) -> int:
    """The revision of the record that an effect comes from: the end of its key."""
    last = effect.key.rpartition(":")[2]
    return int(last) if last.isdecimal() else 0


def _short(entry: str) -> str:
    """The way to an entry as a key may hold it: three ids are longer than that."""
    return entry if len(entry) <= LONGEST_ENTRY else hashlib.sha256(entry.encode()).hexdigest()


def grant_skill_effect(arguments: dict[str, Any], effect: Effect) -> None:
    """Grants `skill` for `days` to whoever the lesson's record is about."""
    record = _record(effect)
    skill = Skill.objects.filter(code=arguments["skill"]).first()
    person = Person.objects.select_related("user").filter(subject=record.subject).first()
    days = str(arguments.get("days", ""))
    if skill is None:
        raise Refused("no_skill")
    if person is None:
        raise Refused("nobody", final=True)
    if not days.isdecimal() or not 1 <= int(days) <= DAYS_AT_MOST:
        raise Refused("days", final=True)
    grant_skill(person=person.user, skill=skill, days=int(days), record=record.pk)


def load_list(arguments: dict[str, Any], effect: Effect) -> None:
    """Loads a chunk of a list; see `actions.loading`."""
    load_chunk(job_id=UUID(arguments["job"]), number=int(arguments["chunk"]))


def _campaign(arguments: Mapping[str, Any]) -> Campaign:
    campaign = Campaign.objects.filter(code=arguments["campaign"]).first()
    if campaign is None:
        raise Refused("no_campaign")
    return campaign


def _record(effect: Effect) -> Record:
    rows = Record.objects.filter(pk=effect.record).select_related("version", "party")
    record = rows.first()
    if record is None:
        raise Refused("no_record", final=True)
    return record
