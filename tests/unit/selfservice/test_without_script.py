"""A public form without JavaScript: begun, filled section by section, checked, sent."""

import re
from typing import Any

import pytest

from tests.traces import shown_in
from tests.unit.selfservice.walks import begun, filled, place_of, send, shown_form

pytestmark = pytest.mark.usefixtures("version")


def record_of() -> Any:
    from runtime.records.models import Record

    return Record.objects.get()


def answers() -> dict[str, Any]:
    from runtime.records.store import open_record

    return open_record(record_of(), by=None, purpose="test").state["answers"]


def test_the_first_page_says_what_it_is_about_in_each_language(citizen: Any) -> None:
    page = citizen.get("/form/small_call/")
    assert "Have your card at hand." in page.text
    french = citizen.get("/form/small_call/?language=fr").text
    assert '<html lang="fr">' in french
    assert "Petit appel" in french
    assert "Prenez votre carte." in french


def test_a_form_that_is_not_open_to_the_public_is_not_known(citizen: Any, version: Any) -> None:
    from builder.models import PublicForm

    PublicForm.objects.update(open=False)
    assert citizen.get("/form/small_call/").status_code == 404
    assert citizen.get("/form/nothing/").status_code == 404


def test_one_section_stands_on_a_page_and_no_cue(citizen: Any) -> None:
    page = begun(citizen)
    assert page.status_code == 200
    assert "Step 1 of" in page.text
    assert page.text.count('class="section"') == 1
    assert "Say nothing about health yet." not in page.text


def test_it_is_filled_checked_and_sent(citizen: Any) -> None:
    page = filled(citizen)
    assert "Check your answers before you send them" in page.text
    assert "Ann" in page.text
    sent = citizen.post(place_of(page) + "send/", follow=True)
    assert "We have received your form" in sent.text
    assert "We call you within two days." in sent.text
    assert shown_in(sent.text, "Ann") == []
    record = record_of()
    assert record.outcome == "done"
    assert record.created_by is None
    assert answers()["birth_date"] == "1985-04-03"


def test_what_is_wrong_is_told_at_the_top_with_a_way_to_it(citizen: Any) -> None:
    page = send(citizen, begun(citizen).text, birth_date="banana")
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert '<a href="#q:given_name">Given name: Please answer this.</a>' in page.text
    assert '<a href="#q:birth_date">' in page.text
    assert '<a href="#b:right_person">' in page.text
    assert 'value="banana"' in page.text
    assert '<p class="note bad" id="n:right_person">Please answer this.</p>' in page.text


def test_what_was_typed_is_saved_although_it_is_not_whole(citizen: Any) -> None:
    page = send(citizen, begun(citizen).text, given_name="Ann")
    assert page.status_code == 422
    assert answers() == {"given_name": "Ann"}


def test_one_goes_back_without_being_held_up(citizen: Any) -> None:
    page = send(citizen, begun(citizen).text, given_name="Ann", right_person="true").text
    page = send(citizen, page, "back").text
    assert shown_form(page)["fields"]["a:given_name"] == ["Ann"]


def test_the_language_changes_in_the_middle_and_nothing_is_lost(citizen: Any) -> None:
    page = send(citizen, begun(citizen).text, "language:fr", given_name="Ann").text
    assert '<html lang="fr">' in page
    assert "Prénom" in page
    assert "Étape 1" in page
    assert shown_form(page)["fields"]["a:given_name"] == ["Ann"]


def test_an_answer_is_changed_from_the_last_page_which_comes_back(citizen: Any) -> None:
    page = filled(citizen)
    section = citizen.get(place_of(page) + "?section=opening&checking=1").text
    assert shown_form(section)["fields"]["checking"] == ["1"]
    again = send(citizen, section, given_name="Bea")
    assert "Check your answers" in again.text
    assert "Bea" in again.text


def test_what_became_missing_is_told_on_the_last_page_and_nothing_is_sent(citizen: Any) -> None:
    page = filled(citizen)
    section = citizen.get(place_of(page) + "?section=symptoms&checking=1").text
    send(citizen, section, "stay", sick="true")
    told = citizen.post(place_of(page) + "send/", follow=True)
    assert told.status_code == 422
    assert "First symptoms on: Please answer this." in told.text
    assert record_of().closed_at is None


def test_entries_are_added_filled_and_removed(citizen: Any) -> None:
    page = send(citizen, begun(citizen).text, given_name="Ann", right_person="true").text
    page = send(citizen, page, sick="false").text
    page = send(citizen, page, "add:contacts").text
    (place,) = re.findall(r'name="a:(contacts/[^"]+/contact_name)"', page.split("<template")[0])
    page = send(citizen, page, "stay", **{place: "Carl"}).text
    assert "Carl" in page
    entry = place.split("/")[1]
    page = send(citizen, page, f"remove:contacts/{entry}").text
    assert "Carl" not in page


def test_fields_about_the_person_may_be_filled_in_by_the_browser(citizen: Any) -> None:
    page = begun(citizen).text
    for word in ("given-name", "bday", "tel"):
        assert f'autocomplete="{word}"' in page
