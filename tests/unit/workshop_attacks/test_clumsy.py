"""What a clumsy author brings: too much, too little, what is gone. A message at the place, and nothing lost."""

import re
import time
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from builder.models import Version
from content.actions import make_page, translate
from tests.bodies import DONE, SMALL, ask, formula, section
from tests.unit.content.test_authors import Browser, labels
from tests.unit.reviews.drafting import fresh

pytestmark = pytest.mark.django_db
NAMES = (
    "check",
    "flow",
    "compare-draft",
    "translations",
    "script-tests",
    "release",
    "review",
    "emergency",
)
MANY = 10_000
LONG = 30  # seconds; a busy machine is slower


def screens(page: Any) -> list[str]:
    own = ("edit", "history", "workflow_history", "view_draft")
    return [reverse(name, args=[page.pk]) for name in NAMES] + [
        reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in own
    ]


def told(answer: Any) -> str:
    assert answer.status_code == 200
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def unfinished(body: Any = (), outcomes: Any = (), **more: Any) -> Any:
    return make_page(
        kind="script", title="Empty", code="empty", body=list(body), outcomes=list(outcomes),
        publish=False, **more,
    )  # fmt: skip


@pytest.mark.parametrize("with_revision", [True, False])
def test_every_screen_of_a_page_without_sections_opens(
    home: Any, admin: Any, client_of: Any, with_revision: bool
) -> None:
    page = unfinished()
    if not with_revision:  # as a script or an import may have made it
        page.revisions.all().delete()
        page = fresh(page)
    client = client_of(admin)
    for address in screens(page):
        if with_revision or "view_draft" not in address:
            told(client.get(address))


def test_a_page_without_sections_is_not_released_and_says_why(
    home: Any, editor: Any, client_of: Any
) -> None:
    page, client = unfinished(by=editor), client_of(editor)
    address = reverse("release", args=[page.pk])
    assert "section" in told(client.get(address)).partition("Not ready to be published")[2]
    client.post(address, {"release": "1"})
    said = Browser(client, page).save(**{"action-publish": "1"})
    assert "section" in said
    assert not Version.objects.exists()
    assert fresh(page).title == "Empty"


def test_a_workflow_whose_group_is_empty_says_who_can_help_and_keeps_the_draft(
    home: Any, editor: Any, client_of: Any
) -> None:
    page = unfinished(SMALL, DONE, by=editor)
    browser = Browser(client_of(editor), page)
    browser.block("reached")["value"]["label"] = "Typed just now"
    said = browser.save(**{"action-submit": "1"})
    assert "needs 1 approvals, and of its 0 active reviewers 0 may approve" in said
    assert "Your draft is saved." in said
    assert "Typed just now" in labels(page.pk)
    assert fresh(page).current_workflow_state is None


def test_a_long_formula_is_answered_while_it_is_typed(
    home: Any, editor: Any, client_of: Any
) -> None:
    client = client_of(editor)
    for text in (
        "(" * 5000,
        "age + " * 833 + "1",
        "not " * 1250 + "yes",
        '"' + "a" * 4998 + '"',
        "1 or else " * 500 + "1",
    ):
        posted = {"text": text, "place": "x", "field": "formula", "sections": []}
        begun = time.monotonic()
        answer = client.post(reverse("formula-check"), posted, content_type="application/json")
        assert answer.status_code in {200, 400}
        assert time.monotonic() - begun < LONG


def test_a_long_formula_in_a_draft_is_said_at_its_block_and_kept(
    home: Any, editor: Any, client_of: Any
) -> None:
    long = "reached = yes and " * 270 + "reached = yes"
    body = [
        section("Start", ask("yes_no", "reached"), ask("text", "why", relevance=formula(long)))
    ]
    page = unfinished(body, DONE, by=editor)
    said = Browser(client_of(editor), page).save(**{"action-publish": "1"})
    assert not Version.objects.exists()
    assert "nested too deeply" in said
    for stream in (fresh(page).body, page.get_latest_revision_as_object().body):
        assert stream[0].value["items"][1].value["relevance"]["formula"] == long


