"""An editor writes a script with all that hangs on other answers, in Wagtail's own editor; an agent calls through it.

Required and read only under a condition, a default, towns of a province, a warning, a section at the side, persons as many as
were said, visits within each person. What is wrong is told at its block first.
"""

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_editor import saved
from tests.journeys.walks import all_saved, answer, end_call, sign_in
from tests.journeys.workshop import add, blank_page, open_group, pick, publish, settled, write
from tests.people import PASSWORD

PEOPLE = """
from tests.people import make_person
make_person("editor", "editor")
make_person("agent", "agent")
"""
STATE = """
import json
from runtime.records.models import Record
from runtime.records.store import open_record
row = Record.objects.get()
print(json.dumps({**open_record(row, by=None, purpose='test').state, "outcome_of_record": row.outcome}))
"""
TOWNS = "ghent = Ghent [province=east]\nbruges = Bruges [province=west]"


@pytest.fixture
def workshop(served: Any, new_page: Any) -> Any:
    """The editor's browser; at the end it has met no error."""
    served.set_up(PEOPLE)
    page = new_page(viewport={"width": 1440, "height": 1600})
    page.set_default_timeout(30_000)
    failures: list[str] = []
    page.on("pageerror", lambda failure: failures.append(str(failure)))
    sign_in(page, served.url, "editor", PASSWORD)
    yield page
    assert failures == []


def begin(page: Any, number: int, title: str) -> str:
    """A new section; the name of its stream of items."""
    add(page, "body")
    write(page, f"body-{number}-value-title", title)
    return f"body-{number}-value-items"


def ask(page: Any, items: str, number: int, kind: str, label: str) -> str:
    """A new question; what the names of its fields begin with."""
    add(page, items, kind)
    place = f"{items}-{number}-value"
    write(page, f"{place}-label", label)
    return place


def condition(page: Any, field: str, text: str) -> None:
    """A condition, written as a formula."""
    widget = page.locator(f"[name={field}]").locator("xpath=..")
    widget.get_by_role("button", name="Write a formula").click()
    widget.get_by_label("Formula").fill(text)


def write_household(page: Any) -> None:
    items = begin(page, 0, "Household")
    ask(page, items, 0, "Text", "Phone")
    mail = ask(page, items, 1, "Text", "Mail")
    condition(page, f"{mail}-required_when", "phone is not answered")
    number = ask(page, items, 2, "Text", "File number")
    open_group(page, f"{number}-default")
    condition(page, f"{number}-read_only_when", "phone is answered")
    ask(page, items, 3, "Date", "Onset")
    until = ask(page, items, 4, "Date", "Until")
    open_group(page, f"{until}-default")
    page.fill(f"[name={until}-default]", "onsett + 10 days")


def write_towns(page: Any) -> None:
    items = "body-0-value-items"
    province = ask(page, items, 5, "Choose one", "Province")
    page.fill(f"[name={province}-choices]", "east = East\nwest = West")
    town = ask(page, items, 6, "Choose one", "Town")
    page.fill(f"[name={town}-choices]", TOWNS)
    widget = page.locator(f"[name={town}-choice_filter]").locator("xpath=..")
    widget.get_by_role("button", name="Add a condition").click()
    widget.get_by_label("Question").select_option(label="the choice's “province”")
    widget.get_by_label("Compare with").select_option(label="another answer")
    widget.get_by_label("another answer").select_option(label="Province")


def write_people(page: Any) -> None:
    people = ask(page, "body-0-value-items", 7, "Whole number", "People")
    page.fill(f"[name={people}-minimum]", "0")
    open_group(page, f"{people}-default")
    add(page, f"{people}-constraints")
    row = f"{people}-constraints-0-value"
    condition(page, f"{row}-test", "people <= 3")
    page.fill(f"[name={row}-message]", "So many people?")
    page.check(f"[name={row}-warning]")


def write_sections(page: Any) -> None:
    items = begin(page, 1, "Person")
    ask(page, items, 0, "Text", "Who")
    ask(page, items, 1, "Yes or no", "Smokes")
    open_group(page, "body-1-value-repeat-on")
    page.check("[name=body-1-value-repeat-on]")
    page.fill("[name=body-1-value-repeat-count]", "people")
    page.fill("[name=body-1-value-repeat-entry_label]", "Person")
    items = begin(page, 2, "Visit")
    hours = ask(page, items, 0, "Whole number", "Hours")
    page.fill(f"[name={hours}-maximum]", "24")
    condition(page, "body-2-value-relevance", "smokes")
    pick(page, "body-2-value-within", "Person")
    open_group(page, "body-2-value-repeat-on")
    page.check("[name=body-2-value-repeat-on]")
    items = begin(page, 3, "Notes")
    ask(page, items, 0, "Long text", "Note")
    page.check("[name=body-3-value-side]")
    add(page, "outcomes")
    write(page, "outcomes-0-value-label", "Done")
    page.check("[name=outcomes-0-value-complete]")


