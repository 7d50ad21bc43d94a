"""Records are found by the answers that editors made searchable, as they count, by who may see them."""

import copy
import json
import uuid
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from builder.definition import dump, load
from builder.models import App, Version
from builder.question_types import TYPES, WAYS
from builder.signals import published
from runtime.audit.models import AccessLog
from runtime.outbox import sweeps
from runtime.parties import actions as parties
from runtime.records import actions as records
from runtime.records.erasing import erase_record
from runtime.records.models import Record
from runtime.search import ways
from runtime.search.answers import find_records, index_record
from runtime.search.catching_up import standing
from runtime.search.models import SearchEntry
from runtime.search.query import digits
from tests.unit.records.scenes import CALL, Sitting, finish, make_version, question, settle

SEES = ("open", "personal")
PURPOSE = "callback"
ASKED = {
    "given_name": "name",
    "mobile": "phone",
    "since": "date",
    "persons": "number",
    "file_number": "number",
    "contact_name": "name",
    "remark": "words",
    "mail": "exact",
}


def call_with(asked: dict[str, str], **clearances: str) -> dict[str, Any]:
    call = copy.deepcopy(CALL)
    call["sections"][0]["items"] += [question("remark", "long_text"), question("mail", "email")]
    for section in call["sections"]:
        for item in section["items"]:
            name = item.get("name", "")
            if name in asked:
                item["searchable"] = asked[name]
            if name in clearances:
                item["clearance"] = clearances[name]
    return call


@pytest.fixture
def version(db: None) -> Version:
    return make_version(call_with(ASKED))


@pytest.fixture
def answered(version: Version, agent: Any) -> Callable[..., Any]:
    """`answered(mobile="..")`: a settled record with these answers, and the sitting at it."""

    def make(of: Version = version, party: Any = None, **answers: Any) -> Sitting:
        sitting = Sitting(records.start(version=of, by=agent, party=party), agent)
        for place, value in answers.items():
            sitting.answer(place, value)
        settle(sitting.record, agent)
        return sitting

    return make


def found(text: str, by: Any, sees: Any = SEES) -> list[tuple[uuid.UUID, str]]:
    hits = find_records(text, by, PURPOSE, sees)
    return [(hit.record_id, hit.by.question) for hit in hits]


def next_version(app: App, definition: dict[str, Any], by: Any) -> Version:
    made = Version.objects.create(
        app=app,
        number=app.versions.count() + 1,
        sha256=uuid.uuid4().hex * 2,
        definition=dump(load(json.dumps(definition))),
        created_at=timezone.now(),
    )
    published.send(sender=App, version=made, by=by)
    return made


def test_every_way_that_is_offered_is_known_here() -> None:
    assert list(ways.WAYS) == list(WAYS)


@pytest.mark.parametrize(
    ("question", "value", "typed"),
    [
        ("given_name", "Vandenberghe", "van den berge"),
        ("given_name", "Quintens", "quintins"),
        ("mobile", "+32470123456", "0470 12 34 56"),
        ("mobile", "+32470123456", "123456"),
        ("persons", "48213", "48213"),
        ("file_number", "AB-2026/00417", "ab 2026 00417"),
        ("file_number", "AB-2026/00417", "00417"),
        ("remark", "She lost the blue umbrella in Ghent", "umbrella ghent"),
        ("mail", "anna@example.org", "ANNA@example.org"),
    ],
)
def test_a_record_of_nobody_known_is_found_by(
    question: str, value: str, typed: str, version: Version, agent: Any
) -> None:
    prefill = {question: value} if question == "file_number" else {}
    sitting = Sitting(records.start(version=version, by=agent, prefill=prefill), agent)
    if not prefill:
        sitting.answer(question, value)
    settle(sitting.record, agent)
    assert found(typed, agent) == [(sitting.record.pk, question)]


