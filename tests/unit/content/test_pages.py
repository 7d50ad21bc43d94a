"""The workshop: what set-up lays out, the kinds of pages, previews, and who may write what."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from wagtail.models import Locale, Page, Site, Workflow

from builder import preview
from builder.models import Version, definition_of
from content.actions import make_page, shelf
from content.models import PAGES, HomePage, LessonsPage, ScriptPage
from tests.bodies import DONE, SMALL, ask, display, section

BODIES: dict[str, Any] = {
    "script": (SMALL, DONE, {}),
    "form": (SMALL, DONE, {}),
    "lesson": (
        [section("Read", display("Text"), ask("yes_no", "quiz", right="yes"))],
        [],
        {"pass_percent": 100},
    ),
    "document": (
        [section("Text", display("{reached} {issued_on}"))],
        [],
        {"subject_app": "small"},
    ),
}


def test_set_up_may_run_again(db: None) -> None:
    call_command("setup_content", verbosity=0)
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "locale__language_code"))
    call_command("setup_content", verbosity=0)
    assert (
        list(Page.objects.order_by("pk").values_list("pk", "title", "locale__language_code"))
        == before
    )
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"en", "fr", "nl", "de"}
    assert Site.objects.get(is_default_site=True).root_page.specific_class is HomePage
    assert [workflow.name for workflow in Workflow.objects.filter(active=True)] == ["Review"]


def test_the_workshop_lists_the_tree_of_the_source_language_first(home: Any) -> None:
    newest = Page.objects.filter(depth=2).order_by("-latest_revision_created_at").first()
    assert newest is not None
    assert (newest.pk, newest.locale.language_code) == (home.pk, "en")


@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_publishes_a_version_of_its_kind(home: Any, editor: Any, kind: str) -> None:
    body, outcomes, settings = BODIES[kind]
    make_page(
        kind=kind,
        title="Page",
        code="a_page",
        body=body,
        outcomes=outcomes,
        by=editor,
        settings=settings,
    )
    version = Version.objects.get()
    assert (version.app.kind, definition_of(version).kind) == (kind, kind)


def test_lessons_stand_in_the_trainers_folder(home: Any) -> None:
    assert isinstance(shelf("lesson"), LessonsPage)
    assert isinstance(shelf("script"), HomePage)


def test_trainers_write_lessons_only(home: Any, trainer: Any) -> None:
    lessons = LessonsPage.objects.child_of(home).get()
    assert lessons.permissions_for_user(trainer).can_add_subpage()
    assert not home.permissions_for_user(trainer).can_add_subpage()


def test_editors_publish_and_reviewers_do_not_write_new_pages(
    home: Any, editor: Any, reviewer: Any
) -> None:
    assert home.permissions_for_user(editor).can_publish_subpage()
    assert not home.permissions_for_user(reviewer).can_add_subpage()


def test_a_stranger_stays_outside(home: Any, stranger: Any, client_of: Any) -> None:
    assert client_of(stranger).get("/admin/").status_code in (302, 403)


def test_a_preview_shows_what_is_bound(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page = make()
    monkeypatch.setattr(
        preview,
        "_bound",
        [lambda definition, language, beside: f"<p>{definition.name} {language}</p>"],
    )
    response = page.serve_preview(RequestFactory().get("/"), "")
    assert response.content.decode() == "<p>small en</p>"


def test_the_preview_is_the_agents_screen(make: Any) -> None:
    response = make().serve_preview(RequestFactory().get("/"), "")
    assert "Reached the person" in response.content.decode()
    assert "<form" in response.content.decode()


def test_a_preview_of_what_cannot_be_published_says_why(make: Any) -> None:
    page = make(publish=False)
    page.body = []
    response = page.serve_preview(RequestFactory().get("/"), "")
    assert "The page has no questions or texts yet." in response.content.decode()


def test_a_draft_that_cannot_be_published_is_drawn_with_what_is_wrong(make: Any) -> None:
    page = make([section("Start", ask("choose_one", "why"))], publish=False)
    shown = page.serve_preview(RequestFactory().get("/"), "").content.decode()
    place = page.body[0].value["items"][0].id
    assert f'href="/admin/pages/{page.pk}/edit/#block-{place}-section"' in shown
    assert "1 problem stands in the way of publishing" in shown
    assert 'data-place="why"' in shown


def test_the_preview_speaks_the_languages_of_translations_that_are_not_live(make: Any) -> None:
    from content.actions import translate

    page = make()
    texts = {"reached": {"label": "Personne jointe"}}
    translate(page=page, language="fr", title="Petit", texts=texts, by=None, publish=False)
    shown = page.serve_preview(RequestFactory().get("/"), "").content.decode()
    assert "Personne jointe" in shown


def test_a_preview_without_a_screen_lists_the_texts(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make()
    monkeypatch.setattr(preview, "_bound", [])
    response = page.serve_preview(RequestFactory().get("/"), "")
    assert "Reached the person" in response.content.decode()


def test_a_vetoed_approval_is_a_message(
    make: Any, home: Any, editor: Any, reviewer: Any, client_of: Any
) -> None:
    page = make(publish=False).get_latest_revision_as_object()
    state = Workflow.objects.get(name="Review").start(page, editor)
    page.body = []
    page.save_revision(user=editor)
    client = client_of(reviewer)
    back = f"http://testserver/admin/pages/{page.pk}/edit/"
    task = state.current_task_state.pk
    address = f"/admin/pages/workflow/action/{page.pk}/approve/{task}/"
    response = client.post(address, {"comment": ""}, headers={"referer": back})
    assert response.status_code == 302
    assert "no questions" in client.get(back).content.decode()
    assert not ScriptPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("kind", ["script", "form", "lesson", "document"])
def test_the_editor_page_of_every_kind_opens(
    home: Any, editor: Any, client_of: Any, kind: str
) -> None:
    body, outcomes, settings = BODIES[kind]
    page = make_page(
        kind=kind,
        title="Page",
        code="a_page",
        body=body,
        outcomes=outcomes,
        by=editor,
        settings=settings,
    )
    response = client_of(editor).get(f"/admin/pages/{page.pk}/edit/")
    assert response.status_code == 200
    assert "/app/a_page/versions/" in response.content.decode()
