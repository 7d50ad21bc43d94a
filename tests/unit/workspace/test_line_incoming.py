"""Who calls: nothing of them is shown before they proved who they are, and then it goes on where it stopped."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from runtime.queues import actions as queues
from runtime.queues.models import Verification, WorkItem
from runtime.records.models import Record
from runtime.telephony.models import Call
from tests.traces import shown_in
from tests.unit.telephony.conftest import CALLER
from tests.unit.workspace.test_line import RIGHT, WRONG

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(bo: Any, asking: Any) -> Any:
    return bo(phone=CALLER)


def take(client: Any, party: Any, call: Any = None) -> Any:
    return client.post(
        reverse("call-take"), {"party": str(party.pk), "call": str(call.pk) if call else ""}
    )


def say(client: Any, **typed: str) -> Any:
    row = Verification.objects.latest("began_at")
    return client.post(reverse("verification", args=[row.pk]), typed)


def begun(item: Any, queue: Any, caller: Any, by: Any) -> WorkItem:
    made = item(party=caller)
    queues.claim(queue=queue, by=by, now=timezone.now())
    queues.dispose(item=made, disposition="no_answer", by=by, now=timezone.now())
    made.refresh_from_db()
    return made


def test_a_candidate_is_initials_until_it_is_verified(
    send: Any, item: Any, caller: Any, agents: Any
) -> None:
    item(party=caller)
    send()
    shown = agents.get(reverse("call", args=[Call.objects.get().pk])).content.decode()
    assert "B••• M•••" in shown
    assert shown_in(shown, "Bo", "Maes", "1985") == []
    assert CALLER not in shown
    assert "/party/" not in shown


def test_who_is_verified_goes_on_in_the_same_item_and_record(
    send: Any, item: Any, queue: Any, caller: Any, agents: Any, agent: Any, second_agent: Any
) -> None:
    made = begun(item, queue, caller, second_agent)
    send()
    send("answer")
    asked = take(agents, caller, Call.objects.get())
    made.refresh_from_db()
    assert made.state == "scheduled"  # nothing changes before it is known who calls
    page = agents.get(asked.headers["Location"]).content.decode()
    assert shown_in(page, "Bo", "Maes", "30/07", "Gent", CALLER) == []
    assert say(agents, **WRONG).status_code == 422
    assert say(agents, **RIGHT).headers["Location"] == reverse("record", args=[made.record_id])
    made.refresh_from_db()
    row = Verification.objects.get()
    assert (made.state, made.assignee, row.item, row.fence) == ("active", agent, made, made.fence)
    assert (WorkItem.objects.count(), Record.objects.count()) == (1, 1)
    assert made.attempt_rows.get(direction="in").agent == agent
    shown = agents.get(reverse("record", args=[made.record_id])).content.decode()
    assert "screen-talk" in shown
    queues.dispose(item=made, disposition="reached", by=agent, now=timezone.now())
    row.refresh_from_db()
    assert row.attempt == made.attempt_rows.get(direction="in")


def test_posting_verified_again_is_going_on_once(
    send: Any, item: Any, caller: Any, agents: Any
) -> None:
    made = item(party=caller)
    send()
    take(agents, caller, Call.objects.get())
    assert say(agents, **RIGHT).status_code == say(agents, **RIGHT).status_code == 302
    assert made.attempt_rows.count() == 1
    assert made.events.filter(event="claimed").count() == 1


def test_a_call_that_ended_proves_nothing(send: Any, item: Any, caller: Any, agents: Any) -> None:
    made = item(party=caller)
    send()
    take(agents, caller, Call.objects.get())
    send("hangup", cause="cancel")
    answer = say(agents, **RIGHT)
    assert (answer.status_code, "The call has ended" in answer.content.decode()) == (409, True)
    made.refresh_from_db()
    assert (made.state, Verification.objects.get().state) == ("ready", "asking")


def test_a_caller_who_guesses_is_stopped_over_all_candidates(
    send: Any, caller: Any, bo: Any, agents: Any, item: Any
) -> None:
    other = bo(phone=CALLER, given_name="An", national_number="90010100157")
    third = bo(phone=CALLER, given_name="Ed", national_number="90010100256")
    send()
    call = Call.objects.get()
    for party in (caller, other):
        take(agents, party, call)
        for _turn in range(3):
            say(agents, **WRONG)
    take(agents, third, call)
    assert "too many wrong tries" in say(agents, **RIGHT).content.decode()
    assert not Verification.objects.filter(state="verified").exists()


def test_who_cannot_be_verified_changes_nothing_but_the_history(
    send: Any, item: Any, caller: Any, agents: Any
) -> None:
    made = item(party=caller)
    send()
    take(agents, caller, Call.objects.get())
    for _turn in range(3):
        say(agents, **WRONG)
    row = Verification.objects.get()
    agents.post(reverse("verification-end", args=[row.pk]))
    agents.post(reverse("verification-end", args=[row.pk]))
    made.refresh_from_db()
    assert (made.state, made.attempts) == ("ready", 0)
    assert [event.event for event in made.events.order_by("pk")] == ["created", "unverified"]
    assert Call.objects.get().taken_at is not None


def test_somebody_who_calls_for_them_has_them_called_back(
    send: Any, item: Any, queue: Any, caller: Any, agents: Any, second_agent: Any
) -> None:
    made = begun(item, queue, caller, second_agent)
    send()
    take(agents, caller, Call.objects.get())
    row = Verification.objects.get()
    agents.post(reverse("verification-end", args=[row.pk]), {"call_back": "1"})
    made.refresh_from_db()
    assert (made.state, made.lane) == ("ready", 0)


def test_by_name_it_is_asked_before_the_persons_page(
    item: Any, queue: Any, caller: Any, agents: Any, second_agent: Any
) -> None:
    made = begun(item, queue, caller, second_agent)
    agents.post(reverse("find"), {"purpose": "calls_back"})
    found = agents.post(reverse("find"), {"text": "Maes"}).content.decode()
    assert "Bo <mark>Maes</mark>" in found
    assert "••.••.1985" not in found
    answer = agents.post(reverse("party", args=[caller.pk]))
    assert "/verification/" in answer.headers["Location"]
    assert say(agents, **RIGHT).headers["Location"] == reverse("record", args=[made.record_id])


def test_a_record_is_not_read_or_gone_on_with_for_a_caller_before(
    item: Any, queue: Any, caller: Any, agents: Any, second_agent: Any
) -> None:
    made = begun(item, queue, caller, second_agent)
    for name, sent in (("record", {"purpose": "calls_back"}), ("record-continue", {})):
        answer = agents.post(reverse(name, args=[made.record_id]), sent)
        assert "/verification/" in answer.headers["Location"]


def test_two_agents_who_verify_the_same_caller_do_not_both_get_the_item(
    item: Any, caller: Any, agents: Any, client_of: Any, second_agent: Any
) -> None:
    made = item(party=caller)
    other = client_of(second_agent, headers={"accept-language": "en"})
    for client in (agents, other):
        client.post(reverse("find"), {"purpose": "calls_back"})
        client.post(reverse("party", args=[caller.pk]))
    rows = {row.agent_id: row for row in Verification.objects.all()}
    first, second = (
        client.post(reverse("verification", args=[rows[user].pk]), RIGHT)
        for client, user in ((agents, min(rows)), (other, max(rows)))
    )
    made.refresh_from_db()
    assert first.headers["Location"] == reverse("record", args=[made.record_id])
    assert second.headers["Location"] == reverse("pop")
    assert made.assignee_id == min(rows)


def test_what_was_proved_ends_after_a_while_without_a_call(
    caller: Any, agents: Any, agent: Any
) -> None:
    agents.post(reverse("find"), {"purpose": "calls_back"})
    agents.post(reverse("party", args=[caller.pk]))
    say(agents, **RIGHT)
    assert "Bo Maes" in agents.post(reverse("party", args=[caller.pk])).content.decode()
    Verification.objects.update(decided_at=timezone.now() - timedelta(hours=1))
    assert agents.post(reverse("party", args=[caller.pk])).status_code == 302


def verified(client: Any, party: Any, call: Any) -> None:
    take(client, party, call)
    say(client, **RIGHT)


def test_a_new_item_is_made_only_where_none_is_open(
    send: Any, caller: Any, agents: Any, campaign: Any, agent: Any
) -> None:
    send()
    call = Call.objects.get()
    sent = {"call": str(call.pk), "party": str(caller.pk), "campaign": "spring"}
    assert "/verification/" in agents.post(reverse("call-begin"), sent).headers["Location"]
    assert WorkItem.objects.count() == 0  # a forged post before anything was proved
    verified(agents, caller, call)
    shown = agents.get(reverse("call", args=[call.pk])).content.decode()
    assert "New call:" in shown
    assert "/record/" in agents.post(reverse("call-begin"), sent).headers["Location"]
    assert "/record/" in agents.post(reverse("call-begin"), sent).headers["Location"]
    assert (WorkItem.objects.count(), WorkItem.objects.get().assignee) == (1, agent)
    again = queues.create_item(campaign=campaign, party=caller, by=None)
    assert again == (WorkItem.objects.get(), False)  # a list that is loaded later finds it


def test_after_a_closed_one_a_new_item_follows(
    send: Any, item: Any, caller: Any, agents: Any, agent: Any, queue: Any
) -> None:
    made = item(party=caller)
    queues.claim(queue=queue, by=agent, now=timezone.now())
    queues.dispose(item=made, disposition="refused", by=agent, now=timezone.now())
    send()
    call = Call.objects.get()
    verified(agents, caller, call)
    sent = {"call": str(call.pk), "party": str(caller.pk), "campaign": "spring"}
    agents.post(reverse("call-begin"), sent)
    assert sorted(WorkItem.objects.values_list("state", flat=True)) == ["active", "resolved"]


def test_a_closed_campaign_takes_no_caller(
    send: Any, caller: Any, agents: Any, campaign: Any
) -> None:
    campaign.open = False
    campaign.save()
    send()
    call = Call.objects.get()
    verified(agents, caller, call)
    sent = {"call": str(call.pk), "party": str(caller.pk), "campaign": "spring"}
    assert agents.post(reverse("call-begin"), sent).headers["Location"] == reverse(
        "call", args=[call.pk]
    )
    assert WorkItem.objects.count() == 0


def test_a_record_is_found_by_its_reference_and_still_proved(
    item: Any, queue: Any, caller: Any, agents: Any, second_agent: Any
) -> None:
    from runtime.records.references import record_of, reference_of

    made = begun(item, queue, caller, second_agent)
    code = reference_of(made.record_id)
    assert record_of(code.lower().replace("-", " ")) == made.record
    assert record_of(code[:-1] + ("0" if code[-1] != "0" else "1")) is None  # a slip
    assert record_of("Bo Maes") is None
    assert agents.post(reverse("call-mine")).headers["Location"] == reverse("find")
    found = agents.post(reverse("find"), {"text": code}).content.decode()
    assert "B••• M•••" in found
    assert "Maes" not in found
    assert "/verification/" in agents.post(reverse("party", args=[caller.pk])).headers["Location"]


def test_a_hidden_number_leads_to_finding_by_name_and_the_call_is_the_attempt(
    send: Any, item: Any, caller: Any, agents: Any
) -> None:
    made = item(party=caller)
    send(**{"from": "anonymous"})
    call = Call.objects.get()
    agents.post(reverse("call-take"), {"call": str(call.pk), "find": "1"})
    agents.post(reverse("party", args=[caller.pk]))
    say(agents, **RIGHT)
    assert made.attempt_rows.get().provider_call.startswith("pbx:")


def test_a_number_that_calls_again_and_again_is_stopped(
    send: Any, caller: Any, agents: Any, agent: Any, bo: Any
) -> None:
    for number in range(4):
        party = bo(phone=CALLER, given_name=f"An{number}", national_number=None)
        send(callId=f"a-{number}")
        take(agents, party, Call.objects.latest("rang_at"))
        for _turn in range(3):
            say(agents, **WRONG)
        send("hangup", callId=f"a-{number}")
    send()
    take(agents, caller, Call.objects.latest("rang_at"))
    assert "too many wrong tries" in say(agents, **RIGHT).content.decode()
