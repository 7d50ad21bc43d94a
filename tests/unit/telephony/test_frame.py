"""What an agent's own telephone page tells: the same events as the webhook's, of their own leg and of nobody else's."""

import json
from typing import Any

import pytest

from runtime.audit.models import AccessLog
from runtime.telephony import actions as telephony
from runtime.telephony import frames
from runtime.telephony.links import address_for, link
from runtime.telephony.models import Call, Frame
from runtime.telephony.seats import seat_of
from runtime.telephony.sweeps import missed
from tests.unit.telephony.conftest import ADDRESS, CALLER

pytestmark = pytest.mark.django_db


@pytest.fixture
def tell(framed: Any, agent: Any, client_of: Any) -> Any:
    """`tell("newCall", callId="g-1")` by the agent's page; `by` somebody else's, `of`: whose the page is."""

    def tell(event: str = "newCall", by: Any = agent, of: Any = None, **told: Any) -> Any:
        body = {"event": event, "callId": "g-1", "direction": "in", "from": CALLER, **told}
        client = client_of(by)
        address = f"/telephone/pbx/told/?by={of.pk}" if of else "/telephone/pbx/told/"
        return client.post(address, json.dumps(body), "application/json")

    return tell


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        (ADDRESS, "https://apps.example.org"),
        ("https://apps.example.org:443/", "https://apps.example.org"),
        ("https://APPS.example.org:8443/x", "https://apps.example.org:8443"),
        ("http://127.0.0.1:9000/f", "http://127.0.0.1:9000"),
    ],
)
def test_an_address_has_one_origin(address: str, origin: str) -> None:
    assert (frames.problem(address), frames.origin(address)) == (None, origin)


@pytest.mark.parametrize(
    "address",
    [
        "http://apps.example.org/",
        "//apps.example.org/",
        "https://",
        "https://*.example.org/",
        "https://a b.example.org/",
        "https://me@apps.example.org/",
        "https://apps.example.org:99999/",
        "https://apps.example.org/;script-src *",
        "javascript:alert(1)",
        "https://apps.example.org/" + "x" * 300,
        "https://äpps.example.org/",
    ],
)
def test_no_other_address_is_shown_in_a_frame(framed: Any, address: str) -> None:
    with pytest.raises(telephony.BadSetting, match="frame"):
        telephony.keep_frame(provider=framed, address=address, client="", by=None)
    assert Frame.objects.get().address == ADDRESS


def test_a_call_told_by_the_page_is_kept_and_its_look_up_names_who_told(
    tell: Any, agent: Any, person: Any
) -> None:
    party = person(phone=CALLER)
    answers = [tell(), tell(), tell("answer", ago=5), tell("hangup", ago=2)]
    assert [one.status_code for one in answers] == [200] * 4
    assert [one.json()["known"] for one in answers] == [False, True, False, False]
    call = Call.objects.get()
    assert (call.agent, list(call.parties.all()), call.reference) == (agent, [party], "g-1")
    assert (call.hung_up_at - call.connected_at).total_seconds() < 5
    assert AccessLog.objects.get(purpose="incoming_call").by == agent


def test_a_page_that_outlived_its_person_tells_nothing_as_the_next_one(
    tell: Any, agent: Any, second_agent: Any, framed: Any
) -> None:
    telephony.add_extension(provider=framed, extension="202", name=second_agent.username, by=None)
    assert tell(by=second_agent, of=agent).status_code == 401
    assert not Call.objects.exists()
    assert tell(of=agent).status_code == 200


def test_nobody_tells_of_another_ones_call(tell: Any, second_agent: Any, framed: Any) -> None:
    telephony.add_extension(provider=framed, extension="202", name=second_agent.username, by=None)
    tell()
    tell("answer")
    assert tell("hangup", by=second_agent).status_code == 200
    first = Call.objects.get(reference="g-1")
    assert (first.hung_up_at, Call.objects.get(reference="g-1#202").rings.get()) == (
        None,
        second_agent,
    )


def test_a_call_that_rang_on_and_was_answered_elsewhere_is_not_missed(
    tell: Any, second_agent: Any, framed: Any
) -> None:
    from django.utils import timezone

    telephony.add_extension(provider=framed, extension="202", name=second_agent.username, by=None)
    tell(ago=60)
    tell("hangup", ago=40, cause="noAnswer")
    tell(by=second_agent, ago=39)
    tell("answer", by=second_agent, ago=35)
    missed(timezone.now())
    assert list(Call.objects.order_by("reference").values_list("missed", flat=True)) == [
        False,
        False,
    ]


def test_who_has_no_extension_there_tells_nothing(
    tell: Any, second_agent: Any, supervisor: Any, framed: Any
) -> None:
    assert tell(by=second_agent).status_code == 403
    assert tell(by=supervisor).status_code == 403
    telephony.set_provider_open(provider=framed, value=False, by=None)
    assert tell().status_code == 403
    telephony.set_provider_open(provider=framed, value=True, by=None)
    telephony.keep_frame(provider=framed, address="", client="", by=None)
    assert tell().status_code == 403
    assert Call.objects.count() == 0


def test_what_cannot_be_read_is_refused(tell: Any) -> None:
    told = [tell("ring"), tell(callId=""), tell(callId="x" * 121), tell(direction="up")]
    assert [one.status_code for one in told] == [400] * 4
    assert Call.objects.count() == 0


def test_a_post_without_the_pages_token_is_refused(framed: Any, agent: Any) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    body = json.dumps({"event": "newCall", "callId": "g-1"})
    assert client.post("/telephone/pbx/told/", body, "application/json").status_code == 403


def test_numbers_are_not_looked_up_by_the_hundred(tell: Any) -> None:
    told = [tell(callId=f"g-{n}", **{"from": f"+3247011{n:04}"}).status_code for n in range(62)]
    assert (told[59], told[61]) == (200, 429)


def test_a_number_is_dialled_by_the_frame_unless_its_person_chose_another_way(
    framed: Any, agent: Any, second_agent: Any
) -> None:
    assert seat_of(agent).extension == "201"
    shown = str(link(address_for(agent, CALLER)))
    assert shown.startswith(f'href="tel:{CALLER}" data-by-frame')
    assert address_for(second_agent, CALLER) == f"tel:{CALLER}"
    telephony.keep_dialling(template="sip:{number}@pbx.example.org", person=agent, by=agent)
    assert address_for(agent, CALLER) == f"sip:{CALLER}@pbx.example.org"


def test_only_the_telephone_page_may_show_the_frame(
    framed: Any, agent: Any, client_of: Any
) -> None:
    client = client_of(agent)
    policy = client.get("/telephone/").headers["Content-Security-Policy"]
    assert "frame-src https://apps.example.org;" in policy + ";"
    assert "script-src 'self'" in policy
    for address in ("/", "/settings/telephone/"):
        assert "apps.example.org" not in client.get(address).headers["Content-Security-Policy"]
