"""The fixtures of those who test pages: where one writes, and a script in one breath."""

from typing import Any

import pytest


@pytest.fixture
def home(db: None) -> Any:
    """The top of the tree; every database of the tests begins with it (`tests.databases`)."""
    from content.models import HomePage

    return HomePage.objects.get(locale__language_code="en", depth=2)


@pytest.fixture
def make(home: Any, editor: Any) -> Any:
    """`make(body, outcomes, ...)`: a published script."""
    from content.actions import make_page
    from tests.bodies import DONE, SMALL

    def script(body: Any = SMALL, outcomes: Any = DONE, **more: Any) -> Any:
        options = {"kind": "script", "title": "Small", "code": "small", "by": editor, **more}
        return make_page(body=body, outcomes=outcomes, **options)

    return script
