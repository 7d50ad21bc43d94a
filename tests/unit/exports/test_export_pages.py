"""Exports of a version: opened one by one, logged before, hidden answers left out, bad addresses told clearly."""

import csv
import io
from typing import Any

import pytest
from django.http import HttpResponseBase

from builder.models import Version
from exports import opening
from runtime.audit.models import AccessLog
from runtime.parties import actions as parties
from tests.unit.exports.given import ANN, FEVERISH, Make

CSV = "/exports/app/call/1.csv"
PURPOSE = {"purpose": "statistics"}


def rows_of(response: HttpResponseBase) -> list[dict[str, str]]:
    text = b"".join(response).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_record_is_a_row_and_each_opening_is_logged(
    make: Make, client_of: Any, data_officer: Any
) -> None:
    record, open_one = make(**FEVERISH), make(finish=False, given_name="=HYPERLINK(1)")
    before = AccessLog.objects.count()
    response = client_of(data_officer).post(CSV, PURPOSE)
    first, second = rows_of(response)
    assert (first["_record"], first["_outcome"], first["given_name"]) == (
        str(record.pk),
        "refused",
        "Ann",
    )
    assert (first["symptoms.cough"], first["symptoms.ache"], first["until"]) == (
        "true",
        "false",
        "2026-11-30",
    )
    assert (second["_closed"], second["given_name"]) == ("", "'=HYPERLINK(1)")
    log = list(AccessLog.objects.order_by("pk")[before:].values_list("deed", "record", "purpose"))
    assert log == [
        ("export", None, "statistics"),
        ("open", record.pk, "statistics"),
        ("open", open_one.pk, "statistics"),
    ]
    assert "no-store" in response["Cache-Control"]


def test_a_hidden_answer_is_not_exported(make: Make, client_of: Any, data_officer: Any) -> None:
    make(**{**FEVERISH, "fever": False})
    (row,) = rows_of(client_of(data_officer).post(CSV, PURPOSE))
    assert (row["fever"], row["onset"], row["until"]) == ("false", "", "")


@pytest.mark.parametrize("purpose", [{}, {"purpose": ""}, {"purpose": "because I can"}])
def test_without_a_purpose_nothing_is_opened(
    make: Make, client_of: Any, data_officer: Any, purpose: dict[str, str]
) -> None:
    make(**ANN)
    before = AccessLog.objects.count()
    response = client_of(data_officer).post(CSV, purpose)
    assert response.status_code == 400
    assert AccessLog.objects.count() == before


def test_without_the_log_nothing_is_opened(
    make: Make, client_of: Any, data_officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(**ANN)

    def broken(**_: Any) -> None:
        raise OSError("no log")

    monkeypatch.setattr("exports.views.tables.log_access", broken)
    with pytest.raises(OSError, match="no log"):
        client_of(data_officer).post(CSV, PURPOSE)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/exports/app/call/9.csv", "call has no version 9. Its versions: 1."),
        ("/exports/app/call/99999999999999999999999.csv", "Its versions: 1."),
        ("/exports/app/nobody/1.csv", "no app nobody"),
        ("/exports/app/call/1.exe", "table of records"),
        ("/exports/app/call/1/absent.csv", "table of records"),
    ],
)
def test_what_is_not_there_is_told_clearly(
    version: Version, client_of: Any, data_officer: Any, address: str, says: str
) -> None:
    response = client_of(data_officer).post(address, PURPOSE)
    assert response.status_code == 404
    assert says in response.content.decode()


def test_an_export_is_a_post(version: Version, client_of: Any, data_officer: Any) -> None:
    assert client_of(data_officer).get(CSV).status_code == 405


def test_entries_and_codebook_have_files_of_their_own(
    make: Make, client_of: Any, data_officer: Any
) -> None:
    make(**ANN)
    officer = client_of(data_officer)
    assert rows_of(officer.post("/exports/app/call/1/contacts.csv", PURPOSE)) == []
    listed = rows_of(officer.get("/exports/app/call/1/codebook.csv"))
    assert {"table": "contacts", "column": "who"}.items() <= listed[-2].items()


def test_the_page_lists_versions_with_their_counts(
    make: Make, client_of: Any, data_officer: Any
) -> None:
    make(**ANN)
    make(**ANN, finish=False)
    page = client_of(data_officer).get("/exports/").content.decode()
    assert "1 closed record" in page
    assert "/exports/app/call/1/contacts.csv" in page


def test_records_are_opened_a_batch_at_a_time(
    make: Make, version: Version, data_officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "RECORDS_A_BATCH", 2)
    made = [str(make(**ANN).pk) for _ in range(5)]
    before = AccessLog.objects.filter(deed="open").count()
    read = opening.readings(version=version, by=data_officer, purpose="statistics")
    first = next(read)
    assert AccessLog.objects.filter(deed="open").count() == before + 2
    assert [each.about["_record"] for each in [first, *read]] == made


def test_an_erased_person_is_left_out(
    make: Make, client_of: Any, data_officer: Any, agent: Any
) -> None:
    record = make(**ANN, party=True)
    make(given_name="Bob")
    parties.erase(party=record.party, by=data_officer, purpose="erasure")
    assert [row["given_name"] for row in rows_of(client_of(data_officer).post(CSV, PURPOSE))] == [
        "Bob"
    ]


def test_practice_is_not_exported(
    make: Make, client_of: Any, data_officer: Any, agent: Any
) -> None:
    from runtime.records.actions import open_session

    open_session(record=make(**ANN, finish=False), by=agent, kind="practice", purpose="practice")
    assert rows_of(client_of(data_officer).post(CSV, PURPOSE)) == []


@pytest.mark.parametrize("app", ["call", "absent", "\x00", "a" * 5000, "' OR 1=1", "\ud800"])
def test_the_list_can_be_asked_for_any_app(
    make: Make, client_of: Any, data_officer: Any, app: str
) -> None:
    make(**ANN)
    answer = client_of(data_officer).get(
        "/exports/", {"app": app.encode("utf-8", "surrogatepass")}
    )
    assert answer.status_code == 200
