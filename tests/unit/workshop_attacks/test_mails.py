"""Every mail of the workshop is in the language of whoever gets it, and says what there is to do."""

import re
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from tests.people import make_person
from tests.unit.reviews.drafting import fresh, new_draft, submit

pytestmark = pytest.mark.django_db


def speaks(user: Any, language: str) -> Any:
    user.person.language = language
    user.person.save()
    return user


@pytest.fixture
def author(editor: Any) -> Any:
    return speaks(editor, "nl")


@pytest.fixture
def judge(reviewer: Any) -> Any:
    return speaks(reviewer, "fr")


def act(client: Any, page: Any, action: str) -> None:
    posted = {"action": action, f"{action}-comment": "Plus court"}
    client.post(reverse("review", args=[page.pk]), posted)


@pytest.mark.parametrize(
    ("action", "words"),
    [("approve", "goedgekeurd"), ("reject", "teruggestuurd")],
)
def test_an_author_is_told_in_their_own_language(
    home: Any, author: Any, judge: Any, client_of: Any, action: str, words: str
) -> None:
    page = submit(new_draft(author), author)
    mail.outbox.clear()
    act(client_of(judge), page, action)
    (told,) = mail.outbox
    assert told.to == ["editor@example.org"]
    assert words in f"{told.subject} {told.body}"


def test_who_is_asked_by_a_workflow_of_wagtails_own_is_told_in_their_language(
    home: Any, author: Any, judge: Any, client_of: Any
) -> None:
    from django.contrib.auth.models import Group
    from wagtail.models import GroupApprovalTask, WorkflowTask

    task = GroupApprovalTask.objects.create(name="Board")
    task.groups.set([Group.objects.get(name="reviewer")])
    WorkflowTask.objects.update(task=task)
    page = new_draft(author)
    submit(page, author)
    (told,) = [one for one in mail.outbox if one.to == ["reviewer@example.org"]]
    assert "soumise pour validation" in f"{told.subject} {told.body}"


def test_a_choice_of_language_is_the_same_everywhere(
    home: Any, author: Any, client_of: Any
) -> None:
    """Whoever changes it on the workshop's account page changes it for the agent's screen too, and the other way round."""
    from wagtail.users.models import UserProfile

    from runtime.people.models import Person

    client = client_of(author)
    assert '<html lang="nl"' in client.get("/admin/").content.decode()
    profile = UserProfile.get_for_user(author)
    assert profile.preferred_language == "nl"
    profile.preferred_language = "de"
    profile.save()
    assert Person.objects.get(user=author).language == "de"
    speaks(author, "fr")
    assert UserProfile.objects.get(user=author).preferred_language == "fr"
    assert '<html lang="fr"' in client.get("/admin/").content.decode()


def test_the_workshop_offers_the_languages_of_the_house_alone(
    home: Any, author: Any, client_of: Any
) -> None:
    page = client_of(author).get("/admin/account/").content.decode()
    offered = page.partition('name="locale-preferred_language"')[2].partition("</select>")[0]
    assert sorted(re.findall(r'<option value="(\w+)"', offered)) == ["de", "en", "fr", "nl"]


def test_no_mail_leads_nowhere(home: Any, author: Any, judge: Any, client_of: Any) -> None:
    judge.last_name = "O'Hara"
    judge.save()
    for action in ("reject", "approve"):
        page = submit(new_draft(author, code=action), author)
        mail.outbox.clear()
        act(client_of(judge), page, action)
        (told,) = mail.outbox
        assert f"/admin/pages/{page.pk}/edit/" in told.body
        assert "None" not in told.body
        assert "&#" not in told.body
        assert ("Plus court" in told.body) == (action == "reject")


def test_a_mail_about_a_hostile_title_is_plain_text(
    home: Any, author: Any, judge: Any, client_of: Any
) -> None:
    page = new_draft(author)
    drafted = page.get_latest_revision_as_object()
    drafted.title = "R&D <b>call</b>\r\nBcc: all@example.org"
    drafted.save_revision(user=author)
    page = submit(fresh(page), author)
    mail.outbox.clear()
    act(client_of(judge), page, "reject")
    from django.utils import timezone

    from content.reviews.mails import send_due

    send_due(timezone.now())
    for told in mail.outbox:
        assert "\n" not in told.subject
        assert "&lt;" not in told.body + told.subject
        assert "&amp;" not in told.body + told.subject
        assert told.message()["Bcc"] is None


def test_reminders_follow_the_person_too(home: Any, author: Any, judge: Any) -> None:
    from django.utils import timezone

    from content.reviews.mails import send_due

    other = speaks(make_person("otto", "reviewer"), "de")
    submit(new_draft(author), author)
    mail.outbox.clear()
    send_due(timezone.now())
    told = {one.to[0]: one.subject for one in mail.outbox}
    assert told == {
        "reviewer@example.org": "Merci de relire : Small",
        other.email: "Bitte prüfen: Small",
    }