def test_another_answer_finds_nothing(answered: Any, agent: Any) -> None:
    answered(mobile="+32470123456", mail="anna@example.org", remark="the blue umbrella")
    for typed in ("0470 12 34 57", "anna@example.com", "umbrella green", "12 34"):
        assert found(typed, agent) == []


def test_entries_of_a_repeat_are_found(answered: Any, agent: Any) -> None:
    sitting = answered()
    entry = uuid.uuid4().hex[:8]
    sitting.say({"event": "entry_added", "repeat": "contacts", "entry": entry})
    sitting.answer(f"contacts/{entry}/contact_name", "Zwaenepoel")
    settle(sitting.record, agent)
    assert found("zwanepoel", agent) == [(sitting.record.pk, "contact_name")]


def test_a_hidden_answer_is_not_in_the_index(answered: Any, agent: Any) -> None:
    sitting = answered(ill=True, since="2026-03-16")
    assert found("16/03/2026", agent) == [(sitting.record.pk, "since")]
    sitting.answer("ill", False)
    settle(sitting.record, agent)
    assert found("16/03/2026", agent) == []


def test_a_changed_or_cleared_answer_leaves_no_token_of_the_one_before(
    answered: Any, agent: Any
) -> None:
    sitting = answered(mobile="+32470123456")
    sitting.answer("mobile", "+32470999999")
    settle(sitting.record, agent)
    assert found("0470123456", agent) == []
    assert found("0470999999", agent) == [(sitting.record.pk, "mobile")]
    sitting.say({"event": "cleared", "place": "mobile"})
    settle(sitting.record, agent)
    assert not SearchEntry.objects.filter(record=sitting.record.pk).exists()


def test_an_amendment_is_found(answered: Any, agent: Any) -> None:
    sitting = answered(mobile="+32470123456")
    finish(sitting.record, agent, "refused")
    record = Record.objects.get(pk=sitting.record.pk)
    records.reopen(record, reason="another number was meant", by=agent)
    Sitting(record, agent).answer("mobile", "+32470999999")
    settle(record, agent)
    assert (found("0470123456", agent), len(found("0470999999", agent))) == ([], 1)


def test_a_record_that_finds_its_person_is_found_still(answered: Any, agent: Any) -> None:
    sitting = answered(given_name="Luc", mobile="+32470123456")
    finish(sitting.record, agent)
    record = Record.objects.get(pk=sitting.record.pk)
    assert record.party_id is not None
    (hit,) = find_records("0470123456", agent, PURPOSE, SEES)
    assert (hit.record_id, hit.party_id) == (record.pk, record.party_id)


def test_a_question_above_the_clearance_is_not_searched(agent: Any) -> None:
    version = make_version(call_with({"mail": "exact"}, mail="sensitive"))
    sitting = Sitting(records.start(version=version, by=agent), agent)
    sitting.answer("mail", "anna@example.org")
    settle(sitting.record, agent)
    assert found("anna@example.org", agent) == []
    assert found("anna@example.org", agent, (*SEES, "sensitive")) == [(sitting.record.pk, "mail")]


def test_an_erased_record_or_person_is_not_found(
    answered: Any, agent: Any, supervisor: Any
) -> None:
    sitting = answered(mail="anna@example.org")
    finish(sitting.record, agent, "refused")
    assert erase_record(record=Record.objects.get(pk=sitting.record.pk), by=agent, purpose="test")
    facts = {"given_name": "Luc", "family_name": "Quintens", "phone": "0470 12 34 56"}
    luc, _ = parties.find_or_create(facts=facts, by=supervisor, purpose="test")
    answered(party=luc, mail="luc@example.org")
    assert len(found("luc@example.org", agent)) == 1
    parties.erase(party=luc, by=supervisor, purpose="erasure")
    assert found("anna@example.org", agent) + found("luc@example.org", agent) == []
    assert not SearchEntry.objects.exists()


