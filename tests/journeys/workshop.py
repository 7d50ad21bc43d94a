"""The steps of those who write: a new page, blocks, a condition that is picked, publishing."""

from typing import Any


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
    """Press the last + of a stream and pick a kind of block; in a script's body there is more than one."""
    count = page.locator(f"[name={stream}-count]")
    before = count.input_value()
    count.locator("xpath=..").locator(".c-sf-add-button").last.click()
    if kind or count.input_value() == before:
        page.get_by_role("option", name=kind or "Section", exact=True).click()


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
    page.locator("button[name=action-publish]").click()
    page.wait_for_selector(".messages li")


def open_group(page: Any, name: str) -> None:
    """The folded group of fields that this one stands in."""
    group = page.locator(f"[name={name}]").locator("xpath=ancestor::section[1]")
    group.locator("[data-panel-toggle]").first.click()
    page.wait_for_selector(f"[name={name}]")


def settled(page: Any) -> Any:
    """The page once its blocks stand still: Wagtail lets new ones grow."""
    page.wait_for_timeout(600)
    return page
