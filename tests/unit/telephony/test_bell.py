"""How a page comes to hear the bell: its pass, its policy, and what the bell asks for everybody."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from runtime.telephony.bell import looking, passes
from runtime.telephony.bell.passes import Pass
from runtime.telephony.models import Call
from runtime.telephony.ringing import calls_for


@pytest.fixture
def agents(client_of: Any, agent: Any, provider: Any) -> Any:
    return client_of(agent)


@pytest.fixture
def listening(settings: Any) -> Any:
    settings.BELL_URL = "/bell/"
    return settings


def passed(agents: Any) -> Pass | None:
    return passes.read(agents.get("/calls/").headers[passes.HEADER], timezone.now())


def held(who: Pass) -> bool:
    return looking.ended([who], timezone.now()) == set()


def test_the_answer_carries_a_pass_of_this_person_in_this_session(agents, agent, listening):
    who = passed(agents)
    agent.person.refresh_from_db()  # a role that was given is another epoch
    assert who == Pass(agent.pk, agent.person.epoch, agents.session.session_key)
    assert held(who)


def test_without_a_bell_there_is_neither_pass_nor_address(agents):
    assert passes.HEADER not in agents.get("/calls/").headers
    assert b"data-bell" not in agents.get("/").content


def test_a_pass_shows_neither_session_nor_person(agents, listening):
    text = agents.get("/calls/").headers[passes.HEADER]
    assert agents.session.session_key not in text
    assert len(text) <= passes.LONGEST
    assert text != agents.get("/calls/").headers[passes.HEADER]


def test_a_pass_opens_a_line_for_a_minute_only(db):
    now = timezone.now()
    text = passes.issue(Pass(1, 1, "session"), now)
    assert passes.read(text, now + timedelta(seconds=passes.OPENS - 1)) is not None
    assert passes.read(text, now + timedelta(seconds=passes.OPENS + 1)) is None


def test_what_was_made_up_or_changed_is_no_pass(db):
    now = timezone.now()
    text = passes.issue(Pass(1, 1, "session"), now)
    other = "A" if text[20] != "A" else "B"
    tries = ["", "x", "é", text[:-1], text[:20] + other + text[21:], "A" * 900, text * 9, "____" + text]  # fmt: skip
    assert [passes.read(one, now) for one in tries] == [None] * len(tries)


def test_a_line_ends_with_the_session_it_was_opened_in(agents, client_of, agent, listening):
    who = passed(agents)
    other = client_of(agent)
    other.get("/calls/")
    Session.objects.filter(session_key=who.session).delete()
    assert not held(who)
    assert held(passed(other))


def test_a_line_ends_when_the_session_is_over(agents, listening):
    who = passed(agents)
    assert looking.ended([who], timezone.now() + timedelta(hours=13)) == {who}


def test_a_line_ends_with_the_rights_of_its_person(agents, agent, listening):
    from runtime.people.actions import bump_epoch

    who = passed(agents)
    bump_epoch(person=agent.person, reason="logout")
    assert not held(who)


def test_a_closed_account_hears_nothing(agents, agent, listening):
    who = passed(agents)
    type(agent).objects.filter(pk=agent.pk).update(is_active=False)  # no signal: as a script would
    assert not held(who)


def test_all_are_asked_for_in_two_queries(agents, listening, django_assert_num_queries):
    who = passed(agents)
    many = {who, *(Pass(100000 + n, 1, f"session-{n}") for n in range(2000))}
    with django_assert_num_queries(2):
        assert looking.ended(many, timezone.now()) == many - {who}


def test_behind_a_proxy_the_page_listens_under_its_own_origin(agents, settings):
    settings.BELL_URL, settings.BELL_PORT = "/bell/", 9000
    page = agents.get("/")
    assert b'data-bell="/bell/"' in page.content
    assert "connect-src 'self';" in page.headers["Content-Security-Policy"] + ";"


def test_without_a_proxy_the_page_may_reach_the_same_host_at_that_port_and_no_other(
    agents, settings
):
    settings.BELL_PORT = 8001
    page = agents.get("/", headers={"Host": "localhost:8000"})
    assert b'data-bell="http://localhost:8001/"' in page.content
    policy = page.headers["Content-Security-Policy"]
    assert "connect-src 'self' http://localhost:8001;" in policy + ";"


def test_pages_that_hear_no_bell_may_not_reach_it(client_of, supervisor, provider, settings):
    settings.BELL_PORT = 8001
    page = client_of(supervisor).get("/")
    assert "8001" not in page.headers["Content-Security-Policy"]
    assert b"data-bell" not in page.content


def stood(agent: Any) -> set[Any]:
    """What the bell says stands for a person, and what their box shows."""
    now = timezone.now()
    told = {call for call, _talks in looking.look(now).get(agent.pk, ())}
    assert told == {call.pk for call in calls_for(agent, now)}
    return told


def test_the_bell_looks_at_what_the_box_shows(send, agent, second_agent):
    assert stood(agent) == set()
    send("newCall")
    call = Call.objects.get()
    assert stood(agent) == {call.pk}
    assert stood(second_agent) == set()
    send("answer")
    assert stood(agent) == {call.pk}
    send("hangup")
    assert stood(agent) == set()


def test_what_rang_too_long_ago_stands_no_more_without_anything_being_told(send, agent):
    send("newCall")
    assert stood(agent)
    Call.objects.update(rang_at=timezone.now() - timedelta(minutes=4))
    assert stood(agent) == set()


def test_everybody_is_looked_at_in_one_query(send, agent, django_assert_num_queries):
    for number in range(5):
        send("newCall", callId=f"c-{number}")
    with django_assert_num_queries(1):
        assert len(looking.look(timezone.now())[agent.pk]) == 5
