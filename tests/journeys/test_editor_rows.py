"""In a real browser: a question is a row; rows are found, copied, pasted, deleted with warning and brought back."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.scripts_to_edit import MAKE, edit, save, saved
from tests.journeys.workshop import open_row, settled

SECTION = "[data-contentpath=body] > div [data-streamfield-child]"


@pytest.fixture
def pages(served: Any) -> dict[str, int]:
    found: dict[str, int] = json.loads(served.set_up(MAKE).splitlines()[-1])
    return found


@pytest.fixture
def workshop(
    served: Any, pages: Any, new_page: Callable[..., Any], sign_in: Callable[..., None]
) -> Iterator[Any]:
    """The browser on the script's editor page, signed in as an editor; no script of the page may fail."""
    from tests.people import PASSWORD

    page = new_page(
        viewport={"width": 1440, "height": 1200},
        permissions=["clipboard-read", "clipboard-write"],
    )
    failures: list[str] = []
    page.on("pageerror", lambda failure: failures.append(str(failure)))
    sign_in(page, served.url, "editor", PASSWORD)
    edit(page, served.url, pages["script"])
    yield page
    assert failures == []


def title(page: Any, label: str) -> Any:
    """The heading of the row that begins with these words."""
    begins = re.compile(rf"^\s*{re.escape(label)}")
    return page.locator("[data-panel-heading-text]", has_text=begins).last


def row(page: Any, label: str) -> Any:
    return page.locator("[data-streamfield-child]").filter(has=title(page, label)).last


def press(page: Any, label: str, action: str) -> None:
    row(page, label).locator(f"[data-streamfield-action={action}]").first.click()


def items(found: dict[str, Any], section: int = 0) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = found["body"][section]["value"]["items"]
    return listed


def test_a_closed_row_says_what_it_is_and_when_it_is_asked(
    workshop: Any, shoot: Callable[..., Any]
) -> None:
    assert title(workshop, "Advice").inner_text() == (
        "Advice advice 1 item asked when “Which symptoms” contains Fever"
    )
    open_row(workshop, "Opening")
    assert title(workshop, "Is it a good").inner_text() == "Is it a good moment? moment required"
    assert title(workshop, "Which symptoms?").inner_text() == (
        "Which symptoms? symptoms 3 choices asked when “Is it a good moment” is yes"
    )
    row(workshop, "Is it a good").locator("[data-panel-toggle]").first.click()
    workshop.locator("[name$=-value-label]").first.fill("May I ask?")
    workshop.locator("[name$=-value-label]").first.press("Tab")
    workshop.wait_for_function(
        "() => document.querySelector('[data-contentpath=body]').innerText.includes('asked when “May I ask” is yes')"
    )
    shoot(settled(workshop), "rows")


def test_find_opens_the_path_and_escape_comes_back(
    workshop: Any, served: Any, pages: dict[str, int], shoot: Callable[..., Any]
) -> None:
    workshop.keyboard.press("Control+Alt+KeyF")
    workshop.keyboard.type("cough")
    options = workshop.get_by_role("option")
    assert [option.split("\n")[0] for option in options.all_inner_texts()] == [
        "Choose several Opening › Which symptoms? symptoms",
        "Whole number Opening › For how many days? days",
    ]
    shoot(workshop, "found")
    workshop.keyboard.press("ArrowDown")
    workshop.keyboard.press("Enter")
    assert workshop.locator("[name=body-0-value-items-2-value-label]").is_visible()
    focused = workshop.evaluate(
        "() => document.activeElement.closest('[data-streamfield-child]').innerText"
    )
    assert "For how many days?" in focused
    workshop.keyboard.press("/")
    assert workshop.evaluate("() => document.activeElement.id") == "builder-find"
    workshop.keyboard.press("Escape")
    assert "For how many days?" in workshop.evaluate(
        "() => document.activeElement.closest('[data-streamfield-child]').innerText"
    )
    asked = items(saved_body(served, pages))[2]["id"]
    for anchor in (f"#block-{asked}-section", f"#:w:contentpath=body.x.items.{asked}.label"):
        workshop.goto("about:blank")
        edit(workshop, served.url, pages["script"], anchor)
        workshop.wait_for_selector("[name=body-0-value-items-2-value-label]")


def saved_body(served: Any, pages: dict[str, int]) -> dict[str, Any]:
    code = (
        "import json; from content.models import ScriptPage; "
        f"print(json.dumps({{'body': ScriptPage.objects.get(pk={pages['script']}).body.get_prep_value()}}))"
    )
    found: dict[str, Any] = json.loads(served.manage("shell", "-v0", "-c", code).splitlines()[-1])
    return found


