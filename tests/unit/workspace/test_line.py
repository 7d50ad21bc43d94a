"""Who is on the line: nothing of the person is shown before they proved who they are, and guessing leads nowhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.queues import actions as queues
from runtime.queues.models import Attempt, Verification, WorkItem
from runtime.records.models import Record

pytestmark = pytest.mark.django_db
RIGHT = {"birth_date": "30/07/1985", "postcode": "9031"}
WRONG = {"birth_date": "31/07/1985", "postcode": "9031"}


@pytest.fixture
def claimed(item: Any, queue: Any, agent: Any, asking: Any, bo: Any) -> Any:
    """An item in the agent's hands, about somebody who answers."""

    def claim(**facts: Any) -> WorkItem:
        made = item(party=bo(**facts))
        assert queues.claim(queue=queue, by=agent, now=timezone.now()).record
        made.refresh_from_db()
        return made

    return claim


def page(client: Any, made: WorkItem) -> str:
    return client.get(reverse("record", args=[made.record_id])).content.decode()


def say(client: Any, **typed: str) -> Any:
    row = Verification.objects.latest("began_at")
    return client.post(reverse("verification", args=[row.pk]), typed)


def test_before_anybody_is_known_the_page_has_the_name_and_nothing_else(
    claimed: Any, agents: Any
) -> None:
    shown = page(agents, claimed())
    assert "Am I speaking with Bo Maes?" in shown
    for secret in ("1985-", "30/07", "Nieuwstraat", "9031 ", "033.28", "data-screen"):
        assert secret not in shown


def test_two_facts_as_they_are_known_open_the_record(
    claimed: Any, agents: Any, agent: Any
) -> None:
    made = claimed()
    page(agents, made)
    assert say(agents, **RIGHT).headers["Location"] == reverse("record", args=[made.record_id])
    assert "screen-talk" in page(agents, made)
    row = Verification.objects.get()
    assert (row.state, row.matched, row.agent, row.fence) == (
        "verified",
        ["birth_date", "postcode"],
        agent,
        made.fence,
    )
    details = list(AccessLog.objects.filter(deed="verify").values_list("detail", flat=True))
    assert details[-1] == "verified birth_date,postcode"
    assert not any("1985" in detail or "9031" in detail for detail in details)


def test_it_ends_with_the_attempt(claimed: Any, agents: Any, agent: Any, queue: Any) -> None:
    made = claimed()
    page(agents, made)
    say(agents, **RIGHT)
    queues.dispose(item=made, disposition="busy", by=agent, now=timezone.now())
    assert Verification.objects.get().attempt == Attempt.objects.get()
    queues.claim(queue=queue, by=agent, now=timezone.now() + timedelta(hours=1))
    assert "Am I speaking with Bo Maes?" in page(agents, made)
    assert Verification.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ({"birth_date": "30 july 1985", "postcode": "B-9031"}, "verified"),
        ({"birth_date": "30071985", "national_number": "3328"}, "verified"),
        ({"postcode": "9031 Gent", "national_number": "85073003328"}, "verified"),
        ({"birth_date": "30/07/1985", "postcode": "9999", "national_number": "3328"}, "verified"),
        ({"birth_date": "30/07/1985", "postcode": "1201"}, "asking"),  # the house number
        ({"birth_date": "30/07/1985", "postcode": "1001"}, "asking"),
        ({"birth_date": "30/07/1985"}, "asking"),
        ({"birth_date": "never", "postcode": "9031"}, "asking"),
        ({"birth_date": "30/07/1985", "email": ""}, "asking"),
        ({"birth_date": "30/07/1985\x00", "postcode": "9031", "state": "verified"}, "verified"),
        ({"state": "verified", "matched": "birth_date"}, "asking"),
        ({}, "asking"),
    ],
)
def test_what_is_said_is_compared_in_its_normal_form(
    claimed: Any, agents: Any, typed: Any, state: str
) -> None:
    page(agents, claimed())
    say(agents, **typed)
    assert Verification.objects.get().state == state


def test_only_what_could_be_compared_is_a_try_and_what_was_typed_stays(
    claimed: Any, agents: Any
) -> None:
    page(agents, claimed())
    for typed in ({"birth_date": "never", "postcode": "9031"}, {"postcode": "9031"}):
        answer = say(agents, **typed)
        assert answer.status_code == 422
        assert 'value="9031"' in answer.content.decode()
    assert Verification.objects.get().wrong == 0
    told = say(agents, **WRONG).content.decode()
    assert "2 tries are left" in told
    assert Verification.objects.get().wrong == 1


def test_after_three_wrong_tries_the_right_facts_open_nothing(claimed: Any, agents: Any) -> None:
    made = claimed()
    page(agents, made)
    for _turn in range(3):
        say(agents, **WRONG)
    answer = say(agents, **RIGHT)
    assert answer.status_code == 422
    assert "It could not be verified who this is" in answer.content.decode()
    assert "Am I speaking" not in page(agents, made)
    row = Verification.objects.get()
    end = reverse("verification-end", args=[row.pk])
    assert agents.post(end).status_code == 302
    assert Attempt.objects.get().disposition == "not_verified"
    assert WorkItem.objects.get().state == "scheduled"


