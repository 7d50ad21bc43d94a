"""Two answers to one question stand side by side, with who gave them; so does what came late."""

import json
import re
from typing import Any

import pytest

from runtime.people.actions import bump_epoch
from runtime.records.models import Record
from tests.unit.fill.calls import publish, small_call
from tests.unit.records.scenes import Sitting


@pytest.fixture
def record(agent: Any, client_of: Any) -> Record:
    version = publish(small_call(), code="small_call")
    client_of(agent).post(f"/app/{version.app.code}/start/")
    return Record.objects.get()


@pytest.fixture
def page(agent: Any, client_of: Any, record: Record) -> Any:
    """`page()`: the screen as the agent is given it now."""
    client = client_of(agent, headers={"accept-language": "en"})

    def now() -> str:
        return client.get(f"/record/{record.pk}/").content.decode()

    return now


def data_of(html: str) -> Any:
    return json.loads(re.search(r'id="screen-data">(.*?)</script>', html)[1])


def test_both_answers_are_there_with_who_gave_them(
    agent: Any, supervisor: Any, record: Record, page: Any
) -> None:
    ours, theirs = Sitting(record, agent), Sitting(record, supervisor)
    ours.answer("given_name", "Ann & Jo")
    theirs.answer("given_name", "Anna", seen=0)
    html = page()
    assert "<b>Anna (supervisor)</b> · <b>Ann &amp; Jo (agent)</b>" in html
    (conflict,) = data_of(html)["conflicts"]
    assert conflict == {
        "place": "given_name", "number": 2, "value": "Anna", "by": "supervisor", "other": "Ann & Jo", "other_by": "agent",
    }  # fmt: skip


def test_where_nothing_is_in_conflict_nothing_is_said(
    agent: Any, record: Record, page: Any
) -> None:
    Sitting(record, agent).answer("given_name", "Ann")
    html = page()
    assert "data-conflicts-told" not in html
    assert data_of(html)["conflicts"] == []


def test_what_came_late_stands_beside_what_is_there_now(
    agent: Any, supervisor: Any, record: Record, page: Any
) -> None:
    before, since = Sitting(record, supervisor), Sitting(record, agent)
    since.answer("given_name", "Ann")
    bump_epoch(person=supervisor.person, reason="test")
    before.answer("given_name", "Anna")
    before.answer("right_person", True)
    html = page()
    assert "<b>now: Ann</b> · <b>came late: Anna</b>" in html
    assert "<b>now: nothing</b> · <b>came late: yes</b>" in html
