"""A citizen at a public form, from its first page to its reference, and the way back to it."""

from typing import Any

from tests.states.house import House

READY = "html[data-form=ready]"


def press(page: Any, words: str) -> None:
    """A button, and the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def begin(house: House) -> Any:
    page = house.visitor("citizen")
    page.goto(f"{house.url}/form/registration/")
    return page


def section(house: House) -> Any:
    page = house.visitor("citizen")
    press(page, "Begin")
    page.wait_for_selector(READY)
    return page


def errors(house: House) -> Any:
    page = house.visitor("citizen")
    page.fill("[id='q:birth_date']", "banana")
    page.check("input[name='a:helped'][value=true]")
    press(page, "Next")
    page.get_by_role("alert").first.wait_for()
    page.wait_for_selector(READY)
    return page


def later(house: House) -> Any:
    page = house.visitor("citizen")
    page.fill("[id='q:given_name']", "Ann")
    page.fill("[id='q:birth_date']", "27 3 1985")
    press(page, "Next")
    page.wait_for_selector(READY)
    press(page, "Save and continue later")
    return page


def later_code(house: House) -> Any:
    page = house.visitor("citizen")
    press(page, "Get a link and a code")
    house.noted["code"] = page.locator(".form-code").inner_text()
    house.noted["link"] = page.get_by_label("Link", exact=True).input_value()
    return page


def come_back(house: House) -> Any:
    page = house.visitor("citizen elsewhere")
    page.goto(house.noted["link"])
    return page


def entries(house: House) -> Any:
    page = house.visitor("citizen elsewhere")
    page.fill("#code", house.noted["code"])
    press(page, "Continue")
    page.wait_for_selector(READY)
    page.get_by_role("button", name="+ Person").click()
    page.locator("input[id$='/name']").last.fill("Carl")
    page.locator("input[id$='/age']").last.fill("9")
    return page


def check(house: House) -> Any:
    page = house.visitor("citizen elsewhere")
    press(page, "Next")
    page.get_by_role("heading", level=1, name="Check your answers").wait_for()
    return page


def done(house: House) -> Any:
    page = house.visitor("citizen elsewhere")
    press(page, "Send")
    page.get_by_text("We have received your form").wait_for()
    return page
