"""What is tried against a public form: foreign seats, forged posts, doubles, old pages, floods, garbage."""

import uuid
from typing import Any

import pytest

from tests.traces import shown_in
from tests.unit.selfservice.walks import begun, filled, place_of, send, shown_form

pytestmark = pytest.mark.usefixtures("version")


def answers() -> dict[str, Any]:
    from runtime.records.models import Record
    from runtime.records.store import open_record

    return open_record(Record.objects.get(), by=None, purpose="test").state["answers"]


def test_a_foreign_seat_is_as_unknown_as_none(citizen: Any, another: Any) -> None:
    page = begun(citizen)
    seat, none = place_of(page), f"/form/at/{uuid.uuid4()}/"
    begun(another)
    for address in ("", "check/", "done/", "later/", "definition/en.json"):
        foreign, unknown = another.get(seat + address), another.get(none + address)
        assert foreign.status_code == unknown.status_code == 404
        assert foreign.text == unknown.text


def test_a_cookie_opens_its_own_seat_alone(citizen: Any, another: Any) -> None:
    from runtime.selfservice.pages import COOKIE

    mine, theirs = place_of(begun(citizen)), place_of(begun(another))
    another.cookies[COOKIE] = citizen.cookies[COOKIE].value
    another.cookies[COOKIE]["path"] = "/"
    assert another.get(theirs).status_code == 404
    assert another.get(mine).status_code == 200  # who has the cookie has the form


def test_a_cookie_that_was_foisted_is_not_taken_over(citizen: Any) -> None:
    from runtime.selfservice.pages import COOKIE

    citizen.cookies[COOKIE] = "chosen-by-somebody-else"
    begun(citizen)
    assert citizen.cookies[COOKIE].value != "chosen-by-somebody-else"