def test_the_log_is_told_first_and_never_the_words(
    answered: Any, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(mail="anna@example.org")
    find_records("anna@example.org", agent, PURPOSE, SEES)
    row = AccessLog.objects.get(deed="search")
    assert (row.by, row.purpose, row.detail) == (agent, PURPOSE, "answers")

    def refuse(**_: Any) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr("runtime.search.answers.log_access", refuse)
    with pytest.raises(RuntimeError, match="log is full"):
        find_records("anna@example.org", agent, PURPOSE, SEES)


def test_the_index_holds_no_answer_in_clear(answered: Any) -> None:
    sitting = answered(mail="anna@example.org")
    entry = SearchEntry.objects.get(record=sitting.record.pk)
    assert b"anna" not in bytes(entry.card) + bytes(entry.tokens or b"")


def test_an_app_without_searchable_questions_has_no_entries_and_logs_no_search(
    agent: Any,
) -> None:
    sitting = Sitting(records.start(version=make_version(CALL), by=agent), agent)
    sitting.answer("mobile", "+32470123456")
    settle(sitting.record, agent)
    assert found("0470123456", agent) == []
    assert not SearchEntry.objects.exists()
    assert not AccessLog.objects.filter(deed="search").exists()


def test_old_records_follow_in_the_background_when_a_question_becomes_searchable(
    agent: Any,
) -> None:
    first = make_version(call_with({}))
    sitting = Sitting(records.start(version=first, by=agent), agent)
    sitting.answer("mail", "anna@example.org")
    settle(sitting.record, agent)
    next_version(first.app, call_with({"mail": "exact"}), agent)
    assert found("anna@example.org", agent) == []
    assert standing().count() == 1
    sweeps.run_due(timezone.now(), everything=True)
    assert found("anna@example.org", agent) == [(sitting.record.pk, "mail")]
    assert not standing().exists()
    next_version(first.app, call_with({}), agent)
    sweeps.run_due(timezone.now(), everything=True)
    assert not SearchEntry.objects.exists()


def test_a_version_that_changes_nothing_of_it_begins_no_work(answered: Any, agent: Any) -> None:
    app = answered(mail="anna@example.org").record.version.app
    next_version(app, call_with(ASKED), agent)
    assert not standing().exists()


def test_records_are_indexed_again_by_a_command(answered: Any, agent: Any) -> None:
    sitting = answered(mail="anna@example.org")
    SearchEntry.objects.all().delete()
    out = StringIO()
    call_command("index_answers", "--all", stdout=out, stderr=StringIO())
    assert out.getvalue() == "1 records indexed.\n"
    assert found("anna@example.org", agent) == [(sitting.record.pk, "mail")]
    index_record(Record.objects.get(pk=sitting.record.pk))
    assert SearchEntry.objects.count() == 1


def test_a_way_is_a_row_here_and_its_words_there(
    agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As CONTRIBUTING shows it."""

    def stored(text: str, _normaliser: int) -> list[ways.Strings]:
        return ways._one(digits(text)[:2])

    def asked(typed: ways.Typed, _normaliser: int) -> Iterator[list[ways.Strings]]:
        yield from filter(None, [ways._one(digits(typed.text)[:2])])

    def score(typed: ways.Typed, answer: str) -> float:
        return float(digits(typed.text)[:2] == digits(answer)[:2] != "")

    monkeypatch.setitem(ways.WAYS, "area", ways.Way(stored, asked, score))
    monkeypatch.setitem(WAYS, "area", "by its postcode area")
    monkeypatch.setattr(type(TYPES["text"]), "searches", ("exact", "area"))
    version = make_version(call_with({"given_name": "area"}))
    sitting = Sitting(records.start(version=version, by=agent), agent)
    sitting.answer("given_name", "9000 Ghent")
    settle(sitting.record, agent)
    assert found("9050", agent) == [(sitting.record.pk, "given_name")]
    assert found("8000", agent) == []
