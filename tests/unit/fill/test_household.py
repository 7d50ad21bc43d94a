"""What hangs on other answers, filled without JavaScript: a form a section, as the server draws and reads it."""

import re
from typing import Any

import pytest

from tests.definitions import data, question, section
from tests.unit.fill.calls import publish
from tests.unit.fill.household import household
from tests.unit.fill.pages import Forms, send, shown_form


@pytest.fixture
def version(db: None) -> Any:
    return publish(household(), code="household")


@pytest.fixture
def client(agent: Any, browser_of: Any) -> Any:
    return browser_of(agent)


def opened(record: Any, user: Any) -> Any:
    from runtime.records.store import open_record

    record.refresh_from_db()
    return open_record(record, by=user, purpose="test")


def first(client: Any, record: Any) -> str:
    return client.get(f"/record/{record.pk}/").text


def box(html: str, place: str) -> str:
    """The question at a place."""
    _before, _found, rest = html.partition(f'class="question" data-place="{place}"')
    return rest.partition(' class="question" ')[0].partition("</form>")[0]


def test_the_mark_of_what_is_required_follows(client: Any, record: Any) -> None:
    page = first(client, record)
    assert "<small data-optional hidden>" in box(page, "email")
    assert 'aria-required="true"' in box(page, "email")
    page = send(client, page, "stay", phone="1").text
    assert "<small data-optional>" in box(page, "email")
    assert "aria-required" not in box(page, "email")


def test_what_is_read_only_for_now_is_shown_and_refused(
    client: Any, record: Any, agent: Any
) -> None:
    page = send(client, first(client, record), "stay", sealed="a", phone="1").text
    assert opened(record, agent).state["answers"] == {"phone": "1"}
    page = send(client, first(client, record), "stay", phone="").text
    page = send(client, page, "stay", sealed="a").text
    page = send(client, page, "stay", phone="1").text
    assert " readonly>" in box(page, "sealed")
    assert "data-locked>" in box(page, "sealed")
    assert "sealed" not in shown_form(page)["fields"]["shown"][0].split()
    send(client, page, "stay", sealed="b")
    assert opened(record, agent).state["answers"]["sealed"] == "a"


def test_a_file_or_a_signature_that_may_be_given_for_now_is_asked_for(
    agent: Any, browser_of: Any
) -> None:
    from runtime.records.models import Record

    locked = ["answered", ["answer", "given_by_post"]]
    asked = (question(name, name, read_only=locked) for name in ("file", "signature"))
    publish(data(section("one", question("given_by_post"), *asked)), code="papers")
    client = browser_of(agent)
    client.post("/app/papers/start/")
    page = first(client, Record.objects.get())
    assert (
        " disabled" not in box(page, "file").partition('<input type="file"')[2].partition(">")[0]
    )
    assert "<canvas" in box(page, "signature")
    assert "hidden></canvas>" not in box(page, "signature")
    page = send(client, page, "stay", given_by_post="yes").text
    assert " disabled" in box(page, "file").partition('<input type="file"')[2].partition(">")[0]
    assert "hidden></canvas>" in box(page, "signature")


def test_a_default_is_marked_until_it_is_confirmed(client: Any, record: Any, agent: Any) -> None:
    page = first(client, record)
    assert "data-suggested hidden" in box(page, "until")
    page = send(client, page, "stay", onset="2026-03-01").text
    assert 'value="2026-03-11"' in box(page, "until")
    assert '<p class="suggested" data-suggested><span>Filled in by the script' in page
    page = send(client, page, "stay", onset="2026-03-02").text  # it was posted, and follows still
    assert 'value="2026-03-12"' in box(page, "until")
    assert "until" not in opened(record, agent).state["answers"]
    page = send(client, page, "confirm:until").text
    assert opened(record, agent).state["answers"]["until"] == "2026-03-12"
    assert "data-suggested hidden" in box(page, "until")
    page = send(client, page, "stay", until="").text
    assert "until" not in opened(record, agent).state["answers"]


def test_only_offered_choices_are_shown_and_a_kept_one_is_told(
    client: Any, record: Any, agent: Any
) -> None:
    page = first(client, record)
    assert "data-nothing>Nothing is offered here yet" in box(page, "town")
    page = send(client, page, "stay", province="east").text
    assert "data-nothing hidden" in box(page, "town")
    assert re.findall(r'<label class="choice">.*?value="(\w+)"', box(page, "town")) == ["ghent"]
    page = send(client, page, "stay", town="ghent").text
    page = send(client, page, "stay", province="west").text
    assert "Kept, but not offered now: Ghent." in box(page, "town")
    assert re.findall(r'<label class="choice">.*?value="(\w+)"', box(page, "town")) == [
        "bruges",
        "ostend",
    ]
    page = send(client, page, "stay").text  # its box is blank, and nobody cleared it
    assert opened(record, agent).state["answers"]["town"] == "ghent"
    page = send(client, page, "stay", province="east").text
    assert 'value="ghent" checked' in box(page, "town")
    assert "data-kept hidden" in box(page, "town")


