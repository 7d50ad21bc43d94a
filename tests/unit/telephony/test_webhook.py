"""The door of telephone systems: what is signed and fresh counts, once, in whatever order; everything else is refused clearly."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, connection, transaction

from runtime.audit.models import AccessLog
from runtime.parties.actions import erase
from runtime.queues import actions as queues
from runtime.telephony import payload, signing
from runtime.telephony.models import Call, CallEvent
from runtime.telephony.sealed import open_number
from tests.unit.telephony.conftest import CALLER

pytestmark = pytest.mark.django_db


def test_a_call_is_kept_with_its_number_sealed_and_its_look_up_logged(
    send: Any, person: Any
) -> None:
    party = person(phone=CALLER)
    answer = send()
    call = Call.objects.get()
    assert (answer.status_code, answer.json()["known"]) == (200, False)
    assert open_number(call.pk, bytes(call.sealed)) == CALLER
    assert CALLER.encode() not in bytes(call.sealed)
    assert list(call.parties.all()) == [party]
    assert [user.username for user in call.rings.all()] == ["agent"]
    logged = AccessLog.objects.get(purpose="incoming_call")
    assert (logged.deed, logged.detail) == ("search", "phone")


@pytest.mark.parametrize(
    "written",
    [
        "0470 11 12 22",
        "32470111222",
        "0032470111222",
        "tel:+32470111222",
        "sip:+32470111222@pbx.invalid;user=phone",
    ],
)
def test_a_number_is_known_however_it_is_written(send: Any, person: Any, written: str) -> None:
    party = person(phone=CALLER)
    send(**{"from": written})
    assert list(Call.objects.get().parties.all()) == [party]


def test_what_is_told_twice_counts_once(send: Any) -> None:
    stamp = int(time.time())
    first, second = send(stamp=stamp), send(stamp=stamp)
    third = send(**{"from": "+32470999888"})  # the same event, another body: the first one stands
    assert [one.json()["known"] for one in (first, second, third)] == [False, True, True]
    assert (Call.objects.count(), CallEvent.objects.count()) == (1, 1)
    assert len({one.json()["call"] for one in (first, second, third)}) == 1


@pytest.mark.parametrize(
    "order",
    [
        ("newCall", "answer", "hangup"),
        ("hangup", "answer", "newCall"),
        ("answer", "hangup", "newCall"),
    ],
)
def test_the_order_of_arrival_changes_nothing(send: Any, order: tuple[str, ...]) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    at = {
        "newCall": now - timedelta(seconds=60),
        "answer": now - timedelta(seconds=50),
        "hangup": now - timedelta(seconds=10),
    }
    for event in order:
        assert send(event, at=at[event].isoformat(), cause="normalClearing").status_code == 200
    call = Call.objects.get()
    assert (call.rang_at, call.connected_at, call.hung_up_at) == tuple(
        at[one] for one in ("newCall", "answer", "hangup")
    )
    assert call.agent.username == "agent"


def test_a_hangup_alone_makes_a_call_that_is_over(send: Any) -> None:
    send("hangup", cause="cancel")
    call = Call.objects.get()
    assert call.hung_up_at is not None
    assert call.rang_at <= call.hung_up_at


@pytest.mark.parametrize(
    "at",
    [
        "2019-01-01T00:00:00+00:00",
        "2999-01-01T00:00:00Z",
        "yesterday",
        "2026-03-04T10:00:00",
        1e300,
        "9" * 400,
        True,
    ],
)
def test_a_moment_that_cannot_be_is_ours(send: Any, at: Any) -> None:
    assert send(at=at).status_code == 200
    event = CallEvent.objects.get()
    assert event.clock_off
    assert event.at == event.received_at


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_signature_of_another_hour_is_refused_and_says_so(send: Any, hours: int) -> None:
    answer = send(stamp=int(time.time()) + hours * 3600)
    assert (answer.status_code, answer.json()["code"]) == (401, "clock")
    assert "five minutes" in answer.json()["message"]
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "signature", ["", "v1=", "v1=" + "0" * 64, "v2=" + "0" * 64, "é", "v1=" + "0" * 100_000]
)
def test_what_is_not_signed_is_refused(send: Any, signature: str) -> None:
    answer = send(signature=signature)
    assert (answer.status_code, answer.json()["code"]) == (401, "signature")
    assert not Call.objects.exists()


def test_another_providers_key_a_former_key_and_a_changed_body_are_refused(
    send: Any, key: bytes, provider: Any
) -> None:
    from runtime.telephony.actions import renew_key, set_provider_open
    from runtime.telephony.sealed import provider_key

    stamp = int(time.time())
    body = b'{"event": "newCall", "callId": "c-1"}'
    foreign = signing.sign(provider_key("other", 1), stamp, body)
    changed = signing.sign(key, stamp, body + b" ")
    assert send(stamp=stamp, body=body, signature=foreign).status_code == 401
    assert send(stamp=stamp, body=body, signature=changed).status_code == 401
    good = signing.sign(key, stamp, body)
    assert send(stamp=stamp, body=body, signature=f"{foreign},{good}").status_code == 200
    renew_key(provider=provider, by=None)
    assert send().status_code == 401
    set_provider_open(provider=provider, value=False, by=None)
    assert send().status_code == 401


def test_a_provider_nobody_made_is_answered_like_a_wrong_signature(client: Any, send: Any) -> None:
    wrong, unknown = (
        send(signature="v1=0"),
        client.post(
            "/telephony/nobody/call/",
            b"{}",
            content_type="application/json",
            headers={"Accept-Language": "en"},
        ),
    )
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())


@pytest.mark.parametrize(
    ("told", "member"),
    [
        ({"event": "ring"}, "event"), ({"event": None}, "event"), ({"event": ["newCall"]}, "event"),
        ({"callId": ""}, "callId"), ({"callId": "a\x00b"}, "callId"), ({"callId": "x" * 251}, "callId"), ({"callId": {"a": 1}}, "callId"),
        ({"direction": "sideways"}, "direction"), ({"from": "1" * 101}, "from"),
        ({"user": ["x" * 101]}, "user"), ({"user": [str(n) for n in range(99)]}, "user"), ({"user": [{"a": 1}]}, "user"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(send: Any, told: dict[str, Any], member: str) -> None:
    answer = send(**told)
    assert (answer.status_code, answer.json()["member"]) == (400, member)
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 9000,
        b'{"event": NaN}',
        b'"' + b"x" * 20_000 + b'"',
        b'{"event":"newCall","callId":"\\ud800"}',
    ],
)
def test_a_body_that_is_no_event_is_refused(send: Any, body: bytes) -> None:
    assert send(body=body).status_code in {400, 413}
    assert not Call.objects.exists()


def test_a_form_is_read_as_json_is(send: Any) -> None:
    form = [
        ("event", "newCall"),
        ("callId", "7"),
        ("direction", "in"),
        ("from", CALLER),
        ("user[]", "201"),
        ("user[]", "nobody"),
    ]
    answer = send(body=urlencode(form).encode(), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert [user.username for user in Call.objects.get().rings.all()] == ["agent"]


@pytest.mark.parametrize(
    "number", ["anonymous", "", "Unknown", "*31#", "4711", "DROP TABLE", "+999999999999999"]
)
def test_an_unknown_number_has_no_candidates_and_is_no_mistake(
    send: Any, person: Any, number: str
) -> None:
    person()
    assert send(**{"from": number}).status_code == 200
    assert not Call.objects.get().parties.exists()


def test_a_call_id_that_holds_the_number_is_kept_blind(send: Any) -> None:
    send(callId="sip-0470111222-x")
    assert send("hangup", callId="sip-0470111222-x", **{"from": ""}).status_code == 200
    call = Call.objects.get()
    assert "111222" not in call.reference
    assert call.events.count() == 2


def test_what_was_told_only_grows(send: Any) -> None:
    send()
    for statement in (
        "UPDATE telephony_callevent SET event = 'x'",
        "DELETE FROM telephony_callevent",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_who_is_erased_leaves_no_number(send: Any, person: Any, agent: Any) -> None:
    party = person(phone=CALLER)
    send()
    erase(party=party, by=agent, purpose="data_subject")
    call = Call.objects.get()
    assert (call.sealed, call.blind) == (None, None)


def test_an_outgoing_call_is_the_attempt_at_the_item_in_hand(
    send: Any, item: Any, queue: Any, agent: Any, person: Any
) -> None:
    from django.utils import timezone

    made = item(party=person(phone=CALLER))
    queues.claim(queue=queue, by=agent, now=timezone.now())
    now = datetime.now(UTC).replace(microsecond=0)
    moments = {"newCall": -60, "answer": -48, "hangup": -8}
    for event, seconds in moments.items():
        send(
            event,
            direction="out",
            to=CALLER,
            at=(now + timedelta(seconds=seconds)).timestamp(),
            **{"from": "+3225550000"},
        )
    attempt = made.attempt_rows.get()
    assert (attempt.provider_call, attempt.direction) == ("pbx:c-1", "out")
    assert (attempt.ring_seconds, attempt.talk_seconds) == (12, 40)
    assert attempt.contact_point.party_id == made.party_id
    assert attempt.ended_at is None  # how it ended is for the agent to say


def test_a_call_to_somebody_else_is_no_attempt(
    send: Any, item: Any, queue: Any, agent: Any
) -> None:
    from django.utils import timezone

    made = item()
    queues.claim(queue=queue, by=agent, now=timezone.now())
    send(direction="out", to="+32470999888")
    assert not made.attempt_rows.exists()


def test_reading_never_raises() -> None:
    now = datetime(2026, 3, 4, tzinfo=UTC)
    for body in (
        b'{"event":"newCall","callId":1,"user":[[1]]}',
        b'{"at":{}}',
        b'{"event":"hangup","callId":"1","cause":[]}',
    ):
        assert isinstance(payload.read(body, "application/json", now), payload.Bad | payload.Told)
