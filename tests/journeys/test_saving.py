"""In a real browser: what is typed is saved by itself, whatever else is on its way; what is sent comes last."""

from typing import Any

from tests.journeys.scripts_to_edit import save, saved
from tests.journeys.test_editor_conditions import opened
from tests.journeys.test_editor_rows import items, pages, workshop
from tests.journeys.workshop import publish

assert pages is not None
assert workshop is not None

LABEL = "body-0-value-items-1-value-label"


def is_autosave(asked: Any) -> bool:
    return bool(
        asked.method == "POST" and "/edit/" in asked.url and not asked.is_navigation_request()
    )


def hold_autosaves(page: Any, milliseconds: int) -> None:
    """They take so long to arrive."""

    def slow(route: Any) -> None:
        if is_autosave(route.request):
            page.wait_for_timeout(milliseconds)
        route.continue_()

    page.route("**/edit/", slow)


def autosaved(page: Any) -> Any:
    return page.expect_response(lambda answer: is_autosave(answer.request), timeout=40_000)


def test_what_is_typed_as_soon_as_the_page_is_there_is_saved(
    workshop: Any, served: Any, pages: dict[str, int]
) -> None:
    address = f"{served.url}/admin/pages/{pages['script']}/edit/"
    workshop.goto(address, wait_until="domcontentloaded")
    with autosaved(workshop) as answer:
        workshop.locator("[name=title]").fill("Written at once")
    assert "Written at once" in (answer.value.request.post_data or "")
    assert answer.value.ok


LAST_MOMENT = """([name, text]) => document.addEventListener('w-autosave:success', () => {
  const field = document.querySelector(`[name=${name}]`);
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}, { capture: true, once: true })"""


def test_what_is_typed_while_an_autosave_is_on_its_way_is_saved_after_it(
    workshop: Any, served: Any, pages: dict[str, int]
) -> None:
    opened(workshop, "Which symptoms?")
    workshop.wait_for_timeout(3000)
    workshop.evaluate(LAST_MOMENT, [LABEL, "The last words"])
    with autosaved(workshop):
        workshop.locator(f"[name={LABEL}]").fill("The first words")
    with autosaved(workshop):
        pass
    assert items(saved(served, pages["script"]))[1]["value"]["label"] == "The last words"
    workshop.wait_for_timeout(7000)
    assert workshop.locator("[data-w-unsaved-has-edits-value=false]").count() == 1


def told_of_saving(page: Any) -> list[str]:
    """A list that grows: what was saved, an autosave or the page."""
    told: list[str] = []

    def note(answer: Any) -> None:
        if answer.request.method == "POST" and "/edit/" in answer.url:
            told.append("autosave" if is_autosave(answer.request) else "page")

    page.on("response", note)
    return told


def test_what_is_sent_waits_for_an_autosave_on_its_way(
    workshop: Any, served: Any, pages: dict[str, int]
) -> None:
    opened(workshop, "Which symptoms?")
    workshop.wait_for_timeout(3000)
    label = workshop.locator(f"[name={LABEL}]")
    hold_autosaves(workshop, 2000)
    told = told_of_saving(workshop)
    with workshop.expect_request(is_autosave):
        label.fill("The first words")
    label.fill("The last words")
    save(workshop)
    assert told == ["autosave", "page"]
    assert items(saved(served, pages["script"]))[1]["value"]["label"] == "The last words"


def test_what_is_sent_calls_off_an_autosave_that_has_not_set_out(
    workshop: Any, served: Any, pages: dict[str, int]
) -> None:
    opened(workshop, "Which symptoms?")
    workshop.wait_for_timeout(3000)
    told = told_of_saving(workshop)
    with workshop.expect_event("console", lambda said: said.text == "called"):
        workshop.evaluate(
            "document.addEventListener('w-autosave:save', () => console.log('called'))"
        )
        workshop.locator(f"[name={LABEL}]").fill("The only words")
    save(workshop)
    workshop.wait_for_timeout(6000)
    assert told == ["page"]
    assert items(saved(served, pages["script"]))[1]["value"]["label"] == "The only words"


def test_a_page_that_was_refused_saves_itself_again(
    workshop: Any, served: Any, pages: dict[str, int]
) -> None:
    opened(workshop, "Which symptoms?")
    workshop.locator(f"[name={LABEL}]").fill("Too {unknown} to publish")
    with autosaved(workshop):
        publish(workshop)
    assert "could not be saved" in workshop.locator(".messages").inner_text()
    label = items(saved(served, pages["script"]))[1]["value"]["label"]
    assert label == "Too {unknown} to publish"
    with autosaved(workshop):
        workshop.locator("[name=title]").fill("Another title")
