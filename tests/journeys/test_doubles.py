"""A spreadsheet brings somebody who is there already under another spelling: a supervisor sees the two, and decides."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from playwright.sync_api import expect

from runtime.queues.lists.sheet_writing import MEDIA_TYPE
from tests.axe import violations
from tests.journeys.test_campaign import PASSWORD, SET_UP, becomes
from tests.journeys.walks import sign_in

HEAD = ("First name", "Last name", "Phone", "Date of birth")
FIRST = ("Annelies", "Vandenberghe", "0470 11 22 33", "29/02/1980")
AGAIN = (("Annelies", "Vandenberge", "0470 99 88 77", "29/02/1980"),
         ("Bo", "Maes", 470112244, "30/07/1985"),  # a spreadsheet took the number for a sum
         ("Eve", "Nobody", 33612345678, ""))  # fmt: skip


def book(*rows: tuple[object, ...]) -> bytes:
    made = openpyxl.Workbook()
    for row in (HEAD, *rows):
        made.active.append(row)
    told = io.BytesIO()
    made.save(told)
    return told.getvalue()


def load(page: Any, url: str, *rows: tuple[object, ...]) -> None:
    page.goto(f"{url}/campaign/calls/load/")
    file = {"name": "people.xlsx", "mimeType": MEDIA_TYPE, "buffer": book(*rows)}
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Load the list").click(timeout=30_000)
    page.get_by_role("link", name="To the campaign").wait_for(timeout=30_000)


def test_two_people_of_two_lists_are_decided_to_be_one_and_called_once(
    served: Any, new_page: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    served.set_up(SET_UP)
    page = sign_in(new_page(), served.url, "sofia", PASSWORD)
    load(page, served.url, FIRST)
    load(page, served.url, *AGAIN)
    expect(page.locator("main")).to_contain_text("a spreadsheet that takes it for a sum")
    shoot(page, "loaded")
    with page.expect_download() as given:
        page.get_by_role("button", name="Fetch the lines that were left out").click()
    rows = openpyxl.load_workbook(io.BytesIO(given.value.path().read_bytes())).active.iter_rows(
        values_only=True
    )
    assert [row[2] for row in rows] == ["Last name", "Nobody"]
    becomes(served, {"calls ready": 3})

    page.goto(f"{served.url}/campaigns/")
    page.get_by_role("link", name="Probable doubles").click()
    assert "Vandenberg" not in page.content()
    page.get_by_role("button", name="To decide (1)").click()
    expect(page.locator("main h2")).to_have_text("Annelies Vandenberghe – Annelies Vandenberge")
    expect(page.get_by_role("row", name="Date of birth")).to_contain_text("the same")
    shoot(page, "pair")
    assert violations(page) == []
    page.get_by_role("button", name="The same person").click()
    expect(page.get_by_role("button", name="To decide (0)")).to_be_visible()
    becomes(served, {"calls ready": 2, "calls withdrawn": 1})
    page.get_by_role("button", name="Decided (1)").click()
    shoot(page, "decided")
    page.get_by_role("button", name="Take it back").click()
    becomes(served, {"calls ready": 3})
