"""Who rings at one telephone is called one after the other, as far apart as the policy says, or once for all."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from runtime.outbox.tasks import carry_out_all
from runtime.parties.actions import erase
from runtime.queues.actions import claim, dispose, imports, release, take_up
from runtime.queues.claimed import Claimed, Refused
from runtime.queues.models import ImportJob, WorkItem
from tests.unit.queues.conftest import NOW

HOME = "+3243111111"
MAPPING = {"first": "fact:given_name", "last": "fact:family_name", "phone": "fact:phone"}


@pytest.fixture
def family(item: Any, person: Any) -> tuple[Any, Any]:
    """Two of one household, the first one before the other."""
    first, second = (
        item(party=person(given_name=name, phone=HOME), priority=priority, not_before=NOW)
        for name, priority in (("Ann", 9), ("Bo", 8))
    )
    WorkItem.objects.update(state="ready")
    return first, second


def take(queue: Any, by: Any, now: Any = NOW) -> Any:
    return claim(queue=queue, by=by, now=now)


def test_two_of_a_household_are_not_called_at_once(
    family: Any, item: Any, queue: Any, agent: Any, second_agent: Any
) -> None:
    stranger = item()
    assert take(queue, agent).item == family[0].pk
    assert take(queue, second_agent).item == stranger.pk
    release(item=WorkItem.objects.get(pk=stranger.pk), by=second_agent, now=NOW)
    release(item=WorkItem.objects.get(pk=family[0].pk), by=agent, now=NOW)
    assert take(queue, second_agent).item == family[0].pk


def test_where_two_claims_race_the_index_lets_one_win(family: Any) -> None:
    for row in family:
        row.refresh_from_db()
    WorkItem.objects.filter(pk=family[0].pk).update(calling=family[0].household)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkItem.objects.filter(pk=family[1].pk).update(calling=family[1].household)


def test_who_calls_by_themselves_is_taken_up_while_their_family_is_called(
    family: Any, queue: Any, agent: Any, second_agent: Any
) -> None:
    take(queue, agent)
    assert isinstance(take_up(item=family[1], by=second_agent, now=NOW), Claimed)


def test_the_family_is_left_in_peace_for_as_long_as_the_policy_says(
    family: Any, queue: Any, policy: Any, agent: Any
) -> None:
    policy.rules = {"caps": {"household_minutes": 120}}
    policy.save()
    take(queue, agent)
    first = WorkItem.objects.get(pk=family[0].pk)
    dispose(item=first, disposition="refused", by=agent, now=NOW)
    assert isinstance(take(queue, agent, NOW + timedelta(minutes=5)), Refused)
    second = WorkItem.objects.get(pk=family[1].pk)
    assert (second.state, second.not_before) == ("scheduled", NOW + timedelta(minutes=120))
    assert take(queue, agent, NOW + timedelta(minutes=121)).item == second.pk


def test_one_call_does_for_all_where_the_policy_says_so(
    family: Any, queue: Any, policy: Any, agent: Any
) -> None:
    policy.rules = {"caps": {"household_once": True}}
    policy.save()
    take(queue, agent)
    dispose(item=WorkItem.objects.get(pk=family[0].pk), disposition="reached", by=agent, now=NOW)
    assert isinstance(take(queue, agent), Refused)
    second = WorkItem.objects.get(pk=family[1].pk)
    assert second.state == "withdrawn"
    assert second.events.order_by("-pk").first().data == {"reason": "household"}


def test_without_such_a_rule_the_other_one_is_called_next(
    family: Any, queue: Any, agent: Any
) -> None:
    take(queue, agent)
    dispose(item=WorkItem.objects.get(pk=family[0].pk), disposition="reached", by=agent, now=NOW)
    assert take(queue, agent).item == family[1].pk


def test_nothing_of_a_household_is_left_of_who_is_erased(family: Any, data_officer: Any) -> None:
    erase(party=family[0].party, by=data_officer, purpose="their_wish")
    assert WorkItem.objects.get(pk=family[0].pk).household is None


@pytest.mark.parametrize("minutes", ["x", 0, -1, 10**9, [], {}])
def test_a_gap_that_is_none_is_no_policy(minutes: Any) -> None:
    from runtime.queues.retry import Rules, read

    assert not isinstance(read({"caps": {"household_minutes": minutes}}), Rules)


def test_a_dry_run_tells_which_lines_ring_at_one_telephone(
    family: Any, campaign: Any, supervisor: Any, client_of: Any, monkeypatch: Any
) -> None:
    from runtime.queues.actions import trying

    monkeypatch.setattr(imports, "CHUNK", 2)
    monkeypatch.setattr(trying, "CHUNKS", 1)
    rows = (
        "Ann;Peeters;043111111\n"  # 2: there already
        "Cleo;Peeters;043111111\n"  # 3: with them
        "Dora;Maes;0470000001\n"  # 4
        "Eva;Maes;0470000001\n"  # 5: with line 4
        "Eva;Maes;0470000001\n"  # 6: line 5 again
        "Fay;Smet;0470000002\n"  # 7
    )
    data = f"first;last;phone\n{rows}".encode()
    job = imports.receive(campaign=campaign, data=data, by=supervisor)
    assert isinstance(job, ImportJob)
    imports.confirm(job=job, mapping=MAPPING, by=supervisor, check=True)
    carry_out_all()
    job.refresh_from_db()
    assert (job.done, job.doubles, job.together) == (4, 2, 2)
    told = {"code": "household", "column": ""}
    assert job.problems == [{"line": 3, "other": 0, **told}, {"line": 5, "other": 4, **told}]
    page = client_of(supervisor, headers={"accept-language": "en"}).get(f"/import/{job.pk}/").text
    assert "somebody who is to be called already" in page
    assert "line 4" in page
