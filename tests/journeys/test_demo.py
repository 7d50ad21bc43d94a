"""The main job in the demo, told in order: each test goes on where the one before ended.

A newcomer is refused and passes the lesson, calls while the script is changed under the call, names two contacts who are
then called; the person is found again, the certificate is read, revoked and verified; the feed goes out twice; the
history says what changed. In the end nothing of what was typed lies in clear on the disk.
"""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.forked import Forked
from tests.journeys.walks import (
    add_entry,
    all_saved,
    answer_all,
    end_call,
    go_on,
    sign_in,
    take_call,
    wait_for,
)
from tests.journeys.workshop import open_row, publish
from tests.marking import controls
from tests.traces import found_in, unread

CONTACTS = (
    {
        "contact_given_name": "Quirine",
        "contact_family_name": "Zandvliet-Proefkonijn",
        "contact_phone": "0471 82 73 64",
    },
    {
        "contact_given_name": "Osvaldo",
        "contact_family_name": "Testaert-Kwikstaart",
        "contact_phone": "0472 91 82 73",
    },
)
REMARK = "Sleeps badly, worries about Grootmoeder Filomena"
NOTE = "Isolation explained more kindly"
CONTROL = "Kwikzilver-Controle"  # put in clear into each kind of file: the search for traces must find it in all
INDEX = {
    "given_name": "Theodelinde",
    "family_name": "Kwakkelsteyn-Proefgeit",
}  # nobody has it by chance
CITIZEN = {
    "Prénom": "Waltrudis",
    "Nom de famille": "Schwanenhals",
    "Date de naissance": "3/4/1981",
    "Numéro de téléphone": "0473 64 82 91",
}
TYPED = [
    *CITIZEN.values(),
    *INDEX.values(),
    *(
        word
        for contact in CONTACTS
        for word in (contact["contact_given_name"], contact["contact_family_name"])
    ),
    "32471827364",
    "32472918273",
    "Filomena",
    "Sleeps badly",
]
LOADED = """
import json
from runtime.queues.models import ImportJob
job = ImportJob.objects.get()
print(json.dumps([job.state, job.done, job.bad]))
"""


class Story:
    """What one step hands to the next."""

    def __init__(self, installation: Any) -> None:
        self.installation = installation
        self.url: str = installation.url
        self.loaded = self.name = ""
        self.address = ""
        self.code = ""
        self.isolation_until = ""


@pytest.fixture(scope="module")
def story() -> Iterator[Story]:
    """The demo as `make run` sets it up, its list of citizens loaded by the worker."""
    installation = Forked(DEMO="1")
    try:
        installation.manage("setup_content")
        installation.manage("demo", "--citizens", "60")
        installation.start()
        wait_for(
            lambda: installation.manage("shell", "-v0", "-c", LOADED).strip() == '["done", 60, 0]'
        )
        yield Story(installation)
    finally:
        installation.stop()


@pytest.fixture
def enter(story: Story, new_page: Callable[..., Any]) -> Callable[..., Any]:
    """`enter("agent")`: a browser of one's own, signed in."""
    return lambda name, **options: sign_in(new_page(**options), story.url, name)


