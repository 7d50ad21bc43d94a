"""A real browser: one a run, a new context a test, screenshots kept in `tests/shots/`."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.environment import SHOTS

A_PAGES_PATIENCE = 15_000  # ms: other tests run beside this one
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this machine is reached. Playwright's own routes would ask this process for each file, and switch the cache off.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def chromium() -> str | None:
    """Path of the installed browser."""
    return (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=A_PAGES_PATIENCE)
    path = chromium()
    if path is None:
        told = "Chromium is not installed (Debian: apt-get install chromium)."
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def new_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """`new_page(**context options)`: a page in a context of its own, for a test with several people."""
    contexts = []

    def make(**options: Any) -> Any:
        context = browser.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", **options}
        )
        context.set_default_timeout(A_PAGES_PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    return new_page()


@pytest.fixture
def shoot(request: pytest.FixtureRequest) -> Callable[[Any, str], Path]:
    """`shoot(page, "name")` keeps a screenshot."""
    from playwright.sync_api import Error

    def take(page: Any, name: str) -> Path:
        SHOTS.mkdir(exist_ok=True)
        file = SHOTS / f"{request.node.name.split('[')[0]}-{name}.png"
        try:
            page.screenshot(path=str(file))
        except Error:  # a busy machine: "Unable to capture screenshot", now and then
            page.wait_for_timeout(1000)
            page.screenshot(path=str(file))
        return file

    return take


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """`sign_in(page, url, name, password)`: through the login page, as people do."""

    def do(page: Any, url: str, name: str, password: str) -> None:
        page.goto(f"{url}/accounts/login/")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", password)
        page.click("form[action*=login] button[type=submit]")
        page.wait_for_url(lambda address: "/accounts/login" not in address)

    return do
