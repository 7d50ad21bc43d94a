"""Replaying a record as it went: at the version and in the language of the moment, with what is veiled veiled, logged before anything."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.records import actions
from runtime.records.append import append
from runtime.records.models import Event, Record
from runtime.records.store import replaying
from tests.people import make_person
from tests.traces import shown_in
from tests.unit.fill.calls import publish, small_call

pytestmark = pytest.mark.django_db
SECRET = "2026-01-05"  # the first symptoms of somebody who is sick


@pytest.fixture
def version() -> Any:
    return publish(small_call(), code="small_call")


@pytest.fixture
def record(version: Any, agent: Any) -> Record:
    """Begun in English, gone on with in French; sick since a day; closed."""
    made = actions.start(version=version, by=agent)
    say(
        made,
        agent,
        answered("given_name", "Ann"),
        answered("right_person", True),
        {"event": "section_opened", "section": "symptoms"},
        answered("sick", True),
        {"event": "language_set", "language": "fr"},
        answered("onset", SECRET),
    )
    actions.settle(made.pk, by=agent, purpose="test")
    return made


def answered(place: str, value: Any) -> dict[str, Any]:
    return {"event": "answered", "place": place, "value": value}


def say(record: Record, by: Any, *events: dict[str, Any], seen: int | None = None) -> Any:
    session, token = actions.open_session(record=record, by=by, kind="agent", purpose="test")
    number = Event.objects.filter(record=record).count() if seen is None else seen
    batch = [{"id": str(uuid.uuid4()), "seen": number, "event": event} for event in events]
    told = append(token, batch, timezone.now())
    assert told.refused == []
    return session, token


@pytest.fixture
def client(supervisor: Any, client_of: Any) -> Any:
    return client_of(supervisor, headers={"accept-language": "en"})


def begin(client: Any, record: Record, **posted: str) -> str:
    """The address of the beginning, without its step."""
    answer = client.post(f"/record/{record.pk}/replay/", {"purpose": "quality", **posted})
    assert answer.status_code == 302, answer.content
    return str(answer["Location"]).rsplit("/", 2)[0]


def frame(page: str) -> str:
    return page[page.index("<fieldset") : page.index("replay-steps")]


def test_the_purpose_comes_first_and_is_logged_before_anything_is_shown(
    client: Any, record: Record, supervisor: Any
) -> None:
    asked = client.get(f"/record/{record.pk}/replay/").text
    assert "Why do you replay this record?" in asked
    assert "Given name" not in asked
    for purpose in ("", "none", "calls_back"):
        assert client.post(f"/record/{record.pk}/replay/", {"purpose": purpose}).status_code == 400
    assert not AccessLog.objects.filter(by=supervisor).exists()
    begin(client, record)
    row = AccessLog.objects.get(by=supervisor)
    assert (row.deed, row.purpose, row.record, row.subject) == (
        "replay", "quality", record.pk, record.subject,
    )  # fmt: skip


def test_where_the_log_cannot_be_written_nothing_is_shown(
    client: Any, record: Record, monkeypatch: Any
) -> None:
    from django.db import DatabaseError

    def broken(**_: Any) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(replaying, "log_access", broken)
    client.raise_request_exception = False
    answer = client.post(f"/record/{record.pk}/replay/", {"purpose": "quality"})
    assert answer.status_code >= 500
    assert shown_in(answer.text, "Ann") == []
    assert client.get(f"/record/{record.pk}/replay/1/3/").status_code == 302


def test_each_step_shows_the_screen_as_it_was(client: Any, record: Record) -> None:
    at = begin(client, record)
    start = client.get(f"{at}/0/").text
    assert "Before anything happened" in start
    assert 'value="Ann"' not in start
    first = client.get(f"{at}/1/").text
    assert 'value="Ann"' in frame(first)
    assert "Good day, am I speaking with Ann?" in frame(first)
    assert "answered: Given name" in first
    english, french = (client.get(f"{at}/{step}/").text for step in (4, 5))
    assert "How do you feel today?" in frame(english)
    assert "Comment vous sentez-vous ?" in frame(french)
    assert "Step 5 of 6" in french
    assert "Step 6 of 6" in client.get(f"{at}/9999999/").text
    assert "Step 2 of 6" in client.get(f"{at}/0/?to=2").text
    other = client.get(f"{at}/6/?section=opening").text
    assert 'value="Ann"' in frame(other)


def test_nothing_of_the_screen_can_be_sent(client: Any, record: Record) -> None:
    page = client.get(f"{begin(client, record)}/6/").text
    assert '<fieldset class="replayed" disabled>' in page
    assert "screen-data" not in page
    assert "csrfmiddlewaretoken" not in frame(page)
    assert client.post(f"{begin(client, record)}/6/").status_code == 405


def test_what_is_veiled_is_in_no_page(client: Any, record: Record, supervisor: Any) -> None:
    at = begin(client, record)
    for step in range(7):
        for section in ("opening", "symptoms", "closing"):
            page = client.get(f"{at}/{step}/?section={section}").text
            assert not re.search(r'name="a:sick"[^>]*checked', page)
    shown = client.get(f"{at}/6/").text
    assert "Veiled: A des symptômes" in shown
    assert shown_in(re.sub(r"<[^>]+>", "", shown[: shown.index("<main")]), "Ann") == []
    unveiled = begin(client, record, unveil="1")
    assert re.search(r'name="a:sick"[^>]*checked', client.get(f"{unveiled}/6/").text)
    assert AccessLog.objects.filter(by=supervisor, deed="replay", detail="unveil").count() == 1


def test_what_follows_from_a_veiled_answer_is_veiled_too(agent: Any, client: Any) -> None:
    from tests.definitions import calculation, data, line, outcome, question, section

    script = data(
        section(
            "one",
            question("illness", clearance="sealed"),
            question("guess", default=["answer", "illness"]),
            line("told", "You have {illness}, {name}; {twice}."),
            question("name"),
            calculation("twice", "text", ["answer", "illness"], label="Twice", shown=True),
            question(
                "sure",
                "yes_no",
                constraints=[
                    (
                        ["ne", ["answer", "illness"], ["value", "text", "measles"]],
                        "Not with {illness}.",
                    )
                ],
            ),
        ),
        outcomes=[outcome("end")],
    )
    made = actions.start(version=publish(script, code="ill"), by=agent)
    say(
        made,
        agent,
        answered("illness", "measles"),
        answered("name", "Ann"),
        answered("sure", True),
    )
    at = begin(client, made)
    page = client.get(f"{at}/3/").text
    assert "measles" not in page
    assert "You have ••••, ••••; ••••." in page
    assert 'value="Ann"' in page
    assert "measles" in client.get(f"{begin(client, made, unveil='1')}/3/").text


def test_an_auditor_replays_and_never_unveils(
    record: Record, auditor: Any, client_of: Any
) -> None:
    client = client_of(auditor, headers={"accept-language": "en"})
    at = begin(client, record, unveil="1")
    page = client.get(f"{at}/6/").text
    assert not re.search(r'name="a:sick"[^>]*checked', page)
    assert "Show them" not in page
    assert AccessLog.objects.get(by=auditor).detail == ""


@pytest.mark.parametrize("role", ["agent", "editor", "data_officer", "admin", "trainer", ""])
def test_nobody_else_replays(record: Record, client_of: Any, client: Any, role: str) -> None:
    at = begin(client, record)
    other = client_of(make_person("someone", *([role] if role else [])))
    for address in (f"/record/{record.pk}/replay/", f"{at}/1/"):
        assert other.get(address).status_code == 403
    assert other.post(f"/record/{record.pk}/replay/", {"purpose": "quality"}).status_code == 403


def test_a_row_of_the_log_is_good_for_its_person_its_record_and_an_hour(
    record: Record, version: Any, agent: Any, client: Any, client_of: Any, auditor: Any, monkeypatch: Any
) -> None:  # fmt: skip
    at = begin(client, record)
    log = at.rsplit("/", 1)[1]
    other = actions.start(version=version, by=agent)
    say(other, agent, answered("given_name", "Zoe"))
    asks = [
        client_of(auditor).get(f"{at}/1/"),  # somebody else's
        client.get(f"/record/{other.pk}/replay/{log}/1/"),  # of another record
        client.get(f"/record/{record.pk}/replay/{int(log) + 1}/1/"),  # guessed
        client.get(f"/record/{record.pk}/replay/999999999999/1/"),
    ]
    opening = AccessLog.objects.filter(deed="open").order_by("pk").first()
    assert opening
    asks.append(client.get(f"/record/{record.pk}/replay/{opening.pk}/1/"))
    monkeypatch.setattr(replaying, "LASTS", timedelta(0))
    asks.append(client.get(f"{at}/1/"))
    assert {(one.status_code, "Ann" in one.text, "Zoe" in one.text) for one in asks} == {
        (302, False, False)
    }


def test_a_lost_right_ends_a_replay(record: Record, client: Any, supervisor: Any) -> None:
    from runtime.people.actions import set_roles

    at = begin(client, record)
    assert client.get(f"{at}/1/").status_code == 200
    set_roles(person=supervisor.person, roles=["agent"], by=supervisor)
    assert client.get(f"{at}/1/").status_code in {302, 403}
    assert shown_in(client.get(f"{at}/1/").text, "Ann") == []


def test_a_record_that_is_not_there_and_a_lesson_are_not_replayed(client: Any, agent: Any) -> None:
    from tests.unit.fill.calls import small_lesson

    assert client.get(f"/record/{uuid.uuid4()}/replay/").status_code == 404
    lesson = actions.start(
        version=publish(small_lesson(), code="masks"), by=agent, kind="practice"
    )
    assert client.get(f"/record/{lesson.pk}/replay/").status_code == 404
    assert client.post(f"/record/{lesson.pk}/replay/", {"purpose": "quality"}).status_code == 404


def test_an_erased_record_shows_nothing(version: Any, agent: Any, client: Any) -> None:
    from runtime.parties.actions import erase, find_or_create

    facts = {"given_name": "Ann", "family_name": "Maes", "phone": "+32470123456"}
    party, _new = find_or_create(facts=facts, by=None, purpose="test")
    made = actions.start(version=version, by=agent, party=party)
    say(made, agent, answered("given_name", "Ann"))
    at = begin(client, made)
    erase(party=party, by=agent, purpose="data_subject")
    client.raise_request_exception = False
    gone = client.get(f"{at}/1/")
    assert gone.status_code in {404, 410, 503}
    assert 'value="Ann"' not in gone.text


def test_late_and_conflicting_events_are_marked(record: Record, agent: Any, client: Any) -> None:
    session, token = actions.open_session(record=record, by=agent, kind="agent", purpose="test")
    say(record, make_person("second", "agent"), answered("given_name", "Anna"), seen=0)
    actions.end_session(session=session, reason="test")
    batch = [{"id": str(uuid.uuid4()), "seen": 6, "event": answered("given_name", "Anne")}]
    assert append(token, batch, timezone.now()).late == 1
    at = begin(client, record)
    page = client.get(f"{at}/7/").text
    assert "stood against another answer" in page
    assert "second" in page
    late = client.get(f"{at}/8/?section=opening").text
    assert "came late, waits" in late
    assert 'value="Anna"' in frame(late)
    assert 'value="Anne"' not in late


def test_a_carried_over_record_is_shown_under_the_version_of_the_moment(
    record: Record, version: Any, agent: Any, client: Any
) -> None:
    from runtime.records.models import Session
    from tests.unit.records.newer import release

    Session.objects.update(ended_at=timezone.now(), end_reason="released")
    script = small_call()
    script["sections"][0]["items"][2]["label"] = {"en": "First name", "fr": "Nom premier"}
    carried(record, release(version, "now", script, {}).version)
    at = begin(client, record)
    before = client.get(f"{at}/1/").text
    assert "v1</span>" in before
    assert "Given name" in frame(before)
    after = client.get(f"{at}/7/?section=opening").text
    assert "v2</span>" in after
    assert "Nom premier" in frame(after)
    assert "version 1 to 2" in after


def carried(record: Record, newer: Any) -> None:
    from runtime.records import following

    following.carry_on(timezone.now())
    record.refresh_from_db()
    assert record.version == newer


def test_five_thousand_events_stay_usable(version: Any, agent: Any, client: Any) -> None:
    made = actions.start(version=version, by=agent)
    for part in range(10):
        say(made, agent, *(answered("given_name", f"Ann {part} {at}") for at in range(500)))
    at = begin(client, made)
    client.get(f"{at}/5000/")
    page = client.get(f"{at}/4990/").text
    assert 'value="Ann 9 489"' in page
    assert page.count("<li value=") <= 41
    assert len(page) < 100_000
