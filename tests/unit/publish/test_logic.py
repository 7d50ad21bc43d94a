"""Formulas and decision tables on their way: published, previewed, played, exported, told in the history."""

from typing import Any

from django.test import RequestFactory

from builder.definition import diff, say_change
from builder.models import Version, definition_of
from content.actions import change_page
from exports.codebook import codebook
from exports.table import Reading, tables
from runtime.workspace.screen_sheet import shown_value
from tests.bodies import ask, compute, formula, section
from tests.definitions import Scenario


def table(*cases: tuple[str, str], **value: Any) -> Any:
    rows = [{"test": formula(test), "result": result} for test, result in cases]
    return {"type": "decision_table", "value": {"cases": rows, "shown": True, **value}}


def body(*cases: tuple[str, str]) -> Any:
    return [
        section(
            "Start",
            ask("yes_no", "fever"),
            ask("date", "onset"),
            compute("formula", "days_ill", formula="days between onset and today", shown=True),
            table(*cases, label="Advice", name="advice", otherwise="no advice"),
            table(*cases, label="All advice", name="all_advice", hit="collect"),
        )
    ]


CASES = (("days_ill <= 10", "isolate"), ("fever", "rest"))


def published(make: Any) -> Any:
    page = make(body(*CASES))
    return page, definition_of(Version.objects.get())


def test_a_table_is_carried_out(make: Any) -> None:
    _page, definition = published(make)
    played = Scenario(definition)
    assert (played.value("advice"), played.value("all_advice")) == ("no advice", None)
    played.answer("fever", value=True)
    assert (played.value("advice"), played.value("all_advice")) == ("rest", ["rest"])
    played.answer("onset", "2026-03-10")
    assert (played.value("days_ill"), played.value("advice")) == ("6", "isolate")
    assert played.value("all_advice") == ["isolate", "rest"]


def test_the_preview_shows_a_table_as_a_calculation(make: Any) -> None:
    page, _definition = published(make)
    shown = page.serve_preview(RequestFactory().get("/"), "").content.decode()
    assert "All advice" in shown
    assert "no advice" in shown


def test_what_a_table_gives_is_exported(make: Any) -> None:
    _page, definition = published(make)
    answers = {"advice": "isolate", "all_advice": ("isolate", "rest"), "days_ill": "6"}
    made = tables(definition, [Reading({}, answers, {})]).root
    row = dict(zip([column.name for column in made.columns], next(iter(made.rows)), strict=True))
    assert (row["advice"], row["all_advice"], row["days_ill"]) == ("isolate", "isolate rest", "6")
    assert codebook(definition, 1)


def test_what_a_table_collects_is_read_with_commas(make: Any) -> None:
    _page, definition = published(make)
    collected = next(item for item in definition.sections[0].items if item.type == "many")
    assert shown_value(None, collected, ["isolate", "rest"]) == "isolate, rest"


def test_the_history_tells_the_rows_that_changed(make: Any, editor: Any) -> None:
    page, before = published(make)
    change_page(page=page, by=editor, body=body(("days_ill <= 7", "isolate"), CASES[1]))
    after = definition_of(Version.objects.order_by("-number").first())
    said = [say_change(change) for change in diff(before, after)]
    assert (
        "Row of “Advice”: “isolate if Days_ill is at most 10” became “isolate if Days_ill is at most 7”."
        in said
    )
