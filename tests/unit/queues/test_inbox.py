"""Lists that other programs put into a folder: each file once, by the door of an upload, and what went wrong is told."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.outbox.tasks import carry_out_all
from runtime.people.roles import forget_roles
from runtime.queues.actions import feeding, imports
from runtime.queues.feeding import Inbox, InboxFile
from runtime.queues.models import ImportJob, WorkItem
from tests.people import make_person
from tests.unit.queues.test_workbooks import sheet

MAPPING = {"first": "fact:given_name", "last": "fact:family_name", "phone": "fact:phone"}
LIST = "first;last;phone;more\nZoë;Peeters;0470 12 34 56;x\nBo;Maes;+12;y\n"


@pytest.fixture
def admin(db: None) -> Any:
    return make_person("feeder", "admin")


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.INBOX_DIR = tmp_path
    made = tmp_path / "north"
    made.mkdir()
    return made


@pytest.fixture
def inbox(campaign: Any, admin: Any, folder: Path) -> Inbox:
    campaign.mapping = MAPPING
    campaign.save()
    return feeding.save_inbox(campaign=campaign, folder="north", by=admin)


def fetch(*, seconds: int = 60) -> None:
    feeding.fetch(now=timezone.now() + timedelta(seconds=seconds))


def test_a_file_is_loaded_once_with_the_columns_that_the_campaign_knows(
    inbox: Inbox, folder: Path, admin: Any, campaign: Any
) -> None:
    (folder / "people.csv").write_text(LIST)
    fetch()
    carry_out_all()
    job = ImportJob.objects.get()
    assert (job.state, job.done, job.bad, job.by, job.campaign) == ("done", 1, 1, admin, campaign)
    (row,) = InboxFile.objects.all()
    assert (row.job, row.problem, row.moved) == (job, {}, True)
    assert [path.name for path in (folder / "done").iterdir()] == [f"{row.digest[:8]}-people.csv"]
    opened = AccessLog.objects.get(detail__startswith="inbox")
    assert (opened.by, opened.purpose, opened.deed) == (admin, "import:spring", "open")
    (folder / "again.csv").write_text(LIST)
    fetch()
    assert ImportJob.objects.count() == 1
    assert len(list((folder / "done").iterdir())) == 2


def test_a_file_that_has_just_changed_waits(inbox: Inbox, folder: Path) -> None:
    (folder / "people.csv").write_text(LIST)
    fetch(seconds=5)
    assert not ImportJob.objects.exists()
    fetch()
    assert ImportJob.objects.count() == 1


def test_what_cannot_be_read_is_refused_and_told_and_may_be_sent_again(
    inbox: Inbox, folder: Path, campaign: Any, supervisor: Any, client_of: Any
) -> None:
    (folder / "a.csv").write_bytes(b"\x00\x01\x02 no list \x00")
    (folder / "b.csv").write_text("name;number\nBo;0470123456\n")
    (folder / "c.xlsx").write_bytes(sheet(["Bo", "Maes", "0470123456", ""])[:-30])
    fetch()
    assert {row.job for row in InboxFile.objects.all()} == {None}
    assert len(list((folder / "refused").iterdir())) == 3
    assert [job.state for job in ImportJob.objects.all()] == ["stopped"]
    for address in ("/campaign/spring/", "/campaign/spring/load/"):
        page = client_of(supervisor).get(address).content.decode()
        assert "The columns are not those that the campaign knows." in page
        assert "a.csv" not in page
    campaign.mapping = {"name": "fact:family_name", "number": "fact:phone"}
    campaign.save()
    (folder / "b.csv").write_text("name;number\nBo;0470123456\n")
    fetch()
    assert InboxFile.objects.filter(problem={}).count() == 1


def test_a_spreadsheet_comes_by_the_same_door(inbox: Inbox, folder: Path) -> None:
    (folder / "people.xlsx").write_bytes(sheet(["Bo", "Maes", 470123456, ""]))
    fetch()
    carry_out_all()
    assert WorkItem.objects.count() == 1


def test_a_folder_that_cannot_be_written_keeps_its_files_and_none_is_read_twice(
    inbox: Inbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding.folders, "move", lambda *_given: False)  # root may write anywhere
    (folder / "people.csv").write_text(LIST)
    (folder / "copy.csv").write_text(LIST)
    for _time in range(3):
        fetch()
    assert ImportJob.objects.count() == 1
    assert AccessLog.objects.filter(detail__startswith="inbox").count() == 2
    assert sorted(os.listdir(folder)) == ["copy.csv", "people.csv"]  # noqa: PTH208


def test_files_wait_while_nobody_may_load_them(
    inbox: Inbox, folder: Path, campaign: Any, admin: Any, tmp_path: Path
) -> None:
    (folder / "people.csv").write_text(LIST)
    campaign.open = False
    campaign.save()
    fetch()
    inbox.refresh_from_db()
    assert inbox.problem == "closed"
    campaign.open = True
    campaign.save()
    admin.groups.clear()
    forget_roles(admin)
    fetch()
    inbox.refresh_from_db()
    assert inbox.problem == "by"
    feeding.save_inbox(campaign=campaign, folder="north", by=make_person("second_admin", "admin"))
    folder.rename(tmp_path / "south")
    folder.symlink_to(tmp_path / "south")
    fetch()
    inbox.refresh_from_db()
    assert inbox.problem == "folder"
    assert not ImportJob.objects.exists()


def test_one_bad_folder_keeps_no_other_from_being_looked_at(
    inbox: Inbox, folder: Path, campaign: Any, admin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "people.csv").write_text(LIST)

    def fail(**_given: Any) -> None:
        raise RuntimeError("about somebody")

    monkeypatch.setattr(feeding, "keep", fail)
    fetch()
    inbox.refresh_from_db()
    assert inbox.problem == "failed"
    assert not InboxFile.objects.exists()
    monkeypatch.setattr(feeding, "keep", imports.keep)
    fetch()
    assert InboxFile.objects.filter(problem={}).count() == 1


def test_a_file_that_cannot_be_taken_up_keeps_no_other_of_its_folder(
    inbox: Inbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        (folder / f"{name}.csv").write_text(LIST.replace("Zoë", name))
    monkeypatch.setattr(feeding, "A_LOOK", 2)

    def fail_once(**given: Any) -> Any:
        monkeypatch.setattr(feeding, "keep", imports.keep)
        raise RuntimeError("about somebody")

    monkeypatch.setattr(feeding, "keep", fail_once)
    fetch()
    inbox.refresh_from_db()
    assert inbox.problem == "failed"
    assert InboxFile.objects.filter(problem={}, moved=True).count() == 2
    fetch()
    inbox.refresh_from_db()
    assert (inbox.problem, InboxFile.objects.count()) == ("", 3)


def test_a_refused_file_is_told_at_home_and_beside_its_folder_for_a_week(
    inbox: Inbox, folder: Path, admin: Any, client_of: Any
) -> None:
    clients = {role: client_of(make_person(f"a_{role}", role)) for role in ("supervisor", "agent")}
    clients["admin"] = client_of(admin)
    told = "1 folder of lists needs somebody"
    assert not any(told in one.get("/").content.decode() for one in clients.values())
    (folder / "people.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    fetch()
    homes = {role: client.get("/").content.decode() for role, client in clients.items()}
    assert {role for role, home in homes.items() if told in home} == {"admin", "supervisor"}
    assert 'href="/inboxes/">Look at them' in homes["admin"]
    assert 'href="/campaigns/"' in homes["supervisor"]
    assert "an old format" in clients["admin"].get("/inboxes/").content.decode()
    InboxFile.objects.update(at=timezone.now() - timedelta(days=8))
    assert told not in clients["admin"].get("/").content.decode()
    Inbox.objects.update(problem="folder")
    assert told in clients["admin"].get("/").content.decode()
    Inbox.objects.update(problem="closed")
    assert told not in clients["admin"].get("/").content.decode()


def test_an_administrator_sets_the_folder_and_stops_it(
    campaign: Any, admin: Any, client_of: Any, folder: Path
) -> None:
    client = client_of(admin)
    for wrong in ("../etc", "/etc", "a/../b", "done"):
        answer = client.post("/inboxes/", {"campaign": campaign.pk, "folder": wrong})
        assert answer.status_code == 400 or not Inbox.objects.filter(folder=wrong).exists()
    Inbox.objects.all().delete()
    client.post("/inboxes/", {"campaign": campaign.pk, "folder": "north"})
    made = Inbox.objects.get()
    assert (made.folder, made.by, made.active) == ("north", admin, True)
    assert "north" in client.get("/inboxes/").content.decode()
    client.post(f"/inboxes/{made.pk}/stop/")
    (folder / "people.csv").write_text(LIST)
    fetch()
    assert not ImportJob.objects.exists()
    assert made.history.count() == 2