def test_a_warning_is_set_aside_with_a_reason(client: Any, record: Any, agent: Any) -> None:
    page = send(client, first(client, record), "stay", people="4").text
    assert 'data-warned><p class="warning" id="w:people" data-warning>So many people?' in page
    assert 'class="note bad"' not in box(page, "people")
    refused = send(client, page, "override:people")
    assert refused.status_code == 422
    assert "say why the warning" in refused.text
    form = shown_form(page)
    fields = {**form["fields"], "r:people": "Counted twice", "go": "next"}
    page = client.post(form["action"], fields, follow=True).text
    state = opened(record, agent).state
    assert state["overridden"] == {"people": "Counted twice"}
    page = send(client, page, "back").text
    assert "Set aside: Counted twice" in box(page, "people")
    assert "data-aside hidden" in box(page, "people")
    page = send(client, page, "stay", people="5").text
    assert "Set aside" not in re.sub("Set the warning aside", "", box(page, "people"))


def test_a_reason_for_a_warning_that_is_gone_is_no_fault(client: Any, record: Any) -> None:
    page = send(client, first(client, record), "stay", people="4").text
    form = shown_form(page)
    fields = {**form["fields"], "a:people": "2", "r:people": "Never mind", "go": "next"}
    assert client.post(form["action"], fields).status_code == 302


def test_a_side_section_returns_to_the_place_and_loses_nothing(
    client: Any, record: Any, agent: Any
) -> None:
    page = send(client, first(client, record), phone="1").text
    assert shown_form(page)["id"] == "s:tests"
    for _twice in range(2):
        aside = send(client, page, "open:notes", tested="true").text
        assert shown_form(aside)["id"] == "s:notes"
    assert ">Return <kbd" in aside
    page = send(client, aside, note="Called before").text
    assert shown_form(page)["id"] == "s:tests"
    answers = opened(record, agent).state["answers"]
    assert (answers["tested"], answers["note"]) == (True, "Called before")


def test_a_section_within_another_is_a_step_behind_it(client: Any, record: Any) -> None:
    page = first(client, record)
    steps = re.findall(r'<li data-step="(\w+)" (?:data-side )?class="\w*"( data-depth="1")?', page)
    assert steps == [
        ("home", ""),
        ("tests", ' data-depth="1"'),
        ("persons", ""),
        ("end", ""),
        ("notes", ""),
    ]


def test_entries_follow_a_number_and_entries_lie_in_them(
    client: Any, record: Any, agent: Any
) -> None:
    page = send(client, first(client, record), "stay", people="2").text
    page = send(client, send(client, page).text).text
    form = shown_form(page)
    assert form["id"] == "s:persons"
    assert 'data-add="persons"' not in page
    assert 'value="remove:persons' not in page
    shown = form["fields"]["shown"][0].split()
    assert shown == [f"persons/{n}/{name}" for n in (1, 2) for name in ("who", "smokes")]
    answers = {"persons/1/who": "Ann", "persons/1/smokes": "true", "persons/2/who": "Bo"}
    page = send(client, page, "stay", **answers).text
    page = send(client, page, "add:persons/1/visits").text
    hours = [name for name in shown_form(page)["fields"] if name.endswith("/hours")]
    assert len(hours) == 1
    assert "Hours of Ann" in page
    assert "What about Ann?" in page
    page = send(client, page, "stay", **{hours[0].removeprefix("a:"): "3"}).text
    state = opened(record, agent).state
    assert state["answers"][hours[0].removeprefix("a:")] == "3"
    entry = hours[0].split("/")[3]
    page = send(client, page, f"remove:persons/1/visits/{entry}").text
    assert opened(record, agent).state["entries"]["persons/1/visits"] == []
    assert Forms(page).forms


def test_what_blocks_is_listed_and_what_was_set_aside_is_not(
    client: Any, record: Any, agent: Any
) -> None:
    page = send(client, first(client, record), "stay", people="4", phone="1").text
    assert 'data-goto="people"' in page
    form = shown_form(page)
    fields = {**form["fields"], "r:people": "Seen", "go": "stay"}
    page = client.post(form["action"], fields, follow=True).text
    assert 'data-goto="people"' not in page
    assert client.post(f"/record/{record.pk}/finish/", {"outcome": "done"}).status_code == 302


def test_a_reading_shows_entries_in_entries_and_the_reason(
    client: Any, record: Any, agent: Any
) -> None:
    page = send(client, first(client, record), "stay", people="4", phone="1").text
    form = shown_form(page)
    fields = {**form["fields"], "r:people": "Counted twice", "go": "next"}
    page = send(client, client.post(form["action"], fields, follow=True).text).text
    page = send(client, page, "stay", **{"persons/1/smokes": "true"}).text
    page = send(client, page, "add:persons/1/visits").text
    client.post(f"/record/{record.pk}/finish/", {"outcome": "done"})
    read = client.post(f"/record/{record.pk}/", {"purpose": "correction"}).text
    assert "Set aside: Counted twice" in read
    assert "Persons · Person 1 › Visits · Entry 1" in read