def test_the_cookie_is_the_seats_own(citizen: Any) -> None:
    from runtime.selfservice.pages import COOKIE

    answer = citizen.post("/form/small_call/")
    cookie = answer.cookies[COOKIE]
    assert cookie["path"] == answer["Location"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
    assert set(citizen.get("/form/small_call/").cookies) <= {"csrftoken"}


def test_a_post_from_elsewhere_is_refused(client_of: Any) -> None:
    careful = client_of(None, enforce_csrf_checks=True, headers={"accept-language": "en"})
    assert careful.post("/form/small_call/").status_code == 403


def test_pages_are_kept_by_nobody_and_framed_by_nobody(citizen: Any) -> None:
    page = begun(citizen)
    assert page["Cache-Control"] == "no-store"
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert citizen.get("/form/small_call/")["X-Robots-Tag"] == "nofollow"


def test_sent_twice_it_is_sent_once(citizen: Any) -> None:
    from runtime.records.models import Event

    seat = place_of(filled(citizen))
    first = citizen.post(f"{seat}send/", follow=True)
    count = Event.objects.count()
    second = citizen.post(f"{seat}send/", follow=True)
    assert "We have received your form" in first.text
    assert "We have received your form" in second.text
    assert Event.objects.count() == count


def test_a_section_posted_twice_is_saved_once(citizen: Any) -> None:
    from runtime.records.models import Event

    page = begun(citizen).text
    send(citizen, page, "stay", given_name="Ann")
    count = Event.objects.count()
    send(citizen, page, "stay", given_name="Ann")
    assert Event.objects.count() == count


def test_after_sending_an_old_page_changes_nothing(citizen: Any) -> None:
    old = begun(citizen).text
    page = send(citizen, old, given_name="Ann", right_person="true").text
    page = send(citizen, page, sick="false").text
    page = send(citizen, send(citizen, page).text)
    citizen.post(place_of(page) + "send/")
    told = send(citizen, old, given_name="Eve")
    assert "We have received your form" in told.text
    assert answers()["given_name"] == "Ann"


def test_two_windows_change_only_what_was_answered_in_them(citizen: Any) -> None:
    page = begun(citizen)
    one, two = page.text, citizen.get(place_of(page)).text
    send(citizen, one, "stay", given_name="Ann")
    send(citizen, two, "stay", birth_date="3/4/1985")
    assert answers() == {"given_name": "Ann", "birth_date": "1985-04-03"}


def test_a_version_that_is_released_meanwhile_loses_nothing(citizen: Any) -> None:
    from tests.unit.fill.calls import publish, small_call

    page = begun(citizen).text
    newer = small_call(kind="form", title={"en": "Newer call", "fr": "Nouvel appel"})
    publish(newer, code="small_call")
    page = send(citizen, page, given_name="Ann", right_person="true").text
    assert "Symptoms" in page
    assert answers()["given_name"] == "Ann"


def test_a_form_that_is_closed_meanwhile_is_still_sent_but_not_begun(citizen: Any) -> None:
    from builder.models import App, PublicForm

    seat = place_of(filled(citizen))
    App.objects.update(open=False)
    PublicForm.objects.update(open=False)
    assert citizen.post("/form/small_call/").status_code == 404
    assert "We have received your form" in citizen.post(f"{seat}send/", follow=True).text


def test_five_megabytes_are_refused_with_a_sentence(citizen: Any) -> None:
    page = begun(citizen)
    told = send(citizen, page.text, given_name="x" * (5 * 1024 * 1024))
    assert told.status_code == 413
    assert "<h1>" in told.text
    assert citizen.get(place_of(page)).status_code == 200


@pytest.mark.parametrize(
    "typed", ["a\x00b", "\ud800".encode("utf-8", "surrogatepass"), "x" * 9000]
)
def test_what_cannot_be_kept_is_told_and_stays_in_its_field(citizen: Any, typed: Any) -> None:
    told = send(citizen, begun(citizen).text, given_name=typed, birth_date="3/4/1985")
    assert told.status_code == 422
    assert "There is a problem" in told.text
    assert answers().get("birth_date") == "1985-04-03"


@pytest.mark.parametrize(
    "fields",
    [
        {"section": "nowhere", "go": "next"},
        {"section": "opening", "go": "next:;DROP", "nonce": "%00", "shown": "a/b/c given_name"},
        {"section": "closing", "go": "finish", "shown": "until secret a:b"},
        {"go": "remove:contacts/../../x"},
        {"go": "language:xx"},
        {"section": "opening", "shown": "given_name " * 9000, "a:given_name": ["1", "2"]},
    ],
)
def test_garbled_posts_get_a_page(citizen: Any, fields: dict[str, Any]) -> None:
    seat = place_of(begun(citizen))
    assert citizen.post(seat, fields, follow=True).status_code in {200, 422}
    assert citizen.get(seat).status_code == 200


def test_only_so_many_are_begun_from_one_address(citizen: Any) -> None:
    from runtime.records.models import Record

    statuses = [citizen.post("/form/small_call/").status_code for _n in range(21)]
    assert statuses == [302] * 20 + [429]
    assert Record.objects.count() == 20


def test_what_fills_the_unseen_field_begins_nothing(citizen: Any) -> None:
    from runtime.records.models import Record

    told = citizen.post("/form/small_call/", {"website": "http://example.org"})
    assert told.status_code == 400
    assert not Record.objects.exists()


def test_the_public_definition_has_no_cues_and_no_effects(citizen: Any) -> None:
    seat = place_of(begun(citizen))
    told = citizen.get(f"{seat}definition/en.json")
    assert "Say nothing about health" not in told.text
    assert told.json()["outcomes"][0]["effects"] == []


def test_the_record_is_no_citizens_page(citizen: Any) -> None:
    from runtime.records.models import Record

    seat = place_of(begun(citizen))
    record = Record.objects.get().pk
    for address in (f"/record/{record}/", f"/record/{record}/settle/"):
        assert shown_in(citizen.get(address, follow=True).text, "Ann") == []
        assert citizen.get(address).status_code in {302, 401}
    assert shown_form(citizen.get(seat).text)
