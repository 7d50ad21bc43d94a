"""Lists of people: good rows become items, bad ones are told by line, nothing is half-written, nothing is kept in clear."""

from typing import Any

import pytest

from builder.problems import Problem
from runtime.outbox.actions import carry_out
from runtime.outbox.tasks import carry_out_all
from runtime.parties.models import Party
from runtime.parties.store import open_party
from runtime.queues import face
from runtime.queues.actions import close_campaign, imports, loading
from runtime.queues.models import Campaign, ImportChunk, ImportJob, WorkItem
from runtime.vault.errors import SubjectDestroyed
from runtime.vault.keys import destroy_subject, subject_key

MAPPING = {
    "first": "fact:given_name",
    "last": "fact:family_name",
    "phone": "fact:phone",
    "met": "question:met_on",
    "born": "fact:birth_date",
}
HEADER = "first;last;phone;met;born\n"
GOOD = "Zoë;Peeters;0470 12 34 56;1/3/2026;29/02/1980\n"


@pytest.fixture
def job(campaign: Any, supervisor: Any) -> Any:
    """`job(rows)`: a list received."""

    def make(rows: str) -> ImportJob:
        made = imports.receive(campaign=campaign, data=(HEADER + rows).encode(), by=supervisor)
        assert isinstance(made, ImportJob), made
        return made

    return make


