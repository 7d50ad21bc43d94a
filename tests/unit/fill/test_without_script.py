"""A whole call without JavaScript: a form a section, to the end."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.unit.fill.pages import send, shown_form


def test_a_call_is_filled_to_its_end(agent: Any, record: Any, browser_of: Any) -> None:
    client = browser_of(agent)
    page = client.get(f"/record/{record.pk}/").text
    assert shown_form(page)["id"] == "s:opening"

    page = send(
        client,
        page,
        given_name="Ann",
        birth_date="3/4/1981",
        right_person="true",
        phone="0470 12 34 56",
    ).text
    assert shown_form(page)["id"] == "s:symptoms"
    page = send(client, page, "stay", sick="true").text
    page = send(
        client, page, sick="true", onset="2026-01-05", which=["fever", "taste"], place="work"
    ).text
    assert shown_form(page)["id"] == "s:contacts"
    page = send(client, page, "add:contacts").text
    entry = next(
        name for name in shown_form(page)["fields"] if name.endswith("contact_name")
    ).removeprefix("a:")
    page = send(client, page, **{entry: "Nora Peeters"}).text
    assert shown_form(page)["id"] == "s:closing"
    send(client, page, "stay", remark="Call in the evening.")
    done = client.post(f"/record/{record.pk}/finish/", {"outcome": "done"}, follow=True)

    record.refresh_from_db()
    assert done.status_code == 200
    assert (record.outcome, record.missing, record.problems) == ("done", 0, 0)
    answers = opened(record, agent).state["answers"]
    assert answers.pop(entry) == "Nora Peeters"
    assert answers == {
        "given_name": "Ann",
        "birth_date": "1981-04-03",
        "right_person": True,
        "phone": "+32470123456",
        "sick": True,
        "onset": "2026-01-05",
        "which": ["fever", "taste"],
        "place": "work",
        "remark": "Call in the evening.",
    }


def test_a_form_sent_twice_saves_once(agent: Any, record: Any, browser_of: Any) -> None:
    client = browser_of(agent)
    page = client.get(f"/record/{record.pk}/").text
    send(client, page, given_name="Ann", right_person="true")
    before = record.events.count()
    again = send(client, page, given_name="Ann", right_person="true")
    assert record.events.count() == before
    assert shown_form(again.text)["id"] == "s:symptoms"


def test_what_could_not_be_read_stays_in_its_box(agent: Any, record: Any, browser_of: Any) -> None:
    client = browser_of(agent)
    page = client.get(f"/record/{record.pk}/").text
    answer = send(client, page, given_name="Ann", birth_date="the day of the storm")
    assert answer.status_code == 422
    assert shown_form(answer.text)["id"] == "s:opening"
    assert shown_form(answer.text)["fields"]["a:birth_date"] == ["the day of the storm"]
    assert "could not be read" in answer.text


def test_what_could_not_be_read_is_kept_and_stands_there_again(
    agent: Any, record: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    send(client, client.get(f"/record/{record.pk}/").text, birth_date="the day of the storm")
    state = opened(record, agent).state
    assert state["answers"] == {"birth_date": "the day of the storm"}
    assert state["unreadable"] == ["birth_date"]
    page = client.get(f"/record/{record.pk}/").text
    assert shown_form(page)["fields"]["a:birth_date"] == ["the day of the storm"]
    assert "could not be read" in page


def test_a_kept_text_holds_nobody_up_and_gives_way_to_what_is_meant(
    agent: Any, record: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    typed = {"given_name": "Ann", "right_person": "true", "birth_date": "2021-02-31"}
    page = send(client, client.get(f"/record/{record.pk}/").text, **typed).text
    before = record.events.count()
    on = send(client, page, **typed)
    assert shown_form(on.text)["id"] == "s:symptoms"
    assert record.events.count() == before + 1  # the step only
    send(client, send(client, on.text, "back").text, birth_date="3/4/1981")
    state = opened(record, agent).state
    assert (state["answers"]["birth_date"], state["unreadable"]) == ("1981-04-03", [])


def test_a_cleared_box_clears_the_answer(agent: Any, record: Any, browser_of: Any) -> None:
    client = browser_of(agent)
    page = send(
        client,
        client.get(f"/record/{record.pk}/").text,
        "stay",
        given_name="Ann",
        right_person="true",
    ).text
    page = send(client, page, "stay", given_name="").text
    send(client, page, "clear:right_person")
    assert opened(record, agent).state["answers"] == {}


def test_the_language_of_the_script_is_not_the_language_of_the_screen(
    agent: Any, record: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    page = send(client, client.get(f"/record/{record.pk}/").text, "language:fr").text
    assert "Prénom" in page
    assert "Next" in page
    assert '<html lang="en"' in page
    refused = send(client, page, "language:xx")
    assert refused.status_code == 422
    assert "not part of the script" in refused.text


def test_an_end_that_is_not_ready_says_what_is_missing(
    agent: Any, record: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    send(client, client.get(f"/record/{record.pk}/").text, right_person="true")
    answer = client.post(f"/record/{record.pk}/finish/", {"outcome": "done"})
    record.refresh_from_db()
    assert answer.status_code == 422
    assert record.closed_at is None
    assert (
        '<dialog class="screen-dialog" id="ends" aria-labelledby="ends-title" open>' in answer.text
    )
    assert 'data-goto="given_name">Given name</a>' in answer.text


def test_a_call_ended_twice_ends_once(agent: Any, record: Any, browser_of: Any) -> None:
    client = browser_of(agent)
    send(client, client.get(f"/record/{record.pk}/").text, given_name="Ann", right_person="false")
    for _again in range(2):
        assert client.post(f"/record/{record.pk}/finish/", {"outcome": "wrong"}).status_code == 302
    record.refresh_from_db()
    assert record.outcome == "wrong"


def opened(record: Any, user: Any) -> Any:
    from runtime.records.store import open_record

    record.refresh_from_db()
    return open_record(record, by=user, purpose="test")


def test_the_token_of_another_record_saves_nothing(
    agent: Any, record: Any, app: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    page = client.get(f"/record/{record.pk}/").text
    client.post(f"/app/{app.code}/start/")
    other = type(record).objects.exclude(pk=record.pk).get()
    token = shown_form(client.get(f"/record/{other.pk}/").text)["fields"]["token"][0]
    before = [record.events.count(), other.events.count()]
    form = shown_form(page)
    fields = {**form["fields"], "a:given_name": ["Ann"], "token": [token], "go": ["next"]}
    answer = client.post(form["action"], fields)
    assert (answer.status_code, "another record" in answer.text) == (422, True)
    assert [record.events.count(), other.events.count()] == before


def test_days_are_read_as_they_are_said(agent: Any, record: Any, browser_of: Any) -> None:
    client = browser_of(agent)
    page = client.get(f"/record/{record.pk}/").text
    page = send(client, page, birth_date="3 avril 30", right_person="true").text
    page = send(client, page, "stay", sick="true").text
    send(client, page, "stay", sick="true", onset="il y a deux semaines")
    answers = opened(record, agent).state["answers"]
    weeks_ago = timezone.localdate() - timedelta(weeks=2)
    assert answers["birth_date"] == "1930-04-03"  # a date of birth lies back
    assert answers["onset"] == weeks_ago.isoformat()
