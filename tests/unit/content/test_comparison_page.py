"""The draft beside what is live: linked from the editor, for whoever may edit."""

from typing import Any

from django.urls import reverse

from content.actions import make_page
from tests.bodies import ask, section
from tests.unit.content.test_flow_page import draft


def shown(client: Any, page: Any, **query: str) -> Any:
    return client.get(reverse("compare-draft", args=[page.pk]), query)


def test_an_editor_sees_what_the_draft_changes(make: Any, client_of: Any, editor: Any) -> None:
    script = make()
    draft(script, section("More", ask("text", "more")))
    words = shown(client_of(editor), script).content.decode()
    assert "from v1 to the draft" in words
    assert "More" in words
    assert f"{reverse('wagtailadmin_pages:edit', args=[script.pk])}#block-" in words


def test_the_editor_page_leads_to_it(make: Any, client_of: Any, editor: Any) -> None:
    script = make()
    edit = client_of(editor).get(reverse("wagtailadmin_pages:edit", args=[script.pk]))
    assert reverse("compare-draft", args=[script.pk]) in edit.content.decode()


def test_a_draft_like_the_version_says_that_nothing_changed(
    make: Any, client_of: Any, editor: Any
) -> None:
    assert "Nothing that people see changed" in shown(client_of(editor), make()).content.decode()


def test_a_page_that_was_never_published_says_so(home: Any, client_of: Any, editor: Any) -> None:
    page = make_page(kind="script", title="New", code="new", body=[], outcomes=[], publish=False)
    assert "Nothing is published yet" in shown(client_of(editor), page).content.decode()


def test_who_may_not_edit_a_page_does_not_compare_it(
    make: Any, client_of: Any, trainer: Any, agent: Any, home: Any, editor: Any
) -> None:
    script = make()
    for person in (trainer, agent):
        assert shown(client_of(person), script).status_code in (302, 403)
    assert shown(client_of(editor), home).status_code == 404
