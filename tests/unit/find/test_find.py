"""Finding a person and opening the page: purpose first, words by post, veils, the log."""

from typing import Any

import pytest
from django.urls import reverse

from runtime.audit.models import AccessLog
from runtime.parties import actions as parties
from runtime.parties.models import Party
from runtime.queues.models import Campaign, Policy, Queue
from runtime.records import actions as records
from runtime.workspace import party_panels
from tests.unit.records.scenes import CALL, make_version

FACTS = {
    "given_name": "Hélène",
    "family_name": "Van den Berghe",
    "birth_date": "1985-07-30",
    "phone": "0470123456",
    "national_number": "85073003328",
    "email": "helene@example.org",
}


@pytest.fixture
def person(supervisor: Any) -> Party:
    return parties.find_or_create(facts=FACTS, by=supervisor, purpose="test")[0]


@pytest.fixture
def finder(client_of: Any, agent: Any) -> Any:
    """An agent's client that has chosen a purpose."""
    client = client_of(agent)
    client.post(reverse("find"), {"purpose": "calls_back"})
    return client


def page(response: Any) -> str:
    """The page, without the marks on the words that were found."""
    return response.content.decode().replace("<mark>", "").replace("</mark>", "")


def test_without_a_purpose_nothing_is_searched(client_of: Any, agent: Any, person: Party) -> None:
    client = client_of(agent)
    answer = client.post(reverse("find"), {"text": "berghe"})
    assert "Why are you looking for somebody?" in page(answer)
    assert "Berghe" not in page(answer)


def test_an_unknown_purpose_is_refused(client_of: Any, agent: Any) -> None:
    answer = client_of(agent).post(reverse("find"), {"purpose": "curiosity"})
    assert answer.status_code == 400
    assert "Choose one of the purposes." in page(answer)


@pytest.mark.parametrize(
    "words",
    ["helen vandenberg", "0470 12 34 56", "30/07/1985", "85.07.30-033.28", "Berghe Hélène"],
)
def test_a_person_is_found_and_the_hit_keeps_its_veils(
    finder: Any, person: Party, words: str
) -> None:
    answer = page(finder.post(reverse("find"), {"text": words}))
    assert "1 person found" in answer
    assert "Hélène Van den Berghe" in answer
    assert "••.••.1985" in answer
    assert "1985-07-30" not in answer.replace(words, "")
    assert "470123456" not in answer
    assert "85073003328" not in answer


def test_nobody_is_found_is_said(finder: Any, person: Party) -> None:
    assert "Nobody was found." in page(finder.post(reverse("find"), {"text": "quintens"}))


def test_a_search_by_address_searches_nothing(finder: Any, agent: Any, person: Party) -> None:
    answer = finder.get(reverse("find"), {"text": "berghe"})
    assert "Berghe" not in page(answer)
    assert not AccessLog.objects.filter(deed="search", by=agent).exists()


def test_only_the_hits_are_sent_to_who_types(finder: Any, person: Party) -> None:
    answer = page(finder.post(reverse("find"), {"text": "hel"}, headers={"X-Fragment": "hits"}))
    assert "<html" not in answer
    assert "Van den Berghe" in answer


def test_a_search_is_logged_with_its_purpose(finder: Any, agent: Any, person: Party) -> None:
    finder.post(reverse("find"), {"text": "berghe"})
    rows = AccessLog.objects.filter(deed="search", by=agent).values_list("purpose", "detail")
    assert list(rows) == [("calls_back", "")]


