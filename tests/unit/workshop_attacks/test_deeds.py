"""What somebody may do who may come in: the right to see a page is none to write another one."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale
from wagtail_localize.models import Translation

from builder.models import App, Version
from content.models import HomePage, Proposal
from tests.people import make_person

pytestmark = pytest.mark.django_db


def revisions(page: Any) -> int:
    return page.revisions.count()


def lock(page: Any, by: Any) -> None:
    page.locked, page.locked_by = True, by
    page.save(update_fields=["locked", "locked_by"])


def read(answer: Any) -> str:
    return answer.content.decode()


def test_a_locked_page_is_not_released(
    script: Any, editor: Any, admin: Any, client_of: Any
) -> None:
    from tests.unit.reviews.drafting import write

    page = write(script, "Did you reach them?", editor)
    lock(page, admin)
    address = reverse("release", args=[page.pk])
    told = read(client_of(editor).post(address, {"release": "1"}, follow=True))
    assert Version.objects.count() == 1
    assert "locked" in told
    assert 'name="release"' not in read(client_of(editor).get(address))


def test_a_draft_with_a_date_is_said_to_be_scheduled(
    script: Any, editor: Any, client_of: Any
) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from tests.unit.reviews.drafting import fresh, write

    page = write(script, "Did you reach them?", editor)
    page = page.get_latest_revision_as_object()
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision(user=editor)
    address = reverse("release", args=[page.pk])
    told = read(client_of(editor).post(address, {"release": "1"}, follow=True))
    assert Version.objects.count() == 1
    assert fresh(page).scheduled_revision is not None
    assert "The draft was released." not in told
    assert "It is released at its date" in told


@pytest.fixture
def proposal(script: Any, agent: Any) -> Any:
    from content.proposals.actions import propose

    app = App.objects.get(code="small")
    return propose(app=app, block="", place="", change="Ask more", why="So", by=agent)


def decide(client: Any, proposal: Any) -> str:
    posted = {"state": "accepted", "priority": "2", "reason": ""}
    return read(client.post(reverse("proposal", args=[proposal.pk]), posted, follow=True))


def test_an_accepted_proposal_does_not_write_a_page_that_is_locked(
    script: Any, proposal: Any, editor: Any, admin: Any, client_of: Any
) -> None:
    lock(script, admin)
    before = revisions(script)
    told = decide(client_of(editor), proposal)
    assert revisions(script) == before
    assert Proposal.objects.get().state == Proposal.State.NEW
    assert "may not write this page" in told


def test_an_accepted_proposal_does_not_write_a_page_of_others(
    script: Any, proposal: Any, trainer: Any, client_of: Any
) -> None:
    from django.contrib.auth.models import Permission

    trainer.user_permissions.add(Permission.objects.get(codename="decide_proposal"))
    before = revisions(script)
    told = decide(client_of(trainer), proposal)
    assert revisions(script) == before
    assert "may not write this page" in told


@pytest.fixture
def english_only(script: Any) -> Any:
    """Somebody who writes the English pages, and none of the French."""
    french = HomePage.objects.get(locale__language_code="fr")
    for role in ("editor", "reviewer", "admin"):
        rights = GroupPagePermission.objects.filter(group__name=role)
        rights.filter(page=french).delete()
    return make_person("english", "editor")


def test_whoever_may_not_write_french_sends_nothing_into_french_pages(
    script: Any, english_only: Any, client_of: Any
) -> None:
    address = reverse("translations", args=[script.pk])
    told = read(
        client_of(english_only).post(address, {"deed": "send", "language": "fr"}, follow=True)
    )
    french = Locale.objects.get(language_code="fr")
    assert not script.has_translation(french)
    assert not Translation.objects.exists()
    assert "You may not write its pages in this language." in told


def test_nor_takes_in_a_file_of_french_texts(
    script: Any, editor: Any, english_only: Any, client_of: Any
) -> None:
    from wagtail_localize.models import StringTranslation

    from content.translations import send

    send(page=script, languages=["fr"], by=editor)
    translation = Translation.objects.get()
    po = translation.export_po()
    for entry in po:
        entry.msgstr = "Bonjour"
    posted = {
        "deed": "po", "language": "fr",
        "file": SimpleUploadedFile("fr.po", str(po).encode()),
    }  # fmt: skip
    address = reverse("translations", args=[script.pk])
    told = read(client_of(english_only).post(address, posted, follow=True))
    assert not StringTranslation.objects.exists()
    assert "You may not write its pages in this language." in told


def test_a_trainer_does_not_translate_a_script(script: Any, trainer: Any, client_of: Any) -> None:
    """Wagtail-localize asks for the right to translate alone; the page is not theirs."""
    french = Locale.objects.get(language_code="fr")
    address = reverse("wagtail_localize:submit_page_translation", args=[script.pk])
    client_of(trainer).get(address)
    client_of(trainer).post(address, {"locales": [french.pk]})
    assert not script.has_translation(french)
    assert not Translation.objects.exists()


def test_a_trainer_does_not_send_a_script_to_its_translators_again(
    script: Any, trainer: Any, editor: Any, client_of: Any
) -> None:
    from wagtail_localize.models import TranslationSource

    from content.translations import send

    send(page=script, languages=["fr"], by=editor)
    source = TranslationSource.objects.get()
    before = source.last_updated_at
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    client_of(trainer).get(address)
    client_of(trainer).post(address, {})
    source.refresh_from_db()
    assert source.last_updated_at == before


def test_an_editor_translates_all_the_same(script: Any, editor: Any, client_of: Any) -> None:
    french = Locale.objects.get(language_code="fr")
    address = reverse("wagtail_localize:submit_page_translation", args=[script.pk])
    assert client_of(editor).get(address).status_code == 200
    client_of(editor).post(address, {"locales": [french.pk]})
    assert script.has_translation(french)
