"""Taking back the last answers: from the log of one's own sitting, without JavaScript too; forged marks move nothing."""

import json
import re
import uuid
from typing import Any

from django.utils import timezone

from runtime.records import actions
from runtime.records.append import append
from runtime.records.models import Record, Session
from runtime.records.store import open_record
from runtime.records.undoing import steps_of
from tests.unit.fill.pages import send


def page_of(client: Any, record: Record) -> str:
    return str(client.get(f"/record/{record.pk}/").text)


def told(page: str) -> dict[str, Any]:
    found = re.search(r'id="screen-data">(.*?)</script>', page, re.S)
    assert found
    return dict(json.loads(found[1]))


def answers(record: Record) -> dict[str, Any]:
    return dict(open_record(record, by=None, purpose="test").state["answers"])


def notice(page: str) -> str:
    found = re.search(r'<div class="notice[^>]*><p>(.*?)</p>', page)
    return found[1] if found else ""


def test_the_button_takes_back_one_answer_after_the_other(
    agent: Any, record: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    page = page_of(client, record)
    assert 'value="undo" data-step-undo disabled' in page
    page = send(client, page, "stay", given_name="Ann").text
    page = send(client, page, right_person="true").text
    page = send(client, page, "undo").text
    assert 'id="s:opening"' in page.replace(" hidden", "")
    assert notice(page) == "Undone: The right person, was yes"
    assert answers(record) == {"given_name": "Ann"}
    page = send(client, page, "undo").text
    assert notice(page) == "Undone: Given name, was Ann"
    page = send(client, page, "undo").text
    assert notice(page) == "There is nothing of this sitting left to undo."
    page = send(client, page, "redo").text
    assert (notice(page), answers(record)) == ("Done again: Given name", {"given_name": "Ann"})


def test_what_is_posted_with_the_button_is_saved_and_taken_back_first(
    agent: Any, record: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    page = send(client, page_of(client, record), "stay", given_name="Ann").text
    again = send(client, page, "undo", given_name="Anne").text
    assert notice(again) == "Undone: Given name, was Anne"
    assert answers(record) == {"given_name": "Ann"}
    send(client, page, "undo", given_name="Anne")  # the same post once more
    kinds = [read.event["event"] for read in opened(record) if read.event.get("place")]
    assert kinds == ["answered", "answered", "answered"]


def opened(record: Record) -> Any:
    return open_record(record, by=None, purpose="test").events


def test_an_entry_comes_back_with_its_answers(agent: Any, record: Any, browser_of: Any) -> None:
    client = browser_of(agent)
    page = send(client, page_of(client, record), given_name="Ann", right_person="true").text
    page = send(client, page, sick="false").text
    page = send(client, page, "add:contacts").text
    entry = open_record(record, by=None, purpose="test").state["entries"]["contacts"][0]
    place = f"contacts/{entry}/contact_name"
    page = send(client, page, "stay", **{place: "Bo"}).text
    page = send(client, page, f"remove:contacts/{entry}").text
    assert place not in answers(record)
    page = send(client, page, "undo").text
    assert notice(page) == "Undone: Contact is there again"
    assert answers(record)[place] == "Bo"


def test_only_what_this_person_did_in_this_sitting_is_taken_back(
    agent: Any, record: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    page = page_of(client, record)
    send(client, page, "stay", given_name="Ann")
    Session.objects.update(ended_at=timezone.now(), end_reason="released")
    actions.open_session(record=record, by=agent, kind="agent", purpose="call")
    page = page_of(client, record)
    assert told(page)["steps"] == {"done": [], "undone": []}
    page = send(client, page, "undo").text
    assert notice(page) == "There is nothing of this sitting left to undo."
    assert answers(record) == {"given_name": "Ann"}


def test_what_another_one_changed_since_is_left_alone(
    agent: Any, record: Any, browser_of: Any
) -> None:
    from tests.people import make_person

    client = browser_of(agent)
    send(client, page_of(client, record), "stay", given_name="Ann")
    say(record, make_person("second", "agent"), answered("given_name", "Anna"))
    page = send(client, page_of(client, record), "undo").text
    assert "was changed since" in notice(page)
    assert answers(record) == {"given_name": "Anna"}


def answered(place: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"event": "answered", "place": place, "value": value, **more}


def say(record: Record, by: Any, *events: dict[str, Any]) -> Any:
    _session, token = actions.open_session(record=record, by=by, kind="agent", purpose="call")
    seen = len(opened(record))
    batch = [{"id": str(uuid.uuid4()), "seen": seen, "event": event} for event in events]
    return append(token, batch, timezone.now())


def test_a_forged_mark_takes_back_nothing_of_another_sitting(
    agent: Any, record: Any, browser_of: Any
) -> None:
    from tests.people import make_person

    client = browser_of(agent)
    page = send(client, page_of(client, record), "stay", given_name="Ann").text
    (step,) = told(page)["steps"]["done"]
    other = make_person("second", "agent")
    assert not say(record, other, answered("phone", "0470 12 34 56", undoes=step["id"])).refused
    mine = Session.objects.get(agent=agent)
    assert [one.id for one in steps_of(mine).done] == [step["id"]]
    theirs = Session.objects.get(agent=other)
    assert steps_of(theirs).done == []
    assert steps_of(theirs).undone == []


def test_a_mark_that_is_no_id_is_refused(agent: Any, record: Any) -> None:
    for mark in (None, 1, "x" * 41, "not an id", {"id": 1}, ["x"]):
        refused = say(record, agent, answered("given_name", "Ann", undoes=mark)).refused
        assert [row["code"] for row in refused] == ["shape"]
    assert answers(record) == {}


def test_a_read_only_question_is_not_answered_by_a_forged_undo(agent: Any, record: Any) -> None:
    refused = say(record, agent, answered("until", "2026-01-01", undoes=str(uuid.uuid4()))).refused
    assert [row["code"] for row in refused] == ["calculated"]
