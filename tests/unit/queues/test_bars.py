"""Who is not to be contacted: not taken from a list, not handed to an agent, whatever they are met as."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.outbox.tasks import carry_out_all
from runtime.parties import actions as parties
from runtime.parties import barring
from runtime.parties.barring import Grounds
from runtime.parties.models import Bar, ContactPoint, Party
from runtime.queues.actions import claim, imports
from runtime.queues.claimed import Claimed, Refused
from runtime.queues.models import ImportJob, WorkItem

PHONE = "+32470123456"
MAPPING = {"first": "fact:given_name", "last": "fact:family_name", "phone": "fact:phone"}


@pytest.fixture
def for_good(supervisor: Any) -> Grounds:
    return Grounds("their_wish", by=supervisor)


@pytest.fixture
def week(supervisor: Any) -> Grounds:
    return Grounds("complaint", by=supervisor, until=timezone.now() + timedelta(days=7))


def bar_number(grounds: Grounds, value: str = PHONE) -> Bar:
    return barring.bar_way(kind="phone", value=value, grounds=grounds, now=timezone.now())[0]


def bar_person(party: Party, grounds: Grounds) -> Bar:
    return barring.bar_party(party=party, grounds=grounds, now=timezone.now())


def take(queue: Any, agent: Any) -> Any:
    return claim(queue=queue, by=agent, now=timezone.now())


def state_of(item: WorkItem) -> tuple[str, dict[str, Any]]:
    item.refresh_from_db()
    return item.state, item.events.order_by("-pk").first().data


def test_a_person_who_is_barred_is_not_handed_out(
    item: Any, queue: Any, agent: Any, for_good: Grounds
) -> None:
    barred, free = item(), item()
    bar_person(barred.party, for_good)
    taken = take(queue, agent)
    assert isinstance(taken, Claimed)
    assert taken.item == free.pk
    assert state_of(barred) == ("withdrawn", {"reason": "do_not_contact"})


def test_one_who_is_barred_for_a_week_waits_for_it_to_be_over(
    item: Any, queue: Any, agent: Any, week: Grounds
) -> None:
    barred = item()
    bar = bar_person(barred.party, week)
    assert isinstance(take(queue, agent), Refused)
    assert state_of(barred)[0] == "scheduled"
    assert barred.not_before == week.until
    barring.lift_over(now=week.until)
    bar.refresh_from_db()
    assert (bar.lifted_at, bar.lifted_by) == (week.until, None)
    assert isinstance(claim(queue=queue, by=agent, now=week.until + timedelta(hours=12)), Claimed)


def test_a_number_that_is_barred_keeps_its_person_who_has_another(
    item: Any, person: Any, queue: Any, agent: Any, for_good: Grounds
) -> None:
    with_two, with_one = person(phone=PHONE), person(phone=PHONE, given_name="Bo")
    parties.add_facts(party=with_two, facts={"phone": "+32471000000"}, by=agent, purpose="test")
    closed, free = item(party=with_one), item(party=with_two)
    bar_number(for_good)
    assert take(queue, agent).item == free.pk
    assert state_of(closed) == ("withdrawn", {"reason": "do_not_contact"})


def test_a_bar_is_lifted_and_another_one_that_holds_keeps_the_mark(
    person: Any, for_good: Grounds, week: Grounds, supervisor: Any
) -> None:
    someone = person(phone=PHONE)
    first, second = bar_number(for_good), bar_number(week)
    assert (bar_number(for_good), Bar.objects.count()) == (first, 2)
    for bar, marked in ((first, True), (second, False)):
        assert barring.lift(bar=bar, by=supervisor, now=timezone.now())
        assert ContactPoint.objects.get(party=someone).do_not_contact is marked
    assert not barring.lift(bar=first, by=supervisor, now=timezone.now())


def test_who_was_barred_and_erased_is_barred_when_they_are_met_again(
    person: Any, for_good: Grounds, data_officer: Any
) -> None:
    facts = {"given_name": "Cleo", "phone": PHONE}
    someone = person(**facts)
    bar_person(someone, for_good)
    bar_number(for_good)
    parties.erase(party=someone, by=data_officer, purpose="their_wish")
    again = person(**facts)
    assert again.pk != someone.pk
    assert again.do_not_contact
    assert again.contact_points.get().do_not_contact


@pytest.mark.parametrize("check", [True, False])
def test_a_line_of_who_is_barred_is_left_out_and_told(
    campaign: Any, supervisor: Any, person: Any, for_good: Grounds, check: bool
) -> None:
    bar_number(for_good, "+32470000001")
    bar_person(person(given_name="Dora", phone="+32470000002"), for_good)
    rows = "Al;Maes;0470000001\nDora;Peeters;0470000002\nDora;Peeters;0470000003\n"
    job = imports.receive(
        campaign=campaign, data=f"first;last;phone\n{rows}".encode(), by=supervisor
    )
    assert isinstance(job, ImportJob)
    imports.confirm(job=job, mapping=MAPPING, by=supervisor, check=check)
    carry_out_all()
    job.refresh_from_db()
    assert (job.done, job.bad) == (1, 2)
    assert job.problems == [
        {"line": 2, "code": "barred", "column": "phone"},
        {"line": 3, "code": "do_not_contact", "column": ""},
    ]


def test_a_supervisor_puts_a_number_on_the_list_looks_for_it_and_lifts_it(
    client_of: Any, supervisor: Any
) -> None:
    client = client_of(supervisor, headers={"accept-language": "en"})
    told = {"way": "0470 12 34 56", "reason": "institution", "until": ""}
    client.post("/do-not-contact/", told)
    bar = Bar.objects.get()
    assert (bar.kind, bar.reason, bar.by, bar.until) == ("phone", "institution", supervisor, None)
    page = client.post("/do-not-contact/", {"looked_for": "+32 470 12 34 56"}).text
    assert "On the list:" in page
    assert "the number belongs to an institution" in page
    assert "470" not in page.replace("+32 470 12 34 56", "")
    client.post(f"/do-not-contact/{bar.pk}/lift/")
    bar.refresh_from_db()
    assert bar.lifted_by == supervisor
    assert (
        "It is not on the list" in client.post("/do-not-contact/", {"looked_for": "a@b.be"}).text
    )


@pytest.mark.parametrize("way", ["", "12", "0470", "x@y", "=1+1", "\x00", "9" * 300])
def test_what_is_no_number_is_refused(client_of: Any, supervisor: Any, way: str) -> None:
    answer = client_of(supervisor).post("/do-not-contact/", {"way": way, "reason": "other"})
    assert (answer.status_code, Bar.objects.count()) == (400, 0)


def test_many_come_from_a_file_and_bad_lines_are_told(
    client_of: Any, supervisor: Any, person: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    someone = person(phone=PHONE)
    data = b"Phone;E-mail\n0470 12 34 56;a@example.org\n12;\n;b@example.org\n0470123456;\n"
    file = SimpleUploadedFile("list.csv", data)
    client = client_of(supervisor, headers={"accept-language": "en"})
    page = client.post("/do-not-contact/list/", {"file": file, "reason": "objection"}).text
    assert "Line 3, Phone: not a phone number that can be dialled" in page
    assert Bar.objects.filter(source="list").count() == 3
    assert ContactPoint.objects.get(party=someone).do_not_contact


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"name\nAnn\n", b"phone\n" + b'"'])
def test_a_file_that_is_no_list_bars_nobody(client_of: Any, supervisor: Any, data: bytes) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    told = {"file": SimpleUploadedFile("list.csv", data), "reason": "other"}
    answer = client_of(supervisor).post("/do-not-contact/list/", told)
    assert (answer.status_code, Bar.objects.count()) == (400, 0)


def test_a_person_is_barred_on_their_page_and_it_is_lifted_there(
    client_of: Any, supervisor: Any, agent: Any, item: Any
) -> None:
    party = item().party
    told = {"reason": "deceased", "until": ""}
    assert client_of(agent).post(f"/party/{party.pk}/do-not-contact/", told).status_code == 403
    client = client_of(supervisor)
    assert client.post(f"/party/{party.pk}/do-not-contact/", told).status_code == 302
    party.refresh_from_db()
    assert party.do_not_contact
    client.post(f"/do-not-contact/{Bar.objects.get().pk}/lift/")
    party.refresh_from_db()
    assert not party.do_not_contact


def test_an_outcome_bars_its_person_once(item: Any, queue: Any, agent: Any) -> None:
    from runtime.effects import people
    from runtime.outbox.models import Effect
    from runtime.records.models import Record

    item()
    record = Record.objects.get(pk=take(queue, agent).record)
    effect = Effect(record=record.pk, created_at=timezone.now(), outcome="")
    for _again in range(2):
        people.do_not_contact({"days": "30"}, effect)
    bar = Bar.objects.get()
    assert (bar.source, bar.until) == ("outcome", effect.created_at + timedelta(days=30))


def test_what_waits_for_who_is_barred_is_put_aside_at_once(
    item: Any, person: Any, for_good: Grounds, week: Grounds
) -> None:
    """Not only when somebody claims it: no board counts on it."""
    gone, later, held_back, free = item(), item(), item(), item()
    WorkItem.objects.filter(pk=later.pk).update(state="scheduled", not_before=week.until)
    bar_person(gone.party, for_good)
    bar_person(later.party, for_good)
    bar_person(held_back.party, week)
    carry_out_all()
    assert state_of(gone) == ("withdrawn", {"reason": "do_not_contact"})
    assert state_of(later)[0] == "withdrawn"
    assert (state_of(held_back)[0], held_back.not_before) == ("scheduled", week.until)
    assert state_of(free)[0] == "ready"


def test_a_number_that_is_barred_puts_aside_who_has_no_other(
    item: Any, person: Any, agent: Any, queue: Any, for_good: Grounds
) -> None:
    with_two, with_one = person(phone=PHONE), person(phone=PHONE, given_name="Bo")
    parties.add_facts(party=with_two, facts={"phone": "+32471000000"}, by=agent, purpose="test")
    closed, free = item(party=with_one), item(party=with_two)
    bar_number(for_good)
    carry_out_all()
    assert (state_of(closed)[0], state_of(free)[0]) == ("withdrawn", "ready")


def test_who_is_in_somebodys_hands_or_free_again_is_left(
    item: Any, queue: Any, agent: Any, for_good: Grounds
) -> None:
    talking = item()
    assert isinstance(take(queue, agent), Claimed)
    bar_person(talking.party, for_good)
    lifted = item()
    barring.lift(bar=bar_person(lifted.party, for_good), by=agent, now=timezone.now())
    carry_out_all()
    assert (state_of(talking)[0], state_of(lifted)[0]) == ("active", "ready")
