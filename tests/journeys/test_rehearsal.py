"""In a real browser: a draft is played in the preview while it is written, a run becomes a test, and the test stops a release."""

from collections.abc import Callable
from typing import Any

from tests.journeys.test_editor import open_script, workshop, write_small_script
from tests.journeys.workshop import open_row, publish

assert workshop  # a fixture


def preview_of(page: Any) -> Any:
    """The frame of the panel that stands there now, once it plays."""
    page.wait_for_selector("#w-preview-iframe[src]", state="attached")
    frame = page.frame_locator("#w-preview-iframe")
    frame.locator("html[data-rehearsal=ready]").wait_for(state="attached")
    page.wait_for_timeout(1000)
    until(page, "document.querySelectorAll('.w-preview__iframe').length === 1")
    frame.locator("html[data-rehearsal=ready]").wait_for(state="attached")
    return frame


def open_preview(page: Any) -> Any:
    page.locator("[data-side-panel-toggle=preview]").first.click()
    return preview_of(page)


def until(page: Any, true: str) -> None:
    """Wait, without the `eval` that the page's policy forbids."""
    for _try in range(600):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    raise AssertionError(true)


def drawn_anew(page: Any, act: Callable[[], Any]) -> Any:
    """What the panel shows after an edit; Wagtail hears of none while an autosave is on its way."""
    page.wait_for_timeout(3000)
    page.wait_for_load_state("networkidle")
    page.evaluate(
        "document.getElementById('w-preview-iframe').old = true"
    )  # a clone has its attributes
    act()
    until(page, "document.getElementById('w-preview-iframe')?.old === undefined")
    return preview_of(page)


def test_an_author_plays_keeps_a_test_and_is_stopped_by_it(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    page = workshop
    page.set_default_timeout(60_000)
    write_small_script(page, served.url)
    publish(page)
    open_script(page, served.url)
    frame = open_preview(page)
    why = frame.locator("[data-place=why_not]")
    assert why.is_hidden()
    frame.locator("[data-place=is_it_a_good_moment] input[value=false]").check()
    why.wait_for()
    why.locator("input[value=driving]").check()
    shoot(page, "played")

    # the author goes on writing: the answers stay, also where a question was renamed
    open_row(page, "Opening")
    open_row(page, "Why not?")
    items = "body-0-value-items"
    frame = drawn_anew(page, lambda: page.fill(f"[name={items}-1-value-label]", "Why is it not?"))
    frame.locator("[data-place=why_not] legend", has_text="Why is it not?").wait_for()
    assert frame.locator("[data-place=why_not] input[value=driving]").is_checked()
    frame = drawn_anew(page, lambda: page.fill(f"[name={items}-1-value-choices]", "Busy at work"))
    frame.get_by_text("1 answer no longer fits.").wait_for()
    shoot(page, "no-longer-fits")
    frame = drawn_anew(
        page,
        lambda: page.fill(f"[name={items}-1-value-choices]", "Busy at work\ndriving = Is driving"),
    )
    assert frame.locator("[data-place=why_not] input[value=driving]").is_checked()

    # a run becomes a test
    frame.get_by_role("button", name="Save this run as a test").click()
    frame.get_by_label("Name of the test").fill("At the wheel")
    frame.get_by_role("checkbox", name="Why is it not?").check()
    shoot(page, "keep")
    frame.get_by_role("button", name="Save the test").click()
    frame.get_by_text("Kept as the test “At the wheel”.").wait_for()
    publish(page)

    # it passes, and when the script is broken it stops the release
    page.goto(address_of_tests(page, served.url))
    page.get_by_text("1 test passes").wait_for()
    shoot(page, "tests")
    open_script(page, served.url)
    open_row(page, "Opening")
    open_row(page, "Why is it not?")
    page.fill(f"[name={items}-1-value-choices]", "Busy at work")
    publish(page)
    assert "The test “At the wheel” fails" in page.locator(".messages").inner_text()
    shoot(page, "stopped")
    assert page.failures == []


def address_of_tests(page: Any, url: str) -> str:
    """The address of the tests of the page that was published last."""
    open_script(page, url)
    number = page.url.rstrip("/").split("/")[-2]
    return f"{url}/admin/tests/{number}/"


def test_preview_and_editor_show_each_other_the_block(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    page = workshop
    page.set_default_timeout(60_000)
    write_small_script(page, served.url)
    publish(page)
    open_script(page, served.url)
    frame = open_preview(page)
    frame.locator("[data-place=is_it_a_good_moment] legend").click()
    label = page.locator("[name=body-0-value-items-0-value-label]")
    label.wait_for()

    # to a question that is not asked, the preview says so; to one that is, it goes
    open_row(page, "Why not?")
    page.focus("[name=body-0-value-items-1-value-label]")
    frame.get_by_text("With these answers this is not asked.").wait_for()
    frame.locator("[data-place=is_it_a_good_moment] input[value=false]").check()
    label.focus()
    page.focus("[name=body-0-value-items-1-value-label]")
    frame.locator("[data-place=why_not].rehearsal-at").wait_for()
    shoot(page, "at-the-block")

    # from the keyboard: the question with the focus is opened, and has the focus in the editor
    frame.locator("[data-place=is_it_a_good_moment] input[value=true]").check()
    frame.get_by_role("button", name="Edit the question I am at").press("Enter")
    until(page, "Boolean(document.activeElement.closest('[data-panel-toggle]'))")

    # another day, a step back, an end, from the start
    frame.get_by_label("As if today were").fill("2026-02-03")
    assert frame.locator("[data-place=is_it_a_good_moment] input[value=true]").is_checked()
    frame.get_by_role("button", name="Take a step back").click()
    frame.get_by_text("The last step is taken back.").wait_for()
    frame.locator("[data-go=end]").click()
    frame.get_by_role("button", name="End with this").click()
    frame.get_by_text("This run has ended with “Done”.").wait_for()
    frame.get_by_role("button", name="Start again").click()
    frame.get_by_text("From the start.").wait_for()
    assert page.failures == []


def test_a_draft_that_cannot_be_published_plays_and_says_what_is_wrong(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    page = workshop
    page.set_default_timeout(60_000)
    write_small_script(page, served.url)
    publish(page)
    open_script(page, served.url)
    frame = open_preview(page)
    open_row(page, "Opening")
    open_row(page, "Why not?")
    frame = drawn_anew(page, lambda: page.fill("[name=body-0-value-items-1-value-choices]", ""))
    frame.get_by_text("1 problem stands in the way of publishing").wait_for()
    frame.locator("[data-place=is_it_a_good_moment] input[value=false]").check()
    frame.locator("[data-place=why_not]").wait_for()
    page.locator("[name=title]").focus()
    frame.get_by_role("link", name="Opening › Why not?").click()
    until(page, "Boolean(document.activeElement.closest('[data-panel-toggle]'))")
    shoot(page, "problems-on-top")
    assert page.failures == []
