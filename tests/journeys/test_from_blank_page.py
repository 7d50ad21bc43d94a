"""The main job from a blank page, told in order: nothing is there but the people, and nothing is programmed.

An editor writes a certificate and a small script with a condition and publishes them; a supervisor makes policy, queue
and campaign and loads a list; an agent calls by keyboard, is not answered, promises a callback; the person is found
again, the certificate is handed out, the table comes out as CSV. In the end nothing typed lies in clear on the disk.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.forked import Forked
from tests.journeys.stay_at_home import write_health, write_opening, write_outcomes
from tests.journeys.walks import all_saved, sign_in, tab_to, take_call, wait_for
from tests.journeys.workshop import (
    add,
    blank_page,
    publish,
    settled,
    write,
)
from tests.marking import controls
from tests.people import PASSWORD
from tests.traces import found_in, unread

PEOPLE = f"""
from runtime.people.actions import create_person
for name, roles in (("Edda", "editor"), ("Sander", "supervisor"), ("Aster", "agent"), ("Odile", "data_officer")):
    create_person(by=None, username=name.lower(), first_name=name, password={PASSWORD!r}, roles=[roles])
"""
LIST = """Vorname;Last name;Reachable at;Remark
Wilhelmina;Oosterlynck-Proef;0470 12 34 51;first
Balthasar;Quaghebeur-Proef;0470 12;a number too short
Ludovica;Vanhaezebrouck;0470 12 34 53;third
Ferdinand;D'Hooghe-Testaert;0470 12 34 54;fourth
"""
MISSPELT = {
    "Wilhelmina Oosterlynck-Proef": "wilhelmina osterlinck proef",
    "Ludovica Vanhaezebrouck": "ludovika vanhazebrouk",
    "Ferdinand D'Hooghe-Testaert": "ferdinant dhoge testaert",
}
NUMBERS = {
    "Wilhelmina Oosterlynck-Proef": "'+32470123451",
    "Ludovica Vanhaezebrouck": "'+32470123453",
    "Ferdinand D'Hooghe-Testaert": "'+32470123454",
}
FORMULA = '=HYPERLINK("Kwikstaartstraat";"Oma Philomène")'
CONTROL = "Kwikzilver-Controle"  # put in clear into each kind of file: the search for traces must find it in all
TYPED = [
    *("Wilhelmina", "Oosterlynck", "Balthasar", "Quaghebeur", "Ludovica", "Vanhaezebrouck"),
    *("Ferdinand", "Hooghe-Testaert", "32470123451", "32470123453", "32470123454"),
    *("Kwikstaartstraat", "Philomène"),
]


class Story:
    """What one step hands to the next."""

    def __init__(self, installation: Any) -> None:
        self.installation = installation
        self.url: str = installation.url
        self.called = ""
        self.until = ""


@pytest.fixture(scope="module")
def story() -> Iterator[Story]:
    """An empty installation: its content's folders and four people."""
    installation = Forked()
    try:
        installation.manage("setup_content")
        installation.manage("shell", "-v0", "-c", PEOPLE)
        installation.start()
        yield Story(installation)
    finally:
        installation.stop()


@pytest.fixture
def enter(story: Story, new_page: Callable[..., Any]) -> Callable[..., Any]:
    """`enter("aster")`: a browser of one's own, signed in."""
    return lambda name, **options: sign_in(new_page(**options), story.url, name, PASSWORD)


@pytest.fixture
def workshop(enter: Callable[..., Any]) -> Any:
    """The editor's browser; at the end it has met no error."""
    page = enter("edda", viewport={"width": 1440, "height": 1400})
    page.set_default_timeout(30_000)  # the editor page is the heaviest of all
    failures: list[str] = []
    page.on("pageerror", lambda failure: failures.append(str(failure)))
    yield page
    assert failures == []


def test_an_editor_writes_a_certificate(
    story: Story, workshop: Any, shoot: Callable[..., Any]
) -> None:
    blank_page(workshop, story.url, "document", "Certificate of staying at home")
    add(workshop, "body")
    write(workshop, "body-0-value-title", "To whom it may concern")
    add(workshop, "body-0-value-items")
    write(
        workshop,
        "body-0-value-items-0-value-text",
        "{given_name} {family_name} has been asked to stay at home until {valid_until} included.",
    )
    shoot(settled(workshop), "written")
    workshop.get_by_role("tab", name="App").click()
    workshop.get_by_label("app", exact=False).last.fill("stay_at_home")
    publish(workshop)
    assert "published" in workshop.locator(".messages").inner_text()


