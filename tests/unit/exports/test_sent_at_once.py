"""The effect `send_to_feed`: the record that ended leaves at once, once, or it is told why it does not."""

from pathlib import Path
from typing import Any

import pytest

from exports.feeds import actions
from exports.feeds.models import Delivery, Feed
from runtime.outbox.actions import enqueue
from runtime.outbox.models import Effect
from runtime.outbox.tasks import carry_out_all
from runtime.records.models import Record
from tests.unit.exports.given import FEVERISH, Make


def order(record: Record, feed: str = "cases", key: str = "send") -> Effect:
    enqueue(effect="send_to_feed", key=key, arguments={"feed": feed}, record=record.pk)
    carry_out_all()
    return Effect.objects.get(key=key)


def test_the_record_is_in_the_institutes_folder(make: Make, feed: Feed, folder: Path) -> None:
    assert order(make(**FEVERISH)).state == "done"
    (file,) = folder.glob("*.csv")
    assert len(file.read_text().splitlines()) == 2
    assert Delivery.objects.get().state == "delivered"


def test_a_record_leaves_once_however_often_it_is_sent(
    make: Make, feed: Feed, folder: Path
) -> None:
    record = make(**FEVERISH)
    for key in ("one", "two"):
        assert order(record, key=key).state == "done"
    assert (Delivery.objects.count(), len(list(folder.glob("*.csv")))) == (1, 1)


def test_a_folder_that_cannot_be_written_is_tried_again(
    make: Make, feed: Feed, folder: Path
) -> None:
    record = make(**FEVERISH)
    folder.rmdir()
    folder.write_text("a file where the folder should be")
    failed = order(record)
    assert (failed.state, failed.last_problem) == ("pending", "folder")
    folder.unlink()
    Effect.objects.update(not_before=failed.created_at)
    carry_out_all()
    assert Effect.objects.get().state == "done"


@pytest.mark.parametrize("what", ["nowhere", "closed"])
def test_a_feed_that_is_not_there_or_not_in_use_is_told(
    make: Make, feed: Feed, folder: Path, data_officer: Any, what: str
) -> None:
    if what == "closed":
        draft = actions.Draft(feed.title, feed.folder, feed.purpose, open=False)
        actions.save_feed(feed=feed, draft=draft, by=data_officer)
    told = order(make(**FEVERISH), "nowhere" if what == "nowhere" else "cases")
    assert told.last_problem == {"nowhere": "no_feed", "closed": "feed_closed"}[what]
    assert not Delivery.objects.exists()
