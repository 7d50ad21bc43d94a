"""In a real browser: a condition that is written as a formula, told where it is wrong, corrected, published, opened again."""

from collections.abc import Callable
from typing import Any

from tests.journeys.test_editor import open_script, saved, workshop, write_small_script
from tests.journeys.workshop import open_row, publish

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
    row = page.locator("[data-streamfield-child]", has_text="asked when: is_it_a_good_moment = no")
    assert row.count() > 0
    open_row(page, "Why not?")
    assert condition.get_by_label("Formula").input_value() == "is_it_a_good_moment = no"
    condition.get_by_role("button", name="Pick conditions").click()
    assert page.locator(f"[name={PLACE}]").input_value() == ""
    assert page.failures == []
