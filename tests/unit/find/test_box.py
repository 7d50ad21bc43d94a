"""The box and its list: why a row is there, filters, where people stand, who stands together; what is not told of who calls."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from exports.documents.models import Document
from runtime.audit.models import AccessLog
from runtime.parties import actions as parties
from runtime.parties.models import Party
from runtime.queues import actions as queues
from runtime.queues.models import Campaign, Policy, Queue
from runtime.records import actions as records
from runtime.records.models import Record
from runtime.records.references import reference_of
from tests.unit.records.scenes import CALL, make_version

FACTS = {
    "given_name": "Hélène",
    "family_name": "Van den Berghe",
    "birth_date": "1985-07-30",
    "phone": "0470123456",
    "national_number": "85073003328",
}
Ask = Callable[..., str]


@pytest.fixture
def ask(client_of: Any, agent: Any) -> Ask:
    """What the page answers an agent who has something to correct."""
    client = client_of(agent)
    client.post(reverse("find"), {"purpose": "correction"})
    return lambda text, **posted: client.post(
        reverse("find"), {"text": text, **posted}
    ).content.decode()


def add(by: Any, **facts: str) -> Party:
    return parties.find_or_create(facts={**FACTS, **facts}, by=by, purpose="test")[0]


@pytest.fixture
def person(supervisor: Any) -> Party:
    return add(supervisor)


@pytest.fixture
def others(supervisor: Any, person: Party) -> list[Party]:
    """A child at the same telephone, a colleague at it, and somebody else of that name."""
    tell: list[dict[str, str]] = [
        {"given_name": "Helena", "birth_date": "2015-01-02", "national_number": ""},
        {"given_name": "Helen", "family_name": "Berghman", "birth_date": "1990-01-02", "national_number": ""},
        {"given_name": "Heleen", "phone": "0475999999", "birth_date": "1991-01-02", "national_number": ""},
    ]  # fmt: skip
    return [add(supervisor, **facts) for facts in tell]


@pytest.fixture
def work(supervisor: Any) -> Any:
    """A campaign of an app."""
    version = make_version(CALL)
    policy = Policy.objects.create(code="p", title="P")
    queue = Queue.objects.create(code="spring", title="Spring", policy=policy)
    return Campaign.objects.create(
        code="c", title="Spring calls", queue=queue, app=version.app
    ), version


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("elene berghe", "Hélène: one letter off"),
        ("berghe 30/7/85", "born on that day"),
        ("30/7/1984", "born on that day of another year"),
        ("berghe 3456", "phone number ends so"),
        ("85.07.30-033.28", "that national number"),
        ("30 juillet 1985", "Read as a date of birth: 30 July 1985"),
    ],
)
def test_a_row_says_why_it_is_there(ask: Ask, person: Party, typed: str, told: str) -> None:
    assert told in ask(typed)


def test_the_word_that_was_found_is_marked(ask: Ask, person: Party) -> None:
    assert "Hélène <mark>Van den Berghe</mark>" in ask("berghe")


def test_a_name_that_is_markup_stays_a_name(ask: Ask, supervisor: Any) -> None:
    add(supervisor, given_name="<b>Ann", family_name="O'<i>Hara", national_number="")
    answer = ask("ann hara")
    assert "<b>" not in answer
    assert "<i>" not in answer
    assert "&lt;b&gt;<mark>Ann</mark>" in answer


def test_of_who_calls_nothing_is_told_beside_the_name(
    client_of: Any, agent: Any, person: Party, others: list[Party], work: Any
) -> None:
    _campaign, version = work
    records.start(version=version, party=person, by=agent)
    Policy.objects.update(rules={"verification": {}})
    client = client_of(agent)
    client.post(reverse("find"), {"purpose": "calls_back"})
    answer = client.post(
        reverse("find"), {"text": "helena berghe 30/7/85 3456", "app": "nothing"}
    ).content.decode()
    assert "Hélène" in answer
    for told in ("born on that day", "phone number ends", "household", "last record", "Filters"):
        assert told not in answer


def test_people_of_one_telephone_stand_together(
    ask: Ask, person: Party, others: list[Party]
) -> None:
    answer = ask("0470123456")
    assert "3 people with the same phone" in answer
    assert "household" not in answer
    assert "One household? 2 people" in ask("helena van den berghe 0470123456")


def test_a_line_tells_where_somebody_stands(
    ask: Ask, agent: Any, supervisor: Any, person: Party, work: Any
) -> None:
    campaign, version = work
    records.start(version=version, party=person, by=agent)
    queues.create_item(campaign=campaign, party=person, by=supervisor, dedupe_key="one")
    answer = ask("berghe")
    assert "1 to do: Spring calls (Ready)" in answer
    assert f"last record, open: {version.app.title}, " in answer


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"app": "{app}"}, True),
        ({"app": "another"}, False),
        ({"queue": "spring"}, True),
        ({"queue": "autumn"}, False),
        ({"state": "open"}, True),
        ({"state": "closed"}, False),
        ({"state": "work"}, True),
        ({"state": "none"}, False),
        ({"since": "{today}"}, True),
        ({"until": "{yesterday}"}, False),
        ({"since": "never", "until": "x" * 999, "state": "?", "app": ""}, True),
        ({"app": "another", "clear": "1"}, True),
    ],
)
def test_filters_ask_what_there_is_about_a_person(
    filters: dict[str, str], found: bool, ask: Ask, supervisor: Any, person: Party, work: Any
) -> None:
    campaign, version = work
    records.start(version=version, party=person, by=supervisor)
    queues.create_item(campaign=campaign, party=person, by=supervisor, dedupe_key="one")
    today = timezone.localdate()
    words = {"app": version.app.code, "today": today, "yesterday": today - timedelta(days=1)}
    answer = ask("berghe", **{name: value.format(**words) for name, value in filters.items()})
    assert ("1 person found" in answer) is found
    assert ("The filters leave out 1 person who fits the words." in answer) is not found


def test_a_record_that_is_over_is_closed(
    ask: Ask, supervisor: Any, person: Party, work: Any
) -> None:
    record = records.start(version=work[1], party=person, by=supervisor)
    Record.objects.filter(pk=record.pk).update(closed_at=timezone.now())
    assert "1 person found" in ask("berghe", state="closed")
    assert "last record: " in ask("berghe")


def test_who_is_found_by_nobody_hears_what_to_try(ask: Ask, person: Party) -> None:
    answer = ask("quintens")
    assert "Nobody was found." in answer
    assert "What to try" in answer
    assert "Take the filters away." not in answer


def test_too_many_are_counted_and_ten_are_shown(ask: Ask, supervisor: Any) -> None:
    for number in range(12):
        add(
            supervisor, birth_date=f"1985-07-{number + 1:02}", national_number=f"850730{number:05}"
        )
    answer = ask("berghe helene")
    assert answer.count('class="hit"') == 10
    assert "12 people fit; the best 10 are shown" in answer


def test_the_reference_of_a_record_beside_other_words_finds_its_person(
    ask: Ask, agent: Any, person: Party, work: Any
) -> None:
    record = records.start(version=work[1], party=person, by=agent)
    answer = ask(f"berghe {reference_of(record.pk)}")
    assert "a record has that reference" in answer
    assert "H••• V•••" in answer
    assert "Berghe</" not in answer


def test_the_number_of_a_document_finds_its_person(
    ask: Ask, agent: Any, person: Party, work: Any
) -> None:
    record = records.start(version=work[1], party=person, by=agent)
    Document.objects.create(
        number="2026-000123", code=uuid.uuid4().hex, template=work[1], record=record, party=person,
        language="en", sealed=b"x", issued_at=timezone.now(),
    )  # fmt: skip
    answer = ask("2026-000123")
    assert "a document has that number" in answer
    assert "H••• V•••" in answer
    assert AccessLog.objects.filter(deed="search", by=agent, detail="reference").exists()
    assert "Nobody was found." in ask("2026-000124")


@pytest.mark.parametrize(
    "typed", ["%", "***", "_%_", "\x00\x01", "\u202e\u200b", "🙂🙂", "[[[", "' -- ;"]
)
def test_what_says_nothing_is_answered_with_what_to_type(
    typed: str, ask: Ask, person: Party
) -> None:
    answer = ask(f"{typed} ")
    assert "Type two letters of a name at least" in answer
    assert 'class="hit"' not in answer


@pytest.mark.parametrize("typed", ["a" * 10_240, "berghe " * 2000, "12/3/" * 2000, "9" * 10_240])
def test_a_long_text_is_read_at_its_beginning_and_that_is_said(
    typed: str, ask: Ask, person: Party
) -> None:
    answer = ask(typed)
    assert "Only the beginning of this long text was read." in answer
    assert len(answer) < 20_000


@pytest.mark.parametrize("typed", ["Веrghе", "van den bеrghе", "\u202eberghe", "b\u200berghe"])
def test_letters_that_only_look_alike_and_signs_nobody_sees_find_all_the_same(
    typed: str, ask: Ask, person: Party
) -> None:
    assert "1 person found" in ask(typed)