def test_an_editor_writes_a_script_with_a_condition(
    story: Story, workshop: Any, shoot: Callable[..., Any]
) -> None:
    blank_page(workshop, story.url, "script", "Stay at home")
    write_opening(workshop)
    write_health(workshop)
    shoot(settled(workshop), "sections")
    write_outcomes(workshop)
    shoot(settled(workshop), "outcomes")
    publish(workshop)
    assert "published" in workshop.locator(".messages").inner_text()


def test_a_supervisor_makes_policy_queue_and_campaign(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("sander")
    page.goto(f"{story.url}/campaigns/")
    page.get_by_role("link", name="Queues and policies").click()
    page.get_by_role("link", name="New policy").click()
    page.get_by_label("Title").fill("Call gently")
    page.get_by_label("Code", exact=True).fill("gentle")
    shoot(page, "policy")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="New queue").click()
    page.get_by_label("Title").fill("Citizens")
    page.get_by_label("Code", exact=True).fill("citizens")
    page.get_by_label("Policy").select_option(label="Call gently")
    page.get_by_role("button", name="Keep").click()
    shoot(page, "queues")
    page.goto(f"{story.url}/campaigns/new/")
    page.get_by_label("Title").fill("Autumn calls")
    page.get_by_label("Code", exact=True).fill("autumn")
    page.get_by_label("Queue").select_option(label="Citizens")
    page.get_by_label("Script or form").select_option(label="Stay at home")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("h1")).to_contain_text("Autumn calls")
    shoot(page, "campaign")


def test_a_list_is_loaded_and_its_bad_line_told(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("sander")
    page.goto(f"{story.url}/campaign/autumn/")
    page.get_by_role("link", name="Load a list").first.click()
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.locator(".message.error")).to_contain_text("No column holds the phone number")
    page.get_by_label("Reachable at").select_option(label="Phone")
    shoot(page, "columns")
    page.get_by_role("button", name="Load the list").click()
    expect(page.locator("#progress progress")).to_be_visible()
    expect(page.locator("[data-field=seen]")).to_have_text("4", timeout=30_000)
    page.get_by_role("row", name="not a phone number").wait_for()
    bad = page.locator("main table tbody tr")
    shoot(page, "progress")
    assert [row.split("\t") for row in bad.all_inner_texts()] == [
        ["3", "Reachable at", "not a phone number that can be dialled"]
    ]
    assert page.locator("[data-field=done]").inner_text() == "3"
    page.get_by_role("link", name="To the campaign").click()
    assert counts(page, "states") == {"Ready": "3"}


def counts(page: Any, where: str) -> dict[str, str]:
    """The figures of a campaign's page that are not nought."""
    names = page.locator(f"#{where} dt").all_inner_texts()
    figures = page.locator(f"#{where} dd").all_inner_texts()
    return {name: figure for name, figure in zip(names, figures, strict=True) if figure != "0"}