def big(count: int = MANY) -> list[dict[str, Any]]:
    choices = [{"name": f"c{n}", "label": f"Town {n}"} for n in range(count)]
    return [
        section(
            "Start", ask("choose_from_list", "town", "Where?", choices=choices), ask("text", "why")
        )
    ]


def test_ten_thousand_choices_in_a_question_are_edited_checked_compared_and_released(
    make: Any, editor: Any, client_of: Any
) -> None:
    page, client = make(big(), DONE), client_of(editor)
    browser = Browser(client, page)
    choices = browser.block("town")["value"]["choices"]
    browser.block("town")["value"]["choices"] = choices.replace("Town 77\n", "Hamlet\n")
    browser.save()
    slow = {}
    for address in screens(page):
        begun = time.monotonic()
        told(client.get(address))
        took = time.monotonic() - begun
        slow |= {address: took} if took > LONG else {}
    assert slow == {}
    assert "Hamlet" in told(client.get(reverse("compare-draft", args=[page.pk])))
    client.post(reverse("release", args=[page.pk]), {"release": "1", "when": "never"})
    assert Version.objects.count() == 2


def test_ten_thousand_choices_in_a_shared_list(make: Any, editor: Any, client_of: Any) -> None:
    from content.lists.actions import make_list

    choices = [{"name": f"c{n}", "label": {"en": f"Town {n}"}} for n in range(MANY)]
    shared = make_list(title="Towns", code="towns", choices=choices, by=editor)
    page = make(
        [section("Start", ask("choose_from_list", "town", "Where?", choices_from="towns"))], DONE
    )
    client, slow = client_of(editor), {}
    own = [f"/admin/snippets/content/choicelist/edit/{shared.pk}/",
           reverse("shared-list-used", args=[shared.pk]), "/admin/shared-lists/towns/0/"]  # fmt: skip
    for address in (*screens(page), *own):
        begun = time.monotonic()
        told(client.get(address))
        took = time.monotonic() - begun
        slow |= {address: took} if took > LONG else {}
    assert slow == {}


FRENCH = {"start": {"title": "Début"}, "reached": {"label": "Joint ?"}}


def test_a_language_that_was_removed_leaves_every_screen_open(
    make: Any, admin: Any, editor: Any, client_of: Any, settings: Any
) -> None:
    page = make([section("Start", ask("yes_no", "reached"), name="start")], DONE)
    french = translate(page=page, language="fr", title="Petit", texts=FRENCH, by=editor)
    page = fresh(page)
    page.complete_in = ["fr"]
    page.save_revision(user=editor)
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        row for row in settings.LANGUAGES if row[0] != "fr"
    ]
    client = client_of(admin)
    for address in screens(page):
        told(client.get(address))
    gone = Browser(client, page)
    gone.fields["complete_in"] = "fr"
    said = gone.save(**{"action-publish": "1"})
    assert "no language here any more" in said
    address = reverse("translations", args=[page.pk])
    for deed in ("send", "po", "approve-all", "approve"):
        answer = client.post(address, {"deed": deed, "language": "fr"}, follow=True)
        assert "This is no language here any more." in told(answer)
    assert fresh(french).live
    for address in ("/admin/", "/apps/", reverse("versions", args=["small"]), "/admin/pages/"):
        told(client.get(address, follow=True))


WORD = (
    '<p class=MsoNormal style="mso-margin-top-alt:auto"><b><span lang=EN-GB style="font-size:11pt">'
    "Do you have fever?<o:p></o:p></span></b></p><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->"
    '<p class="MsoListParagraph">\u00b7&nbsp;&nbsp;More than 38</p>\x0b\u2028'
)


def test_what_word_brings_is_kept_as_text_and_never_as_markup(
    make: Any, editor: Any, client_of: Any
) -> None:
    """There is no rich text in a script: a field holds the letters that were pasted."""
    page, client = make(), client_of(editor)
    browser = Browser(client, page)
    browser.block("reached")["value"]["label"] = WORD
    browser.block("reached")["value"]["hint"] = WORD
    browser.save()
    (label,) = labels(page.pk)
    assert "Do you have fever?" in label
    for address in screens(page):
        assert "<o:p>" not in client.get(address).content.decode()