def test_a_copied_section_speaks_of_itself(
    workshop: Any, served: Any, pages: dict[str, int]
) -> None:
    press(workshop, "Opening", "DUPLICATE")
    workshop.wait_for_selector("[name=body-2-value-title]")
    save(workshop)
    found = saved(served, pages["script"])
    old, new = items(found), items(found, 1)
    assert [item["value"].get("name") for item in new] == [
        "moment_2",
        "symptoms_2",
        "days_2",
        "weeks_2",
        None,
    ]
    assert new[1]["value"]["relevance"]["rows"][0]["question"] == new[0]["id"]
    assert new[2]["value"]["relevance"]["rows"][0]["question"] == new[1]["id"]
    assert new[3]["value"]["formula"] == "days_2 / 7"
    assert new[4]["value"]["text"] == "So it began {days_2} days ago."
    assert not {item["id"] for item in old} & {item["id"] for item in new}
    assert old[3]["value"]["formula"] == "days / 7"


def test_deleting_says_what_uses_it_and_is_undone(
    workshop: Any, served: Any, pages: dict[str, int], shoot: Callable[..., Any]
) -> None:
    before = saved_body(served, pages)
    open_row(workshop, "Opening")
    press(workshop, "Which symptoms?", "DELETE")
    dialog = workshop.get_by_role("dialog")
    assert dialog.get_by_role("listitem").all_inner_texts() == [
        "Opening › For how many days? (Asked when)",
        "Advice (Asked when)",
        "Done (Offered when)",
    ]
    shoot(workshop, "used")
    workshop.keyboard.press("Escape")
    assert row(workshop, "Which symptoms?").is_visible()
    press(workshop, "Which symptoms?", "DELETE")
    dialog.get_by_role("button", name="Delete it all the same").click()
    undo = workshop.locator(".builder-toast").get_by_role("button", name="Undo")
    workshop.wait_for_function(
        "() => document.querySelector('[data-contentpath=body]').innerText.includes('something that is no longer there')"
    )
    shoot(settled(workshop), "deleted")
    undo.click()
    save(workshop)
    after = saved(served, pages["script"])
    assert [item["id"] for item in items(after)] == [item["id"] for item in items(before)]
    assert items(after)[1]["value"]["choices"] == items(before)[1]["value"]["choices"]
    open_row(workshop, "Opening")
    press(workshop, "So it began", "DELETE")  # nothing uses it: no question is asked
    assert workshop.locator(".builder-toast").inner_text().startswith("Deleted: “So it began")


def test_a_deleted_choice_says_which_conditions_ask_for_it(
    workshop: Any, shoot: Callable[..., Any]
) -> None:
    open_row(workshop, "Opening")
    open_row(workshop, "Which symptoms?")
    choices = workshop.locator("[name=body-0-value-items-1-value-choices]")
    choices.fill("fever = High temperature\nnone = None of these")
    choices.press("Tab")
    dialog = workshop.get_by_role("dialog")
    assert "The choice “Cough” is used elsewhere" in dialog.inner_text()
    assert dialog.get_by_role("listitem").all_inner_texts() == [
        "Opening › For how many days? (Asked when)"
    ]
    dialog.get_by_role("button", name="Keep it").click()
    assert "cough = Cough" in choices.input_value()


def test_a_block_goes_to_another_page_and_says_what_is_not_there(
    workshop: Any, served: Any, pages: dict[str, int], shoot: Callable[..., Any]
) -> None:
    open_row(workshop, "Opening")
    row(workshop, "For how many").locator("[data-builder-action=copy]").first.click()
    workshop.locator(".builder-toast", has_text="Copied").wait_for()
    edit(workshop, served.url, pages["other"])
    workshop.get_by_role("button", name="Paste a block").click()
    workshop.locator("[data-builder-paste]").fill("<b>something else</b>")
    workshop.get_by_role("button", name="Paste", exact=True).click()
    assert "This is no block" in workshop.get_by_role("dialog").inner_text()
    workshop.locator("[data-builder-paste]").fill("")
    workshop.locator("[data-builder-paste]").press("Control+v")
    shoot(workshop, "pasting")
    workshop.get_by_role("button", name="Paste", exact=True).click()
    told = workshop.locator(".builder-toast").inner_text()
    assert "It speaks of “Which symptoms?”, which is not on this page" in told
    assert (
        "asked when something that is no longer there" in title(workshop, "For how").inner_text()
    )
    shoot(settled(workshop), "pasted")
    save(workshop)
    pasted = items(saved(served, pages["other"]))[0]
    assert (pasted["type"], pasted["value"]["name"]) == ("integer", "days")
    assert pasted["id"] != items(saved_body(served, pages))[2]["id"]
