"""Calls: what a provider tells of them, taking one up, and what becomes of those that reached nobody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from runtime.parties.models import Party
from runtime.parties.store import contact_blind, reached_at
from runtime.queues import actions as queues
from runtime.queues import numbers as dialled
from runtime.queues.claimed import Claimed, Refused
from runtime.queues.models import Attempt, WorkItem
from runtime.queues.states import ACTIVE
from runtime.records.models import Record
from runtime.telephony import course, sealed
from runtime.telephony.course import TALKS_AT_MOST
from runtime.telephony.models import Call, CallEvent, Extension, Provider
from runtime.telephony.numbers import normal
from runtime.telephony.payload import Told
from runtime.telephony.places import place_of

PURPOSE = "incoming_call"


@dataclass(frozen=True, slots=True)
class Received:
    """The call as it now stands; `known` when this was told before and nothing was written."""

    call: Call
    known: bool


@transaction.atomic
def receive(*, provider: Provider, told: Told, now: datetime, by: Any = None) -> Received:
    """Keeps one event of a call, once, in whatever order its events come. `by`: the person whose page told it, who stands in the
    access log then."""
    call = _call_of(provider, told)
    _event, created = CallEvent.objects.get_or_create(
        call=call,
        event=told.event,
        defaults={"at": told.at, "received_at": now, "clock_off": told.clock_off},
    )
    if not created:
        return Received(call, known=True)
    agents = _agents(provider, told.agents)
    _learn_who(call, told, agents)
    _learn_number(call, told, by or call.agent)
    times = course.moments(call.events.values_list("event", "at"))
    call.rang_at, call.connected_at = times.rang_at, times.connected_at
    call.hung_up_at = times.hung_up_at
    call.cause = told.cause if told.event == "hangup" else call.cause
    if call.connected_at is not None:
        call.missed = False
    call.save()
    _follow(call, now)
    return Received(call, known=False)


def take(
    *, call: Call | None, party: Party, by: Any, now: datetime
) -> Claimed | Refused | Record | None:
    """Who is on the line goes on where their work stands: at their open work item (the call is its attempt), else at their open
    record. None when there is neither: what is closed is amended with a reason, what was never begun is begun.

    Who may not have the item (in a call already, or without the skill) still goes on with a record that was begun."""
    with transaction.atomic():
        if (
            call is not None
        ):  # the call before its item, as everywhere: two who lock both never wait for each other
            Call.objects.select_for_update().get(pk=call.pk)
        place = place_of(party, by)
        taken: Claimed | Refused | Record | None = None
        if place.item is not None:
            taken = queues.take_up(item=place.item, by=by, now=now)
        if isinstance(taken, Claimed) and call is not None:
            _attach(call, WorkItem.objects.get(pk=taken.item), by, now)
        if not isinstance(taken, Claimed) and place.open_record is not None:
            went_on = queues.continue_record(record=place.open_record, by=by)
            taken = place.open_record if went_on else Refused("elsewhere")
        if call is not None and isinstance(taken, Claimed | Record):
            set_aside(call=call, now=now)
    return taken


def set_aside(*, call: Call, now: datetime) -> None:
    """The caller is found another way, by name: the box need not tell of this call any more."""
    Call.objects.filter(pk=call.pk, taken_at=None).update(taken_at=now)


def _attach(call: Call, item: WorkItem, by: Any, now: datetime) -> None:
    row = Call.objects.select_for_update().get(pk=call.pk)
    if row.attempt_id is not None or row.hung_up_at is not None:
        return
    point = _point(item, row)
    attempt = queues.start_attempt(item=item, by=by, now=now, point=point, told=True)
    if Call.objects.filter(attempt=attempt).exists():
        return
    row.item, row.attempt, row.agent = item, attempt, row.agent or by
    row.save(update_fields=["item", "attempt", "agent"])
    _mark(row)


@transaction.atomic
def weigh(*, call: Call, now: datetime) -> bool:
    """Whether a call that ended reached nobody, decided once; then the one open item of its one caller is called back."""
    row = Call.objects.select_for_update().get(pk=call.pk)
    if row.weighed_at is not None or row.hung_up_at is None:
        return False
    row.weighed_at = now
    row.missed = row.direction == "in" and row.connected_at is None and not _reached_another(row)
    row.save(update_fields=["weighed_at", "missed"])
    if not row.missed:
        return False
    items = WorkItem.objects.filter(party__in=row.parties.all()).exclude(state__in=queues.ENDED)
    found = list(items[:2])
    if len(found) != 1:  # nobody's, or it is not known whose: a person decides
        return False
    row.item = found[0]
    row.save(update_fields=["item"])
    return queues.call_was_missed(item=found[0], now=now, provider_call=_name(row))


def _reached_another(call: Call) -> bool:
    """Whether the same caller was answered since: who did not take it up had it ring on at somebody else's telephone."""
    if call.blind is None:
        return False
    since = call.rang_at - TALKS_AT_MOST
    answered = Call.objects.filter(rang_at__gt=since, connected_at__gte=call.rang_at)
    answered = answered.filter(direction="in")
    return answered.filter(provider=call.provider_id, blind=bytes(call.blind)).exists()


