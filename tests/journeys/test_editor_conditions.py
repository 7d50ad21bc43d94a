"""In a real browser: groups in a condition, a formula that is completed and checked as one types, bad input, axe."""

from collections.abc import Callable
from typing import Any

from tests.axe import violations
from tests.journeys.scripts_to_edit import save, saved
from tests.journeys.test_editor_rows import items, pages, row, title, workshop
from tests.journeys.workshop import open_row, settled

assert pages is not None
assert workshop is not None

DAYS = "body-0-value-items-2-value"


def opened(page: Any, label: str) -> None:
    open_row(page, "Opening")
    row(page, label).locator("[data-panel-toggle]").first.click()


def condition_of(page: Any, name: str) -> Any:
    return page.locator(f"[name={name}-relevance]").locator("xpath=..")


def test_a_group_is_picked_and_said(
    workshop: Any, served: Any, pages: dict[str, int], shoot: Callable[..., Any]
) -> None:
    opened(workshop, "For how many")
    condition = condition_of(workshop, DAYS)
    condition.get_by_role("button", name="Add a group").click()
    group = condition.get_by_role("group", name="Group")
    group.get_by_label("Question").select_option(label="Is it a good moment?")
    group.get_by_label("Value").select_option(label="yes")
    group.get_by_role("button", name="Add a condition").click()
    group.get_by_label("Question").last.select_option(label="Which symptoms?")
    group.get_by_label("Value").last.select_option(label="Fever")
    shoot(settled(workshop), "group")
    save(workshop)
    picked = items(saved(served, pages["script"]))[2]["value"]["relevance"]
    assert [row.get("join") for row in picked["rows"]] == [None, "any"]
    assert len(picked["rows"][1]["rows"]) == 2
    open_row(workshop, "Opening")
    said = title(workshop, "For how many").inner_text()
    assert said.endswith(
        "asked when “Which symptoms” contains Cough and (“Is it a good moment” is yes or “Which symptoms” contains Fever)"
    )


def test_a_formula_is_completed_and_checked(
    workshop: Any, served: Any, pages: dict[str, int], shoot: Callable[..., Any]
) -> None:
    opened(workshop, "For how many")
    condition = condition_of(workshop, DAYS)
    condition.get_by_role("button", name="Write a formula").click()
    area = condition.get_by_label("Formula")
    area.press_sequentially("mo")
    option = condition.get_by_role("option").first
    assert option.inner_text() == "moment Is it a good moment?"
    shoot(workshop, "completed")
    area.press("Enter")
    assert area.input_value() == "moment"
    fits = condition.get_by_role("status")
    fits.get_by_text("The formula can be read.").wait_for()
    area.press_sequentially("t")
    fits.get_by_text("Did you mean “moment”?").wait_for()
    assert area.get_attribute("aria-invalid") == "true"
    shoot(workshop, "told")
    area.press("Backspace")
    fits.get_by_text("The formula can be read.").wait_for()
    workshop.context.set_offline(True)
    area.press_sequentially(" ")
    fits.get_by_text("It is checked when you publish.").wait_for()
    workshop.context.set_offline(False)
    area.fill("moment or " * 490 + "moment")
    fits.get_by_text("nested too deeply").wait_for()
    area.fill("moment")
    save(workshop)
    assert items(saved(served, pages["script"]))[2]["value"]["relevance"] == {"formula": "moment"}


def test_what_is_pasted_stays_text(
    workshop: Any, served: Any, pages: dict[str, int], shoot: Callable[..., Any]
) -> None:
    nasty = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    spoken: list[str] = []
    workshop.on("dialog", lambda dialog: (spoken.append(dialog.message), dialog.dismiss()))
    opened(workshop, "Which symptoms?")
    label = workshop.locator("[name=body-0-value-items-1-value-label]")
    label.evaluate(
        """(field) => { field.focus(); field.select();
        document.execCommand('insertText', false, '<p class=MsoNormal>Which <b>symptoms</b>?<o:p></o:p></p>'); }"""
    )
    assert "MsoNormal" in label.input_value()
    label.fill(nasty)
    label.press("Tab")
    workshop.wait_for_timeout(500)
    assert nasty[:20] in title(workshop, "For how many").inner_text()
    workshop.keyboard.press("Control+Alt+KeyF")
    workshop.keyboard.type("onerror")
    assert nasty[:20] in workshop.get_by_role("option").first.inner_text()
    assert (
        workshop.locator("[data-contentpath=body] img, [data-contentpath=body] script").count()
        == 0
    )
    workshop.keyboard.press("Escape")
    save(workshop)
    assert items(saved(served, pages["script"]))[1]["value"]["label"] == nasty
    assert spoken == []


def test_the_parts_of_the_editor_page_are_accessible(workshop: Any) -> None:
    opened(workshop, "Which symptoms?")
    workshop.wait_for_timeout(800)
    for part in (".builder-find", "[data-contentpath=body]"):
        assert violations(workshop, part) == []
    row(workshop, "Is it a good").locator("[data-streamfield-action=DELETE]").first.click()
    workshop.get_by_role("dialog").wait_for()
    assert violations(workshop, ".builder-dialog") == []
    workshop.keyboard.press("Escape")
    workshop.get_by_role("button", name="Paste a block").click()
    assert violations(workshop, ".builder-dialog") == []
    workshop.keyboard.press("Escape")
    workshop.locator("#builder-find").fill("symptoms")
    assert violations(workshop, ".builder-find") == []
