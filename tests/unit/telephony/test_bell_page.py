"""The page's module in Node: told by the bell, or asking by itself where there is none."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.environment import ROOT
from tests.node import node

STATIC = ROOT / "runtime" / "static" / "runtime"
SCRIPT = Path(__file__).with_name("bell_page.mjs")
HURRY = 1000  # ms: nobody who cannot hear asks again sooner


def page(case: str) -> Any:
    told = subprocess.run(
        [node(), str(SCRIPT), str(STATIC), case], capture_output=True, text=True, check=True
    )
    return json.loads(told.stdout)


def test_without_a_bell_the_page_asks_some_times_a_second():
    found = page("none")
    assert set(found["pauses"]) == {700}
    assert found["lines"] == 0


def test_a_page_that_is_told_asks_once_more_and_never_by_itself():
    found = page("rings")
    assert found == {"asked": 2, "lines": 1, "pauses": [], "box": "it rings"}


def test_a_page_that_is_not_let_in_asks_by_itself_but_not_in_a_hurry():
    found = page("refused")
    assert found["pauses"]
    assert min(found["pauses"]) >= HURRY
    assert found["lines"] == 1


def test_a_line_on_which_nothing_comes_is_no_line():
    found = page("held")
    assert found["pauses"]
    assert min(found["pauses"]) >= HURRY
    assert found["lines"] == 1


def test_a_line_that_ends_in_good_order_is_opened_anew_at_once():
    found = page("again")
    assert found["lines"] == 2
    assert found["pauses"] == [0]
    assert found["box"] == "it rings"


def test_a_page_that_nobody_sees_asks_once_and_opens_no_line():
    found = page("unseen")
    assert found == {"asked": 1, "lines": 0, "pauses": [], "box": ""}