def correct(page: Any, shoot: Any) -> None:
    """The problem is told at its block; corrected, the page goes live."""
    publish(page)
    told = page.locator(
        "[data-streamfield-child] [data-streamfield-child]", has_text="Default, line 1"
    )
    told.first.wait_for()
    assert "Did you mean “onset”?" in told.first.inner_text()
    shoot(settled(page), "told")
    open_group(page, "body-0-value-items-4-value-default")
    page.fill("[name=body-0-value-items-4-value-default]", "onset + 10 days")
    publish(page)
    assert "published" in page.locator(".messages").inner_text()


def compiled_as_written(found: dict[str, Any]) -> None:
    home, person, visit, notes = found["sections"]
    by_name = {item["name"]: item for item in home["items"]}
    assert by_name["mail"]["required"] == ["not", ["answered", ["answer", "phone"]]]
    assert by_name["file_number"]["read_only"] == ["answered", ["answer", "phone"]]
    assert by_name["until"]["default"][0] == "add_days"
    assert by_name["town"]["choice_filter"] == [
        "eq",
        ["offered", "province"],
        ["answer", "province"],
    ]
    assert by_name["town"]["settings"]["choices"][0]["attributes"] == {"province": "east"}
    assert by_name["people"]["constraints"][0]["warning"] is True
    assert by_name["people"]["settings"]["minimum"] == "0"
    assert person["repeat"]["count"] == ["answer", "people"]
    assert (visit["within"], "count" in visit["repeat"], notes["side"]) == ("person", False, True)


def box(page: Any, place: str) -> Any:
    return page.locator(f'[data-place="{place}"]')


def fill(page: Any, place: str, text: str) -> None:
    page.locator(f'[id="q:{place}"]').fill(text)
    page.keyboard.press("Tab")


def call_home(page: Any, shoot: Any) -> None:
    fill(page, "file_number", "F1")
    expect(box(page, "mail").locator("[data-optional]")).to_be_hidden()
    fill(page, "phone", "1")
    expect(box(page, "mail").locator("[data-optional]")).to_be_visible()
    expect(page.locator('[id="q:file_number"]')).to_have_attribute("readonly", "")
    fill(page, "onset", "2026-03-01")
    expect(page.locator('[id="q:until"]')).to_have_value("2026-03-11")
    page.click("[data-confirm=until]")
    expect(box(page, "until").locator("[data-suggested]")).to_be_hidden()
    answer(page, "province", "east")
    expect(box(page, "town").locator("label.choice:visible")).to_have_text(["1Ghent"])
    answer(page, "town", "ghent")
    fill(page, "people", "4")
    page.locator('[id="r:people"]').fill("Two families")
    shoot(page, "call-warning")
    page.click("[data-override=people]")
    expect(box(page, "people")).to_contain_text("Set aside: Two families")


def call_people(page: Any, shoot: Any) -> None:
    page.keyboard.press("Control+b")
    page.locator('[id="q:note"]').fill("Rang twice")
    page.keyboard.press("Control+b")
    expect(page.locator("form[data-section=household]")).to_be_visible()
    page.click("[data-go=next]")
    expect(page.locator("[data-table=person] tbody tr")).to_have_count(4)
    fill(page, "person/1/who", "Ann")
    answer(page, "person/1/smokes", True)
    page.click('[data-add="person/1/visit"]')
    page.keyboard.type("3")
    shoot(page, "call-entries")


def test_it_is_written_corrected_published_and_called(
    served: Any, workshop: Any, new_page: Any, shoot: Any
) -> None:
    blank_page(workshop, served.url, "script", "Household")
    for step in (write_household, write_towns, write_people, write_sections):
        step(workshop)
    shoot(settled(workshop), "written")
    correct(workshop, shoot)
    compiled_as_written(saved(served, "household")["definition"])
    page = new_page()
    sign_in(page, served.url, "agent", PASSWORD)
    page.click("form[action='/app/household/start/'] button")
    page.wait_for_selector("html[data-screen=ready]")
    call_home(page, shoot)
    call_people(page, shoot)
    all_saved(page)
    end_call(page, "done")
    state = json.loads(served.manage("shell", "-v0", "-c", STATE))
    answers = state["answers"]
    (visit,) = state["entries"]["person/1/visit"]
    assert state["outcome_of_record"] == "done"
    assert state["overridden"] == {"people": "Two families"}
    assert (answers["until"], answers["town"], answers["note"]) == (
        "2026-03-11",
        "ghent",
        "Rang twice",
    )
    assert answers[f"person/1/visit/{visit}/hours"] == "3"
