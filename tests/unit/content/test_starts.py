"""Starts: whole drafts in the language of their place, which can be published as they are."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale

from builder.models import App, definition_of
from builder.publish import check
from content.models import HomePage
from content.starts import STARTS, begin

BY_NAME = {start.name: start for start in STARTS}


def home_in(language: str) -> Any:
    return HomePage.objects.get(locale=Locale.objects.get(language_code=language))


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
@pytest.mark.parametrize("name", BY_NAME)
def test_a_start_has_nothing_that_would_veto_it_but_what_is_published_after(
    home: Any, editor: Any, name: str, language: str
) -> None:
    made = begin(start=BY_NAME[name], parent=home_in(language), by=editor)
    found = {problem.code for page in made for problem in check(page).vetoes}
    assert found <= {"unknown_code"}


def test_a_start_speaks_the_language_of_its_place(home: Any, editor: Any) -> None:
    (english,) = begin(start=BY_NAME["survey"], parent=home, by=editor)
    (french,) = begin(start=BY_NAME["survey"], parent=home_in("fr"), by=editor)
    assert english.title != french.title
    assert french.locale.language_code == "fr"
    assert "satisf" in french.body[0].value["items"][1].value["label"].lower()


def test_the_tracing_campaign_is_published_in_the_order_that_it_says(
    home: Any, editor: Any
) -> None:
    index, contact, certificate = begin(start=BY_NAME["tracing"], parent=home, by=editor)
    for page in (certificate, contact, index):
        page.get_latest_revision().publish(user=editor)
    app = App.objects.get(code=index.code)
    definition = definition_of(app.versions.get())
    (effect,) = definition.outcomes[0].effects
    assert dict(effect.arguments)["document"] == certificate.code
    assert (
        definition_of(App.objects.get(code=certificate.code).versions.get()).subject_app
        == index.code
    )


def test_beginning_twice_takes_free_codes(home: Any, editor: Any) -> None:
    first, second = (begin(start=BY_NAME["survey"], parent=home, by=editor)[0] for _ in range(2))
    assert first.code != second.code


def test_an_editor_begins_with_one(home: Any, client_of: Any, editor: Any) -> None:
    client, address = client_of(editor), reverse("starts")
    assert "A request desk" in client.get(address).content.decode()
    shown = client.post(address, {"start": "request_desk", "parent": home.pk}).content.decode()
    made = home.get_children().last()
    assert reverse("wagtailadmin_pages:edit", args=[made.pk]) in shown
    assert not made.live


@pytest.mark.parametrize("asked", [{}, {"start": "x"}, {"start": "survey", "parent": "999999"}])
def test_what_is_not_there_is_said(home: Any, client_of: Any, editor: Any, asked: Any) -> None:
    answered = client_of(editor).post(reverse("starts"), asked)
    assert answered.status_code == 400
    assert "Choose a page" in answered.content.decode()


def test_who_may_make_no_page_has_no_starts(home: Any, client_of: Any, reviewer: Any) -> None:
    assert client_of(reviewer).get(reverse("starts")).status_code in (302, 403)
