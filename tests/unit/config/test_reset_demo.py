"""`make reset-demo` leaves a demo that is as new, and nothing of the one before."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from config import prepare
from config.demo.accounts import ACCOUNTS
from tests.served import Served

# A call that ends, its delivery, and somebody who is not of the demo; printed: what was there before, the file's name.
WORK = """
import json
from django.contrib.auth.models import User
from django.utils import timezone
from builder.models import Version
from exports.feeds.actions import deliver
from exports.feeds.models import Delivery, Feed
from runtime.people.actions import create_person
from runtime.queues.models import ImportJob
from runtime.records import actions
from runtime.records.models import Record
counts = [model.objects.count() for model in (Record, Delivery, ImportJob)]
people = [user.username for user in User.objects.order_by("pk")]
create_person(by=None, username="guest")
record = actions.start(version=Version.objects.filter(app__code="index_call").latest("number"), by=None)
actions.finish(record.pk, "refused", by=None)
print(json.dumps([counts, people, deliver(feed=Feed.objects.get(), by=None, now=timezone.now()).file_name]))
"""


@pytest.fixture
def demo() -> Iterator[Served]:
    made = Served(DEMO="1")
    made.manage("setup_content")
    made.manage("demo", "--citizens", "3")
    yield made
    made.stop()


def work(installation: Served) -> Any:
    return json.loads(installation.manage("shell", "-v0", "-c", WORK))


def reset(installation: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m config.prepare reset-demo`; what it starts takes the migrations from the template."""
    real = subprocess.run

    def from_template(command: list[Any], **options: Any) -> Any:
        assert command[1:3] == ["manage.py", "set_up"]
        return real([sys.executable, "-m", "tests.unit.config.resetting", *command[2:]], **options)

    with monkeypatch.context() as patch:
        for name, value in installation.environment.items():
            patch.setenv(name, value)
        patch.setattr(prepare, "ready", lambda: None)
        patch.setattr(prepare.subprocess, "run", from_template)
        prepare.main(["reset-demo"])


def delivered(installation: Served) -> set[str]:
    folder = installation.home / "data-deliveries"
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def test_a_demo_that_is_reset_begins_anew_and_its_deliveries_with_it(
    demo: Served, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    counts, people, first = work(demo)
    assert (counts, len(people)) == ([0, 0, 1], len(ACCOUNTS))
    folder = demo.home / "data-deliveries" / "health-institute"
    (folder / "receipt.txt").write_text("the institute's own")
    (folder / f".{first}.0a0b0c0d.part").write_text("what a killed delivery left")
    media = demo.data_dir / "media" / "uploaded.png"
    media.parent.mkdir()
    media.write_bytes(b"an editor's picture")

    reset(demo, monkeypatch)
    assert "The demo is as new" in capsys.readouterr().out
    assert delivered(demo) == {"health-institute/receipt.txt"}
    assert not media.exists()

    *anew, again = work(demo)
    assert anew == [counts, people]  # no call, no delivery, one list to load, and no guest
    assert again.startswith("index-daily-000001-")
    assert again != first
    assert delivered(demo) == {
        f"health-institute/{name}"
        for name in (again, again.replace(".csv", ".json"), "receipt.txt")
    }
