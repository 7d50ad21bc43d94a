"""People who are probably one: found after they came, decided by a person, and nothing is lost by it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.outbox.tasks import carry_out_all
from runtime.parties.actions import erase
from runtime.parties.models import Party
from runtime.queues.actions import Wanted, create_item, imports, pairing
from runtime.queues.models import Campaign, ImportJob, Pair, WorkItem, WorkItemEvent

MAPPING = {
    "first": "fact:given_name",
    "last": "fact:family_name",
    "phone": "fact:phone",
    "born": "fact:birth_date",
}
HEADER = "first;last;phone;born\n"
ANN = {"given_name": "Annelies", "family_name": "Vandenberghe", "birth_date": "1980-02-29"}


@pytest.fixture
def load(campaign: Any, supervisor: Any) -> Any:
    def make(rows: str, into: Any = None, encoding: str = "utf-8") -> ImportJob:
        data = (HEADER + rows).encode(encoding)
        made = imports.receive(campaign=into or campaign, data=data, by=supervisor)
        assert isinstance(made, ImportJob), made
        assert imports.confirm(job=made, mapping=MAPPING, by=supervisor) == []
        carry_out_all()
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def autumn(campaign: Any) -> Campaign:
    return Campaign.objects.create(
        code="autumn", title="Autumn", queue=campaign.queue, app=campaign.app
    )


@pytest.fixture
def pair(person: Any, campaign: Any) -> Pair:
    """Two people with an item each in one campaign."""
    older, newer = person(**ANN), person(**ANN)
    for one in (older, newer):
        create_item(campaign=campaign, party=one, by=None)
    return Pair.objects.create(
        older=older, newer=newer, campaign=campaign, found_at=timezone.now()
    )


def decide(pair: Pair, by: Any, decision: str = "same") -> bool:
    done = pairing.decide(pair=pair, decision=decision, by=by, now=timezone.now())
    pair.refresh_from_db()
    return done


def states(campaign: Any) -> dict[Any, str]:
    return dict(WorkItem.objects.filter(campaign=campaign).values_list("party", "state"))


def test_a_list_finds_those_who_may_be_there_across_campaigns(load: Any, autumn: Campaign) -> None:
    load("Annelies;Vandenberghe;0470123456;29/02/1980\nBo;Maes;0470123457;\n")
    load("Annelies;Vandenberge;0470999999;29/02/1980\nBo;Maes;0470123457;\n", autumn)
    (found,) = Pair.objects.all()
    assert (found.state, found.campaign) == ("open", autumn)
    assert found.older.created_at < found.newer.created_at
    searched = AccessLog.objects.filter(purpose="doubles", deed="search")
    assert [row.detail for row in searched.order_by("pk")] == ["people 2", "people 1"]


def test_a_pair_that_was_decided_is_not_proposed_again(pair: Pair, supervisor: Any) -> None:
    assert decide(pair, supervisor, "other")
    arguments = {"parties": [str(pair.newer_id), str(pair.older_id)], "campaign": "spring"}
    pairing.order_look(key="x", parties=[pair.newer_id, pair.older_id], campaign=pair.campaign)
    carry_out_all()
    assert pairing.look(arguments, None)  # type: ignore[arg-type]
    assert [row.state for row in Pair.objects.all()] == ["other"]
    assert not decide(pair, supervisor, "same")


def test_the_same_person_has_one_item_a_campaign_and_it_can_be_taken_back(
    pair: Pair, supervisor: Any, campaign: Any
) -> None:
    assert decide(pair, supervisor)
    assert states(campaign) == {pair.older_id: "ready", pair.newer_id: "withdrawn"}
    last = WorkItemEvent.objects.filter(event="withdrawn").get()
    assert (last.by, last.data) == (supervisor, {"reason": "duplicate", "pair": pair.pk})
    assert pairing.undo(pair=pair, by=supervisor, now=timezone.now()) == 0
    assert states(campaign) == {pair.older_id: "ready", pair.newer_id: "ready"}
    pair.refresh_from_db()
    assert pair.state == "open"
    assert pairing.undo(pair=pair, by=supervisor, now=timezone.now()) is None
    assert Party.objects.count() == 2


def test_the_dry_run_knows_who_is_the_same_as_somebody_who_is_called(
    load: Any, supervisor: Any, campaign: Any, autumn: Campaign
) -> None:
    first, second = (
        "Annelies;Vandenberghe;0470123456;29/02/1980\n",
        "Annelies;Vandenberge;0470999999;29/02/1980\n",
    )
    load(first)
    load(second, autumn)
    for decision, found in (("other", (1, 0)), ("same", (0, 1))):
        Pair.objects.update(state="open")
        assert decide(Pair.objects.get(), supervisor, decision)
        job = imports.receive(campaign=campaign, data=(HEADER + second).encode(), by=supervisor)
        imports.confirm(job=job, mapping=MAPPING, by=supervisor, check=True)
        carry_out_all()
        job.refresh_from_db()
        assert (job.done, job.doubles) == found
    imports.confirm(job=job, mapping=MAPPING, by=supervisor)
    carry_out_all()
    job.refresh_from_db()
    assert (job.done, job.doubles) == (0, 1)


def test_what_somebody_has_begun_stays_and_the_other_goes(
    pair: Pair, supervisor: Any, campaign: Any
) -> None:
    from runtime.queues.actions import claim
    from tests.people import make_person

    tomorrow = timezone.now() + timedelta(days=1)
    WorkItem.objects.filter(party=pair.older).update(state="scheduled", not_before=tomorrow)
    claim(queue=campaign.queue, by=make_person("caller", "agent"), now=timezone.now())
    assert states(campaign) == {pair.older_id: "scheduled", pair.newer_id: "active"}
    decide(pair, supervisor)
    assert states(campaign) == {pair.older_id: "withdrawn", pair.newer_id: "active"}


def test_what_has_gone_on_since_is_not_brought_back(
    pair: Pair, supervisor: Any, campaign: Any
) -> None:
    decide(pair, supervisor)
    campaign.open = False
    campaign.save()
    assert pairing.undo(pair=pair, by=supervisor, now=timezone.now()) == 1
    assert states(campaign)[pair.newer_id] == "withdrawn"


def test_items_in_other_campaigns_stay(pair: Pair, supervisor: Any, autumn: Campaign) -> None:
    create_item(campaign=autumn, party=pair.newer, by=None)
    decide(pair, supervisor)
    assert states(autumn) == {pair.newer_id: "ready"}


def test_a_later_list_makes_no_second_item_for_who_is_the_same(
    pair: Pair, supervisor: Any, autumn: Campaign
) -> None:
    decide(pair, supervisor)
    first, made = create_item(campaign=autumn, party=pair.older, by=None, wanted=Wanted())
    again, new = create_item(campaign=autumn, party=pair.newer, by=None, wanted=Wanted())
    assert (first, made, new) == (again, True, False)


def test_names_are_shown_after_the_log_has_told_of_it(
    pair: Pair, supervisor: Any, client_of: Any
) -> None:
    client = client_of(supervisor)
    page = client.get("/doubles/").content.decode()
    assert "(1)" in page
    assert "Vandenberghe" not in page
    assert not AccessLog.objects.filter(by=supervisor).exists()
    page = client.post("/doubles/", {"list": "open"}).content.decode()
    assert page.count("Annelies Vandenberghe") >= 2
    assert "1980" in page
    assert "02-29" not in page
    opened = AccessLog.objects.filter(by=supervisor, deed="open", purpose="doubles")
    assert set(opened.values_list("subject", flat=True)) == {pair.older_id, pair.newer_id}


def test_a_supervisor_decides_puts_off_and_takes_back(
    pair: Pair, supervisor: Any, client_of: Any
) -> None:
    client = client_of(supervisor)
    for decision, state in (
        ("later", "later"), ("other", "other"), ("same", "other"), ("undo", "open"), ("same", "same"),
    ):  # fmt: skip
        answer = client.post(
            f"/doubles/{pair.pk}/decide/", {"decision": decision, "list": "decided"}
        )
        pair.refresh_from_db()
        assert (answer.status_code, pair.state) == (200, state)
    assert client.post(f"/doubles/{pair.pk}/decide/", {"decision": "marry"}).status_code == 400
    assert client.get(f"/doubles/{pair.pk}/decide/").status_code == 405


def test_each_ones_page_leads_to_the_other(pair: Pair, supervisor: Any) -> None:
    from runtime.workspace.double_views import same_person

    assert same_person(pair.older_id, supervisor) == []
    decide(pair, supervisor)
    for one, other in ((pair.older, pair.newer), (pair.newer, pair.older)):
        assert [line.address for line in same_person(one.pk, supervisor)] == [
            f"/party/{other.pk}/"
        ]


def test_who_is_erased_is_nobodys_double(pair: Pair, supervisor: Any, client_of: Any) -> None:
    erase(party=pair.older, by=supervisor, purpose="their_wish")
    assert not Pair.objects.exists()
    assert client_of(supervisor).post("/doubles/").status_code == 200


BAD = ("", "+12", "abc", "0470 12", "33612345678", "4,70123E+08", "=1+1", "0470123456 ext 3",
       "+32 999", "٠٤٧٠", "0" * 60, "'; DROP TABLE", "\u202e0470", "12345678901234567890",
       "tel:0470", "0800", "+1 555 0100", "#N/A", "-", "+")  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_list_of_two_thousand_bad_numbers_is_told_line_by_line(load: Any, encoding: str) -> None:
    """Every tenth line is good; of those half are the same people as in the other half."""
    rows = [
        f"Ann{'abcdefghij'[n // 10 % 10]};Maes;{f'04701{n % 1000:05}' if n % 10 == 0 else BAD[n % len(BAD)]};\n"
        for n in range(2_000)
    ]
    made = load("".join(rows), encoding=encoding)
    assert (made.state, made.done, made.doubles, made.bad) == ("done", 100, 100, 1_800)
    codes = {row["code"] for row in made.problems}
    assert codes <= {"phone", "zeros", "no_phone", "too_long", "control", "cells"}
    assert {"phone", "zeros"} <= codes


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", "first;last\n".encode("utf-16-be")[1:], b"a;b\n\x81\x8d\x01;x\n"]
)
def test_a_list_in_a_broken_encoding_keeps_nothing(
    data: bytes, campaign: Any, supervisor: Any
) -> None:
    assert not isinstance(imports.receive(campaign=campaign, data=data, by=supervisor), ImportJob)
    assert not ImportJob.objects.exists()
