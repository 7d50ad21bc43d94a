"""The steps of those who write: a new page, blocks, a condition that is picked, publishing."""

from typing import Any

from playwright.sync_api import TimeoutError as TooLong


def home_of(page: Any, url: str) -> str:
    """Address of the top of the English tree in the workshop: it stands first."""
    page.goto(f"{url}/admin/pages/")
    row = page.locator("main table tbody tr").first
    assert "English" in row.inner_text()
    edit = row.locator("a", has_text="Scriptorium").first.get_attribute("href")
    return url + edit.removesuffix("edit/")


def blank_page(page: Any, url: str, kind: str, title: str) -> None:
    """A blank page of a kind: script, form, document."""
    page.goto(home_of(page, url) + "add_subpage/")
    page.locator(f"a[href*='/add/content/{kind}page/']").first.click()
    page.get_by_role("textbox", name="Title").fill(title)


def add(page: Any, stream: str, kind: str = "") -> None:
    """Press the last + of a stream and pick a kind of block; where it asks and none is named, a section."""
    count = page.locator(f"[name={stream}-count]")
    before = count.input_value()
    button = count.locator("xpath=..").locator(".c-sf-add-button")
    button.last.click()
    if not kind and count.input_value() != before:
        return
    option = page.get_by_role("option", name=kind or "Section", exact=True)
    try:
        option.wait_for(timeout=3000)
    except TooLong:  # blocks that grow meanwhile close what was opened: a person presses once more
        button.last.click()
    option.click()


def write(page: Any, name: str, text: str) -> None:
    page.fill(f"[name={name}]", text)
    page.press(f"[name={name}]", "Tab")


def pick_condition(page: Any, name: str, question: str, value: str) -> None:
    """A condition of one row, picked in the widget: this question is this value."""
    condition = page.locator(f"[name={name}]").locator("xpath=..")
    condition.get_by_role("button", name="Add a condition").click()
    condition.get_by_label("Question").select_option(label=question)
    condition.get_by_label("Value").select_option(label=value)


def pick(page: Any, name: str, label: str) -> None:
    """One of a list; a list of the page's own questions is filled when it gets the focus."""
    page.focus(f"[name={name}]")
    page.select_option(f"[name={name}]", label=label)


def open_row(page: Any, label: str) -> None:
    row = page.locator("[data-streamfield-child] > section").filter(
        has=page.locator("[data-panel-heading-text]", has_text=label)
    )
    row.last.locator("[data-panel-toggle]").first.click()


def publish(page: Any) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    sent(page, page.locator("button[name=action-publish]"))


def sent(page: Any, button: Any) -> None:
    """Send the form, and wait for the page that answers: messages of the time before may still stand in this one."""
    page.evaluate("() => { window.before = true; }")
    button.click()
    answered = "() => !window.before && document.querySelector('.messages li')"
    page.wait_for_function(answered, timeout=60_000)


def open_group(page: Any, name: str) -> None:
    """The folded group of fields that this one stands in; a question's are made when it is opened, but for the name."""
    here = name if "-repeat-" in name else f"{name.rpartition('-')[0]}-name"
    group = page.locator(f"[name={here}]").locator("xpath=ancestor::section[1]")
    group.locator("[data-panel-toggle]").first.click()
    page.wait_for_selector(f"[name={name}]")


def settled(page: Any) -> Any:
    """The page once its blocks stand still: Wagtail lets new ones grow."""
    page.wait_for_timeout(600)
    return page
