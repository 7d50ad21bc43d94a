"""Test clients share one chain of middleware: building a chain reads every static file, and most tests have a client of their own."""

from collections.abc import Iterator
from typing import Any

import pytest

CHAIN = (
    "_view_middleware",
    "_template_response_middleware",
    "_exception_middleware",
    "_middleware_chain",
)


@pytest.fixture(scope="session", autouse=True)
def _one_chain() -> Iterator[None]:
    from django.conf import UserSettingsHolder, settings
    from django.test.client import ClientHandler

    build, built = ClientHandler.load_middleware, {}

    def load(handler: ClientHandler, is_async: bool = False) -> None:
        if isinstance(settings._wrapped, UserSettingsHolder):  # a test with settings of its own
            build(handler, is_async)
            return
        if not built:
            build(handler)
            built.update({name: getattr(handler, name) for name in CHAIN})
        vars(handler).update(built)

    patch: Any = ClientHandler
    patch.load_middleware = load
    yield
    patch.load_middleware = build
