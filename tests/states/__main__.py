"""`make screenshots`: every state at three widths in two themes, into `tests/shots/states`; those that the
README shows, small, into `docs/screenshots`."""

import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Error, sync_playwright

from tests import environment

environment.enter()

import django  # noqa: E402

django.setup()

from tests.browser import ARGUMENTS, chromium  # noqa: E402
from tests.environment import ROOT, SHOTS  # noqa: E402
from tests.states.house import WIDE, House  # noqa: E402
from tests.states.table import CHAPTERS, State, each  # noqa: E402

SIZES = ((320, 700), (800, 1000), WIDE)
THEMES = ("light", "dark")
FOLDER, KEPT = SHOTS / "states", ROOT / "docs" / "screenshots"


def main(chapters: list[str]) -> int:
    """How many states could not be reached; the others have their pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    missed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        house = House(browser)
        try:
            house.open()
            for state in (one for chapter in chapters or CHAPTERS for one in CHAPTERS[chapter]):
                missed += not taken(state, house)
        finally:
            house.close()
            browser.close()
    print(
        f"The pictures lie in {FOLDER.relative_to(ROOT)}, those of the README in {KEPT.relative_to(ROOT)}."
    )
    return missed


def taken(state: State, house: House) -> bool:
    """Whether the pictures of a state could be taken; else it is said why not."""
    try:
        shoot(state, state.come(house))
    except (Error, AssertionError, RuntimeError) as problem:
        print(f"{state.name}: {problem}", flush=True)
        return False
    print(state.name, flush=True)
    return True


def shoot(state: State, page: Any) -> None:
    """The page of a state in every width and theme; then it is as it was."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            file = FOLDER / f"{state.name}-{width}-{theme}.png"
            each(page).screenshot(path=str(file))
            if (width, theme) in state.kept:
                keep(file)
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.emulate_media(color_scheme="light")


def keep(file: Path) -> None:
    """A copy for the repository, with few colours."""
    KEPT.mkdir(exist_ok=True)
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(
            KEPT / file.name, optimize=True
        )


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