def test_without_the_skill_the_queue_refuses_and_points_at_the_lesson(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("newcomer")
    shoot(page, "home")
    page.goto(f"{story.url}/")
    page.locator(
        "form[action='/queue/index/claim/'] button, a[href='/lesson/tracing_lesson/']"
    ).first.click()
    if page.locator("main a[href='/lesson/tracing_lesson/']").count():
        shoot(page, "refused")
        page.click("main a[href='/lesson/tracing_lesson/']")
    page.click("main form button.go")
    page.wait_for_selector("html[data-screen=ready]")
    go_on(page, "quiz")
    shoot(page, "quiz")
    answer_all(
        page,
        {
            "voicemail": "callback",
            "tell_index": False,
            "emergency": ["breath", "chest"],
            "days_before": "2",
        },
    )
    all_saved(page)
    page.keyboard.press("Control+e")
    page.wait_for_selector("dialog#ends[open]")
    page.locator("dialog#ends button.go:visible").first.click()
    page.wait_for_selector("section.result")
    wait_for(
        lambda: (
            page.goto(f"{story.url}/lesson/tracing_lesson/")
            and "You now hold the skill" in page.content()
        )
    )
    shoot(page, "passed")
    assert "100 %" in page.locator("section.result").inner_text()


def test_a_call_goes_on_under_its_version_while_the_next_is_published(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("newcomer")
    take_call(page, story.url, "index")
    story.address = page.url
    story.loaded = " ".join(page.input_value(f"[id='q:{name}']") for name in INDEX)
    answer_all(page, INDEX)  # the list had the name wrong
    story.name = " ".join(INDEX.values())
    began = page.locator("header").inner_text()
    answer_all(page, {"right_person": True, "good_moment": True})
    all_saved(page)

    editor = enter("editor", viewport={"width": 1440, "height": 1400})
    change_the_script(editor, story.url)
    assert "published" in editor.locator(".messages").inner_text()

    page.reload()
    page.wait_for_selector("html[data-screen=ready]")
    assert (
        page.locator("header").inner_text().split("·")[1].split()[0]
        == began.split("·")[1].split()[0]
    )
    go_on(page, "identity")
    answer_all(page, {"postcode": "1000", "identity_verified": True})
    go_on(page, "result")
    answer_all(page, {"knows_result": True, "test_reason": "symptoms"})
    go_on(page, "symptoms")
    answer_all(
        page, {"has_symptoms": True, "onset": "yesterday", "fever": True, "temperature": "38,5"}
    )
    answer_all(page, {"which_symptoms": ["cough", "smell"]})
    shoot(page, "symptoms")
    go_on(page, "household")
    answer_all(page, {"household_size": "3"})
    go_on(page, "contacts")


def change_the_script(editor: Any, url: str) -> None:
    """A question is reworded, and a note says why."""
    editor.goto(f"{url}/admin/pages/search/?q=Index+case")
    editor.locator("table a", has_text="Index case call").first.click()
    editor.wait_for_selector("[name=body-7-value-lazystate]", state="attached")
    open_row(editor, "Isolation")
    open_row(editor, "Has a family doctor")
    label = editor.locator("input[name$='-value-label']").filter(visible=True).first
    label.fill("Has a doctor of their own")
    editor.get_by_role("tab", name="App").click()
    editor.get_by_label("note for this version").fill(NOTE)
    publish(editor)


def test_the_contacts_named_are_called_in_their_turn(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("newcomer")
    page.goto(story.address)
    page.wait_for_selector("html[data-screen=ready]")
    assert page.locator("form.section:visible h1").inner_text() == "Contacts"
    infectious = page.locator("[data-fact=infectious_from]").inner_text()
    assert (
        infectious.split(" ", 1)[1]
        in page.locator("form.section:visible .line").first.inner_text()
    )
    for contact, minutes in zip(CONTACTS, ("600", "10"), strict=True):
        add_entry(
            page,
            "contacts",
            {**contact, "relation": "family", "last_met": "yesterday", "minutes": minutes},
        )
    shoot(page, "contacts")
    go_on(page, "places")
    assert page.locator("[data-fact=minutes_total]").inner_text() == "610"
    go_on(page, "advice")
    answer_all(page, {"can_isolate": True, "wants_certificate": True, "remarks": REMARK})
    story.isolation_until = (
        page.locator("[data-fact=isolation_until]").inner_text().split(" ", 1)[1]
    )
    all_saved(page)
    end_call(page, "completed")

    called = set()
    for _contact in CONTACTS:
        wait_for(lambda: waiting(page, story.url, "contacts") != "0")
        take_call(page, story.url, "contacts")
        called.add(
            (page.input_value("[id='q:given_name']"), page.input_value("[id='q:family_name']"))
        )
        answer_all(page, {"right_person": True, "identity_verified": True})
        go_on(page, "exposure")
        answer_all(page, {"last_exposure": "yesterday", "has_symptoms": False})
        go_on(page, "advice")
        answer_all(page, {"can_stay": True, "wants_certificate": False})
        all_saved(page)
        end_call(page, "advised_without")
    assert called == {
        (each["contact_given_name"], each["contact_family_name"]) for each in CONTACTS
    }


def waiting(page: Any, url: str, queue: str) -> str:
    """How many calls the home page says are waiting."""
    page.goto(f"{url}/")
    form = page.locator(f"form[action='/queue/{queue}/claim/']")
    return page.locator("section.card", has=form).locator(".figure").inner_text()


def search(page: Any, url: str, text: str) -> None:
    """Finding a person, for the first purpose that is offered."""
    page.goto(f"{url}/find/")
    page.locator("input[name=purpose]").first.check()
    page.click("main button.go")
    page.fill("#text", text)
    page.click("main form[data-find] button.go")


def test_somebody_is_found_by_a_misspelt_name(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("agent")
    search(page, story.url, "Quirine Zandvlit Proefkonijn")
    expect(page.locator(".hits").first).to_contain_text("Quirine Zandvliet-Proefkonijn")
    shoot(page, "found")
    page.locator("button.hit").first.click()
    expect(page.locator("h1")).to_contain_text("Quirine Zandvliet-Proefkonijn")
    assert "Contact call" in page.locator("#records + div table").inner_text()


def test_a_citizen_registers_by_the_public_form_and_is_found(
    story: Story, new_page: Callable[..., Any], enter: Callable[..., Any]
) -> None:
    page = new_page(locale="fr-BE", viewport={"width": 320, "height": 700})
    page.goto(f"{story.url}/form/arrival/")
    expect(page.get_by_text("Deux minutes suffisent")).to_be_visible()
    page.get_by_role("button", name="Commencer").click()
    for label, text in CITIZEN.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Suivant").click()
    page.get_by_label("Jour d’arrivée").fill("hier")
    page.get_by_label("en voiture").check()
    expect(page.get_by_label("Numéro du vol")).to_be_hidden()
    page.get_by_label("oui").check()
    expect(page.get_by_text("appelez votre médecin")).to_be_visible()
    page.get_by_role("button", name="Suivant").click()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nous avons reçu votre formulaire")
    agent = enter("agent")
    search(agent, story.url, "Waldetrudis Schwanenhals")
    expect(agent.locator(".hits").first).to_contain_text("Waltrudis Schwanenhals")


def test_the_certificate_says_who_and_until_when(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("officer")
    wait_for(
        lambda: (
            page.goto(f"{story.url}/documents/")
            and page.locator("main table tbody tr").count() == 1
        )
    )
    shoot(page, "documents")
    form = page.locator("main table tbody form").first
    fields = {
        field.get_attribute("name"): field.input_value()
        for field in form.locator("input, select").all()
    }
    fields |= {"purpose": first_purpose(form)} if form.locator("select").count() else {}
    answered = page.request.post(
        story.url + form.get_attribute("action"), form=fields, headers={"Referer": page.url}
    )
    assert answered.headers["content-type"] == "application/pdf"
    text = " ".join(PdfReader(io.BytesIO(answered.body())).pages[0].extract_text().split())
    assert story.name in text
    assert story.isolation_until in text
    story.code = next(word for word in text.split() if word.count("-") == 3 and len(word) == 19)


def first_purpose(form: Any) -> str:
    return next(
        value
        for option in form.locator("option").all()
        if (value := option.get_attribute("value"))
    )


def test_a_revoked_certificate_is_told_to_whoever_verifies_it(
    story: Story,
    enter: Callable[..., Any],
    new_page: Callable[..., Any],
    shoot: Callable[..., Any],
) -> None:
    stranger = new_page()
    stranger.goto(f"{story.url}/verify/{story.code}/")
    assert f"Valid until {story.isolation_until}" in stranger.locator("main").inner_text()
    assert story.name.split()[0] not in stranger.content()
    page = enter("officer")
    page.goto(f"{story.url}/documents/")
    page.click("main table a[href*=revoke]")
    page.select_option("#purpose", index=1)
    page.click("main form button.bad")
    stranger.reload()
    shoot(stranger, "verified")
    assert "Revoked" in stranger.locator("main").inner_text()
    stranger.goto(f"{story.url}/verify/AAAA-BBBB-CCCC-DDDD/")
    assert "Unknown" in stranger.locator("main").inner_text()


def test_the_feed_goes_out_twice_without_doubles(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("officer")
    page.goto(f"{story.url}/feed/index-daily/")
    page.click("form[action$='/send/'] button")
    page.goto(f"{story.url}/feed/index-daily/")
    page.click("form[action$='/send/'] button")
    shoot(page, "feed")
    files = sorted(story.installation.home.rglob("*deliveries*/**/*.csv"))
    assert len(files) == 1
    rows = list(csv.DictReader(io.StringIO(files[0].read_text(encoding="utf-8-sig"))))
    assert [row["operation"] for row in rows] == ["new"]
    assert rows[0]["TX_POSTCODE"] == "1000"
    assert story.name.split()[0] not in files[0].read_text(encoding="utf-8-sig")


def test_the_table_of_a_version_comes_out_as_csv(story: Story, enter: Callable[..., Any]) -> None:
    page = enter("officer")
    page.goto(f"{story.url}/exports/")
    offer = page.locator("form.card", has_text="Index case call, version")
    offer.get_by_label("Purpose").select_option(label="Statistics and reporting")
    with page.expect_download() as download:
        offer.get_by_role("button", name="Records (CSV)").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    ended = [row for row in csv.DictReader(io.StringIO(text, newline="")) if row["_outcome"]]
    assert [(row["_outcome"], row["postcode"]) for row in ended] == [("completed", "1000")]
    codebook = offer.get_by_role("link", name="Codebook").get_attribute("href")
    assert "isolation_until" in page.request.get(story.url + codebook).text()


def test_the_history_says_in_words_what_changed(
    story: Story, enter: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    page = enter("admin")
    page.goto(f"{story.url}/app/index_call/versions/")
    shoot(page, "versions")
    newest = page.locator("main article").first.inner_text()
    assert NOTE in newest
    assert "Edith" in newest
    assert "Has a family doctor" in newest
    assert "Has a doctor of their own" in newest


def test_nothing_that_was_typed_lies_in_clear_on_the_disk(story: Story) -> None:
    story.installation.mark(CONTROL)
    files = story.installation.written()
    kinds = controls(CONTROL) | {"*/data-deliveries/*.csv": "TX_POSTCODE"}
    assert unread(files, kinds) == []
    assert set(found_in(files, [*TYPED, story.loaded])) == set()