@transaction.atomic
def forget(*, call: Call) -> None:
    """The number of a call cannot be opened or found any more."""
    sealed.destroy_subject(call.pk)
    Call.objects.filter(pk=call.pk).update(sealed=None, blind=None)


def _call_of(provider: Provider, told: Told) -> Call:
    """The call, held until the transaction ends; made when this is the first that is told of it."""
    known = Call.objects.filter(provider=provider, reference__in=sealed.references(told.reference))
    kept = known.first()
    if kept is None:
        # Two that come at once may name it otherwise (with its number, without): one after the other.
        Provider.objects.select_for_update().get(pk=provider.pk)
        kept = known.first() or Call.objects.create(
            provider=provider,
            reference=sealed.reference(told.reference, told.number),
            direction=told.direction,
            rang_at=told.at,
        )
    return Call.objects.select_for_update().get(pk=kept.pk)


def _agents(provider: Provider, told: tuple[str, ...]) -> list[Any]:
    """Our people by what the provider calls them, else by their login; in the order they were told."""
    rows = Extension.objects.filter(provider=provider, extension__in=told, person__is_active=True)
    known = {row.extension: row.person for row in rows.select_related("person")}
    rest = [one for one in told if one not in known]
    users = get_user_model().objects.filter(username__in=rest, is_active=True)
    known |= {user.get_username(): user for user in users}
    return list({known[one].pk: known[one] for one in told if one in known}.values())


def _learn_who(call: Call, told: Told, agents: list[Any]) -> None:
    if not agents:
        return
    if told.event == "answer" or call.direction == "out":
        call.agent = agents[0]
    call.rings.add(*agents)


def _learn_number(call: Call, told: Told, by: Any) -> None:
    """Sealed once, found by its token; the look-up stands in the access log."""
    if call.sealed is not None or not told.number:
        return
    number = normal(told.number)
    try:
        call.sealed = sealed.seal_number(call.pk, number or told.number)
    except (
        sealed.SubjectDestroyed
    ):  # it was erased while the call lasts: what is told on is kept without it
        return
    if not number:
        return
    call.blind = contact_blind("phone", number)
    if call.direction == "in":
        call.parties.set(reached_at("phone", number, by=by, purpose=PURPOSE))


def _follow(call: Call, now: datetime) -> None:
    """The attempt knows what its call knows; a call that an agent makes is the attempt at the item they hold."""
    if call.attempt_id is None and call.direction == "out" and call.agent is not None:
        item = WorkItem.objects.filter(assignee=call.agent, state=ACTIVE).first()
        if item is not None and call.hung_up_at is None and _point(item, call) is not None:
            _attach(call, item, call.agent, now)
            return
    _mark(call)


def _point(item: WorkItem, call: Call) -> int | None:
    """The contact point of the item's party that has the call's number."""
    if call.blind is None:
        return None
    points = dialled.dialable(item).filter(blind=bytes(call.blind))
    return points.values_list("pk", flat=True).first()


def _mark(call: Call) -> None:
    if call.attempt_id is None:
        return
    times = queues.CallTimes(
        provider_call=_name(call),
        direction=call.direction,
        rang_at=call.rang_at,
        connected_at=call.connected_at,
        hung_up_at=call.hung_up_at,
    )
    queues.mark_call(attempt=Attempt(pk=call.attempt_id), times=times)


def _name(call: Call) -> str:
    return f"{call.provider.code}:{call.reference}"