@pytest.fixture
def load(job: Any, supervisor: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """`load(rows)`: a list received, mapped and loaded by the worker."""

    def make(rows: str, mapping: dict[str, str] = MAPPING) -> ImportJob:
        made = job(rows)
        assert imports.confirm(job=made, mapping=mapping, by=supervisor) == []
        with django_capture_on_commit_callbacks(execute=True):
            carry_out_all()
        made.refresh_from_db()
        return made

    return make


def counts(job: ImportJob) -> tuple[str, int, int, int]:
    return job.state, job.done, job.doubles, job.bad


def test_a_person_becomes_a_party_and_an_item_with_what_the_list_says(
    load: Any, supervisor: Any
) -> None:
    made = load(GOOD)
    assert counts(made) == ("done", 1, 0, 0)
    facts = open_party(Party.objects.get(), by=supervisor, purpose="test")
    assert (facts.given_name, facts.phone, facts.birth_date) == (
        "Zoë",
        "+32470123456",
        "1980-02-29",
    )
    item = WorkItem.objects.get()
    assert (item.state, item.dedupe_key) == ("ready", f"party:{item.party_id}")
    assert item.prefill is not None


def test_bad_rows_are_told_by_line_and_reason_and_good_ones_kept(load: Any) -> None:
    rows = [
        GOOD,  # line 2
        "Bob;Jans;12;;\n",  # 3
        "Cy;Wouters;0470123457;;31/02/1990\n",  # 4
        ";;0470123458;;\n",  # 5
        "Dan;Maes;;;\n",  # 6
        "Eva;Claes;0470123459\n",  # 7: a line break in a cell cut it in two
        "0470;x\n",  # 8
        "Fay;Baert;0470123460;someday;\n",  # 9
        f"{'G' * 201};Smet;0470123461;;\n",  # 10
        "Hal;Ma\x07es;0470123462;;\n",  # 11
        '"Ira";"De\nSmet";0470123463;;\n',  # 12 and 13: a line break that is quoted
        "Jo;Maes;0470123464;;1/1/2990\n",  # 14
        "Kim;Maes;0470123465;;3/4\n",  # 15
        "Lou;Maes;0470123466;;mon\n",  # 16
    ]
    made = load("".join(rows))
    assert counts(made) == ("done", 2, 0, 12)
    assert [(row["line"], row["code"], row["column"]) for row in made.problems] == [
        (3, "phone", "phone"),
        (4, "birth_date", "born"),
        (5, "no_name", ""),
        (6, "no_phone", ""),
        (7, "cells", ""),
        (8, "cells", ""),
        (9, "answer", "met"),
        (10, "too_long", "first"),
        (11, "control", "last"),
        (14, "birth_date", "born"),
        (15, "birth_date", "born"),
        (16, "birth_date", "born"),
    ]
    assert WorkItem.objects.count() == 2


def test_the_same_person_twice_is_one_item(load: Any) -> None:
    assert counts(load(GOOD + GOOD.upper().replace("Ë", "ë"))) == ("done", 1, 1, 0)
    assert counts(load(GOOD)) == ("done", 0, 1, 0)
    assert WorkItem.objects.count() == 1


def test_a_list_lies_sealed_and_is_destroyed_when_it_is_loaded(job: Any, load: Any) -> None:
    waiting = job(GOOD)
    kept = bytes(waiting.sealed) + bytes(waiting.chunks.get().sealed)
    assert b"Peeters" not in kept
    assert b"0470" not in kept
    assert imports.preview(waiting, by=waiting.by)[1] == [
        ["Zoë", "Peeters", "0470 12 34 56", "1/3/2026", "29/02/1980"]
    ]
    made = load(GOOD)
    assert (made.sealed, made.chunks.count()) == (None, 0)
    with pytest.raises(SubjectDestroyed):
        subject_key(made.pk)


def test_a_worker_that_dies_leaves_whole_chunks_and_goes_on(
    job: Any, supervisor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "CHUNK", 2)
    made = job("".join(f"Ann{n};Peeters;04701234{n:02};;\n" for n in range(5)))
    imports.confirm(job=made, mapping=MAPPING, by=supervisor)
    carry_out()
    made.refresh_from_db()
    assert counts(made) == ("running", 2, 0, 0)

    real = loading.create_item

    def dies(**arguments: Any) -> Any:
        if WorkItem.objects.count() == 3:
            raise SystemError
        return real(**arguments)

    monkeypatch.setattr(loading, "create_item", dies)
    carry_out()  # the third row goes in, the fourth dies: both are taken back
    made.refresh_from_db()
    assert (counts(made), WorkItem.objects.count()) == (("running", 2, 0, 0), 2)

    monkeypatch.setattr(loading, "create_item", real)
    from runtime.outbox.models import Effect

    Effect.objects.filter(state="pending").update(not_before=made.created_at)
    carry_out_all()
    made.refresh_from_db()
    assert (counts(made), WorkItem.objects.count()) == (("done", 5, 0, 0), 5)


def test_a_chunk_carried_out_twice_counts_once(load: Any) -> None:
    made = load(GOOD)
    loading.load_chunk(job_id=made.pk, number=1)
    made.refresh_from_db()
    assert counts(made) == ("done", 1, 0, 0)


def test_the_mapping_is_remembered_on_the_campaign(load: Any, campaign: Any) -> None:
    load(GOOD)
    campaign.refresh_from_db()
    assert campaign.mapping == MAPPING


def test_a_mapping_that_will_not_do_starts_nothing(
    job: Any, supervisor: Any, campaign: Any
) -> None:
    made = job(GOOD)
    problems = imports.confirm(job=made, mapping={"first": "fact:given_name"}, by=supervisor)
    assert [problem.code for problem in problems] == ["no_phone"]
    made.refresh_from_db()
    campaign.refresh_from_db()
    assert (made.state, campaign.mapping, carry_out()) == ("mapping", {}, False)


def test_a_list_is_started_once(job: Any, supervisor: Any) -> None:
    made = job(GOOD)
    imports.confirm(job=made, mapping=MAPPING, by=supervisor)
    assert [p.code for p in imports.confirm(job=made, mapping=MAPPING, by=supervisor)] == ["state"]


def test_an_unreadable_file_leaves_nothing(campaign: Any, supervisor: Any) -> None:
    answer = imports.receive(campaign=campaign, data=b"name,phone\nA\x00,1\n", by=supervisor)
    assert isinstance(answer, Problem)
    assert not ImportJob.objects.exists()
    assert not ImportChunk.objects.exists()


def test_a_closed_campaign_stops_the_loading(job: Any, supervisor: Any, campaign: Any) -> None:
    made = job(GOOD)
    imports.confirm(job=made, mapping=MAPPING, by=supervisor)
    close_campaign(campaign=campaign, by=supervisor)
    carry_out_all()
    made.refresh_from_db()
    assert (made.state, made.problems[0]["code"], made.chunks.count()) == (
        "stopped",
        "campaign_closed",
        0,
    )
    refused = imports.receive(
        campaign=Campaign.objects.get(), data=(HEADER + GOOD).encode(), by=supervisor
    )
    assert isinstance(refused, Problem)


def test_a_stopped_list_loads_no_more(job: Any, supervisor: Any) -> None:
    made = job(GOOD)
    imports.confirm(job=made, mapping=MAPPING, by=supervisor)
    assert imports.stop(job=made, by=supervisor)
    carry_out_all()
    assert not WorkItem.objects.exists()
    assert not imports.stop(job=made, by=supervisor)


def test_what_was_never_mapped_is_cleared_away(
    job: Any, django_capture_on_commit_callbacks: Any
) -> None:
    made = job(GOOD)
    with django_capture_on_commit_callbacks(execute=True):
        imports.clear_away(now=made.created_at + imports.GIVEN_UP * 2)
    made.refresh_from_db()
    assert (made.state, made.sealed, made.chunks.count()) == ("stopped", None, 0)


def test_a_key_that_a_crash_left_is_destroyed_by_the_sweep(job: Any) -> None:
    made = job(GOOD)
    ImportJob.objects.filter(pk=made.pk).update(state="done", ended_at=made.created_at)
    imports.clear_away(now=made.created_at)
    made.refresh_from_db()
    assert made.sealed is None
    with pytest.raises(SubjectDestroyed):
        subject_key(made.pk)


NUMBERED = {**MAPPING, "met": "fact:national_number"}
KNOWN = "Zoë;Peeters;0470 12 34 56;80.02.29-123.22;29/02/1980\n"


def test_a_new_number_of_a_known_person_is_kept_and_dialled_first(
    load: Any, campaign: Any, supervisor: Any, agent: Any
) -> None:
    load(KNOWN, NUMBERED)
    again = load(KNOWN.replace("0470 12 34 56", "0471 00 00 00"), NUMBERED)
    assert (counts(again), again.problems) == (("done", 0, 1, 0), [])
    numbers = face.of_item(WorkItem.objects.get(), agent).numbers
    assert [number.e164 for number in numbers] == ["+32471000000", "+32470123456"]


def test_a_line_that_differs_from_what_is_known_is_told_and_changes_nothing_known(
    load: Any, client_of: Any, supervisor: Any
) -> None:
    load(KNOWN, NUMBERED)
    made = load(
        KNOWN + KNOWN.replace("29/02/1980", "28/02/1980").replace("Peeters", "Maes"), NUMBERED
    )
    assert counts(made) == ("done", 0, 2, 0)
    told = {"line": 3, "code": "differs"}
    assert made.problems == [{**told, "column": "born"}, {**told, "column": "last"}]
    facts = open_party(Party.objects.get(), by=supervisor, purpose="test")
    assert (facts.birth_date, facts.family_name) == ("1980-02-29", "Peeters")
    page = client_of(supervisor, headers={"accept-language": "en"}).get(f"/import/{made.pk}/").text
    assert "Lines that say something else than is known" in page
    assert "Lines that were left out" not in page


def test_a_person_whose_key_is_gone_is_told_by_line_and_stops_nobody(load: Any) -> None:
    load(GOOD)
    destroy_subject(Party.objects.get().pk)  # as if a restored backup had brought their keys back
    made = load(GOOD + "Bo;Maes;0470123457;;\n")
    assert (counts(made), made.problems[0]["code"]) == (("done", 1, 0, 1), "party")
