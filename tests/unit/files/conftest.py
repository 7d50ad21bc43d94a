"""A form that asks for files, a record of it, somebody who sits at it."""

import uuid
from typing import Any

import pytest

from tests.definitions import data, outcome, question, section

ITEMS = (
    question("letter", "file", label="Letter"),
    question("scan", "file", settings={"accepts": "pictures", "largest": 1}),
    question("arm", "photo", clearance="sensitive", settings={"longest_side": 400}),
    question("signed", "signature"),
    question("fixed", "file", read_only=True),
    question("ill", "yes_no"),
    question("proof", "file", relevance=["answer", "ill"]),
    question("remark"),
)


def form() -> dict[str, Any]:
    """What the tests of this folder are about."""
    return data(
        section("one", *ITEMS),
        section("people", question("card", "photo"), repeat=True),
        outcomes=[outcome("done", complete=False)],
    )


@pytest.fixture
def version(db: None) -> Any:
    from tests.unit.fill.calls import publish

    return publish(form(), code="files")


@pytest.fixture
def record(version: Any, agent: Any) -> Any:
    from runtime.records import actions

    return actions.start(version=version, by=agent)


@pytest.fixture
def sitting(record: Any, agent: Any) -> Any:
    from tests.unit.records.scenes import Sitting

    return Sitting(record, agent)


@pytest.fixture
def keep(sitting: Any) -> Any:
    """`keep("letter", data, name)`: what the server makes of a file that is sent in this sitting."""
    from django.utils import timezone

    from runtime.records import files
    from runtime.records.uploads import Sent

    def send(question: str, sent: bytes, name: str = "letter.pdf", **more: Any) -> Any:
        what = Sent(more.get("id") or uuid.uuid4(), question, sent, name)
        now = more.get("now") or timezone.now()
        token, record = more.get("token", sitting.token), more.get("record", sitting.record.pk)
        return files.keep(token, what, now, record=record)

    return send
