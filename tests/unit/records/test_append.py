"""Appending: what is kept, what is refused and why, and that nobody is asked for more than one statement."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runtime.people.actions import bump_epoch
from runtime.records import actions
from runtime.records.append import append
from runtime.records.batch import Refusal, check_item
from runtime.records.declared import Declared
from runtime.records.models import Event, Record
from runtime.records.store.reading import late_events
from runtime.records.store.sealing import RecordKeys, open_event
from tests.definitions import definition, outcome, question, section
from tests.unit.records.scenes import Sitting

pytestmark = pytest.mark.django_db


def kept(record: Record) -> list[tuple[int, dict[str, Any]]]:
    keys = RecordKeys.of(record)
    return [
        (row.number, open_event(keys, row))
        for row in Event.objects.filter(record=record, late=False).order_by("number")
    ]


def answered(place: str, value: Any) -> dict[str, Any]:
    return {"event": "answered", "place": place, "value": value}


def test_answers_are_kept_sealed_in_their_order(sitting: Sitting, record: Record) -> None:
    told = sitting.say(
        answered("given_name", "Anna"),
        answered("ill", True),
        {"event": "cleared", "place": "given_name"},
    )
    assert (told.status, told.refused, [row["number"] for row in told.acknowledged]) == (
        200,
        [],
        [1, 2, 3],
    )
    assert kept(record) == [
        (1, answered("given_name", "Anna")),
        (2, answered("ill", True)),
        (3, {"event": "cleared", "place": "given_name"}),
    ]
    assert b"Anna" not in bytes(Event.objects.get(number=1).sealed)


def test_one_statement_appends_a_batch(sitting: Sitting) -> None:
    sitting.answer("ill", True)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        sitting.say(*(answered("given_name", f"Anna {number}") for number in range(20)))
    inserts = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(inserts) == 1


def test_sending_again_is_harmless(sitting: Sitting, record: Record) -> None:
    batch = [sitting.item(answered("ill", True)), sitting.item(answered("given_name", "Anna"))]
    first = sitting.send(batch)
    more = [*batch, sitting.item(answered("given_name", "Anne"))]
    again = sitting.send(more)
    assert again.acknowledged[:2] == first.acknowledged
    assert [number for number, _event in kept(record)] == [1, 2, 3]


def test_a_half_known_batch_keeps_its_order(sitting: Sitting, record: Record) -> None:
    batch = [sitting.item(answered("persons", str(number))) for number in range(1, 6)]
    sitting.send([batch[0], batch[2]])
    told = sitting.send(batch)
    assert {row["id"]: row["number"] for row in told.acknowledged} == dict(
        zip((item["id"] for item in batch), (1, 3, 2, 4, 5), strict=True)
    )


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("unheard_of", "x", "unknown"),
        ("until", "2021-01-01", "calculated"),
        ("file_number", "7", "read_only"),
        ("given_name", 7, "type"),
        ("given_name", ["Anna"], "type"),
        ("given_name", {"a": "b"}, "type"),
        ("given_name", True, "type"),
        ("given_name", "An\x00na", "characters"),
        ("given_name", "An\ud800na", "characters"),
        ("given_name", "x" * 2001, "too_long"),
        ("given_name", "x" * 10_000_000, "too_long"),
        ("ill", "yes", "type"),
        ("ill", 1, "type"),
        ("since", "2021-02-30", "type"),
        ("since", "01/02/2021", "type"),
        ("persons", "2.5", "type"),
        ("persons", 2, "type"),
        ("persons", float("nan"), "type"),
        ("rate", "1e400", "type"),
        ("rate", "007", "type"),
        ("colour", "green", "choice"),
        ("colours", ["red", "red"], "type"),
        ("colours", ["green"], "choice"),
        ("contact_name", "Bo", "unknown"),
        ("contacts/1/given_name", "Bo", "unknown"),
        ("contacts/A_1/contact_name", "Bo", "unknown"),
        ("contacts/contact_name", "Bo", "unknown"),
        ("a/b/c/d", "Bo", "unknown"),
        ("", "Bo", "unknown"),
        (None, "Bo", "unknown"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_a_reason(
    sitting: Sitting, record: Record, place: Any, value: Any, code: str
) -> None:
    told = sitting.say(answered(place, value), answered("ill", True))
    assert [(row["code"], bool(row["message"])) for row in told.refused] == [(code, True)]
    assert [event for _number, event in kept(record)] == [answered("ill", True)]
    assert told.status == 200


@pytest.mark.parametrize(
    "item",
    [
        None,
        7,
        "x",
        [],
        {},
        {"event": {}},
        {"id": "x", "seen": 0, "event": answered("ill", True)},
        {"id": str(uuid.uuid4()), "seen": -1, "event": answered("ill", True)},
        {"id": str(uuid.uuid4()), "seen": True, "event": answered("ill", True)},
        {"id": str(uuid.uuid4()), "seen": 2**40, "event": answered("ill", True)},
        {"id": str(uuid.uuid4()), "seen": 0, "event": "answered"},
        {"id": str(uuid.uuid4()), "seen": 0, "event": {"event": ["answered"]}},
        {"id": str(uuid.uuid4()), "seen": 0, "event": {"event": "finished", "outcome": "done"}},
        {"id": str(uuid.uuid4()), "seen": 0, "event": {"event": "reopened", "reason": "x"}},
        {
            "id": str(uuid.uuid4()),
            "seen": 0,
            "event": {"event": "refused", "code": "type", "place": "ill"},
        },
        {
            "id": str(uuid.uuid4()),
            "seen": 0,
            "event": {"event": "entry_added", "repeat": "contacts", "entry": "../x"},
        },
    ],
)
def test_what_is_no_event_is_refused_alone(sitting: Sitting, record: Record, item: Any) -> None:
    told = sitting.send([item, sitting.item(answered("ill", True))])
    assert [row["code"] for row in told.refused] == ["shape"]
    assert len(kept(record)) == 1


def test_all_refused_is_told_by_the_status(sitting: Sitting) -> None:
    assert sitting.answer("unheard_of", "x").status == 422


def test_an_unknown_section_language_or_repeat_is_refused(sitting: Sitting) -> None:
    told = sitting.say(
        {"event": "section_opened", "section": "nowhere"},
        {"event": "language_set", "language": "xx"},
        {"event": "entry_added", "repeat": "person", "entry": "1"},
    )
    assert [row["code"] for row in told.refused] == ["unknown"] * 3


def test_only_what_is_known_of_an_event_is_kept(sitting: Sitting, record: Record) -> None:
    sitting.say(
        {**answered("ill", True), "source": "prefilled", "note": "Anna", "unreadable": True}
    )
    assert kept(record) == [(1, answered("ill", True))]


def test_two_events_of_one_id_count_once(sitting: Sitting, record: Record) -> None:
    one, same = sitting.item(answered("ill", True)), uuid.uuid4()
    told = sitting.send(
        [
            one,
            one,
            sitting.item(answered("persons", "1"), id=same),
            sitting.item(answered("persons", "2"), id=same),
        ]
    )
    assert [row["code"] for row in told.refused] == ["repeated"]
    assert [event for _number, event in kept(record)] == [
        answered("ill", True),
        answered("persons", "1"),
    ]


def test_a_phone_number_is_read_on_the_server(sitting: Sitting, record: Record) -> None:
    told = sitting.say(answered("mobile", "0470 12 34 56"), answered("mobile", "seven"))
    assert [{name: row[name] for name in row if name != "id"} for row in told.acknowledged] == [
        {"number": 1, "value": "+32470123456"},
        {"number": 2, "unreadable": True},
    ]
    assert [event for _number, event in kept(record)] == [
        answered("mobile", "+32470123456"),
        {**answered("mobile", "seven"), "unreadable": True},
    ]


@pytest.mark.parametrize(
    ("place", "text"), [("since", "after the storm"), ("persons", "a dozen"), ("rate", "1,2,3")]
)
def test_a_text_that_its_box_could_not_read_is_kept_as_it_was_typed(
    sitting: Sitting, record: Record, agent: Any, place: str, text: str
) -> None:
    told = sitting.say(answered("ill", True), {**answered(place, text), "unreadable": True})
    assert [row.get("unreadable") for row in told.acknowledged] == [None, True]
    assert kept(record)[1:] == [(2, {**answered(place, text), "unreadable": True})]
    settled = actions.settle(record.id, by=agent, purpose="test")
    seen = settled.view["questions"][place]
    assert (seen["value"], settled.state["unreadable"]) == (text, [place])
    assert [problem["code"] for problem in seen["problems"]] == ["unreadable"]


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("ill", "perhaps", "type"),
        ("colour", "greenish", "choice"),
        ("colours", "red", "type"),
        ("since", 7, "type"),
        ("since", "x" * 2001, "too_long"),
        ("since", "An\x00na", "characters"),
        ("until", "soon", "calculated"),
        ("file_number", "seven", "read_only"),
        ("unheard_of", "x", "unknown"),
    ],
)
def test_the_mark_of_unread_text_opens_no_other_door(
    sitting: Sitting, record: Record, place: str, value: Any, code: str
) -> None:
    told = sitting.say({**answered(place, value), "unreadable": True})
    assert [row["code"] for row in told.refused] == [code]
    assert kept(record) == []


def test_the_servers_own_reading_wins_over_the_mark(sitting: Sitting, record: Record) -> None:
    sitting.say({**answered("mobile", "0470 12 34 56"), "unreadable": True})
    sitting.say({**answered("given_name", "Anna"), "unreadable": True})
    assert [event for _number, event in kept(record)] == [
        answered("mobile", "+32470123456"),
        answered("given_name", "Anna"),
    ]


def test_a_readable_answer_ends_the_mark(sitting: Sitting, record: Record, agent: Any) -> None:
    sitting.say({**answered("persons", "a dozen"), "unreadable": True})
    sitting.answer("persons", "12")
    settled = actions.settle(record.id, by=agent, purpose="test")
    assert (settled.state["answers"]["persons"], settled.state["unreadable"]) == ("12", [])


@pytest.mark.parametrize(
    ("place", "value"), [("given_name", "  "), ("given_name", ""), ("colours", []), ("ill", None)]
)
def test_a_blank_answer_clears(sitting: Sitting, record: Record, place: str, value: Any) -> None:
    sitting.answer(place, value)
    assert kept(record) == [(1, {"event": "cleared", "place": place})]


def test_an_answer_to_a_hidden_question_is_kept(sitting: Sitting, record: Record) -> None:
    sitting.say(answered("ill", False), answered("since", "2021-03-01"))
    assert kept(record)[1] == (2, answered("since", "2021-03-01"))


@pytest.mark.parametrize("token", ["", "x", "AAAA" * 40, "\u00e9", "a" * 5000])
def test_a_made_up_token_is_told_and_keeps_nothing(record: Record, token: str) -> None:
    told = append(token, [], timezone.now())
    assert (told.status, told.code, bool(told.message)) == (401, "token_unknown", True)


def test_a_changed_token_is_unknown(sitting: Sitting) -> None:
    for place in range(0, len(sitting.token), 7):
        letter = "A" if sitting.token[place] != "A" else "B"
        changed = sitting.token[:place] + letter + sitting.token[place + 1 :]
        assert (
            append(changed, [sitting.item(answered("ill", True))], timezone.now()).code
            == "token_unknown"
        )


def test_a_token_of_another_record_saves_nothing(sitting: Sitting, record: Record) -> None:
    told = append(
        sitting.token, [sitting.item(answered("ill", True))], timezone.now(), record=uuid.uuid4()
    )
    assert (told.status, told.code, told.acknowledged) == (403, "foreign", [])
    assert kept(record) == []


def end(sitting: Sitting) -> None:
    actions.end_session(session=sitting.session, reason="released")


def logout(sitting: Sitting) -> None:
    bump_epoch(person=sitting.by.person, reason="logout")


def close(sitting: Sitting) -> None:
    Record.objects.filter(pk=sitting.record.pk).update(closed_at=timezone.now())


def lose_lease(sitting: Sitting) -> None:
    type(sitting.session).objects.filter(pk=sitting.session.pk).update(fence=9)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        (end, "session_ended"),
        (logout, "rights_changed"),
        (close, "record_closed"),
        (lose_lease, "session_ended"),
    ],
)
def test_what_comes_after_the_end_waits_for_the_next_holder(
    sitting: Sitting, record: Record, how: Any, code: str
) -> None:
    sitting.answer("ill", True)
    how(sitting)
    batch = [sitting.item(answered("given_name", "Anna"))]
    told = sitting.send(batch)
    assert (told.status, told.code, told.late, bool(told.message)) == (409, code, 1, True)
    assert told.acknowledged == [{"id": batch[0]["id"], "number": 2, "late": True}]
    assert kept(record) == [(1, answered("ill", True))]
    assert [event for _row, event in late_events(record)] == [answered("given_name", "Anna")]
    assert sitting.send(batch).late == 1  # again: still once
    assert len(late_events(record)) == 1


def test_what_was_kept_before_the_end_is_acknowledged_after_it(sitting: Sitting) -> None:
    batch = [sitting.item(answered("ill", True))]
    first = sitting.send(batch)
    end(sitting)
    again = sitting.send(batch)
    assert (again.status, again.acknowledged) == (200, first.acknowledged)


def test_an_expired_token_keeps_what_was_typed_for_two_days(
    sitting: Sitting, record: Record
) -> None:
    batch = [sitting.item(answered("ill", True))]
    soon, too_late = (
        timezone.now() + dt.timedelta(hours=13),
        timezone.now() + dt.timedelta(hours=61),
    )
    told = sitting.send(batch, now=soon)
    assert (told.status, told.code, told.late) == (401, "token_expired", 1)
    old = sitting.send([sitting.item(answered("ill", False))], now=too_late)
    assert (old.status, old.code, old.acknowledged) == (401, "token_too_old", [])
    assert len(late_events(record)) == 1


def test_a_flood_of_late_events_stops(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runtime.records.statement._WAITING_MOST", 3)
    end(sitting)
    for _time in range(3):
        assert sitting.answer("ill", True).code == "session_ended"
    told = sitting.answer("ill", True)
    assert (told.status, told.code, told.acknowledged) == (409, "too_many_waiting", [])


def test_too_many_at_once_are_refused_whole(sitting: Sitting, record: Record) -> None:
    told = sitting.send([sitting.item(answered("ill", True)) for _ in range(501)])
    assert (told.status, told.code) == (400, "batch")
    assert kept(record) == []


def test_self_service_needs_no_user(record: Record) -> None:
    _session, token = actions.open_session(
        record=record, by=None, kind="public", purpose="self-service"
    )
    item = {"id": str(uuid.uuid4()), "seen": 0, "event": answered("ill", True)}
    assert append(token, [item], timezone.now()).status == 200


def test_an_event_moved_to_another_record_does_not_open(
    sitting: Sitting, record: Record, version: Any, agent: Any
) -> None:
    sitting.answer("ill", True)
    other = actions.start(version=version, by=agent)
    Event.objects.filter(record=record).update(record=other)
    with pytest.raises(Exception, match="not what was sealed"):
        kept(other)


def test_a_changed_column_of_what_was_seen_is_noticed(sitting: Sitting, record: Record) -> None:
    sitting.answer("ill", True)
    Event.objects.update(seen=5)
    with pytest.raises(Exception, match="not what was sealed"):
        kept(record)


DEEP = definition(
    section(
        "contacts",
        question(
            "age",
            "integer",
            constraints=[(["le", ["answer", "age"], ["value", "number", "110"]], "Sure?", True)],
        ),
        repeat=True,
    ),
    section("visits", question("hours", "integer"), repeat=True, within="contacts"),
    section("rooms", question("colour"), repeat={"count": ["value", "number", "2"]}),
    outcomes=[outcome("done")],
)
VISIT = {"event": "entry_added", "repeat": "contacts/a/visits", "entry": "b"}


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (VISIT, None),
        (answered("contacts/a/visits/b/hours", "2"), None),
        (answered("contacts/a/hours", "2"), "unknown"),
        (answered("contacts/a/visits/B!/hours", "2"), "unknown"),
        (answered("rooms/1/colour", "red"), None),
        ({**VISIT, "repeat": "visits"}, "unknown"),
        ({**VISIT, "repeat": ["contacts"]}, "unknown"),
        ({"event": "entry_added", "repeat": "rooms", "entry": "3"}, "counted"),
        ({"event": "entry_moved", "repeat": "contacts", "entry": "a", "before": None}, None),
        ({"event": "entry_moved", "repeat": "contacts", "entry": "a", "before": 7}, "shape"),
        ({"event": "overridden", "place": "contacts/a/age", "reason": "Seen the card"}, None),
        ({"event": "overridden", "place": "contacts/a/age", "reason": " "}, "shape"),
        ({"event": "overridden", "place": "contacts/a/age", "reason": "a\x00b"}, "characters"),
        ({"event": "overridden", "place": "contacts/a/age", "reason": "x" * 1001}, "too_long"),
        ({"event": "overridden", "place": "age", "reason": "x"}, "unknown"),
    ],
)
def test_places_in_deeper_repeats_and_what_is_set_aside(
    event: dict[str, Any], code: str | None
) -> None:
    if code is None:
        assert (
            check_item(
                Declared.of(DEEP), {"id": str(uuid.uuid4()), "seen": 0, "event": event}
            ).event
            == event
        )
        return
    with pytest.raises(Refusal) as refused:
        check_item(Declared.of(DEEP), {"id": str(uuid.uuid4()), "seen": 0, "event": event})
    assert refused.value.code == code