def test_too_many_searches_are_stopped_and_not_made(
    finder: Any, agent: Any, person: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runtime.workspace.find_views.SEARCHES_A_MINUTE", 2)
    answers = [page(finder.post(reverse("find"), {"text": "berghe"})) for _ in range(3)]
    assert ["Van den Berghe" in answer for answer in answers] == [True, True, False]
    assert "too many searches" in answers[2]
    assert AccessLog.objects.filter(deed="search", by=agent).count() == 2


@pytest.mark.parametrize(
    "words",
    [
        "x",
        "?!",
        "\x00",
        "<script>alert(1)</script>" * 50,
        "a" * 100_000,
        "%",
        "***",
        "\u202eehgreb",
        "🙂",
        "берг",
        "' OR 1=1 --",
        "(a+)+$",
    ],
)
def test_odd_words_are_answered(finder: Any, person: Party, words: str) -> None:
    answer = finder.post(reverse("find"), {"text": words})
    assert answer.status_code == 200
    assert "<script>alert" not in page(answer)


def test_the_purpose_can_be_chosen_anew(finder: Any) -> None:
    finder.post(reverse("find"), {"another": "1"})
    assert "Why are you looking for somebody?" in page(finder.get(reverse("find")))


@pytest.mark.parametrize("role", ["agent", "supervisor"])
def test_agents_and_supervisors_may_search(
    role: str, client_of: Any, request: pytest.FixtureRequest
) -> None:
    assert client_of(request.getfixturevalue(role)).get(reverse("find")).status_code == 200


@pytest.mark.parametrize("role", ["editor", "data_officer", "admin", "auditor", "stranger"])
def test_others_may_not(
    role: str, client_of: Any, request: pytest.FixtureRequest, person: Party
) -> None:
    client = client_of(request.getfixturevalue(role))
    assert client.post(reverse("find"), {"text": "berghe"}).status_code == 403
    assert client.post(reverse("party", args=[person.pk])).status_code == 403


def test_a_persons_page_is_opened_by_a_post_only(finder: Any, person: Party) -> None:
    assert finder.get(reverse("party", args=[person.pk])).status_code == 405


def test_a_persons_page_without_a_purpose_asks_for_it(
    client_of: Any, agent: Any, person: Party
) -> None:
    answer = client_of(agent).post(reverse("party", args=[person.pk]))
    assert (answer.status_code, answer.url) == (302, reverse("find"))
    assert not AccessLog.objects.filter(deed="open", by=agent).exists()


def test_facts_are_veiled_until_shown_and_each_showing_is_logged(
    finder: Any, agent: Any, person: Party
) -> None:
    address = reverse("party", args=[person.pk])
    first = page(finder.post(address))
    assert "Hélène Van den Berghe" in first
    for hidden in ("30 July 1985", "+32470123456", "85073003328", "helene@example.org"):
        assert hidden not in first
    second = page(finder.post(address, {"unveil": "birth_date"}))
    assert "30 July 1985" in second
    assert "+32470123456" not in second
    third = page(finder.post(address, {"unveil": "phone", "unveiled": ["birth_date"]}))
    assert "30 July 1985" in third
    assert "+32470123456" in third
    details = AccessLog.objects.filter(deed="open", by=agent, subject=person.pk).values_list(
        "detail", flat=True
    )
    assert sorted(filter(None, details)) == ["unveil birth_date", "unveil birth_date,phone"]


def test_a_forged_list_of_shown_facts_is_logged_all_the_same(
    finder: Any, agent: Any, person: Party
) -> None:
    finder.post(
        reverse("party", args=[person.pk]),
        {"unveiled": ["national_number", "given_name", "x" * 500]},
    )
    assert AccessLog.objects.filter(
        by=agent, subject=person.pk, detail="unveil national_number"
    ).exists()


def test_records_and_open_work_are_listed(
    finder: Any, agent: Any, supervisor: Any, person: Party
) -> None:
    version = make_version(CALL)
    record = records.start(version=version, party=person, by=agent)
    _work(supervisor, version.app, person)
    answer = page(finder.post(reverse("party", args=[person.pk])))
    assert reverse("record", args=[record.pk]) in answer
    assert "Continue the call" in answer
    assert "Spring calls" in answer


def _work(by: Any, app: Any, person: Party) -> None:
    from runtime.queues import actions as queues

    policy = Policy.objects.create(code="p", title="P")
    queue = Queue.objects.create(code="q", title="Q", policy=policy)
    campaign = Campaign.objects.create(code="c", title="Spring calls", queue=queue, app=app)
    queues.create_item(campaign=campaign, party=person, by=by, dedupe_key="one")


def test_other_packages_add_panels(
    finder: Any, person: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(party_panels, "_bound", {})
    party_panels.bind(
        "papers",
        "Papers",
        lambda party, _user: [party_panels.Line(f"Paper {party}", "/paper/", state="valid")],
    )
    answer = page(finder.post(reverse("party", args=[person.pk])))
    assert f'<a href="/paper/">Paper {person.pk}</a>' in answer


def test_an_erased_person_is_found_no_more_and_their_page_says_so(
    finder: Any, supervisor: Any, person: Party
) -> None:
    parties.erase(party=person, by=supervisor, purpose="erasure")
    assert "Nobody was found." in page(finder.post(reverse("find"), {"text": "berghe"}))
    answer = finder.post(reverse("party", args=[person.pk]))
    assert answer.status_code in (404, 410)


def test_a_changed_name_is_found_at_once(finder: Any, supervisor: Any, person: Party) -> None:
    parties.update_facts(party=person, facts={"family_name": "Quintens"}, by=supervisor)
    assert "Quintens" in page(finder.post(reverse("find"), {"text": "kwintens helene"}))
    assert "Nobody was found." in page(
        finder.post(reverse("find"), {"text": "van den berghe 30/07/1980"})
    )


def test_what_was_typed_is_in_no_address_and_kept_in_no_session(
    finder: Any, person: Party
) -> None:
    answer = finder.post(reverse("find"), {"text": "berghe"})
    assert "berghe" not in str(dict(finder.session)).lower()
    assert "no-store" in answer.headers["Cache-Control"]
