"""Who calls is taken up where their work stands: the same item, the same record, and the call is its attempt."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.queues import actions as queues
from runtime.queues.models import WorkItem
from runtime.records import actions as records
from runtime.records.models import Record
from runtime.telephony import ringing, sweeps
from runtime.telephony.models import Call
from tests.unit.telephony.conftest import CALLER

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(person: Any) -> Any:
    return person(phone=CALLER, given_name="Bo", family_name="Maes")


@pytest.fixture
def agents(client_of: Any, agent: Any) -> Any:
    return client_of(agent, headers={"accept-language": "en"})


def take(client: Any, party: Any, **more: Any) -> Any:
    call = Call.objects.first()
    fields = {"party": str(party.pk), "call": str(call.pk) if call else "", **more}
    return client.post(reverse("call-take"), fields)


def left_open(item: WorkItem, queue: Any, by: Any) -> WorkItem:
    """The item was tried once: its record is open, and it waits for its next try."""
    queues.claim(queue=queue, by=by, now=timezone.now())
    queues.dispose(item=item, disposition="no_answer", by=by, now=timezone.now())
    item.refresh_from_db()
    return item


def test_an_open_item_goes_on_in_its_record_and_the_call_is_its_attempt(
    send: Any, item: Any, queue: Any, caller: Any, agents: Any, agent: Any, second_agent: Any
) -> None:
    made = left_open(item(party=caller), queue, second_agent)
    send()
    send("answer")
    answer = take(agents, caller)
    assert answer.headers["Location"] == reverse("record", args=[made.record_id])
    send("hangup", cause="normalClearing")
    made.refresh_from_db()
    assert (made.state, made.assignee, WorkItem.objects.count(), Record.objects.count()) == (
        "active",
        agent,
        1,
        1,
    )
    attempt = made.attempt_rows.get(direction="in")
    assert (attempt.provider_call, attempt.agent) == ("pbx:c-1", agent)
    assert attempt.talk_seconds is not None
    assert "screen" in agents.get(answer.headers["Location"]).content.decode()


def test_an_item_that_was_never_tried_begins_its_record(
    send: Any, item: Any, caller: Any, agents: Any
) -> None:
    made = item(party=caller)
    send()
    take(agents, caller)
    made.refresh_from_db()
    assert (made.state, made.record is not None, WorkItem.objects.count()) == ("active", True, 1)


def test_taking_twice_is_taking_once(send: Any, item: Any, caller: Any, agents: Any) -> None:
    made = item(party=caller)
    send()
    first, second = take(agents, caller), take(agents, caller)
    assert first.headers["Location"] == second.headers["Location"]
    assert made.attempt_rows.count() == 1


def test_a_record_begun_without_a_queue_goes_on(
    send: Any, version: Any, caller: Any, agents: Any, second_agent: Any
) -> None:
    row = records.start(version=version, party=caller, by=second_agent, language="en")
    send()
    assert take(agents, caller).headers["Location"] == reverse("record", args=[row.pk])
    assert not WorkItem.objects.exists()


def test_a_closed_record_is_offered_for_amendment(
    send: Any, version: Any, caller: Any, agents: Any, agent: Any
) -> None:
    row = records.start(version=version, party=caller, by=agent, language="en")
    records.open_session(record=row, by=agent, kind="agent", purpose="call")
    records.finish(row.pk, "done", by=agent, purpose="call")
    send()
    page = agents.get(reverse("call", args=[Call.objects.get().pk])).content.decode()
    assert "Read or reopen" in page
    assert reverse("record", args=[row.pk]) in page
    assert take(agents, caller).headers["Location"] == reverse(
        "call", args=[Call.objects.get().pk]
    )
    assert Record.objects.count() == 1


def test_who_holds_another_item_goes_on_with_a_begun_record_but_gets_no_second_item(
    send: Any, item: Any, queue: Any, caller: Any, agents: Any, agent: Any, second_agent: Any
) -> None:
    begun = left_open(item(party=caller), queue, second_agent)
    other = item()
    queues.claim(queue=queue, by=agent, now=timezone.now())
    send()
    assert take(agents, caller).headers["Location"] == reverse("record", args=[begun.record_id])
    begun.refresh_from_db()
    other.refresh_from_db()
    assert (begun.state, other.assignee) == ("scheduled", agent)


def test_an_item_in_other_hands_stays_there(
    send: Any, item: Any, queue: Any, caller: Any, agents: Any, second_agent: Any
) -> None:
    made = item(party=caller)
    queues.claim(queue=queue, by=second_agent, now=timezone.now())
    send()
    answer = agents.get(take(agents, caller).headers["Location"]).content.decode()
    made.refresh_from_db()
    assert made.assignee == second_agent
    assert "Somebody else is working on this record now" in answer


def test_without_the_skill_nothing_new_is_begun(
    send: Any, item: Any, queue: Any, caller: Any, agents: Any
) -> None:
    from runtime.queues.models import Skill

    queue.skills.add(Skill.objects.create(code="care", title="Care"))
    made = item(party=caller)
    send()
    answer = agents.get(take(agents, caller).headers["Location"]).content.decode()
    made.refresh_from_db()
    assert (made.state, "You need the skill “Care” first." in answer) == ("ready", True)


def test_a_foreign_call_and_a_person_who_is_no_candidate_are_not_known(
    send: Any, person: Any, caller: Any, agents: Any, client_of: Any, second_agent: Any
) -> None:
    send()
    stranger = client_of(second_agent)
    assert take(stranger, caller).status_code == 404
    assert stranger.get(reverse("call", args=[Call.objects.get().pk])).status_code == 404
    assert take(agents, person()).status_code == 404
    assert agents.post(reverse("call-take"), {"party": "nobody"}).status_code == 404
    assert take(agents, caller, call="").status_code == 404


def test_the_page_of_a_call_is_logged_with_its_purpose_and_veils_what_it_shows(
    send: Any, caller: Any, agents: Any, agent: Any
) -> None:
    send()
    page = agents.get(reverse("call", args=[Call.objects.get().pk])).content.decode()
    assert "Bo Maes" in page
    assert CALLER not in page
    assert AccessLog.objects.filter(
        by=agent, subject=caller.pk, deed="open", purpose="calls_back"
    ).exists()


def test_the_box_names_nobody_and_ends_with_the_call(send: Any, caller: Any, agents: Any) -> None:
    assert agents.get("/calls/").status_code == 204
    send()
    box = agents.get("/calls/")
    assert "A call comes in" in box.content.decode()
    assert "Maes" not in box.content.decode()
    send("answer")
    assert "You are talking" in agents.get("/calls/").content.decode()
    send("hangup")
    assert agents.get("/calls/").status_code == 204


def test_a_call_that_somebody_else_answered_rings_no_more(
    send: Any, caller: Any, agents: Any, second_agent: Any
) -> None:
    send(user=["201", "second"])
    assert agents.get("/calls/").status_code == 200
    send("answer", user="second")
    assert agents.get("/calls/").status_code == 204
    assert agents.get(reverse("call", args=[Call.objects.get().pk])).status_code == 404


def test_a_call_whose_end_was_never_told_does_not_ring_for_ever(
    send: Any, caller: Any, agents: Any
) -> None:
    send()
    Call.objects.update(rang_at=timezone.now() - timedelta(minutes=4))
    assert agents.get("/calls/").status_code == 204


def test_a_missed_call_makes_its_item_a_callback_once(
    send: Any, item: Any, queue: Any, caller: Any, second_agent: Any, agent: Any
) -> None:
    made = left_open(item(party=caller), queue, second_agent)
    send()
    send("hangup", cause="noAnswer")
    sweeps.missed(timezone.now())  # an answer may still come
    assert not Call.objects.get().missed
    later = timezone.now() + timedelta(seconds=30)
    sweeps.missed(later)
    sweeps.missed(later)
    made.refresh_from_db()
    assert (made.state, made.lane, WorkItem.objects.count()) == ("ready", 0, 1)
    assert made.events.filter(event="called").count() == 1
    assert [one.item for one in ringing.missed_for(agent, timezone.now())] == [made]


def test_an_answer_that_came_after_the_hangup_is_no_missed_call(
    send: Any, item: Any, caller: Any
) -> None:
    item(party=caller)
    send("hangup", cause="normalClearing")
    send("answer")
    sweeps.missed(timezone.now() + timedelta(seconds=30))
    assert not Call.objects.get().missed


def test_where_two_items_could_be_meant_a_person_decides(
    send: Any, item: Any, caller: Any, person: Any
) -> None:
    first, second = item(party=caller), item(party=person(phone=CALLER))
    send()
    send("hangup", cause="cancel")
    sweeps.missed(timezone.now() + timedelta(seconds=30))
    call = Call.objects.get()
    assert (call.missed, call.item) == (True, None)
    for one in (first, second):
        one.refresh_from_db()
        assert one.lane == 1


def test_a_number_is_forgotten_after_a_month(send: Any, caller: Any, agents: Any) -> None:
    send()
    sweeps.forgotten(timezone.now() + timedelta(days=29))
    assert Call.objects.get().sealed is not None
    sweeps.forgotten(timezone.now() + timedelta(days=31))
    call = Call.objects.get()
    assert (call.sealed, call.blind) == (None, None)
    assert agents.get(reverse("call", args=[call.pk])).status_code == 200


def test_a_pop_by_number_leaves_no_number_in_the_address(
    caller: Any, item: Any, agents: Any, agent: Any
) -> None:
    made = item(party=caller)
    answer = agents.get("/pop", {"number": "0470 11 12 22"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/pop")
    page = agents.get("/pop").content.decode()
    assert "Bo Maes" in page
    assert (
        AccessLog.objects.filter(
            by=agent, deed="search", purpose="calls_back", detail="phone"
        ).count()
        == 1
    )
    take(agents, caller)
    made.refresh_from_db()
    assert made.assignee == agent


def test_a_pop_by_call_leads_to_the_call_of_whom_it_rings_for(
    send: Any, caller: Any, agents: Any, client_of: Any, second_agent: Any
) -> None:
    send()
    address = reverse("call", args=[Call.objects.get().pk])
    assert agents.get("/pop?provider=pbx&call=c-1").headers["Location"] == address
    assert agents.get("/pop?provider=pbx&call=c-2").status_code == 404
    assert client_of(second_agent).get("/pop?provider=pbx&call=c-1").status_code == 404


@pytest.mark.parametrize("number", ["", "abc", "\x00", "0" * 5000, "+32470999888", "<script>"])
def test_a_pop_of_nobody_leads_to_finding_by_name(agents: Any, caller: Any, number: str) -> None:
    page = agents.get("/pop", {"number": number}, follow=True).content.decode()
    assert "Find by name" in page
    assert "<script>alert" not in page


def test_pops_are_counted(agents: Any, caller: Any, monkeypatch: Any) -> None:
    from runtime.workspace import call_views

    monkeypatch.setattr(call_views, "POPS_A_MINUTE", 2)
    for _time in range(3):
        answer = agents.get("/pop", {"number": CALLER})
    assert answer.headers["Location"] == "/"


def test_who_is_found_by_name_leaves_the_box(
    send: Any, agents: Any, client_of: Any, second_agent: Any
) -> None:
    send()
    call = Call.objects.get()
    assert (
        client_of(second_agent).post("/calls/take/", {"call": call.pk, "find": "1"}).status_code
        == 404
    )
    answer = agents.post("/calls/take/", {"call": call.pk, "find": "1"})
    assert answer.headers["Location"] == reverse("find")
    assert agents.get("/calls/").status_code == 204
    assert agents.session["find_purpose"] == "calls_back"
