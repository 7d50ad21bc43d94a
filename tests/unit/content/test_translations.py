"""Translations: what is missing, what is stale, what a release needs, and the way out to translators and back."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation

from builder.compile import with_ids
from builder.models import Version
from builder.publish import PublishVetoed, draft
from content.actions import change_page, make_page, translate
from content.translations import gate, send, standing
from tests.bodies import DONE, ask, section

FRENCH = {"start": {"title": "Début"}, "one": {"label": "Une"}, "done": {"label": "Fini"}}


def body(label: str = "One") -> list[dict[str, Any]]:
    return [section("Start", ask("text", "one", label), name="start")]


@pytest.fixture
def script(make: Any, editor: Any) -> Any:
    """Published, and translated into French by hand."""
    page = make(body(), DONE)
    translate(page=page, language="fr", title="Petit", texts=FRENCH, by=editor)
    return type(page).objects.get(pk=page.pk)


def french(page: Any) -> Any:
    return standing(page.translation_key, draft(page.get_latest_revision_as_object()), "fr")


def test_a_translation_is_fresh_when_it_was_made(script: Any) -> None:
    assert french(script).whole
    assert french(script).texts == 4


def test_a_reworded_source_makes_it_stale_and_says_what_it_was(script: Any, editor: Any) -> None:
    change_page(page=script, by=editor, body=body("The first"))
    ((pair, was),) = french(script).stale
    assert (pair.source, pair.text, was) == ("The first", "Une", "One")


def test_going_live_again_without_a_new_text_leaves_it_stale(script: Any, editor: Any) -> None:
    change_page(page=script, by=editor, body=body("The first"))
    translate(page=script, language="fr", title="Petit", texts=FRENCH, by=editor)
    assert len(french(script).stale) == 1
    translate(
        page=script,
        language="fr",
        title="Petit",
        texts={**FRENCH, "one": {"label": "La première"}},
        by=editor,
    )
    assert french(script).whole


def test_who_looks_at_it_may_say_that_it_is_still_right(
    script: Any, editor: Any, client_of: Any
) -> None:
    change_page(page=script, by=editor, body=body("The first"))
    ((pair, _was),) = french(script).stale
    client, address = client_of(editor), reverse("translations", args=[script.pk])
    assert "Translated from:" in client.get(address).content.decode()
    asked = {"deed": "approve", "language": "fr", "block": pair.block, "source": pair.source}
    client.post(address, {**asked, "text": "something else"})
    assert not french(script).whole
    client.post(address, {**asked, "text": pair.text})
    assert french(script).whole


def test_a_text_that_is_its_source_is_missing_until_somebody_says_it_is_the_same(
    script: Any, editor: Any, client_of: Any
) -> None:
    translate(
        page=script,
        language="fr",
        title="Petit",
        texts={**FRENCH, "done": {"label": "Done"}},
        by=editor,
    )
    (pair,) = french(script).missing
    address = reverse("translations", args=[script.pk])
    asked = {
        "deed": "approve",
        "language": "fr",
        "block": pair.block,
        "source": "Done",
        "text": "Done",
    }
    client_of(editor).post(address, asked)
    assert french(script).whole


def wanted(page: Any, *languages: str) -> Any:
    written = page.get_latest_revision_as_object()
    written.complete_in = list(languages)
    written.save_revision()
    return page


def test_a_release_waits_for_the_languages_it_must_be_whole_in(script: Any, editor: Any) -> None:
    with pytest.raises(PublishVetoed) as veto:
        change_page(page=wanted(script, "fr"), by=editor, body=body("The first"))
    assert veto.value.gates.keys() == {"language"}
    assert [problem.code for problem in veto.value.problems] == ["stale"]


def test_a_translation_itself_is_never_stopped(script: Any, editor: Any) -> None:
    wanted(script, "fr", "nl")
    translate(page=script, language="nl", title="Klein", texts={}, by=editor)
    kept = Version.objects.order_by("-number")[0].evidence["language"]
    assert kept["nl"] == {"texts": 4, "missing": 3, "stale": 0}


def test_a_language_that_is_gone_is_said(script: Any) -> None:
    page = wanted(script, "xx").get_latest_revision_as_object()
    assert [problem.code for problem in gate(page, draft(page))] == ["language_gone"]


def test_the_editor_ticks_languages(script: Any, editor: Any, client_of: Any) -> None:
    edit = client_of(editor).get(reverse("wagtailadmin_pages:edit", args=[script.pk]))
    assert 'name="complete_in" value="nl"' in edit.content.decode()
    assert 'name="complete_in" value="en"' not in edit.content.decode()


def test_the_draft_goes_to_the_translators_and_nothing_done_by_hand_is_lost(
    script: Any, editor: Any
) -> None:
    written = script.get_latest_revision_as_object()
    stream = list(written.body.get_prep_value())
    stream[0]["value"]["items"] += section("x", ask("text", "two", "Two"))["value"]["items"]
    written.body = json.dumps(with_ids(stream, [], script.code)[0])
    written.save_revision()
    send(page=script, languages=["fr"], by=editor)
    target = script.get_translation(Locale.objects.get(language_code="fr")).specific
    items = target.get_latest_revision_as_object().body[0].value["items"]
    assert [item.value["label"] for item in items] == ["Une", "Two"]


def test_a_po_file_goes_out_and_comes_in(script: Any, editor: Any, client_of: Any) -> None:
    client, address = client_of(editor), reverse("translations", args=[script.pk])
    client.post(address, {"deed": "send", "language": "fr"})
    translation = Translation.objects.get()
    out = client.get(
        reverse("wagtail_localize:download_pofile", args=[translation.pk])
    ).content.decode()
    filled = out.replace('msgid "One"\nmsgstr "Une"', 'msgid "One"\nmsgstr "L’une"')
    assert filled != out
    sent = SimpleUploadedFile("fr.po", filled.encode())
    answered = client.post(address, {"deed": "po", "language": "fr", "file": sent}, follow=True)
    assert "are in the translation" in answered.content.decode()
    target = script.get_translation(Locale.objects.get(language_code="fr")).specific
    items = target.get_latest_revision_as_object().body[0].value["items"]
    assert items[0].value["label"] == "L’une"


@pytest.mark.parametrize(
    "sent", [b"", b"\xff\xfe\x00", b"not a po file", b'msgid "x"\nmsgstr "y"\n', b'msgid "']
)
def test_what_is_no_po_file_of_this_page_is_said(
    script: Any, editor: Any, client_of: Any, sent: bytes
) -> None:
    client, address = client_of(editor), reverse("translations", args=[script.pk])
    client.post(address, {"deed": "send", "language": "fr"})
    file = SimpleUploadedFile("fr.po", sent)
    answered = client.post(address, {"deed": "po", "language": "fr", "file": file}, follow=True)
    assert "PO file" in answered.content.decode()


def test_a_language_of_another_tree_or_none_is_refused(
    script: Any, editor: Any, client_of: Any, agent: Any
) -> None:
    address = reverse("translations", args=[script.pk])
    answered = client_of(editor).post(address, {"deed": "send", "language": "xx"}, follow=True)
    assert "no language here" in answered.content.decode()
    assert client_of(agent).get(address).status_code in (302, 403)


def test_an_empty_page_has_nothing_to_translate_but_its_title(
    home: Any, client_of: Any, editor: Any
) -> None:
    empty = make_page(kind="script", title="Empty", code="empty", body=[], publish=False)
    shown = client_of(editor).get(reverse("translations", args=[empty.pk])).content.decode()
    assert "0 of 1 texts" in shown
