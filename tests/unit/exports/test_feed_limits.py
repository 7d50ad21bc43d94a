"""What a feed refuses: columns that may not leave, folders that lead elsewhere, people who have no business here."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from exports.feeds import actions
from exports.feeds.folders import FolderRefused, folder_of
from exports.feeds.mapping import MappingRefused, sources
from exports.feeds.models import Feed
from runtime.records import actions as records
from tests.unit.exports.given import FEVERISH, Make, publish
from tests.unit.exports.making import body, calculation, call, question, section
from tests.unit.exports.sending import rows_in, send


@pytest.mark.parametrize("source", ["national_number", "_record", "absent", "who", "tell"])
def test_the_national_number_and_what_reads_it_cannot_be_mapped(
    feed: Feed, data_officer: Any, source: str
) -> None:
    told = calculation("tell", "bool", ["answered", ["answer", "national_number"]])
    publish(
        {
            **call(),
            "sections": [
                *call()["sections"],
                section(
                    "more",
                    told,
                    calculation("again", "bool", ["not", ["answer", "tell"]]),
                    question("copied", default=["answer", "national_number"]),
                ),
            ],
        },
        2,
    )
    assert {"again", "copied", source}.isdisjoint(each.name for each in sources(feed, "en"))
    with pytest.raises(MappingRefused, match="unknown_source"):
        actions.set_columns(
            feed=feed, columns=[{"column": "X", "source": source}], by=data_officer
        )


def test_a_name_that_one_version_asks_as_a_number_never_leaves_from_it(
    make: Make, feed: Feed, folder: Path, data_officer: Any, agent: Any
) -> None:
    """Mapped while it was harmless; a later version asks the national number under that name."""
    later = publish(
        body(
            section("one", question("onset", fact="national_number")), outcomes=call()["outcomes"]
        ),
        2,
    )
    record = records.start(version=later, by=agent, prefill={"onset": "85073000160"})
    assert isinstance(records.finish(record.pk, "refused", by=agent), records.Settled)
    (row,) = rows_in(folder / send(feed, data_officer).file_name)
    assert (row["ONSET"], row["FEVER"], row["OUTCOME"]) == ("", "", "refused")


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (["=cmd"], "bad_name"),
        (["a b"], "bad_name"),
        ([""], "bad_name"),
        (["A", "a"], "twice"),
        (["Revision"], "twice"),
        (["x" * 64], "bad_name"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_refused(
    feed: Feed, data_officer: Any, columns: list[str], code: str
) -> None:
    rows = [{"column": column, "source": "fever"} for column in columns]
    with pytest.raises(MappingRefused, match=code):
        actions.set_columns(feed=feed, columns=rows, by=data_officer)


@pytest.mark.parametrize(
    "name",
    ["..", "../out", "/etc", "a/../b", "", ".hidden", "a//b", "a/", "a\x00b", "é", "a/b/c/d/e"],
)
def test_a_folder_leads_nowhere_else(folder: Path, name: str) -> None:
    with pytest.raises(FolderRefused):
        folder_of(name)


def test_a_link_that_leads_out_of_the_deliveries_is_refused(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder.symlink_to(tmp_path_factory.mktemp("elsewhere"))
    with pytest.raises(FolderRefused):
        folder_of("institute")


def test_a_folder_that_cannot_be_written_leaves_the_batch_to_be_sent_later(
    make: Make, feed: Feed, folder: Path, data_officer: Any
) -> None:
    make(**FEVERISH)
    folder.rmdir()
    folder.write_text("a file where the folder should be")
    with pytest.raises(FolderRefused):
        actions.deliver(feed=feed, by=data_officer, now=timezone.now())
    folder.unlink()
    assert send(feed, data_officer).sequence == 1


def test_an_institutes_code_is_chosen_once_and_changes_are_in_the_history(
    feed: Feed, data_officer: Any, client_of: Any
) -> None:
    officer = client_of(data_officer)
    answer = officer.post("/institute/health/", {"code": "other", "title": "Public health"})
    assert answer.status_code == 302
    feed.institute.refresh_from_db()
    assert (feed.institute.code, feed.institute.title) == ("health", "Public health")
    newest = feed.institute.history.first()
    assert (newest.title, newest.history_user) == ("Public health", data_officer)


def test_the_pages_carry_a_feed_from_its_institute_to_its_delivery(
    make: Make, version: Any, folder: Path, client_of: Any, data_officer: Any
) -> None:
    make(**FEVERISH)
    officer = client_of(data_officer)
    officer.post("/institutes/new/", {"code": "lab", "title": "Laboratory"})
    institute = Feed._meta.get_field("institute").related_model.objects.get(code="lab")  # type: ignore[union-attr]
    about = {
        "code": "lab-cases",
        "title": "Cases",
        "institute": institute.pk,
        "app": version.app.pk,
        "folder": "institute",
        "purpose": "surveillance",
        "open": "on",
    }
    assert officer.post("/feeds/new/", {**about, "folder": "../out"}).status_code == 400
    assert officer.post("/feeds/new/", about)["Location"] == "/feed/lab-cases/columns/"
    assert officer.get("/feed/lab-cases/columns/").status_code == 200
    assert officer.post("/feed/lab-cases/columns/", {"column:fever": "1 =bad"}).status_code == 400
    assert (
        officer.post(
            "/feed/lab-cases/columns/", {"column:fever": "FEVER", "column:national_number": "NN"}
        ).status_code
        == 302
    )
    assert "<td>true</td>" in officer.post("/feed/lab-cases/preview/").content.decode()
    assert "with 1 rows" in officer.post("/feed/lab-cases/send/", follow=True).content.decode()
    assert "Nothing new" in officer.post("/feed/lab-cases/send/", follow=True).content.decode()
    assert "written again" in officer.post("/feed/lab-cases/send/1/", follow=True).content.decode()
    assert officer.get("/feeds/").status_code == 200
    assert (
        officer.post("/feed/lab-cases/change/", {**about, "title": "All cases"}).status_code == 302
    )
    assert officer.get("/feed/absent/").status_code == 404
    assert officer.post("/feed/lab-cases/send/99999999999999999999/").status_code == 404
    assert len(list(folder.glob("*.csv"))) == 1


def test_others_than_data_officers_do_not_come_here(
    feed: Feed, client_of: Any, agent: Any
) -> None:
    for address in (
        "/feeds/",
        "/feed/cases/",
        "/feed/cases/send/",
        "/exports/",
        "/exports/app/call/1.csv",
    ):
        assert client_of(agent).post(address).status_code in (403, 404)


def test_the_timer_sends_every_feed_and_names_those_it_cannot(
    make: Make, feed: Feed, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(**FEVERISH)
    call_command("deliver")
    call_command("deliver", "cases")
    said = capsys.readouterr().out
    assert "cases: cases-000001-" in said
    assert "cases: nothing new" in said
    with pytest.raises(CommandError, match="absent"):
        call_command("deliver", "absent")
