"""In a real browser: a condition that is written as a formula, and a decision table; told where they are wrong, corrected, published."""

from collections.abc import Callable
from typing import Any

from tests.journeys.test_editor import open_script, saved, workshop, write_small_script
from tests.journeys.workshop import add, open_row, publish, write

assert workshop  # a fixture

PLACE = "body-0-value-items-1-value-relevance"


def test_a_condition_is_written_as_a_formula(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    page = workshop
    write_small_script(page, served.url)
    condition = page.locator(f"[name={PLACE}]").locator("xpath=..")
    condition.get_by_role("button", name="Write a formula").click()
    condition.get_by_label("Formula").fill("not is_it_a_good_momentt")
    publish(page)
    told = page.locator("[data-streamfield-child]", has_text="Did you mean “is_it_a_good_moment”?")
    told.first.wait_for()
    assert "Formula, line 1, character 5" in told.first.inner_text()
    shoot(page, "formula-told")
    condition.get_by_label("Formula").fill("is_it_a_good_moment = no")
    publish(page)
    why = saved(served, "short-call")["definition"]["sections"][0]["items"][1]
    assert why["relevance"] == ["eq", ["answer", "is_it_a_good_moment"], ["value", "bool", False]]
    open_script(page, served.url)
    open_row(page, "Opening")
    row = page.locator("[data-streamfield-child]", has_text="asked when is_it_a_good_moment = no")
    assert row.count() > 0
    open_row(page, "Why not?")
    assert condition.get_by_label("Formula").input_value() == "is_it_a_good_moment = no"
    condition.get_by_role("button", name="Pick conditions").click()
    assert page.locator(f"[name={PLACE}]").input_value() == ""
    assert page.failures == []


def row_of_table(page: Any, number: int, formula: str, result: str) -> None:
    place = f"body-0-value-items-2-value-cases-{number}-value"
    condition = page.locator(f"[name={place}-test]").locator("xpath=..")
    condition.get_by_role("button", name="Write a formula").click()
    condition.get_by_label("Formula").fill(formula)
    page.fill(f"[name={place}-result]", result)


def test_a_decision_table_is_written_told_at_its_row_and_published(
    workshop: Any, served: Any, shoot: Callable[..., Any]
) -> None:
    page, items = workshop, "body-0-value-items"
    write_small_script(page, served.url)
    add(page, items, "Decision table")
    write(page, f"{items}-2-value-label", "Advice")
    for number in range(2):
        add(page, f"{items}-2-value-cases")
        row_of_table(page, number, "is_it_a_good_moment", f"advice {number}")
    page.fill(f"[name={items}-2-value-otherwise]", "ask")
    publish(page)
    told = "Row 2 can never be reached: row 1 holds wherever it would."
    messages = page.locator(".messages").inner_text()
    assert told in messages
    assert "is needed" not in messages
    marked = page.locator(f"[name={items}-2-value-cases-1-value-result]").locator(
        "xpath=ancestor::*[@data-contentpath][2]"
    )
    assert told in marked.inner_text()
    shoot(page, "table-told")
    row = page.locator(f"[name={items}-2-value-cases-1-value-test]").locator("xpath=..")
    row.get_by_label("Formula").fill("why_not = driving")
    publish(page)
    advice = saved(served, "short-call")["definition"]["sections"][0]["items"][2]
    assert (advice["kind"], advice["type"], advice["name"]) == ("calculation", "text", "advice")
    assert [row[0] for row in advice["expression"][1:]] == ["when", "when", "value"]
    assert page.failures == []
