"""A form that was not written here: imported in the workshop, published, filled to its end on the screen.

The covid questionnaire of another house lies in the samples folder and is never kept in this repository: without
SAMPLES_DIR its journey is skipped and the run says so. A small one of our own goes the same way everywhere.
"""

import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.walks import all_saved, answer, answer_rest, end_call, go_on, sign_in
from tests.journeys.workshop import publish
from tests.people import PASSWORD

COVID = (
    Path(os.environ.get("SAMPLES_DIR", "/nowhere"))
    / "fhir"
    / "d4l-data4life__covapp__cov-app-en-packed-r4.questionnaire.json"
)
VISIT = Path(__file__).parent.parent / "fixtures" / "fhir" / "visit.json"
if not COVID.exists():
    warnings.warn(
        "SAMPLES_DIR names no folder with the covid questionnaire: it was NOT filled on the screen",
        stacklevel=1,
    )
PEOPLE = f"""
from runtime.people.actions import create_person
for name, role in (("edda", "editor"), ("aster", "agent")):
    create_person(by=None, username=name, first_name=name.title(), password={PASSWORD!r}, roles=[role])
"""
YES, NO = "LA33-6", "LA32-8"


@dataclass(frozen=True)
class Step:
    """An answer, and what it shows and hides."""

    place: str
    value: Any
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A file; what its import says; the sections of its path, each with the answers that something hangs on."""

    file: Path
    title: str
    code: str
    losses: tuple[str, ...]
    path: dict[str, tuple[Step, ...]]


OWN = Form(
    file=VISIT,
    title="Visit at home",
    code="visit_at_home",
    losses=("A required group: each of its questions says itself whether it is required. (door)",),
    path={
        "door": (Step("opened", "N", shows=("again",)), Step("opened", "Y", hides=("again",))),
        "household": (
            Step("people", "1", hides=("children",)),
            Step("people", "4", shows=("children",)),
            Step("children", ["nursery", "primary"]),
        ),
    },
)
FOREIGN = Form(
    file=COVID,
    title="Covid19 assesment questionnaire",
    code="covid19_assesment_questionnaire",
    losses=(
        "A required group: each of its questions says itself whether it is required. (P, C, S, D, M)",
    ),
    path={
        "p": (
            Step("p0", "61-70", shows=("p1",)),
            Step("p0", "40-50", hides=("p1",)),
            Step("p0", "61-70", shows=("p1",)),
        ),
        "c": (Step("c0", NO, hides=("cz",)), Step("c0", YES, shows=("cz",))),
        "s": (
            Step("s0", NO, shows=("s1",), hides=("s2", "sz")),
            Step("s1", YES, shows=("s2", "sz")),
            Step("s1", NO, hides=("s2", "sz")),
            Step("s0", YES, shows=("s2", "sz"), hides=("s1",)),
        ),
        "d": (),
        "m": (),
    },
)


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(OWN, id="own"),
        pytest.param(
            FOREIGN,
            id="foreign",
            marks=pytest.mark.skipif(
                not COVID.exists(), reason="SAMPLES_DIR has not the covid questionnaire"
            ),
        ),
    ],
)
def test_a_form_is_imported_published_and_filled_to_its_end(
    form: Form, served: Any, new_page: Callable[..., Any], shoot: Callable[..., Any]
) -> None:
    served.set_up(PEOPLE)
    editor = sign_in(new_page(), served.url, "edda", PASSWORD)
    import_file(editor, served.url, form)
    shoot(editor, f"{form.code}-imported")
    editor.get_by_role("link", name="Edit the page").click()
    publish(editor)
    assert "published" in editor.locator(".messages").inner_text()

    agent = sign_in(new_page(), served.url, "aster", PASSWORD)
    agent.click(f"form[action='/app/{form.code}/start/'] button")
    agent.wait_for_selector("html[data-screen=ready]")
    fill(agent, form, shoot)
    end_call(agent, "completed")
    agent.goto(f"{served.url}/app/{form.code}/records/")
    shoot(agent, f"{form.code}-records")
    row = agent.locator("main table tbody tr")
    assert row.count() == 1
    expect(row).to_contain_text("Completed")
    expect(row).to_contain_text("closed")


def import_file(page: Any, url: str, form: Form) -> None:
    """Through the workshop's own page; what was not taken over is told."""
    page.goto(f"{url}/admin/")
    page.get_by_role("link", name="Import a form").click()
    page.set_input_files("input[name=file]", form.file)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("h1").last).to_have_text(form.title)
    told = [" ".join(line.split()) for line in page.locator("main li").all_inner_texts()]
    assert set(form.losses) <= set(told)


def fill(page: Any, form: Form, shoot: Callable[..., Any]) -> None:
    """Section by section: what conditions hang on first, then all that is still asked."""
    for number, (section, steps) in enumerate(form.path.items()):
        if number:
            go_on(page, section)
        for step in steps:
            answer(page, step.place, step.value)
            for place in step.shows:
                expect(page.locator(f"[data-place={place}]")).to_be_visible()
            for place in step.hides:
                expect(page.locator(f"[data-place={place}]")).to_be_hidden()
        answer_rest(page)
        shoot(page, f"{form.code}-{section}")
    all_saved(page)
