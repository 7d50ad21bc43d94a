"""A version becomes the draft again, in all its languages; nothing is lost on the way."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from builder.definition import compare
from builder.models import App, Version, definition_of
from builder.publish import draft
from content.actions import change_page, translate
from content.restoring import restore
from tests.bodies import ask, effect, outcome, section
from tests.unit.workshop import home, make

__all__ = ["home", "make"]


@pytest.fixture
def thrice(make: Any, editor: Any) -> Any:
    """A script in two languages, then without its question, then with another title."""
    page = make([section("Start", ask("yes_no", "", "Fever?"), ask("text", "why"))])
    translate(
        page=page, language="fr", title="Petit", texts={"why": {"label": "Pourquoi ?"}}, by=editor
    )
    page = change_page(page=page, body=[section("Start", ask("date", "since"))], by=editor)
    return change_page(page=page, title="Smaller", by=editor)


def version(number: int) -> Version:
    return Version.objects.get(number=number)


def now(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def test_the_draft_means_what_the_version_meant(thrice: Any, editor: Any) -> None:
    before, live = thrice.revisions.count(), Version.objects.count()
    done = restore(page=thrice, version=version(2), by=editor)
    assert (done.lost, done.left) == ((), ())
    restored = now(thrice)
    assert draft(restored).sections == definition_of(version(2)).sections
    assert (restored.title, restored.version_note) == ("Small", "As version 2")
    assert thrice.revisions.count() == before + 1
    assert Version.objects.count() == live
    assert PageLogEntry.objects.filter(action="content.restore", page=thrice.pk).count() == 1


def test_its_translation_is_restored_with_it(thrice: Any, editor: Any) -> None:
    restore(page=thrice, version=version(2), by=editor)
    (french,) = [page for page in thrice.get_translations() if page.revisions.exists()]
    words = now(french).body.get_prep_value()
    assert "Pourquoi ?" in str(list(words))


def test_releasing_what_was_restored_makes_the_same_definition(thrice: Any, editor: Any) -> None:
    restore(page=thrice, version=version(2), by=editor)
    for page in (thrice, *thrice.get_translations()):
        now(page).get_latest_revision().publish(user=editor)
    newest = App.objects.get().versions.order_by("-number").first()
    assert compare(definition_of(version(2)), definition_of(newest)) == ()
    assert Version.objects.filter(note="As version 2").exists()


def test_a_block_of_a_kind_that_is_gone_is_told(thrice: Any, editor: Any) -> None:
    old = version(2)
    items = old.bodies["en"]["body"][0]["value"]["items"]
    items.append({"type": "hologram", "id": "7" * 8, "value": {"label": "In three dimensions"}})
    done = restore(page=thrice, version=old, by=editor)
    assert done.lost == (("hologram", "In three dimensions"),)


def test_a_language_without_a_page_is_told(thrice: Any, editor: Any) -> None:
    for page in thrice.get_translations():
        page.delete()
    assert restore(page=thrice, version=version(2), by=editor).left == ("fr",)


def test_an_editor_sees_what_becomes_of_the_draft_and_restores_it(
    thrice: Any, client_of: Any, editor: Any
) -> None:
    client, address = client_of(editor), reverse("restore-version", args=["small", 1])
    shown = client.get(address).content.decode()
    assert "Fever?" in shown
    assert "Make version 1 the draft" in shown
    assert now(thrice).title == "Smaller"
    after = client.post(address, follow=True)
    assert "The draft is as version 1 now" in after.content.decode()
    assert now(thrice).title == "Small"


def test_what_cannot_be_published_again_is_told(
    make: Any, client_of: Any, editor: Any, supervisor: Any
) -> None:
    from runtime.queues.actions.setup import save_skill
    from runtime.queues.models import Skill

    skill = save_skill(skill=Skill(code="calls", title="Calls"), by=supervisor)
    page = make(outcomes=[outcome("done", effect("grant_skill", skill="calls", days=9))])
    change_page(page=page, outcomes=[outcome("done")], by=editor)
    skill.delete()
    address = reverse("restore-version", args=["small", 1])
    after = client_of(editor).post(address, follow=True).content.decode()
    assert "It cannot be published as it is" in after


def test_who_may_not_edit_may_not_restore(
    thrice: Any, client_of: Any, trainer: Any, agent: Any, editor: Any, reviewer: Any
) -> None:
    address = reverse("restore-version", args=["small", 1])
    for person in (trainer, agent):
        assert client_of(person).post(address).status_code in (302, 403)
    thrice.locked, thrice.locked_by = True, reviewer
    thrice.save(update_fields=["locked", "locked_by"])
    assert client_of(editor).post(address).status_code in (302, 403)
    assert now(thrice).title == "Smaller"
    assert client_of(editor).get(reverse("restore-version", args=["small", 9])).status_code == 404
