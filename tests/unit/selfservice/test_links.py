"""A signed link leads one person to the record of their work item, after they proved a fact; sending it ends the item."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests.traces import shown_in
from tests.unit.fill.calls import publish, small_call
from tests.unit.queues.conftest import person, policy, queue  # noqa: F401  fixtures
from tests.unit.selfservice.conftest import opened_to_public
from tests.unit.selfservice.walks import place_of, send, shown_form


@pytest.fixture
def item(version: Any, queue: Any, person: Any) -> Any:  # noqa: F811
    """A work item about Ann, born on 27 March 1985."""
    from runtime.queues.actions import create_item
    from runtime.queues.models import Campaign

    campaign = Campaign.objects.create(code="spring", title="Spring", queue=queue, app=version.app)
    return create_item(campaign=campaign, party=person(birth_date="1985-03-27"), by=None)[0]


def link_of(item: Any, by: Any = None, **more: Any) -> str:
    from runtime.selfservice import actions

    app = item.campaign.app
    _row, text = actions.invite(app=app, party=item.party, item=item, by=by, **more)
    return f"/form/{app.code}/link/{text}/"


def prove(client: Any, link: str, day: str = "27/3/1985") -> Any:
    return client.post(link, {"fact": day}, follow=True)


def sent(client: Any, page: Any) -> Any:
    text = send(client, page.text, right_person="true").text
    text = send(client, text, sick="false").text
    page = send(client, send(client, text).text)
    return client.post(place_of(page) + "send/", follow=True)


def test_nothing_of_the_person_is_shown_before_they_proved_a_fact(citizen: Any, item: Any) -> None:
    page = citizen.get(link_of(item))
    assert page.status_code == 200
    assert shown_in(page.text, "Ann") == []
    assert "Your date of birth" in page.text
    assert page["Cache-Control"] == "no-store"


def test_who_proves_it_finds_what_is_known_and_sending_ends_the_item(
    citizen: Any, item: Any
) -> None:
    from runtime.queues.models import Attempt

    page = prove(citizen, link_of(item))
    assert shown_form(page.text)["fields"]["a:given_name"] == ["Ann"]
    assert "We have received your form" in sent(citizen, page).text
    item.refresh_from_db()
    assert (item.state, item.outcome, item.record.outcome) == ("resolved", "reached", "done")
    assert not Attempt.objects.exists()
    assert item.events.get(event="disposed").by is None


def test_the_record_that_an_agent_began_is_continued(citizen: Any, item: Any, agent: Any) -> None:
    from runtime.queues import actions as queues

    claimed = queues.claim(queue=item.queue, by=agent, now=timezone.now())
    item.refresh_from_db()
    queues.release(item=item, by=agent, now=timezone.now())
    prove(citizen, link_of(item))
    item.refresh_from_db()
    assert item.record_id == claimed.record


def test_an_item_that_was_given_up_is_done_with(citizen: Any, item: Any) -> None:
    from runtime.queues.models import WorkItem

    WorkItem.objects.update(state="exhausted")
    sent(citizen, prove(citizen, link_of(item)))
    item.refresh_from_db()
    assert item.state == "resolved"


def test_while_an_agent_calls_nothing_is_lost_and_nothing_is_ended(
    citizen: Any, item: Any, agent: Any
) -> None:
    from runtime.queues import actions as queues

    page = prove(citizen, link_of(item))
    seat = place_of(page)
    queues.claim(queue=item.queue, by=agent, now=timezone.now())
    told = send(citizen, page.text, right_person="true")
    assert told.status_code == 409
    assert "We are working on this form" in told.text
    assert citizen.post(f"{seat}send/").status_code == 409
    item.refresh_from_db()
    assert (item.state, item.record.closed_at) == ("active", None)
    queues.release(item=item, by=agent, now=timezone.now())
    assert citizen.get(seat).status_code == 200


def test_a_claim_sees_what_the_person_filled_in(citizen: Any, item: Any, agent: Any) -> None:
    from runtime.queues import actions as queues
    from runtime.records.store import open_record

    send(citizen, prove(citizen, link_of(item)).text, right_person="true")
    queues.claim(queue=item.queue, by=agent, now=timezone.now())
    item.refresh_from_db()
    assert open_record(item.record, by=agent, purpose="test").state["answers"]["right_person"]


def test_a_wrong_fact_is_counted_and_locks_the_link(citizen: Any, item: Any) -> None:
    link = link_of(item)
    for _try in range(5):
        told = prove(citizen, link, "28/3/1985")
        assert told.status_code == 422
        assert shown_in(told.text, "Ann") == []
    locked = prove(citizen, link)
    assert locked.status_code == 410
    assert "opens nothing any more" in locked.text


def test_what_is_no_day_is_told_and_not_counted(citizen: Any, item: Any) -> None:
    from runtime.selfservice.models import Invitation

    told = prove(citizen, link_of(item), "in spring")
    assert "We could not read this day." in told.text
    assert Invitation.objects.get().tries == 0


def test_a_link_is_used_once_or_as_often_as_one_likes(
    citizen: Any, another: Any, item: Any
) -> None:
    once, many = link_of(item), link_of(item, once=False)
    assert prove(citizen, once).status_code == 200
    assert "This link was used already." in another.get(once).text
    assert prove(citizen, many).status_code == 200
    assert prove(another, many).status_code == 200


def test_an_expired_link_opens_nothing(citizen: Any, item: Any) -> None:
    link = link_of(item, lasts=dt.timedelta(seconds=-1))
    assert "The time of this link is over." in citizen.get(link).text


def test_a_changed_letter_opens_nothing(citizen: Any, item: Any) -> None:
    link = link_of(item)
    for at in range(len("/form/small_call/link/"), len(link) - 1):
        other = "A" if link[at] != "A" else "B"
        assert citizen.get(link[:at] + other + link[at + 1 :]).status_code == 404
    assert citizen.get("/form/small_call/link/%00/").status_code == 404


def test_a_link_opens_its_own_form_alone(citizen: Any, item: Any) -> None:
    opened_to_public(publish(small_call(kind="form"), code="other_call"))
    link = link_of(item).replace("small_call", "other_call")
    assert citizen.get(link).status_code == 404


def test_an_item_that_was_withdrawn_needs_nothing_any_more(citizen: Any, item: Any) -> None:
    from runtime.queues.actions import withdraw

    link = link_of(item)
    withdraw(item=item, by=None, reason="test")
    assert "Nothing is to be done." in prove(citizen, link).text


def test_who_was_erased_is_not_found_any_more(citizen: Any, item: Any) -> None:
    from runtime.parties.actions import erase

    link = link_of(item)
    erase(party=item.party, by=None, purpose="test")
    assert prove(citizen, link).status_code == 410


def test_a_resolved_item_says_only_that_it_was_received(
    citizen: Any, another: Any, item: Any
) -> None:
    link = link_of(item, once=False)
    sent(citizen, prove(citizen, link))
    told = prove(another, link)
    assert "We have received your form" in told.text
    assert shown_in(told.text, "Ann") == []


def test_a_person_without_an_item_is_invited_to_a_new_record(
    citizen: Any,
    version: Any,
    person: Any,  # noqa: F811
) -> None:
    from runtime.records.models import Record
    from runtime.selfservice import actions

    party = person(national_number="85.03.27-001.09", birth_date="1985-03-27")
    _row, text = actions.invite(app=version.app, party=party, by=None)
    page = prove(citizen, f"/form/small_call/link/{text}/")
    assert shown_form(page.text)["fields"]["a:given_name"] == ["Ann"]
    assert Record.objects.get().party == party


def test_who_could_not_prove_anything_is_not_invited(
    version: Any,
    person: Any,  # noqa: F811
) -> None:
    from runtime.selfservice import actions

    with pytest.raises(actions.NothingToProve):
        actions.invite(app=version.app, party=person(), by=None)


def test_an_agent_makes_a_link_for_their_own_item(
    client_of: Any, citizen: Any, item: Any, agent: Any, supervisor: Any
) -> None:
    from runtime.queues import actions as queues

    of_agent = client_of(agent, headers={"accept-language": "en"})
    assert of_agent.post(f"/item/{item.pk}/invite/").status_code == 404
    assert client_of(supervisor).post(f"/item/{item.pk}/invite/").status_code == 200
    queues.claim(queue=item.queue, by=agent, now=timezone.now())
    assert "Make a link" in of_agent.get(f"/item/{item.pk}/").text
    made = of_agent.post(f"/item/{item.pk}/invite/", {"days": "3"})
    assert "/form/small_call/link/" in made.text
    assert made["Cache-Control"] == "no-store"


def test_what_an_unknown_writer_says_changes_no_fact_of_a_known_person(
    citizen: Any,
    version: Any,
    person: Any,  # noqa: F811
) -> None:
    from runtime.parties.store import open_party
    from runtime.records.actions import finish, start
    from tests.unit.fill.calls import publish as published

    content = small_call(kind="form")
    content["sections"][3]["items"].append(
        {
            **content["sections"][0]["items"][2],
            "id": "q-f",
            "name": "family",
            "fact": "family_name",
        }
    )
    other = published(content, code="with_family")
    known = person(birth_date="1985-03-27")
    facts = open_party(known, by=None, purpose="test")
    told = {
        "given_name": "Ann",
        "family": "Peeters",
        "phone": facts.phone,
        "birth_date": "1999-09-09",
        "right_person": True,
        "sick": False,
    }
    record = start(version=other, by=None, kind="public", prefill=told)
    finish(record.pk, "done", by=None)
    record.refresh_from_db()
    assert record.party_id == known.pk
    assert open_party(known, by=None, purpose="test").birth_date == "1985-03-27"
