"""An editor opens an app to the public on its page; publishing keeps it, and closing takes it back."""

from typing import Any

import pytest

from builder.models import PublicForm, Version
from builder.publish import PublishVetoed
from tests.bodies import DONE
from tests.unit.workshop import home, make

__all__ = ["home", "make"]

ENDS = DONE


def opened(page: Any, by: Any, **texts: str) -> Any:
    """The page, published again as a public form."""
    page.public, page.public_before = True, texts.get("before", "Welcome.")
    page.public_after = texts.get("after", "Thank you.")
    page.save_revision(user=by).publish(user=by)
    return page


def test_a_page_says_that_it_is_a_public_form(make: Any, editor: Any, client: Any) -> None:
    page = make()
    assert client.get("/form/small/").status_code == 404
    opened(page, editor)
    assert PublicForm.objects.get().texts["en"] == {"before": "Welcome.", "after": "Thank you."}
    assert "Welcome." in client.get("/form/small/").text


def test_opening_it_needs_no_new_version(make: Any, editor: Any) -> None:
    page = make()
    opened(page, editor)
    assert Version.objects.count() == 1


def test_it_is_closed_with_the_next_publishing(make: Any, editor: Any, client: Any) -> None:
    page = opened(make(), editor)
    page.public = False
    page.save_revision(user=editor).publish(user=editor)
    assert client.get("/form/small/").status_code == 404


def test_an_unpublished_page_is_closed_too(make: Any, editor: Any, client: Any) -> None:
    page = opened(make(), editor)
    page.unpublish(user=editor)
    assert client.get("/form/small/").status_code == 404


def test_a_form_that_nobody_could_send_is_vetoed(make: Any, editor: Any) -> None:
    page = make()
    page.outcomes = []
    with pytest.raises(PublishVetoed, match="People cannot send this public form"):
        opened(page, editor)


def test_the_editors_page_asks_it(make: Any, editor: Any, client_of: Any) -> None:
    page = make()
    told = client_of(editor).get(f"/admin/pages/{page.pk}/edit/")
    for name in ("public", "public_before", "public_after"):
        assert f'name="{name}"' in told.text
