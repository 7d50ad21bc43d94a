"""The list of versions: labels, what was tested, records on each, what is to be released, what was refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from builder.actions import label_version
from builder.models import App, Version, VersionLabel
from content.actions import release_due
from runtime.records.models import Record
from tests.unit.versions.test_versions import admins, app, call, publish, read, two
from tests.unit.workshop import home, make

__all__ = ["admins", "app", "home", "make", "two"]  # fixtures


def test_a_label_is_put_on_shown_asked_for_and_taken_off(
    client_of: Any, editor: Any, two: Any
) -> None:
    client = client_of(editor)
    address = reverse("version-label", args=["index_call", 2])
    assert (
        "is labelled “pilot”"
        in client.post(address, {"label": " pilot "}, follow=True).content.decode()
    )
    client.post(address, {"label": "pilot"})
    label = VersionLabel.objects.get()
    assert (label.version, label.text, label.created_by) == (two[1], "pilot", editor)
    only = read(client, "versions", "index_call", label="pilot")
    assert 'id="v2"' in only
    assert 'id="v1"' not in only
    assert 'id="v1"' in read(client, "versions", "index_call", label="unknown")
    client.post(reverse("version-label-off", args=["index_call", 2, label.pk]))
    assert not VersionLabel.objects.exists()
    assert VersionLabel.history.filter(history_type="-", history_user=editor).count() == 1


@pytest.mark.parametrize(("label", "told"), [("  ", "Write a label"), ("x" * 61, "at most")])
def test_a_label_that_is_none_is_told(
    label: str, told: str, client_of: Any, editor: Any, two: Any
) -> None:
    address = reverse("version-label", args=["index_call", 1])
    assert told in client_of(editor).post(address, {"label": label}, follow=True).content.decode()
    assert not VersionLabel.objects.exists()


def test_who_does_not_write_puts_no_label(client_of: Any, supervisor: Any, two: Any) -> None:
    client = client_of(supervisor)
    address = reverse("version-label", args=["index_call", 1])
    assert client.post(address, {"label": "pilot"}).status_code == 403
    label_version(version=two[0], text="pilot", by=None)
    words = read(client, "versions", "index_call")
    assert "pilot" in words
    assert "Restore v1" not in words


def test_the_list_says_what_was_tested_and_who_set_it_aside(admins: Any, app: App) -> None:
    aside = [{"gate": "tests", "by": "Ann", "reason": "The line is down"}]
    seen = {"tests": {"passed": 3, "failed": 1}, "review": [], "overrides": aside}
    publish(app, call(), 1, evidence=seen)
    words = read(admins, "versions", "index_call")
    assert "failed: 1, passed: 3" in words
    assert "set aside by Ann: The line is down" in words


def test_the_list_counts_the_records_of_each_version(
    client_of: Any, supervisor: Any, two: tuple[Version, Version]
) -> None:
    now = timezone.now()
    for closed in (None, None, now):
        Record.objects.create(
            version=two[0],
            subject="0" * 32,
            wrapped_key=b"",
            created_at=now,
            closed_at=closed,
        )
    words = read(client_of(supervisor), "versions", "index_call")
    assert "2 open records, 1 finished" in words


def test_a_release_at_a_date_is_listed_and_leads_to_its_cancelling(
    make: Any, client_of: Any, editor: Any, supervisor: Any
) -> None:
    page = make().get_latest_revision_as_object()
    page.go_live_at, page.version_note = timezone.now() + timedelta(days=3), "For the holidays"
    page.save_revision(user=editor).publish(user=editor)
    words = read(client_of(editor), "versions", "small")
    assert "“Small” goes live on" in words
    assert "For the holidays" in words
    cancel = reverse(
        "wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.latest_revision.pk]
    )
    assert cancel in words
    assert cancel not in read(client_of(supervisor), "versions", "small")
    client_of(editor).post(cancel)
    assert "None is planned." in read(client_of(editor), "versions", "small")


def test_what_is_due_goes_live_by_itself_and_what_is_refused_is_told(
    make: Any, client_of: Any, editor: Any
) -> None:
    for code, body in (("bad", []), ("good", None)):
        draft = make(code=code, title=code.title()).get_latest_revision_as_object()
        draft.title = f"{code} later"
        draft.body = draft.body if body is None else body
        revision = draft.save_revision(user=editor)
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()
    release_due()
    assert "Version 2" in read(client_of(editor), "versions", "good")
    words = read(client_of(editor), "versions", "bad")
    assert "was refused" in words
    assert "no questions" in words