def test_a_call_is_made_by_keyboard_alone(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("aster")
    shoot(page, "home")
    tab_to(page, "form[action='/queue/citizens/claim/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-screen=ready]")
    story.called = called(page)
    said = page.locator("form.section:visible .line").inner_text()
    assert f"am I speaking with {story.called}?" in said
    keys = page.keyboard.press
    for key in ("Enter", "Enter", "Enter", "Enter", "y"):
        keys(key)
    shoot(page, "opening")
    keys("Enter")
    expect(page.locator("form.section:visible h1")).to_have_text("Health")
    since = page.locator("[data-place=since_when]")
    assert since.is_hidden()
    keys("y")
    assert since.is_visible()
    keys("Enter")
    page.keyboard.type("yesterday")
    keys("Enter")
    page.keyboard.type(FORMULA)
    story.until = page.locator("[data-fact=at_home_until]").inner_text().split(" ", 1)[1]
    all_saved(page)
    shoot(page, "health")
    keys("Enter")
    page.wait_for_selector("dialog#ends[open]")
    assert page.locator("[data-outcome=feels_well]").is_hidden()
    shoot(page, "ends")
    tab_to(page, "[data-outcome=stays_at_home] button")
    keys("Enter")
    page.wait_for_url(lambda address: "/record/" not in address)


def called(page: Any) -> str:
    """Who is called, as the screen has it."""
    names = ("given_name", "family_name")
    return " ".join(page.input_value(f"[id='q:{name}']") for name in names)


def test_who_does_not_answer_and_who_wants_a_callback_come_back(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("aster")
    take_call(page, story.url, "citizens")
    others = [called(page)]
    page.keyboard.press("Control+e")
    page.click("dialog#ends button[value=no_answer]")
    page.wait_for_url(lambda address: "/record/" not in address)
    expect(page.locator(".messages, .message").first).to_contain_text("It comes back:")
    take_call(page, story.url, "citizens")
    others.append(called(page))
    page.keyboard.press("Control+e")
    tomorrow = timezone.localtime() + timedelta(days=1)
    page.fill("dialog#ends [name=callback_at]", f"{tomorrow:%Y-%m-%dT10:00}")
    shoot(page, "callback")
    page.click("dialog#ends button[value=callback]")
    page.wait_for_url(lambda address: "/record/" not in address)
    shoot(page, "home")
    assert sorted([story.called, *others]) == sorted(MISSPELT)
    supervisor = enter("sander")
    supervisor.goto(f"{story.url}/campaign/autumn/")
    shoot(supervisor, "counted")
    assert counts(supervisor, "states") == {"Done": "1", "Scheduled": "2"}
    assert counts(supervisor, "dispositions") == {
        "Reached": "1",
        "No answer": "1",
        "Call back at a time": "1",
    }


def test_the_person_is_found_by_a_misspelt_name(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("aster")
    page.goto(f"{story.url}/find/")
    page.get_by_label("A question about a document").check()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_selector("#text:focus")
    page.keyboard.type(MISSPELT[story.called])
    page.locator("button.hit", has_text=story.called).first.wait_for()
    shoot(page, "hits")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(story.called)
    shoot(page, "person")
    assert "Stays at home" in page.locator("#records + div table").inner_text()


def test_the_certificate_is_handed_out(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("odile")
    wait_for(
        lambda: (
            page.goto(f"{story.url}/documents/")
            and page.locator("main table tbody tr").count() == 1
        )
    )
    shoot(page, "documents")
    form = page.locator("main table tbody form").first
    fields = {"csrfmiddlewaretoken": form.locator("[name=csrfmiddlewaretoken]").input_value()}
    answered = page.request.post(
        story.url + form.get_attribute("action"),
        form={**fields, "purpose": "hand_out"},
        headers={"Referer": page.url},
    )
    pages = PdfReader(io.BytesIO(answered.body())).pages
    text = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    assert "Certificate of staying at home" in text
    assert f"{story.called} has been asked to stay at home until {story.until} included." in text


def test_the_table_of_the_version_holds_one_row_and_no_formula(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("odile")
    page.goto(f"{story.url}/exports/")
    offer = page.locator("form.card", has_text="Stay at home, version 1")
    offer.get_by_label("Purpose").select_option(label="Statistics and reporting")
    shoot(page, "exports")
    with page.expect_download() as download:
        offer.get_by_role("button", name="Records (CSV)").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    ended = [row for row in rows if row["_outcome"]]
    assert len(rows) == 3  # who was not reached has a record that is still open
    assert [row["_outcome"] for row in ended] == ["stays_at_home"]
    given, family = story.called.split(" ", 1)
    assert {name: cell for name, cell in ended[0].items() if not name.startswith("_")} == {
        "given_name": given,
        "family_name": family,
        "phone_number": NUMBERS[story.called],
        "is_this_the_right_person": "true",
        "do_you_feel_ill": "true",
        "since_when": str(timezone.localdate() - timedelta(days=1)),
        "at_home_until": str(timezone.localdate() + timedelta(days=6)),
        "anything_else_given_name": "'" + FORMULA,
    }


def test_nothing_that_was_typed_lies_in_clear_on_the_disk(story: Story) -> None:
    story.installation.mark(CONTROL)
    files = story.installation.written()
    assert unread(files, controls(CONTROL)) == []
    assert set(found_in(files, TYPED)) == set()
