"""The dry run of a list, and the lines that could not be taken: told with every reason, given back as a file, kept sealed."""

import csv
import io
from typing import Any

import pytest

from runtime.audit.models import AccessLog
from runtime.outbox.actions import carry_out
from runtime.outbox.tasks import carry_out_all
from runtime.parties.models import Party
from runtime.queues.actions import imports, trying
from runtime.queues.models import ImportJob, ImportLeftOut, WorkItem
from runtime.vault.errors import SubjectDestroyed
from runtime.vault.keys import subject_key

MAPPING = {
    "first": "fact:given_name",
    "last": "fact:family_name",
    "phone": "fact:phone",
    "born": "fact:birth_date",
}
HEADER = "first;last;phone;born\n"
GOOD = "Zoë;Peeters;0470 12 34 56;29/02/1980\n"
BAD = "=HYPERLINK(1);Jans;+12;31/02/1990\n"


@pytest.fixture
def received(campaign: Any, supervisor: Any) -> Any:
    def make(rows: str, header: str = HEADER) -> ImportJob:
        made = imports.receive(campaign=campaign, data=(header + rows).encode(), by=supervisor)
        assert isinstance(made, ImportJob), made
        return made

    return make


@pytest.fixture
def run(received: Any, supervisor: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """`run(rows, check=True)`: a list received, mapped, and looked at or loaded by the worker."""

    def make(rows: str, *, check: bool = False, header: str = HEADER) -> ImportJob:
        made = received(rows, header)
        assert imports.confirm(job=made, mapping=MAPPING, by=supervisor, check=check) == []
        with django_capture_on_commit_callbacks(execute=True):
            carry_out_all()
        made.refresh_from_db()
        return made

    return make


def counts(job: ImportJob) -> tuple[str, int, int, int]:
    return job.state, job.done, job.doubles, job.bad


def fetched(client: Any, job: ImportJob, delimiter: str = ";") -> list[list[str]]:
    answer = client.post(f"/import/{job.pk}/left-out/")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def test_a_dry_run_tells_what_would_become_of_each_line_and_keeps_nobody(run: Any) -> None:
    made = run(GOOD + GOOD.upper().replace("Ë", "ë") + BAD, check=True)
    assert counts(made) == ("checked", 1, 1, 1)
    assert [(row["line"], row["code"], row["column"]) for row in made.problems] == [
        (4, "phone", "phone"),
        (4, "birth_date", "born"),
    ]
    assert (Party.objects.count(), WorkItem.objects.count()) == (0, 0)
    assert (made.keys.count(), made.chunks.count()) == (0, 1)


def test_a_dry_run_counts_those_who_are_there_and_the_loading_after_it_agrees(
    run: Any, supervisor: Any
) -> None:
    run(GOOD)
    made = run(GOOD + "Bo;Maes;0470123457;\n" + BAD, check=True)
    assert counts(made) == ("checked", 1, 1, 1)
    assert imports.confirm(job=made, mapping=made.mapping, by=supervisor) == []
    carry_out_all()
    made.refresh_from_db()
    assert counts(made) == ("done", 1, 1, 1)
    assert ImportLeftOut.objects.filter(job=made).count() == 1


def test_whose_name_and_telephone_are_alike_is_another_one_with_a_number_of_their_own(
    run: Any, supervisor: Any, received: Any
) -> None:
    numbered = {**MAPPING, "born": "fact:national_number"}
    for line, found in (("80.02.29-123.22", ("done", 1, 0)), ("85.07.30-033.28", ("done", 1, 0))):
        rows = f"Zoë;Peeters;0470 12 34 56;{line}\n"
        tried, loaded = received(rows), received(rows)
        imports.confirm(job=tried, mapping=numbered, by=supervisor, check=True)
        carry_out_all()
        tried.refresh_from_db()
        imports.confirm(job=loaded, mapping=numbered, by=supervisor)
        carry_out_all()
        loaded.refresh_from_db()
        assert (loaded.state, loaded.done, loaded.doubles) == found
        assert (tried.done, tried.doubles) == found[1:]


def test_a_dry_run_goes_over_the_list_in_steps(
    received: Any, supervisor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "CHUNK", 2)
    monkeypatch.setattr(trying, "CHUNKS", 1)
    made = received(GOOD + BAD + "Bo;Maes;0470123457;\n" + GOOD + BAD)
    imports.confirm(job=made, mapping=MAPPING, by=supervisor, check=True)
    carry_out()
    made.refresh_from_db()
    assert counts(made) == ("checking", 1, 0, 1)
    carry_out_all()
    made.refresh_from_db()
    assert counts(made) == ("checked", 2, 1, 2)


def test_a_look_that_was_given_up_for_other_columns_counts_nothing(
    received: Any, supervisor: Any
) -> None:
    made = received(GOOD + BAD)
    imports.confirm(job=made, mapping=MAPPING, by=supervisor, check=True)
    assert imports.back_to_columns(job=made, by=supervisor)
    carry_out_all()
    made.refresh_from_db()
    assert (counts(made), made.problems) == (("mapping", 0, 0, 0), [])
    fewer = {name: target for name, target in MAPPING.items() if name != "born"}
    imports.confirm(job=made, mapping=fewer, by=supervisor, check=True)
    carry_out_all()
    made.refresh_from_db()
    assert (counts(made), len(made.problems)) == (("checked", 1, 0, 1), 1)


def test_what_was_left_out_is_a_file_in_the_shape_of_the_list_with_every_reason(
    run: Any, client_of: Any, supervisor: Any
) -> None:
    made = run(GOOD + BAD + "0470;x\n")
    client = client_of(supervisor, headers={"accept-language": "en"})
    assert fetched(client, made) == [
        ["Why it was left out", "first", "last", "phone", "born"],
        [
            "Line 3: phone: not a phone number that can be dialled; "
            "born: not a birth date (the year has four digits)",
            "'=HYPERLINK(1)",
            "Jans",
            "'+12",
            "31/02/1990",
        ],
        [
            "Line 4: the number of cells differs from the header (a line break in a cell?)",
            "0470",
            "x",
        ],
    ]
    logged = AccessLog.objects.get(deed="export")
    assert (logged.by, logged.subject, logged.purpose) == (supervisor, made.pk, "import:spring")


def test_a_mended_file_is_loaded_as_it_is_and_says_why_once(
    run: Any, client_of: Any, supervisor: Any
) -> None:
    client = client_of(supervisor, headers={"accept-language": "nl"})
    head, *rows = fetched(client, run(BAD + BAD.replace("Jans", "Maes")))
    rows[0][3:] = ["'+32470123456", "28/02/1990"]
    again = "".join(";".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    made = run(again, header=";".join(head) + "\n")
    assert counts(made) == ("done", 1, 0, 1)
    from runtime.parties.store import open_party

    facts = open_party(Party.objects.get(), by=supervisor, purpose="test")
    assert (facts.given_name, facts.phone) == ("=HYPERLINK(1)", "+32470123456")
    english = client_of(supervisor, headers={"accept-language": "en"})
    assert fetched(english, made)[0] == ["Why it was left out", "first", "last", "phone", "born"]


def test_what_was_left_out_lies_sealed_and_goes_after_a_week(run: Any) -> None:
    made = run(BAD)
    assert b"Jans" not in bytes(made.left_out.get().sealed)
    imports.clear_away(now=made.ended_at + imports.KEPT / 2)
    assert subject_key(made.pk)
    imports.clear_away(now=made.ended_at + imports.KEPT)
    assert made.left_out.count() == 0
    with pytest.raises(SubjectDestroyed):
        subject_key(made.pk)


def test_a_supervisor_destroys_what_was_left_out_at_once(
    run: Any, client_of: Any, supervisor: Any
) -> None:
    made = run(BAD)
    client = client_of(supervisor)
    assert client.post(f"/import/{made.pk}/forget/").status_code == 302
    assert client.post(f"/import/{made.pk}/left-out/").status_code == 404
    with pytest.raises(SubjectDestroyed):
        subject_key(made.pk)


def test_nobody_else_fetches_what_was_left_out(run: Any, client_of: Any, agent: Any) -> None:
    made = run(BAD)
    assert client_of(agent).post(f"/import/{made.pk}/left-out/").status_code == 403
    assert not AccessLog.objects.filter(deed="export").exists()


def test_a_supervisor_looks_then_loads(
    received: Any, client_of: Any, supervisor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    made = received(GOOD + BAD)
    client = client_of(supervisor, headers={"accept-language": "en"})
    fields = {f"column_{n}": target for n, target in enumerate(MAPPING.values())}
    client.post(f"/import/{made.pk}/", {**fields, "check": "1"})
    carry_out_all()
    page = client.get(f"/import/{made.pk}/").text
    assert "Dry run: nothing has been loaded yet" in page
    assert "Fetch the lines that were left out" in page
    assert not WorkItem.objects.exists()
    client.post(f"/import/{made.pk}/load/")
    carry_out_all()
    assert WorkItem.objects.count() == 1


def test_a_list_that_was_looked_at_and_forgotten_is_cleared_away(
    run: Any, django_capture_on_commit_callbacks: Any
) -> None:
    made = run(GOOD + BAD, check=True)
    with django_capture_on_commit_callbacks(execute=True):
        imports.clear_away(now=made.created_at + imports.GIVEN_UP * 2)
    made.refresh_from_db()
    assert (made.state, made.sealed, made.left_out.count()) == ("stopped", None, 0)