@pytest.mark.parametrize("name", ["record-section", "record-token", "record-finish"])
def test_no_door_of_the_record_opens_before(claimed: Any, agents: Any, name: str) -> None:
    made = claimed()
    page(agents, made)
    answer = agents.post(reverse(name, args=[made.record_id]), {"outcome": "done"})
    assert answer.status_code in {302, 404, 409}
    assert '"token"' not in answer.content.decode()
    assert Record.objects.get().closed_at is None


def test_a_try_is_its_agents_and_its_claims(
    claimed: Any, agents: Any, client_of: Any, second_agent: Any, agent: Any
) -> None:
    made = claimed()
    page(agents, made)
    assert say(client_of(second_agent), **RIGHT).status_code == 404
    queues.release(item=made, by=agent, now=timezone.now())
    assert say(agents, **RIGHT).headers["Location"] == reverse("home")
    assert Verification.objects.get().state == "asking"


def test_who_is_not_of_age_speaks_through_a_guardian(claimed: Any, agents: Any) -> None:
    born = timezone.localdate().replace(day=1).replace(year=timezone.localdate().year - 10)
    made = claimed(birth_date=born.isoformat())
    assert "a parent or guardian of Bo Maes" in page(agents, made)
    shown = say(agents, birth_date=born.strftime("%d/%m/%Y"), postcode="9031").content.decode()
    assert "Go on with the guardian" in shown
    assert "screen-talk" not in page(agents, made)
    assert say(agents, guardian="", relation="mother").status_code == 422
    say(agents, guardian="An Maes", relation="mother")
    assert "screen-talk" in page(agents, made)
    row = Verification.objects.get()
    assert b"Maes" not in bytes(row.answered_by)


def test_too_little_known_says_what_to_do(claimed: Any, agents: Any) -> None:
    made = claimed(address=None, national_number=None)
    shown = page(agents, made)
    assert "1 fact is known that could be asked, and 2 are needed" in shown
    assert "Could not be verified" in shown
    say(agents, birth_date="30/07/1985")
    assert Verification.objects.get().state == "asking"


def test_the_ways_beside_lead_to_ends_there_are(claimed: Any, agents: Any) -> None:
    made = claimed()
    page(agents, made)
    agents.post(reverse("item-dispose", args=[made.pk]), {"disposition": "third_party"})
    made.refresh_from_db()
    assert (made.state, Attempt.objects.get().disposition) == ("scheduled", "third_party")


def test_an_agent_who_guesses_is_stopped_and_the_log_says_so(
    claimed: Any, agents: Any, agent: Any, bo: Any
) -> None:
    made = claimed()
    page(agents, made)
    row = Verification.objects.get()
    other = bo(phone="+32470000001", given_name="Jo", national_number="90010100157")
    Verification.objects.create(
        party=other, agent=agent, needed=2, tries=30, wrong=20, last_wrong_at=timezone.now(),
        began_at=timezone.now() - timedelta(minutes=1),
    )  # fmt: skip
    answer = agents.post(reverse("verification", args=[row.pk]), RIGHT)
    assert "too many wrong tries" in answer.content.decode()
    assert AccessLog.objects.filter(deed="verify", detail="refused").exists()
    assert Verification.objects.get(pk=row.pk).state == "asking"


def test_who_was_erased_meanwhile_is_nobody_to_be_verified(claimed: Any, agents: Any) -> None:
    from runtime.parties.actions import erase

    made = claimed()
    page(agents, made)
    erase(party=made.party, by=None, purpose="erasure")
    assert say(agents, **RIGHT).headers["Location"] == reverse("home")  # their item is withdrawn
    assert Verification.objects.get().state == "asking"


def test_a_queue_that_asks_nothing_opens_the_record_at_once(
    item: Any, queue: Any, agent: Any, bo: Any, agents: Any
) -> None:
    made = item(party=bo())
    queues.claim(queue=queue, by=agent, now=timezone.now())
    made.refresh_from_db()
    assert "screen-talk" in page(agents, made)


def test_a_supervisor_sets_what_is_asked(policy: Any, client_of: Any, supervisor: Any) -> None:
    from runtime.queues.policies import of_policy
    from runtime.queues.proving import Verification as Asked
    from runtime.queues.retry import DEFAULT_RULES
    from runtime.workspace.policy_words import initial_of

    client = client_of(supervisor, headers={"accept-language": "en"})
    form = {key: value for key, value in initial_of(dict(DEFAULT_RULES)).items() if value}
    sent = {**form, "title": "Usual", "code": "usual", "asks": "on", "asked_needed": "3"}
    address = reverse("policy-edit", args=["usual"])
    assert client.post(address, {**sent, "asked_needed": "4"}).status_code == 400
    assert client.post(address, sent).status_code == 302
    policy.refresh_from_db()
    assert of_policy(policy).verification == Asked(needed=3)
    assert client.post(address, {**sent, "asks": ""}).status_code == 302
    policy.refresh_from_db()
    assert of_policy(policy).verification is None


@pytest.mark.parametrize("told", [{"needed": 9}, "yes", {"facts": ["__class__"]}, {}, 0])
def test_rules_that_cannot_be_read_ask_all_the_same(policy: Any, told: Any) -> None:
    from runtime.queues.policies import of_policy
    from runtime.queues.proving import Verification as Asked

    policy.rules = {"window": {"days": [0]}, "verification": told}
    assert of_policy(policy).verification == Asked()
