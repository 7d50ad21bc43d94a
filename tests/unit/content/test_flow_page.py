"""The page of the flow map: for whoever may edit, of the newest draft, whatever its state."""

import json
from typing import Any

from django.urls import reverse

from builder.compile import with_ids
from content.actions import make_page
from tests.bodies import ask, section


def draft(page: Any, *more: Any) -> None:
    """More blocks, saved and not published."""
    written = page.get_latest_revision_as_object()
    kept = list(written.body.get_prep_value())
    body, _outcomes = with_ids([*kept, *more], [], page.code)
    written.body = json.dumps(body)
    written.save_revision()


def flow(client: Any, page: Any) -> Any:
    return client.get(reverse("flow", args=[page.pk]))


def test_an_editor_sees_the_draft_and_what_changed(make: Any, client_of: Any, editor: Any) -> None:
    script = make()
    draft(script, section("More", ask("text", "more")))
    shown = flow(client_of(editor), script).content.decode()
    assert '<svg class="flow"' in shown
    assert "More · new" in shown
    assert f"{reverse('wagtailadmin_pages:edit', args=[script.pk])}#block-" in shown


def test_the_editor_page_leads_to_it(make: Any, client_of: Any, editor: Any) -> None:
    script = make()
    edit = client_of(editor).get(reverse("wagtailadmin_pages:edit", args=[script.pk]))
    assert reverse("flow", args=[script.pk]) in edit.content.decode()


def test_who_may_not_edit_a_page_does_not_see_its_flow(
    make: Any, client_of: Any, trainer: Any, agent: Any
) -> None:
    script = make()
    assert flow(client_of(trainer), script).status_code in (302, 403)
    assert flow(client_of(agent), script).status_code in (302, 403)


def test_an_empty_draft_says_what_to_do(home: Any, client_of: Any, editor: Any) -> None:
    empty = make_page(
        kind="script", title="Empty", code="empty", body=[], outcomes=[], publish=False
    )
    assert "add a section" in flow(client_of(editor), empty).content.decode()


def test_a_page_that_is_no_app_has_none(home: Any, client_of: Any, editor: Any) -> None:
    assert flow(client_of(editor), home).status_code == 404
